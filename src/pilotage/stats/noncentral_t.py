"""The noncentral t distribution, precise in both tails, and the noncentralities that a t value allows."""

from __future__ import annotations

import math
from collections.abc import Callable

from pilotage.stats.distributions import chi_square_quantile
from pilotage.stats.incomplete import stirling_error
from pilotage.stats.roots import root_of_decreasing

_LARGE = 3e3  # values of t beyond which the normal part's own variation no longer matters


def noncentral_t_cdf(t: float, df: float, ncp: float) -> float:
    """Return the probability of a noncentral t value of at most ``t``; precise in both tails.

    The integral of ``Phi(t s - ncp)`` over ``s = chi / sqrt(df)``, by the trapezoid rule in log s around the
    integrand's peak. Every part is positive, so nothing cancels however far out the tail is.

    Examples
    --------
    >>> round(noncentral_t_cdf(2.0, 45, 1.0), 10)
    0.8334170845
    """
    return _noncentral_t(t, df, ncp, sign=1.0)


def noncentral_t_sf(t: float, df: float, ncp: float) -> float:
    """Return the probability of a noncentral t value above ``t``; precise in both tails."""
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
    """Return the log of the integral of exp(log_part), peaked between low and high, out to e^-45 of the peak.

    The trapezoid rule converges exponentially in 1 / step for so smooth a function that vanishes at both ends.
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


def noncentrality_interval_of_t(t: float, df: float, level: float) -> tuple[float, float]:
    """Return the noncentralities under which ``t`` lies at the upper and lower ends of its distribution.

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
    if abs(t) > _LARGE:
        ends = sorted(t * math.sqrt(chi_square_quantile(share, df) / df) for share in (tail, 1 - tail))
        return ends[0], ends[1]
    low = root_of_decreasing(lambda ncp: tail - noncentral_t_sf(t, df, ncp), t - 2)
    high = root_of_decreasing(lambda ncp: noncentral_t_cdf(t, df, ncp) - tail, t + 2)
    return low, high
