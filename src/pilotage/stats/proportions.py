"""Proportions and their intervals: the exact, the score, and the bound when nothing occurred."""

from __future__ import annotations

import math

from pilotage.stats.distributions import beta_quantile, normal_quantile
from pilotage.stats.estimate import Estimate


def clopper_pearson(successes: int, n: int, level: float = 0.95) -> Estimate:
    """Return a proportion with Clopper and Pearson's exact interval, which never covers less often than it says.

    The limits are quantiles of Beta(x, n - x + 1) and Beta(x + 1, n - x); at x = 0 the lower limit is 0, at x = n the
    upper is 1.

    Parameters
    ----------
    successes : int
        How many, 0 to ``n``.
    n : int
        Of how many, at least 1.
    level : float
        Two-sided coverage.

    Raises
    ------
    ValueError
        When the count is not within 0 to n, n is below 1, or the level lies outside 0 to 1.

    References
    ----------
    Clopper, C. J., & Pearson, E. S. (1934). The use of confidence or fiducial limits illustrated in the case of the
    binomial. Biometrika, 26(4), 404-413.

    Examples
    --------
    >>> kept = clopper_pearson(21, 24)
    >>> kept.value, round(kept.low, 4), round(kept.high, 4)
    (0.875, 0.6764, 0.9734)
    """
    _check(successes, n, level)
    tail = (1 - level) / 2
    low = beta_quantile(tail, successes, n - successes + 1) if successes > 0 else 0.0
    high = beta_quantile(1 - tail, successes + 1, n - successes) if successes < n else 1.0
    return Estimate(successes / n, low, high, level, n, "proportion, exact interval (Clopper-Pearson)")


def wilson(successes: int, n: int, level: float = 0.95) -> Estimate:
    """Return a proportion with Wilson's score interval, without continuity correction; narrower than the exact one.

    Parameters and errors as in `clopper_pearson`.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical inference. Journal of the American
    Statistical Association, 22(158), 209-212.

    Examples
    --------
    >>> kept = wilson(21, 24)
    >>> round(kept.low, 4), round(kept.high, 4)
    (0.69, 0.9566)
    """
    _check(successes, n, level)
    p, z = successes / n, normal_quantile((1 + level) / 2)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    low = 0.0 if successes == 0 else centre - half
    high = 1.0 if successes == n else centre + half
    return Estimate(p, low, high, level, n, "proportion, Wilson score interval")


def upper_bound_of_none(n: int, level: float = 0.95) -> Estimate:
    """Return the exact one-sided bound on an event that none of ``n`` people had: 1 - (1 - level)^(1/n).

    Close to the "rule of three", 3 / n, at 95 %.

    Raises
    ------
    ValueError
        When n is below 1 or the level lies outside 0 to 1.

    References
    ----------
    Hanley, J. A., & Lippman-Hand, A. (1983). If nothing goes wrong, is everything all right? JAMA, 249(13), 1743-1745.

    Examples
    --------
    >>> round(upper_bound_of_none(25).high, 4)
    0.1129
    """
    _check(0, n, level)
    high = -math.expm1(math.log1p(-level) / n)
    return Estimate(0.0, 0.0, high, level, n, "proportion, exact one-sided upper bound at none of n")


def _check(successes: int, n: int, level: float) -> None:
    if not (n >= 1 and 0 <= successes <= n):
        raise ValueError(f"a proportion needs 0 <= count <= n and n >= 1, not {successes} of {n}")
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, not {level}")
