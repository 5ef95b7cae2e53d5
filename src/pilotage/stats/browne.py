"""A standard deviation with its interval and with the upper limit that a next study should be planned on."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import chi_square_quantile
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]


def sd_upper_limit(sd: float, df: float, level: float = 0.8) -> float:
    """Return the one-sided upper limit of a standard deviation: ``s sqrt(df / chi2(1 - level, df))``.

    A sample size computed with it is enough with probability ``level``; one computed with ``s`` itself is too small
    more often than not.

    Parameters
    ----------
    sd : float
        The sample's SD, above 0.
    df : float
        Its degrees of freedom: n - 1, or n less the number of groups when pooled within groups.
    level : float
        One-sided, between 0 and 1.

    Raises
    ------
    ValueError
        When the SD or the df are not above 0 or the level is no share.

    References
    ----------
    Browne, R. H. (1995). On the use of a pilot sample for sample size determination. Statistics in Medicine, 14(17),
    1933-1940.

    Examples
    --------
    >>> [round(sd_upper_limit(1.0, 45, level), 3) for level in (0.80, 0.90, 0.95)]
    [1.105, 1.162, 1.212]
    """
    if not (sd > 0 and df > 0):
        raise ValueError(f"an upper limit needs an SD and degrees of freedom above 0, not {sd} and {df}")
    return sd * math.sqrt(df / chi_square_quantile(1 - level, df))


def sd_interval(sd: float, df: float, n: int, level: float = 0.95) -> Estimate:
    """Return a standard deviation with its two-sided interval from the chi-square distribution, for normal scores.

    Errors as in `sd_upper_limit`.

    Examples
    --------
    >>> found = sd_interval(10.0, 45, 47)
    >>> round(found.low, 3), round(found.high, 3)
    (8.294, 12.595)
    """
    high = sd_upper_limit(sd, df, (1 + level) / 2)
    low = sd * math.sqrt(df / chi_square_quantile((1 + level) / 2, df))
    return Estimate(sd, low, high, level, n, "SD, chi-square interval")


def pooled_within(values: ArrayLike, groups: ArrayLike) -> tuple[Floats, int]:
    """Return the covariance of columns pooled within groups, and its degrees of freedom.

    Parameters
    ----------
    values : array, shape (people, columns)
        Without missing values.
    groups : array, shape (people,)
        The group of each person.

    Returns
    -------
    covariance : array, shape (columns, columns)
    df : int
        People less groups.

    Raises
    ------
    ValueError
        When a value is missing, or there are no more people than groups.

    Examples
    --------
    >>> covariance, df = pooled_within([[1.0, 2.0], [3.0, 4.0], [7.0, 1.0], [9.0, 5.0]], ["a", "a", "b", "b"])
    >>> covariance.tolist(), df
    ([[2.0, 3.0], [3.0, 5.0]], 2)
    """
    scores, labels = np.asarray(values, dtype=float), np.asarray(groups)
    if scores.ndim != 2 or len(scores) != len(labels) or not np.isfinite(scores).all():
        raise ValueError("needs a table of finite numbers with one group label a row")
    names = np.unique(labels)
    df = len(scores) - len(names)
    if df < 1:
        raise ValueError(f"{len(scores)} people in {len(names)} groups leave nothing to pool")
    deviations = scores.copy()
    for name in names:
        deviations[labels == name] -= scores[labels == name].mean(axis=0)
    covariance: Floats = deviations.T @ deviations / df
    return covariance, df
