"""Runs every study, on the processors at hand; the numbers do not depend on how many there are."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.calibration.studies import EVERY
from tests.calibration.study import Measured, measure


def everything(runs: int | None = None) -> list[Measured]:
    """Each row of each study, in the order in which they stand; ``runs`` draws instead of each study's own number."""
    # One thread each, as workers that share processors only hinder one another; read when NumPy is imported, and so
    # the workers are spawned.
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return [row for rows in pool.map(_measured, range(len(EVERY)), [runs] * len(EVERY)) for row in rows]


def _measured(position: int, runs: int | None) -> list[Measured]:
    return measure(EVERY[position], runs)
