"""Simulated two-arm trials with missing scores analysed all at once: change, ANOVA, ANCOVA, and means of groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.distributions import t_quantile

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_SMALLEST_DF = 1.0
_KNOTS = 600


@dataclass(frozen=True, slots=True)
class Trials:
    """Simulated trials: people in columns, those of the first arm first.

    Attributes
    ----------
    before, after : array, shape (trials, people)
    there : array of bool, shape (trials, people)
        Whether the score after is there; it is not looked at where it is not.
    first : int
        How many columns are the first arm's.
    groups : int
        Groups of equal size in which the first arm's columns stand one after the other.
    """

    before: Floats
    after: Floats
    there: NDArray[np.bool_]
    first: int
    groups: int


@dataclass(frozen=True, slots=True)
class TrialEstimates:
    """What each trial found: arrays of shape (trials,); nan where a trial could not be analysed.

    Attributes
    ----------
    estimate, se, df : array
        Of the difference in mean change, first arm less second.
    """

    estimate: Floats
    se: Floats
    df: Floats

    def half_width(self, level: float) -> Floats:
        """Return half the width of each trial's interval: its t quantile times its standard error."""
        return t_quantiles((1 + level) / 2, self.df) * self.se


def change(trials: Trials) -> TrialEstimates:
    """Compare change by Student's t, with a pooled variance and n1 + n2 - 2 degrees of freedom.

    Examples
    --------
    >>> one = Trials(np.zeros((1, 4)), np.array([[3.0, 5.0, 1.0, 3.0]]), np.ones((1, 4), bool), 2, 1)
    >>> found = change(one)
    >>> found.estimate.tolist(), found.se.round(6).tolist(), found.df.tolist()
    ([2.0], [1.414214], [2.0])
    """
    (n, m), (mean, other), (ss, so) = _moments(trials.after - trials.before, trials)
    df = n + m - 2
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = (ss + so) / df * (1 / n + 1 / m)
    return _estimates(mean - other, variance, df, (n, m))


def anova(trials: Trials) -> TrialEstimates:
    """Test time by group in the mixed analysis of variance, by its own sums of squares: the 2020 paper's test.

    ``F = h (d1 - d0)^2 / MSE`` with ``h = 1 / (1 / n1 + 1 / n2)`` and d the changes over root two. It is the square of
    Student's t on change, and is computed apart so that this can be seen.
    """
    (n, m), (mean, other), (ss, so) = _moments((trials.after - trials.before) / np.sqrt(2), trials)
    df = n + m - 2
    difference = np.sqrt(2) * (mean - other)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = 2 * (1 / n + 1 / m) * (ss + so) / df  # F is the difference squared over this
    return _estimates(difference, variance, df, (n, m))


def ancova(trials: Trials) -> TrialEstimates:
    """Compare the scores after, adjusted for those before with one slope for both arms; N - 3 df."""
    x, y = trials.before, trials.after
    (n, m), (x1, x2), (sx1, sx2) = _moments(x, trials)
    _, (y1, y2), (sy1, sy2) = _moments(y, trials)
    _, _, (sd1, sd2) = _moments(y - x, trials)
    sxx, syy = sx1 + sx2, sy1 + sy2
    sxy = (sxx + syy - sd1 - sd2) / 2
    df = n + m - 3
    with np.errstate(divide="ignore", invalid="ignore"):
        slope = sxy / sxx
        residual = (syy - slope * sxy) / df
        variance = residual * (1 / n + 1 / m + (x1 - x2) ** 2 / sxx)
    return _estimates(y1 - y2 - slope * (x1 - x2), variance, df, (n, m))


def group_means(trials: Trials) -> TrialEstimates:
    """Compare change with each group of the first arm as one observation, like each of the other arm's people.

    The mean of the groups' means less the mean of the others; variance from both, degrees of freedom by Satterthwaite.
    It needs two groups with somebody left in each.
    """
    d = trials.after - trials.before
    (_, m), (_, other), (_, so) = _moments(d, trials)
    shape = (len(d), trials.groups, trials.first // trials.groups)
    there = trials.there[:, : trials.first].reshape(shape)
    counts = there.sum(axis=2)
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.where(there, d[:, : trials.first].reshape(shape), 0.0).sum(axis=2) / counts
        a = ((means - means.mean(axis=1, keepdims=True)) ** 2).sum(axis=1) / (trials.groups - 1.0) / trials.groups
        b = so / (m - 1) / m
        df = (a + b) ** 2 / (a**2 / max(trials.groups - 1, 1) + b**2 / (m - 1))
    left = np.where(counts.min(axis=1) > 0, float(trials.groups), 0.0)
    return _estimates(means.mean(axis=1) - other, a + b, df, (left, m))


METHODS: dict[str, Callable[[Trials], TrialEstimates]] = {
    "anova": anova,
    "change": change,
    "ancova": ancova,
    "group means": group_means,
}


def t_quantiles(p: float, df: Floats) -> Floats:
    """Return t quantiles for many degrees of freedom: exact for whole ones, else between 600 knots (within 1e-5).

    Examples
    --------
    >>> t_quantiles(0.975, np.array([45.0, 7.5])).round(4).tolist()
    [2.0141, 2.333]
    """
    whole = np.rint(df) == df
    quantiles = np.full(df.shape, np.nan)
    for value in np.unique(df[whole]):
        quantiles[df == value] = _quantile(p, float(value)) if value > 0 else np.nan
    between = ~whole & (df >= _SMALLEST_DF)
    knots, heights = _table(p)
    quantiles[between] = 1 / np.interp(1 / df[between], knots, heights)
    return quantiles


@cache
def _quantile(p: float, df: float) -> float:
    return t_quantile(p, df)


@cache
def _table(p: float) -> Pair:
    """Return the quantile's reciprocal by that of the degrees of freedom, which is nearly a straight line."""
    knots = np.linspace(1e-5, 1 / _SMALLEST_DF, _KNOTS)
    return knots, np.array([1 / t_quantile(p, 1 / knot) for knot in knots])


def _moments(values: Floats, trials: Trials) -> tuple[Pair, Pair, Pair]:
    """Return the counts, means and sums of squares around them, of both arms, of those who are there."""
    by_arm = []
    for arm in (slice(0, trials.first), slice(trials.first, None)):
        there = trials.there[:, arm]
        n = there.sum(axis=1).astype(float)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean = np.where(there, values[:, arm], 0.0).sum(axis=1) / n
        squares = (np.where(there, values[:, arm] - mean[:, None], 0.0) ** 2).sum(axis=1)
        by_arm.append((n, mean, squares))
    (n, mean, squares), (m, other, others) = by_arm
    return (n, m), (mean, other), (squares, others)


def _estimates(estimate: Floats, variance: Floats, df: Floats, counts: Pair) -> TrialEstimates:
    """Return the result, empty where an arm has fewer than two left or nobody differs."""
    with np.errstate(invalid="ignore"):
        sound = (counts[0] >= 2) & (counts[1] >= 2) & (df > 0) & (variance > 0)
    nothing = np.full(estimate.shape, np.nan)
    return TrialEstimates(
        np.where(sound, estimate, nothing), np.sqrt(np.where(sound, variance, nothing)), np.where(sound, df, nothing)
    )
