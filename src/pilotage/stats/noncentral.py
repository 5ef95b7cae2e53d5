"""The noncentral F and t distributions, precise in both tails, and the noncentrality that a probability implies."""

from __future__ import annotations

import math
from collections.abc import Callable

from pilotage.stats.distributions import f_tails
from pilotage.stats.incomplete import beta_tails, beta_weight, poisson_weight, stirling_error
from pilotage.stats.roots import root_between, root_of_decreasing

_NEGLIGIBLE = 1e-17
_LOST = 1e-290  # a recurrence started from a tail smaller than this would stay at zero


def noncentral_f_cdf(f: float, df1: float, df2: float, ncp: float) -> float:
    """Probability of a noncentral F value of at most ``f``.

    A Poisson mixture of incomplete beta functions, summed downwards from its far end, so that every step adds:

        P = sum_j Poisson(j; ncp/2) I_x(df1/2 + j, df2/2),   x = df1 f / (df1 f + df2).

    Examples
    --------
    >>> round(noncentral_f_cdf(4.0, 1, 45, 5.0), 10)
    0.4043699042
    """
    return _noncentral_f(f, df1, df2, ncp, upper=False)


def noncentral_f_sf(f: float, df1: float, df2: float, ncp: float) -> float:
    """Probability of a noncentral F value above ``f``: the power of an F test when ``f`` is its critical value."""
    return _noncentral_f(f, df1, df2, ncp, upper=True)


def _noncentral_f(f: float, df1: float, df2: float, ncp: float, *, upper: bool) -> float:
    if ncp < 0:
        raise ValueError(f"the noncentrality must not be below 0, and is {ncp}")
    if ncp == 0 or f <= 0 or math.isinf(f):
        return f_tails(f, df1, df2)[1 if upper else 0]
    ratio = df1 * f / df2
    x, y = ratio / (1 + ratio), 1 / (1 + ratio)
    mixture = _upper_mixture if upper else _lower_mixture
    return min(mixture(df1 / 2, df2 / 2, x, y, ncp / 2), 1.0)


def _lower_mixture(a: float, b: float, x: float, y: float, mean: float) -> float:
    """Sum Poisson weights times I_x(a + j, b), from large j down: I_x(a - 1, b) = I_x(a, b) + step."""
    mode, j = int(mean), _far_end(mean, +1)
    while j > 0 and beta_tails(a + j, b, x, y)[0] < _LOST:
        j = j * 9 // 10
    probability, weight = beta_tails(a + j, b, x, y)[0], poisson_weight(j, mean)
    step = beta_weight(a + j, b, x, y) / (a + j)
    total = weight * probability
    while j > 0:
        step *= (a + j) / (x * (a + j + b - 1))
        probability += step
        weight *= j / mean
        j -= 1
        term = weight * probability
        total += term
        if j < mode and total > 0 and term <= _NEGLIGIBLE * total:
            break
    return total


def _upper_mixture(a: float, b: float, x: float, y: float, mean: float) -> float:
    """Sum Poisson weights times 1 - I_x(a + j, b), from small j up, where the complement grows by each step."""
    mode, j = int(mean), _far_end(mean, -1)
    while beta_tails(a + j, b, x, y)[1] < _LOST and poisson_weight(j, mean) > 0:
        j += 1 + j // 10
    probability, weight = beta_tails(a + j, b, x, y)[1], poisson_weight(j, mean)
    step = beta_weight(a + j, b, x, y) / (a + j)
    total = weight * probability
    while weight > 0:
        probability += step
        step *= x * (a + j + b) / (a + j + 1)
        j += 1
        weight *= mean / j
        term = weight * probability
        total += term
        if j > mode and total > 0 and term <= _NEGLIGIBLE * total:
            break
    return total


def _far_end(mean: float, direction: int) -> int:
    """The j beyond which Poisson weights are negligible beside the largest: a normal bound, widened upwards."""
    return max(int(mean + direction * 9 * math.sqrt(mean)) + (25 if direction > 0 else 0), 0)


def noncentral_t_cdf(t: float, df: float, ncp: float) -> float:
    """Probability of a noncentral t value of at most ``t``; precise in both tails.

    The integral of ``Phi(t s - ncp)`` over ``s = chi / sqrt(df)``, by the trapezoid rule in log s around the
    integrand's peak. Every part is positive, so nothing cancels however far out the tail is.

    Examples
    --------
    >>> round(noncentral_t_cdf(2.0, 45, 1.0), 10)
    0.8334170845
    """
    return _noncentral_t(t, df, ncp, sign=1.0)


def noncentral_t_sf(t: float, df: float, ncp: float) -> float:
    """Probability of a noncentral t value above ``t``; precise in both tails."""
    return _noncentral_t(t, df, ncp, sign=-1.0)


def _noncentral_t(t: float, df: float, ncp: float, *, sign: float) -> float:
    if not df > 0:
        raise ValueError(f"t needs degrees of freedom above 0, not {df}")

    def log_part(u: float) -> float:
        return -df * (math.expm1(2 * u) / 2 - u) + _log_normal_cdf(sign * (t * math.exp(u) - ncp))

    # Where the tail's own peak lies if the normal part is steep; without it the peak is at u = 0.
    steep = math.log((ncp * t + math.sqrt((ncp * t) ** 2 + 4 * df * (df + t * t))) / (2 * (df + t * t)))
    step = min(0.5 / math.sqrt(2 * df), 0.5 / (1 + abs(ncp)), 0.08)
    constant = 0.5 * math.log(df / math.pi) - stirling_error(df / 2)
    return min(math.exp(constant + _log_integral(log_part, min(steep, 0.0), max(steep, 0.0), step)), 1.0)


def _log_integral(log_part: Callable[[float], float], low: float, high: float, step: float) -> float:
    """Log of the integral of exp(log_part), peaked between low and high, by the trapezoid rule out to e^-45 of the peak.

    For so smooth a function that vanishes at both ends the trapezoid rule converges exponentially in 1 / step.
    """
    parts = [log_part(low + k * step) for k in range(math.ceil((high - low) / step) + 1)]
    peak = max(parts)
    for direction, end in ((-1, low), (+1, low + (len(parts) - 1) * step)):
        u, part = end, peak
        while part > peak - 45:
            u += direction * step
            part = log_part(u)
            parts.append(part)
            peak = max(peak, part)
    return peak + math.log(step * math.fsum(math.exp(part - peak) for part in parts))


def _log_normal_cdf(z: float) -> float:
    if z > -35:
        return math.log(0.5 * math.erfc(-z / math.sqrt(2)))
    w = 1 / (z * z)
    series = -w * (1 - w * (3 - w * (15 - w * (105 - w * 945))))
    return -z * z / 2 - math.log(-z * math.sqrt(2 * math.pi)) + math.log1p(series)


def noncentrality_interval_of_f(f: float, df1: float, df2: float, level: float) -> tuple[float, float]:
    """The noncentralities under which ``f`` lies at the upper and lower ends of its distribution.

    Parameters
    ----------
    f : float
        The F value observed, 0 or more.
    df1, df2 : float
        Its degrees of freedom.
    level : float
        Two-sided coverage, such as 0.90.

    Returns
    -------
    tuple of float
        Lower and upper limit; a limit is 0 where even noncentrality 0 makes ``f`` too small.

    Raises
    ------
    ValueError
        When ``f`` is below 0 or the level lies outside 0 to 1.

    References
    ----------
    Steiger, J. H. (2004). Beyond the F test. Psychological Methods, 9(2), 164-182.

    Examples
    --------
    >>> low, high = noncentrality_interval_of_f(6.0783200908, 1, 45, 0.90)
    >>> round(low, 4), round(high, 4)
    (0.5523, 17.2345)
    """
    if not (f >= 0 and 0 < level < 1):
        raise ValueError(f"needs an F of 0 or more and a level between 0 and 1, not {f} and {level}")
    tail = (1 - level) / 2
    lower, upper = f_tails(f, df1, df2)
    start = df1 * f
    low = high = 0.0
    if upper < tail:
        low = root_between(lambda ncp: tail - noncentral_f_sf(f, df1, df2, ncp), 0.0, start)
    if lower > tail:
        high = root_of_decreasing(
            lambda ncp: noncentral_f_cdf(f, df1, df2, max(ncp, 0.0)) - tail, start, step=start + 1
        )
    return low, high


def noncentrality_interval_of_t(t: float, df: float, level: float) -> tuple[float, float]:
    """The noncentralities under which ``t`` lies at the upper and lower ends of its distribution.

    Raises
    ------
    ValueError
        When the level lies outside 0 to 1.

    References
    ----------
    Steiger, J. H., & Fouladi, R. T. (1997). Noncentrality interval estimation and the evaluation of statistical models.

    Examples
    --------
    >>> low, high = noncentrality_interval_of_t(2.0, 45, 0.95)
    >>> round(low, 6), round(high, 6)
    (-0.013435, 3.992177)
    """
    if not 0 < level < 1:
        raise ValueError(f"the level must lie between 0 and 1, not {level}")
    tail = (1 - level) / 2
    low = root_of_decreasing(lambda ncp: tail - noncentral_t_sf(t, df, ncp), t - 2)
    high = root_of_decreasing(lambda ncp: noncentral_t_cdf(t, df, ncp) - tail, t + 2)
    return low, high
