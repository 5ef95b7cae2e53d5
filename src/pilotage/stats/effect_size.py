"""Standardised differences between two groups' changes: what each divides by, and its interval."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.bootstrap import bca
from pilotage.stats.estimate import Estimate
from pilotage.stats.noncentral_t import noncentrality_interval_of_t

Floats = NDArray[np.float64]


def small_sample_factor(df: float) -> float:
    """Return Hedges's exact J: gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)), by which d is multiplied to be unbiased.

    Raises
    ------
    ValueError
        When df is not above 1.

    Examples
    --------
    >>> round(small_sample_factor(45), 12)
    0.983224544377
    """
    if not df > 1:
        raise ValueError(f"the small-sample factor needs more than 1 degree of freedom, not {df}")
    return math.exp(math.lgamma(df / 2) - math.lgamma((df - 1) / 2)) / math.sqrt(df / 2)


def hedges_g(a: ArrayLike, b: ArrayLike, level: float = 0.95) -> Estimate:
    """Return Hedges's g, first group less second, by the pooled SD, with the exact interval from the noncentral t.

    Given changes, it divides the difference in mean change by the SD of the *changes*: it answers how far apart the
    groups are in units of how differently people change. For units of how differently people score, see
    `d_ppc2`.

        g = J (mean_a - mean_b) / s_pooled,   limits = J ncp sqrt(1/n_a + 1/n_b)

    Parameters
    ----------
    a, b : array, shape (people,)
        Without missing values; at least two people each.
    level : float
        Two-sided coverage.

    Raises
    ------
    ValueError
        When a value is missing, a group has fewer than two people, or nobody differs.

    References
    ----------
    Hedges, L. V. (1981). Distribution theory for Glass's estimator of effect size and related estimators. Journal of
    Educational Statistics, 6(2), 107-128.

    Examples
    --------
    >>> g = hedges_g([3, 5, 4, 6, 5], [2, 3, 2, 4, 3])
    >>> round(g.value, 4), round(g.low, 4), round(g.high, 4)
    (1.6249, 0.2264, 2.9573)
    """
    first, second = _sample(a), _sample(b)
    df = len(first) + len(second) - 2
    d = (first.mean() - second.mean()) / _pooled_sd(first, second)
    scale = math.sqrt(1 / len(first) + 1 / len(second))
    low, high = noncentrality_interval_of_t(float(d / scale), df, level)
    j = small_sample_factor(df)
    n = len(first) + len(second)
    method = "Hedges's g, pooled SD, exact J, noncentral t interval"
    return Estimate(float(j * d), j * low * scale, j * high * scale, level, n, method)


def d_ppc2(
    treated_before: ArrayLike,
    treated_after: ArrayLike,
    control_before: ArrayLike,
    control_after: ArrayLike,
    level: float = 0.95,
    *,
    seed: int,
    resamples: int = 10_000,
) -> Estimate:
    """Return Morris's d_ppc2: the difference in mean change by the pooled SD *before*, with a bootstrap interval.

        d = c (change_T - change_C) / s_before,   c = 1 - 3 / (4 (n_T + n_C - 2) - 1)

    The interval is the BCa bootstrap's: people are drawn with replacement within each group.

    Parameters
    ----------
    treated_before, treated_after, control_before, control_after : array, shape (people,)
        Scores of the same people before and after, without missing values; at least three people in each group.
    level : float
        Two-sided coverage.
    seed : int
        Makes the draws repeatable; the result names it.
    resamples : int
        How many draws.

    Raises
    ------
    ValueError
        When a value is missing, before and after differ in length, a group has fewer than three people, nobody
        differs before, or there are too few people for the draws to lie on both sides.

    References
    ----------
    Morris, S. B. (2008). Estimating effect sizes from pretest-posttest-control group designs. Organizational Research
    Methods, 11(2), 364-386.

    Examples
    --------
    >>> d = d_ppc2([1, 2, 3], [3, 5, 4], [2, 4, 3], [2, 3, 3], seed=1, resamples=200)
    >>> round(d.value, 6)
    1.866667
    """
    groups = _before_and_change(treated_before, treated_after), _before_and_change(control_before, control_after)
    _pooled_sd(groups[0][0], groups[1][0])
    if min(group.shape[1] for group in groups) < 3:
        raise ValueError("the bootstrap interval of d_ppc2 needs at least three people in each group")
    with np.errstate(divide="ignore", invalid="ignore"):  # a draw in which nobody differs before has no d
        interval = bca(_d_ppc2, *groups, seed=seed, resamples=resamples, level=level, undefined="leave out")
    return replace(interval, method=f"Morris's d_ppc2, {interval.method}")


def _d_ppc2(treated: Floats, control: Floats) -> Floats:
    """Return d_ppc2 of each draw, from scores before and changes; shapes (2, draws, people)."""
    sizes = treated.shape[2], control.shape[2]
    df = sum(sizes) - 2
    squares = sum((n - 1) * group[0].var(axis=1, ddof=1) for n, group in zip(sizes, (treated, control), strict=True))
    difference = treated[1].mean(axis=1) - control[1].mean(axis=1)
    result: Floats = (1 - 3 / (4 * df - 1)) * difference / np.sqrt(squares / df)
    return result


def _pooled_sd(a: Floats, b: Floats) -> float:
    squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
    if not squares > 0:
        raise ValueError("a standardised difference is not defined when nobody differs within a group")
    return math.sqrt(squares / (len(a) + len(b) - 2))


def _sample(values: ArrayLike) -> Floats:
    sample = np.asarray(values, dtype=float)
    if sample.ndim != 1 or len(sample) < 2 or not np.isfinite(sample).all():
        raise ValueError("needs a list of at least two finite numbers for each group")
    return sample


def _before_and_change(before: ArrayLike, after: ArrayLike) -> Floats:
    first, second = _sample(before), _sample(after)
    if len(first) != len(second):
        raise ValueError(f"before and after must be of the same people, not {len(first)} and {len(second)}")
    return np.stack([first, second - first])
