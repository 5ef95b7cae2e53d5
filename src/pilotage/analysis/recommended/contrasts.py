"""Every method of comparing arms, asked of one outcome; where the data do not suit one, its reason stands instead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm
from typing import TypeVar

import numpy as np

from pilotage.analysis.recommended.effect_results import Difference, Method
from pilotage.analysis.recommended.outcome_data import Floats, Gathered
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
class Asked:
    """What each method answered: contrasts by method, the models behind some, and why others gave none."""

    contrasts: dict[Method, tuple[Contrast, ...]]
    ancovas: tuple[Ancova, ...]
    model: MixedModel | None
    ranks: dict[tuple[str, int], RankContrast]
    odds: tuple[ProportionalOdds, ...]
    why_not: dict[str, str]

    def at(self, method: Method, arm: str, occasion: int) -> Contrast | None:
        """What a method says of one arm at one occasion."""
        return next((c for c in self.contrasts[method] if (c.arm, c.occasion) == (arm, occasion)), None)

    def odds_at(self, arm: str, occasion: int) -> tuple[Estimate | None, float | None]:
        """The odds ratio of one arm at one occasion, and its p."""
        for fitted in self.odds:
            for contrast, ratio in zip(fitted.contrasts, fitted.odds_ratios, strict=True):
                if (contrast.arm, contrast.occasion) == (arm, occasion):
                    return ratio, contrast.p
        return None, None

    def difference(self, arms: tuple[str, str], occasion: int, assessment: str) -> Difference:
        """What every method says of one arm at one occasion."""
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


def ask(gathered: Gathered, reference: str, *, randomised: bool, ordinal: bool) -> Asked:
    """Compare the arms by every method of the preset; by the order of the scores alone only where asked to."""
    why: dict[str, str] = {}
    whole = gathered.only(gathered.complete)
    ancovas = _tried(why, "ancova", lambda: adjusted(gathered, reference)) or ()
    model = _tried(why, "mixed_model", lambda: mmrm(gathered.scores, gathered.arms.tolist(), reference))
    found: dict[Method, tuple[Contrast, ...] | None] = {
        "change": _tried(why, "change", lambda: change_contrasts(whole.scores, whole.arms, reference)),
        "ancova": tuple(c for fitted in ancovas for c in fitted.contrasts),
        "mixed_model": model.contrasts if model else None,
        "constrained": _tried(why, "constrained", lambda: _constrained(gathered, reference, randomised=randomised)),
        "robust": _tried(why, "robust", lambda: _robust(whole, reference)),
        "permutation": _tried(why, "permutation", lambda: _permuted(whole, reference)),
    }
    ranks = _tried(why, "rank", lambda: _ranks(whole, reference)) or {}
    odds = (_tried(why, "ordinal", lambda: _ordinal(whole, reference)) or ()) if ordinal else ()
    return Asked({method: contrasts or () for method, contrasts in found.items()}, ancovas, model, ranks, odds, why)


def _tried(why_not: dict[str, str], method: Method, of: Callable[[], T]) -> T | None:
    """A method's answer; None, and the reason noted, where the data do not suit it."""
    try:
        return of()
    except ValueError as error:
        why_not[method] = str(error)
        return None


def adjusted(gathered: Gathered, reference: str) -> tuple[Ancova, ...]:
    """The arms at each later assessment, adjusted for the first score and the plan's covariates."""
    found = []
    for occasion in range(1, gathered.scores.shape[1]):
        pair = gathered.only(gathered.paired(occasion))
        covariates = pair.covariates if pair.covariates.shape[1] else None
        later, first = pair.scores[:, occasion], pair.scores[:, 0]
        found.append(ancova(later, first, pair.arms, reference, covariates, occasion=occasion))
    return tuple(found)


def _constrained(gathered: Gathered, reference: str, *, randomised: bool) -> tuple[Contrast, ...]:
    if not randomised:
        raise ValueError(NOT_RANDOMISED)
    return mmrm(gathered.scores, gathered.arms.tolist(), reference, baseline="constrained").contrasts


def _robust(whole: Gathered, reference: str) -> tuple[Contrast, ...]:
    return tuple(
        contrast
        for k in range(1, whole.scores.shape[1])
        for contrast in robust_change_contrast(whole.change(k), whole.arms, reference, occasion=k)
    )


def _ranks(whole: Gathered, reference: str) -> dict[tuple[str, int], RankContrast]:
    """By arm and occasion; changes are rounded so that those computed from decimals tie where they should."""
    return {
        (found.arm, k): found
        for k in range(1, whole.scores.shape[1])
        for found in rank_change_contrast(whole.change(k).round(9), whole.arms, reference)
    }


def _ordinal(whole: Gathered, reference: str) -> tuple[ProportionalOdds, ...]:
    """The odds of a higher later score for the same first one; scores are rounded so that equal ones tie."""
    scores = whole.scores.round(9)
    return tuple(
        proportional_odds(scores[:, k], whole.arms, reference, scores[:, 0], occasion=k)
        for k in range(1, scores.shape[1])
    )


def _permuted(whole: Gathered, reference: str) -> tuple[Contrast, ...]:
    times = denominator(whole.scores)
    if times is None:
        raise ValueError("the exact permutation test needs whole numbers, or means of a few; these scores are neither")
    found = permutation_contrasts(np.round(whole.scores * times), whole.arms.tolist(), reference, whole.strata)
    return tuple(_divided(contrast, times) for contrast in found)


def denominator(scores: Floats) -> int | None:
    """The smallest number that makes every score whole: 1 for sums, the items' number for means; None for others.

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
