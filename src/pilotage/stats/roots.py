"""Where a continuous function of one number crosses zero, between two ends that bracket the crossing."""

from __future__ import annotations

import math
from collections.abc import Callable

Function = Callable[[float], float]


def root_between(function: Function, low: float, high: float, *, tolerance: float = 1e-13, steps: int = 200) -> float:
    """Find the zero of a continuous function by Chandrupatla's method.

    Parameters
    ----------
    function : callable
        A continuous function of one float.
    low, high : float
        Ends at which the function has opposite signs (or is zero).
    tolerance : float
        Width of the last bracket, relative to the root.
    steps : int
        The most evaluations allowed.

    Returns
    -------
    float
        The end of the last bracket at which the function is nearer to zero.

    Raises
    ------
    ValueError
        When both ends have the same sign, or a value is not a number.

    References
    ----------
    Chandrupatla, T. R. (1997). A new hybrid quadratic/bisection algorithm for finding the zero of a nonlinear function
    without using derivatives. Advances in Engineering Software, 28(3), 145-149.

    Examples
    --------
    >>> round(root_between(lambda x: x * x - 2, 0, 2), 12)
    1.414213562373
    """
    a, b = high, low
    fa, fb = function(a), function(b)
    if math.isnan(fa) or math.isnan(fb) or fa * fb > 0:
        raise ValueError(f"no change of sign between {low!r} ({fb!r}) and {high!r} ({fa!r})")
    share, c, fc = 0.5, a, fa
    for _ in range(steps):
        x = a + share * (b - a)
        fx = function(x)
        if (fx > 0) == (fa > 0):
            c, fc = a, fa
        else:
            c, b, fc, fb = b, a, fb, fa
        a, fa = x, fx
        best, fbest = (a, fa) if abs(fa) < abs(fb) else (b, fb)
        width = abs(b - a)
        limit = tolerance * abs(best) + 1e-300
        if fbest == 0 or width <= 2 * limit:
            return best
        share = min(max(_next_share((a, b, c), (fa, fb, fc)), limit / width), 1 - limit / width)
    return best


def _next_share(points: tuple[float, float, float], values: tuple[float, float, float]) -> float:
    """Return how far towards the second point to look next: inverse quadratic where safe, else half way."""
    (a, b, c), (fa, fb, fc) = points, values
    xi, phi = (a - b) / (c - b), (fa - fb) / (fc - fb)
    if not (phi * phi < xi and (1 - phi) * (1 - phi) < 1 - xi):
        return 0.5
    return fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)


def root_of_decreasing(function: Function, start: float, *, step: float = 1.0, furthest: float = 1e5) -> float:
    """Find the zero of a decreasing function, looking outwards from ``start`` in growing steps for the bracket.

    Raises
    ------
    ValueError
        When no change of sign lies within ``furthest`` of the start.

    Examples
    --------
    >>> round(root_of_decreasing(lambda x: 40 - x, 0.0), 9)
    40.0
    """
    direction = 1.0 if function(start) > 0 else -1.0
    near, far = start, start + direction * step
    while function(far) * direction > 0:
        if abs(far - start) > furthest:
            raise ValueError(f"no change of sign within {furthest} of {start!r}")
        near, far, step = far, far + direction * 2 * step, 2 * step
    return root_between(function, min(near, far), max(near, far))
