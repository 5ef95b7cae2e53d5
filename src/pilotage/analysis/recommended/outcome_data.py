"""One outcome's scores as arrays: everyone with any score, and what they are adjusted for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.forms import values_of
from pilotage.analysis.recommended.arms import plan_of
from pilotage.analysis.scores import Scores

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Gathered:
    """Scores (people, assessments), NaN where there is none, of everyone with any; covariates (people, covariates).

    ``strata`` are within what people are relabelled; None for no strata.
    """

    people: tuple[str, ...]
    arms: NDArray[np.str_]
    scores: Floats
    covariates: Floats
    strata: tuple[str, ...] | None = None

    @property
    def complete(self) -> NDArray[np.bool_]:
        """Who has a score at every assessment."""
        return np.asarray(~np.isnan(self.scores).any(axis=1))

    def change(self, occasion: int) -> Floats:
        """Change from the first assessment to this one."""
        difference: Floats = self.scores[:, occasion] - self.scores[:, 0]
        return difference

    def paired(self, occasion: int) -> NDArray[np.bool_]:
        """Who has a score at the first assessment and at this one, and every covariate."""
        needed = np.column_stack([self.scores[:, [0, occasion]], self.covariates])
        return np.asarray(~np.isnan(needed).any(axis=1))

    def only(self, kept: NDArray[np.bool_]) -> Gathered:
        """The same of some of the people."""
        people = tuple(p for p, k in zip(self.people, kept, strict=True) if k)
        strata = self.strata and tuple(s for s, k in zip(self.strata, kept, strict=True) if k)
        return Gathered(people, self.arms[kept], self.scores[kept], self.covariates[kept], strata)


def gather(
    study: AnalysisInput, scores: Scores, scale: str, assessments: Sequence[str], covariates: dict[str, list[float]]
) -> Gathered:
    """The scores of a scale over some assessments, of everyone who has one at any of them."""
    by_assessment = [scores.of(scale, a) for a in assessments]
    people = tuple(p for p in study.arm_of if any(p in at for at in by_assessment))
    values = [[at.get(p, np.nan) for at in by_assessment] for p in people]
    return Gathered(
        people,
        np.array([study.arm_of[p] for p in people], dtype=np.str_),
        np.array(values, dtype=float).reshape(len(people), len(assessments)),
        np.array([covariates[p] for p in people], dtype=float).reshape(len(people), len(plan_of(study).covariates)),
        strata_of(study, people),
    )


def covariates_of(study: AnalysisInput) -> dict[str, list[float]]:
    """Each person's values of the plan's covariates; NaN where somebody did not answer."""
    columns = [values_of(study, name) for name in plan_of(study).covariates]
    return {p: [float(column.get(p, np.nan)) for column in columns] for p in study.arm_of}


def strata_of(study: AnalysisInput, people: Sequence[str]) -> tuple[str, ...] | None:
    """Within what people are relabelled, where the plan names it."""
    if plan_of(study).strata == "none":
        return None
    return tuple(study.cohort_of[p] or "no cohort" for p in people)
