"""Standardised differences between two groups' changes: what each divides by, and its interval."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.estimate import Estimate
from pilotage.stats.noncentral_t import noncentrality_interval_of_t

Floats = NDArray[np.float64]


def small_sample_factor(df: float) -> float:
    """Hedges's exact J: gamma(df/2) / (sqrt(df/2) gamma((df - 1)/2)), by which d is multiplied to be unbiased.

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
    """Hedges's g, first group less second, by the pooled SD, with the exact interval from the noncentral t.

    Given changes, it divides the difference in mean change by the SD of the *changes*: it answers how far apart the
    groups are in units of how differently people change. For units of how differently people score, see
    `morris_d_ppc2`.

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


def morris_d_ppc2(
    treated: ArrayLike, control: ArrayLike, level: float = 0.95, *, seed: int, resamples: int = 10_000
) -> Estimate:
    """Morris's d_ppc2: the difference in mean change by the pooled SD *before*, with a bootstrap interval.

        d = c (change_T - change_C) / s_pre,   c = 1 - 3 / (4 (n_T + n_C - 2) - 1)

    The interval is the percentile bootstrap's: people are drawn with replacement within each group.

    Parameters
    ----------
    treated, control : array, shape (people, 2)
        Scores before and after, without missing values; at least two people each.
    level : float
        Two-sided coverage.
    seed : int
        Makes the draws repeatable; the result names it.
    resamples : int
        How many draws.

    Raises
    ------
    ValueError
        When a value is missing, a group has fewer than two people, or nobody differs before.

    References
    ----------
    Morris, S. B. (2008). Estimating effect sizes from pretest-posttest-control group designs. Organizational Research
    Methods, 11(2), 364-386, equations 8 to 10.

    Examples
    --------
    >>> d = morris_d_ppc2([[1, 3], [2, 5], [3, 4]], [[2, 2], [4, 3], [3, 3]], seed=1, resamples=200)
    >>> round(d.value, 6)
    1.866667
    """
    first, second = _pairs(treated), _pairs(control)
    n = len(first) + len(second)
    value = float(_d_ppc2(first[None], second[None])[0])
    rng = np.random.default_rng(seed)
    draws = [group[rng.integers(0, len(group), (resamples, len(group)))] for group in (first, second)]
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = _d_ppc2(*draws)
    # A draw in which nobody differs before has no d; so few that leaving them out does not move a limit.
    low, high = np.quantile(drawn[np.isfinite(drawn)], [(1 - level) / 2, (1 + level) / 2])
    method = f"Morris's d_ppc2, percentile bootstrap, {resamples} resamples, seed {seed}"
    return Estimate(value, float(low), float(high), level, n, method)


def _d_ppc2(treated: Floats, control: Floats) -> Floats:
    """d_ppc2 of each draw; shapes (draws, people, 2)."""
    change = (treated[..., 1] - treated[..., 0]).mean(axis=1) - (control[..., 1] - control[..., 0]).mean(axis=1)
    n_treated, n_control = treated.shape[1], control.shape[1]
    squares = (n_treated - 1) * treated[..., 0].var(axis=1, ddof=1) + (n_control - 1) * control[..., 0].var(
        axis=1, ddof=1
    )
    df = n_treated + n_control - 2
    result: Floats = (1 - 3 / (4 * df - 1)) * change / np.sqrt(squares / df)
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


def _pairs(values: ArrayLike) -> Floats:
    pairs = np.asarray(values, dtype=float)
    if pairs.ndim != 2 or pairs.shape[1] != 2 or len(pairs) < 2 or not np.isfinite(pairs).all():
        raise ValueError("needs scores before and after, as people by 2, of at least two people, none missing")
    return pairs
