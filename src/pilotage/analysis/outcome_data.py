"""One outcome as an array: whose scores, in which arm, at which assessments, and who lacks one and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.complete_cases import Exclusion

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class OutcomeData:
    """The scores of one outcome over some assessments.

    Attributes
    ----------
    people : tuple of str
        By code, in the order of the study.
    arms : array of str, shape (people,)
    scores : array, shape (people, assessments)
        NaN where somebody has none.
    excluded : tuple of Exclusion
        Everyone of the study who lacks a score at one of the assessments, and the first reason.
    covariates : array, shape (people, covariates), optional
        What differences are adjusted for, NaN where somebody did not answer.
    strata : tuple of str, optional
        Within what people are relabelled; None for no strata.
    """

    people: tuple[str, ...]
    arms: NDArray[np.str_]
    scores: Floats
    excluded: tuple[Exclusion, ...] = ()
    covariates: Floats | None = None
    strata: tuple[str, ...] | None = None

    @cached_property
    def has_every(self) -> NDArray[np.bool_]:
        """Who has a score at every assessment."""
        return np.asarray(~np.isnan(self.scores).any(axis=1))

    @cached_property
    def complete(self) -> OutcomeData:
        """The same of those with a score at every assessment."""
        return self.only(self.has_every)

    @cached_property
    def seen(self) -> OutcomeData:
        """The same of those with a score at any assessment."""
        return self.only(np.asarray(~np.isnan(self.scores).all(axis=1)))

    @cached_property
    def with_first(self) -> OutcomeData:
        """The same of those with a score at the first assessment."""
        return self.only(np.asarray(~np.isnan(self.scores[:, 0])))

    def only(self, kept: NDArray[np.bool_]) -> OutcomeData:
        """Return the same of some of the people."""
        return replace(
            self,
            people=tuple(person for person, keep in zip(self.people, kept, strict=True) if keep),
            arms=self.arms[kept],
            scores=self.scores[kept],
            covariates=None if self.covariates is None else self.covariates[kept],
            strata=self.strata and tuple(s for s, keep in zip(self.strata, kept, strict=True) if keep),
        )

    def in_arm(self, arm: str) -> Floats:
        """Return the scores of one arm, (people, assessments)."""
        scores: Floats = self.scores[self.arms == arm]
        return scores

    def change(self, occasion: int = -1) -> Floats:
        """Return the change from the first assessment to another one, by default the last."""
        difference: Floats = self.scores[:, occasion] - self.scores[:, 0]
        return difference

    def paired(self, occasion: int) -> NDArray[np.bool_]:
        """Return who has a score at the first assessment and at this one, and every covariate."""
        needed = self.scores[:, [0, occasion]]
        if self.covariates is not None:
            needed = np.column_stack([needed, self.covariates])
        return np.asarray(~np.isnan(needed).any(axis=1))
