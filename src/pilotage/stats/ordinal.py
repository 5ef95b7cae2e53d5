"""Arms compared on an ordered score whose steps need not be equal: the proportional-odds model."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast
from pilotage.stats.cumulative_logit import CumulativeLogit, cumulative_logit
from pilotage.stats.design import columns, indicators, one_list, other_arms
from pilotage.stats.distributions import chi_square_sf, normal_cdf, normal_quantile
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]

METHOD = "proportional odds, maximum likelihood, Wald interval"


@dataclass(frozen=True, slots=True)
class ProportionalOdds:
    """A proportional-odds comparison of arms.

    Attributes
    ----------
    contrasts : tuple of Contrast
        Log odds ratios of scoring higher, each other arm to the reference; ``t`` is z, and ``df`` is None.
    odds_ratios : tuple of Estimate
        The same as odds ratios.
    chi_square, df, p : float
        Likelihood ratio test of all arms together.
    slopes : tuple of float
        Log odds ratios for one unit of each covariate.
    thresholds : tuple of float
        Log odds of scoring at most each value but the last, in the reference arm at the covariates' means.
    log_likelihood : float
    gradient_norm, smallest_curvature : float
        At the solution, per person and with predictors at unit SD: the first is nearly 0, the second above it.
    categories : int
        Different values.
    n : int
    method : str
    """

    contrasts: tuple[Contrast, ...]
    odds_ratios: tuple[Estimate, ...]
    chi_square: float
    df: int
    p: float
    slopes: tuple[float, ...]
    thresholds: tuple[float, ...]
    log_likelihood: float
    gradient_norm: float
    smallest_curvature: float
    categories: int
    n: int
    method: str


def proportional_odds(
    outcome: ArrayLike,
    groups: Sequence[str] | NDArray[np.str_],
    reference: str,
    covariates: ArrayLike | None = None,
    level: float = 0.95,
    *,
    occasion: int = 1,
) -> ProportionalOdds:
    """Return each arm's odds of scoring higher against the reference's, one odds ratio for all cuts of the scale.

        logit P(Y <= value) = threshold(value) - (arm + covariates' slopes)

    Every different value is a step of its own, so that only the values' order counts: a sensitivity analysis where
    a scale has a ceiling or unequal steps. That the ratio is the same at every cut is taken, not tested.

    Parameters
    ----------
    outcome : array, shape (people,)
        Without missing values; round what is computed from decimals, so that ties are seen.
    groups : sequence or array of str
    reference : str
    covariates : array, shape (people,) or (people, covariates), optional
        Such as the score before.
    level : float
    occasion : int
        Which occasion the outcome is of; the contrasts say it.

    Raises
    ------
    ValueError
        When a value is missing, an arm has fewer than two people, the outcome does not vary, or a predictor is
        constant or determined by others.
    SeparationError
        When the predictors order the outcome without a fault, so that no finite odds ratio is the most likely.

    References
    ----------
    McCullagh, P. (1980). Regression models for ordinal data. Journal of the Royal Statistical Society, Series B, 42(2),
    109-142.

    Examples
    --------
    >>> found = proportional_odds([1, 1, 2, 3, 1, 2, 3, 3], list("aaaabbbb"), "a")
    >>> round(found.odds_ratios[0].value, 4), round(found.p, 4)
    (3.0, 0.4097)
    """
    people = len(groups)
    arms = other_arms(groups, reference)
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, not {level}")
    values, predictors = one_list(outcome, people, "the outcome"), columns(covariates, people)
    names = (*(f"covariate {k}" for k in range(predictors.shape[1])), *(f"arm {arm!r}" for arm in arms))
    full = cumulative_logit(values, np.hstack([predictors, indicators(groups, arms)]), names)
    without = cumulative_logit(values, predictors, names[: predictors.shape[1]])
    chi_square = max(2 * (full.log_likelihood - without.log_likelihood), 0.0)
    first = predictors.shape[1]
    contrasts = tuple(
        _contrast((arm, reference), occasion, (full, first + k), level, people) for k, arm in enumerate(arms)
    )
    return ProportionalOdds(
        contrasts=contrasts,
        odds_ratios=tuple(_odds_ratio(contrast) for contrast in contrasts),
        chi_square=chi_square,
        df=len(arms),
        p=chi_square_sf(chi_square, len(arms)),
        slopes=tuple(full.slopes[:first].tolist()),
        thresholds=tuple(full.thresholds.tolist()),
        log_likelihood=full.log_likelihood,
        gradient_norm=full.gradient_norm,
        smallest_curvature=full.smallest_curvature,
        categories=len(full.thresholds) + 1,
        n=people,
        method=METHOD,
    )


def _contrast(
    arms: tuple[str, str], occasion: int, fitted: tuple[CumulativeLogit, int], level: float, n: int
) -> Contrast:
    model, column = fitted
    b, se = float(model.slopes[column]), float(np.sqrt(model.vcov[column, column]))
    z, half = b / se, normal_quantile((1 + level) / 2) * se
    return Contrast(
        *arms, occasion, b, se, None, z, 2 * normal_cdf(-abs(z)), b - half, b + half, level, n, f"log odds, {METHOD}"
    )


def _odds_ratio(contrast: Contrast) -> Estimate:
    low, high = (math.exp(limit) if limit is not None else None for limit in (contrast.low, contrast.high))
    return Estimate(math.exp(contrast.estimate), low, high, contrast.level, contrast.n, f"odds ratio, {METHOD}")
