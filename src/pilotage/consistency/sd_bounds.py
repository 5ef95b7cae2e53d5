"""How small and how large an SD can be, given the mean, the size and the ends of the range."""

from __future__ import annotations

import math

_SLACK = 1e-9  # of floating point, at ends that meet exactly


def sd_limits(n: int, mean: float, low: float, high: float, *, attained: bool) -> tuple[float, float] | None:
    """Return the smallest and largest SD (n - 1) that n numbers between two ends can have around this mean.

    Smallest: all alike, but for one at either end where both ends occur. Largest: as many as possible at the ends, and
    one in between to make the mean right.

    Returns
    -------
    tuple of float or None
        None where no such numbers have this mean.

    Examples
    --------
    >>> low, high = sd_limits(24, 92.4, 5, 300, attained=True)
    >>> round(low, 1), round(high, 1)
    (47.3, 136.2)
    """
    ends = [low, high] if attained else []
    free = n - len(ends)
    rest = n * mean - sum(ends)
    slack = _SLACK * (1 + abs(rest))
    if not free * low - slack <= rest <= free * high + slack:
        return None
    alike = [rest / free] * free if free else []
    return _sd([*ends, *alike], mean), _sd([*ends, *_pushed_apart(free, rest, low, high)], mean)


def sd_bounds(
    n: int, means: tuple[float, float], low: float, high: float, *, attained: bool
) -> tuple[float, float] | None:
    """Return what the SD cannot be below or above, for any mean between two.

    The smallest SD is least where the mean is nearest to the middle of the range, and there Bhatia and Davis's bound,
    SD^2 <= n (mean - low) (high - mean) / (n - 1), is largest.

    Returns
    -------
    tuple of float or None
        None where no such numbers have any of these means.

    References
    ----------
    Bhatia, R., & Davis, C. (2000). A better bound on the variance. American Mathematical Monthly, 107(4), 353-357.

    Examples
    --------
    >>> low, high = sd_bounds(3, (1.65, 1.75), 1, 3, attained=True)
    >>> low <= 1.1547 <= high
    True
    """
    inward = (high - low) / n if attained else 0.0  # one number at the other end moves the mean by this much
    least, most = max(means[0], low + inward), min(means[1], high - inward)
    if least > most + _SLACK * (1 + abs(most)):
        return None
    mean = min(max((low + high) / 2, least), most)
    limits = sd_limits(n, mean, low, high, attained=attained)
    return limits and (limits[0], math.sqrt(max(n * (mean - low) * (high - mean), 0.0) / (n - 1)))


def _pushed_apart(free: int, rest: float, low: float, high: float) -> list[float]:
    """Numbers with this sum, as many as possible at the ends."""
    if high == low:
        return [low] * free
    at_high = min(math.floor((rest - free * low) / (high - low) + 1e-12), free)
    if at_high == free:
        return [high] * free
    between = rest - at_high * high - (free - at_high - 1) * low
    return [high] * at_high + [between] + [low] * (free - at_high - 1)


def _sd(values: list[float], mean: float) -> float:
    return math.sqrt(math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1))


def widest_range(mean: tuple[float, float], sd: float, n: int) -> tuple[int, int]:
    """Whole numbers beyond which no value can lie: none is further from the mean than SD (n - 1) / sqrt(n).

    References
    ----------
    Samuelson, P. A. (1968). How deviant can you be? Journal of the American Statistical Association, 63(324).

    Examples
    --------
    >>> widest_range((2.95, 3.05), 1.05, 4)
    (2, 4)
    """
    furthest = sd * (n - 1) / math.sqrt(n)
    return math.ceil(mean[0] - furthest), math.floor(mean[1] + furthest)
