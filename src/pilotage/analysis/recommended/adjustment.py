"""What differences are adjusted for, and within what people are relabelled: added to an outcome's data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.forms import values_of
from pilotage.analysis.outcome_data import Floats, OutcomeData
from pilotage.analysis.recommended.arms import plan_of


def adjustable(study: AnalysisInput, data: OutcomeData, covariates: dict[str, list[float]]) -> OutcomeData:
    """Return the data of everyone with any score, with their covariates and strata."""
    seen = data.seen
    return replace(seen, covariates=_rows(study, covariates, seen.people), strata=strata_of(study, seen.people))


def _rows(study: AnalysisInput, covariates: dict[str, list[float]], people: Sequence[str]) -> Floats | None:
    """Return the covariates as an array (people, covariates); None where the plan names none."""
    names = plan_of(study).covariates
    if not names:
        return None
    return np.array([covariates[p] for p in people], dtype=float).reshape(len(people), len(names))


def covariates_of(study: AnalysisInput) -> dict[str, list[float]]:
    """Return each person's values of the plan's covariates; NaN where somebody did not answer."""
    columns = [values_of(study, name) for name in plan_of(study).covariates]
    return {p: [float(column.get(p, np.nan)) for column in columns] for p in study.arm_of}


def strata_of(study: AnalysisInput, people: Sequence[str]) -> tuple[str, ...] | None:
    """Return within what people are relabelled, where the plan names it."""
    if plan_of(study).strata == "none":
        return None
    return tuple(study.cohort_of[p] or "no cohort" for p in people)
