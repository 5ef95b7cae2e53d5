"""Correlations with their intervals, and how large one must be to be told from none."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import normal_quantile, t_quantile, t_two_sided_p
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation and its test.

    Attributes
    ----------
    estimate : Estimate
        The coefficient and its interval; the limits are None for fewer than 4 people.
    t : float
        ``r sqrt((n - 2) / (1 - r^2))``; infinite where the correlation is perfect.
    df : int
        n - 2.
    p : float
        Two-sided, by Student's t.
    """

    estimate: Estimate
    t: float
    df: int
    p: float

    @property
    def n(self) -> int:
        """People in the correlation."""
        return self.estimate.n

    @property
    def method(self) -> str:
        """The variant, by name."""
        return self.estimate.method


def pearson(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Correlation:
    """Return Pearson's product-moment correlation, with Fisher's interval: tanh(artanh r ± z / sqrt(n - 3)).

    Parameters
    ----------
    x, y : array, shape (people,)
        Without missing values, in the same order; at least 3 people.
    level : float
        Two-sided coverage.

    Raises
    ------
    ValueError
        When the lengths differ, a value is missing, there are fewer than 3 people or one variable is constant.

    References
    ----------
    Fisher, R. A. (1921). On the "probable error" of a coefficient of correlation deduced from a small sample. Metron.

    Examples
    --------
    >>> round(pearson([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).estimate.value, 6)
    0.8
    """
    first, second = _checked(x, y)
    r = _product_moment(first, second)
    return _correlation(r, len(first), level, 1.0, "Pearson's r, Fisher's z interval")


def spearman(x: ArrayLike, y: ArrayLike, level: float = 0.95) -> Correlation:
    """Return Spearman's rank correlation, ties by mean ranks; p by Student's t, interval by Bonett and Wright.

    p is that of R's ``cor.test(method = "spearman", exact = FALSE)``. The interval is
    tanh(artanh r ± z sqrt((1 + r^2 / 2) / (n - 3))). Parameters and errors as in `pearson`.

    References
    ----------
    Bonett, D. G., & Wright, T. A. (2000). Sample size requirements for estimating Pearson, Kendall and Spearman
    correlations. Psychometrika, 65(1), 23-28.

    Examples
    --------
    >>> round(spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 50]).estimate.value, 6)
    0.8
    """
    first, second = _checked(x, y)
    r = _product_moment(ranks(first), ranks(second))
    return _correlation(r, len(first), level, 1 + r * r / 2, "Spearman's rho, Bonett-Wright interval")


def critical_r(n: int, alpha: float = 0.05) -> float:
    """Return the smallest significant correlation of ``n`` people, two-sided: t / sqrt(t^2 + n - 2).

    Raises
    ------
    ValueError
        When n is below 3 or alpha lies outside 0 to 1.

    Examples
    --------
    >>> round(critical_r(25), 3)
    0.396
    """
    if n < 3:
        raise ValueError(f"a correlation is tested with at least 3 people, not {n}")
    t = t_quantile(1 - alpha / 2, n - 2)
    return t / math.sqrt(t * t + n - 2)


def ranks(values: ArrayLike) -> Floats:
    """Return ranks from 1, ties sharing their mean rank.

    Examples
    --------
    >>> ranks([10.0, 20.0, 20.0, 5.0]).tolist()
    [2.0, 3.5, 3.5, 1.0]
    """
    _, positions, counts = np.unique(np.asarray(values, dtype=float), return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    mean_ranks: Floats = (last - (counts - 1) / 2)[positions]
    return mean_ranks


def _checked(x: ArrayLike, y: ArrayLike) -> tuple[Floats, Floats]:
    first, second = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    if first.ndim != 1 or first.shape != second.shape:
        raise ValueError(f"a correlation needs two lists of the same people, not {first.shape} and {second.shape}")
    if len(first) < 3 or not (np.isfinite(first).all() and np.isfinite(second).all()):
        raise ValueError("a correlation needs at least 3 people, without missing values")
    return first, second


def _product_moment(x: Floats, y: Floats) -> float:
    if np.ptp(x) == 0 or np.ptp(y) == 0:
        raise ValueError("a correlation is not defined when one of the variables is the same for everyone")
    dx, dy = x - x.mean(), y - y.mean()
    r = float(dx @ dy / math.sqrt((dx @ dx) * (dy @ dy)))
    return min(max(r, -1.0), 1.0)


def _correlation(r: float, n: int, level: float, variance: float, method: str) -> Correlation:
    if abs(r) == 1:
        estimate = Estimate(r, r if n > 3 else None, r if n > 3 else None, level, n, method)
        return Correlation(estimate, math.copysign(math.inf, r), n - 2, 0.0)
    low = high = None
    if n > 3:
        half = normal_quantile((1 + level) / 2) * math.sqrt(variance / (n - 3))
        low, high = math.tanh(math.atanh(r) - half), math.tanh(math.atanh(r) + half)
    t = r * math.sqrt((n - 2) / (1 - r * r))
    return Correlation(Estimate(r, low, high, level, n, method), t, n - 2, t_two_sided_p(t, n - 2))
