"""Arms compared by every method of the preset; where the data do not suit a method, its reason is kept instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TypeVar

import numpy as np

from pilotage.analysis.outcome_data import Floats, OutcomeData
from pilotage.analysis.recommended.effect_results import Difference, Method
from pilotage.stats.ancova import Ancova, ancova
from pilotage.stats.change_scores import change_contrasts
from pilotage.stats.contrast import Contrast
from pilotage.stats.estimate import Estimate
from pilotage.stats.mixed_model import MixedModel, mmrm
from pilotage.stats.ordinal import ProportionalOdds, proportional_odds
from pilotage.stats.permutation import permutation_contrasts
from pilotage.stats.rank import RankContrast, rank_change_contrast
from pilotage.stats.robust import robust_change_contrast

T = TypeVar("T")

NOT_RANDOMISED = (
    "it takes the arms to be alike at the start, which only chance could have made them, and people were not "
    "allocated by chance"
)
LARGEST_DENOMINATOR = 720
"""Means of means have small denominators; a larger one would only fit rounding."""


@dataclass(frozen=True)
class MethodResults:
    """What each method gave: contrasts by method, the models behind some, and why others gave none."""

    contrasts: dict[Method, tuple[Contrast, ...]]
    ancovas: tuple[Ancova, ...]
    model: MixedModel | None
    ranks: dict[tuple[str, int], RankContrast]
    odds: tuple[ProportionalOdds, ...]
    why_not: dict[str, str]

    def at(self, method: Method, arm: str, occasion: int) -> Contrast | None:
        """Return a method's contrast of one arm at one occasion; None where it gave none."""
        return next((c for c in self.contrasts[method] if (c.arm, c.occasion) == (arm, occasion)), None)

    def odds_at(self, arm: str, occasion: int) -> tuple[Estimate | None, float | None]:
        """Return the odds ratio of one arm at one occasion, and its p."""
        for fitted in self.odds:
            for contrast, ratio in zip(fitted.contrasts, fitted.odds_ratios, strict=True):
                if (contrast.arm, contrast.occasion) == (arm, occasion):
                    return ratio, contrast.p
        return None, None

    def difference(self, arms: tuple[str, str], occasion: int, assessment: str) -> Difference:
        """Return one arm less its reference at one occasion, by every method."""
        arm = arms[0]
        ranked = self.ranks.get((arm, occasion))
        superior = ranked.brunner_munzel if ranked else None
        odds_ratio, odds_p = self.odds_at(arm, occasion)
        return Difference(
            *arms,
            assessment,
            change=self.at("change", arm, occasion),
            ancova=self.at("ancova", arm, occasion),
            mixed_model=self.at("mixed_model", arm, occasion),
            constrained=self.at("constrained", arm, occasion),
            robust=self.at("robust", arm, occasion),
            permutation=self.at("permutation", arm, occasion),
            shift=ranked.shift if ranked else None,
            rank_p=ranked.test.p if ranked else None,
            superiority=superior.superiority if superior else None,
            odds_ratio=odds_ratio,
            odds_p=odds_p,
        )


def compare_by_every_method(data: OutcomeData, reference: str, *, randomised: bool, ordinal: bool) -> MethodResults:
    """Compare the arms by every method of the preset.

    Parameters
    ----------
    data : OutcomeData
        Of everyone with any score.
    reference : str
        The arm that is subtracted.
    randomised : bool
        Whether chance decided who was in which arm; the constrained model needs it.
    ordinal : bool
        Whether proportional odds are fitted too. The preset fits them for main outcomes only.
    """
    # A method that its data do not suit must not stop the others: its reason goes into the report in place of a number.
    why: dict[str, str] = {}
    # Change, robust, permutation and rank contrasts are defined for people with every score. The mixed model takes
    # everyone with any score, and ANCOVA everyone with the two scores and the covariates that it needs.
    complete = data.complete
    ancovas = _attempt(why, "ancova", lambda: adjusted(data, reference)) or ()
    model = _attempt(why, "mixed_model", lambda: mmrm(data.scores, data.arms.tolist(), reference))
    contrasts: dict[Method, tuple[Contrast, ...] | None] = {
        "change": _attempt(why, "change", lambda: change_contrasts(complete.scores, complete.arms, reference)),
        "ancova": tuple(c for fitted in ancovas for c in fitted.contrasts),
        "mixed_model": model.contrasts if model else None,
        "constrained": _attempt(why, "constrained", lambda: _constrained(data, reference, randomised=randomised)),
        "robust": _attempt(why, "robust", lambda: _robust(complete, reference)),
        "permutation": _attempt(why, "permutation", lambda: _permutation(complete, reference)),
    }
    ranks = _attempt(why, "rank", lambda: _ranks(complete, reference)) or {}
    odds = (_attempt(why, "ordinal", lambda: _ordinal(complete, reference)) or ()) if ordinal else ()
    by_method = {method: of_method or () for method, of_method in contrasts.items()}
    return MethodResults(by_method, ancovas, model, ranks, odds, why)


def _attempt(why_not: dict[str, str], method: Method, compute: Callable[[], T]) -> T | None:
    """Return a method's result; None, with the reason noted, where the data do not suit it."""
    try:
        return compute()
    except ValueError as error:
        why_not[method] = str(error)
        return None


def adjusted(data: OutcomeData, reference: str) -> tuple[Ancova, ...]:
    """Compare the arms at each later assessment, adjusted for the first score and the plan's covariates."""
    fitted = []
    for occasion in range(1, data.scores.shape[1]):
        pair = data.only(data.paired(occasion))
        later, first = pair.scores[:, occasion], pair.scores[:, 0]
        fitted.append(ancova(later, first, pair.arms, reference, pair.covariates, occasion=occasion))
    return tuple(fitted)


def _constrained(data: OutcomeData, reference: str, *, randomised: bool) -> tuple[Contrast, ...]:
    # One mean for all arms at the start is true by design only where chance made the arms (Liang & Zeger, 2000).
    if not randomised:
        raise ValueError(NOT_RANDOMISED)
    return mmrm(data.scores, data.arms.tolist(), reference, baseline="constrained").contrasts


def _robust(complete: OutcomeData, reference: str) -> tuple[Contrast, ...]:
    return tuple(
        contrast
        for k in range(1, complete.scores.shape[1])
        for contrast in robust_change_contrast(complete.change(k), complete.arms, reference, occasion=k)
    )


def _ranks(complete: OutcomeData, reference: str) -> dict[tuple[str, int], RankContrast]:
    """Return rank contrasts by arm and occasion."""
    # Changes of decimals that are equal differ in their last binary digits; rounded, they tie as they should.
    return {
        (contrast.arm, k): contrast
        for k in range(1, complete.scores.shape[1])
        for contrast in rank_change_contrast(complete.change(k).round(9), complete.arms, reference)
    }


def _ordinal(complete: OutcomeData, reference: str) -> tuple[ProportionalOdds, ...]:
    """Return the odds of a higher later score for the same first one."""
    # Each distinct score is a category of its own, so equal scores must be equal to the last digit.
    scores = complete.scores.round(9)
    return tuple(
        proportional_odds(scores[:, k], complete.arms, reference, scores[:, 0], occasion=k)
        for k in range(1, scores.shape[1])
    )


def _permutation(complete: OutcomeData, reference: str) -> tuple[Contrast, ...]:
    # The exact test counts sums of whole numbers, so means are brought to whole numbers and back.
    times = denominator(complete.scores)
    if times is None:
        raise ValueError("the exact permutation test needs whole numbers, or means of a few; these scores are neither")
    whole_numbers = np.round(complete.scores * times)
    contrasts = permutation_contrasts(whole_numbers, complete.arms.tolist(), reference, complete.strata)
    return tuple(_divided(contrast, times) for contrast in contrasts)


def denominator(scores: Floats) -> int | None:
    """Return the smallest number that makes every score whole: 1 for sums, the items' number for means.

    None where the scores are no such fractions.

    >>> denominator(np.array([[3.25, 2.5], [4.0, 1.75]]))
    4
    """
    needed = 1
    for value in np.unique(scores).tolist():
        nearest = Fraction(value).limit_denominator(LARGEST_DENOMINATOR)
        needed = lcm(needed, nearest.denominator)
        if abs(float(nearest) - value) > 1e-9 or needed > LARGEST_DENOMINATOR:
            return None
    return needed


def _divided(contrast: Contrast, times: int) -> Contrast:
    low, high = (None if limit is None else limit / times for limit in (contrast.low, contrast.high))
    return replace(contrast, estimate=contrast.estimate / times, low=low, high=high)
