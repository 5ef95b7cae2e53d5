"""The simulated data R was given, and smaller sets made from a seed."""

from __future__ import annotations

import csv

import numpy as np

from tests.stats import reference

NAMES = ("three_occasions", "three_occasions_missing", "two_occasions_missing")


def scores(name: str) -> np.ndarray:
    """People by occasions, NaN where missed; the groups are `tests.stats.reference.GROUPS`."""
    with (reference.FOLDER / f"{name}.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([[float(row[time] or "nan") for time in ("pre", "post", "fup") if time in row] for row in rows])


def simulated(seed: int, people: int = 40, occasions: int = 3, arms: int = 2, missed: float = 0.2):
    """Correlated normal scores with arms of unequal size, missed at random except for one person in each arm."""
    rng = np.random.default_rng(seed)
    root = rng.normal(size=(occasions, occasions)) + 1.5 * np.eye(occasions)
    values = rng.normal(size=(people, occasions)) @ root.T + rng.normal(size=occasions)
    groups = [f"arm {min(k % (arms + 1), arms - 1)}" for k in range(people)]
    gone = rng.random(values.shape) < missed
    gone[: 3 * arms] = False
    return np.where(gone, np.nan, values), groups
