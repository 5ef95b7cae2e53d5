"""How small and how large an SD can be, given the mean, the size and the ends of the range."""

from __future__ import annotations

import math


def sd_limits(n: int, mean: float, low: float, high: float, *, attained: bool) -> tuple[float, float] | None:
    """The smallest and largest SD (n - 1) that n numbers between two ends can have around this mean.

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
    if not free * low - 1e-9 <= rest <= free * high + 1e-9:
        return None
    alike = [rest / free] * free if free else []
    return _sd([*ends, *alike], mean), _sd([*ends, *_pushed_apart(free, rest, low, high)], mean)


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
