"""Tail probabilities and quantiles of the F, t, beta, chi-square and normal distributions."""

from __future__ import annotations

import math

from pilotage.stats.incomplete import beta_tails, gamma_tails
from pilotage.stats.roots import root_of_decreasing

_SQRT_TWO = math.sqrt(2)


def normal_cdf(z: float) -> float:
    """Return the probability of a standard normal value of at most ``z``; precise in the lower tail.

    Examples
    --------
    >>> normal_cdf(0.0)
    0.5
    """
    return 0.5 * math.erfc(-z / _SQRT_TWO)


def normal_quantile(p: float) -> float:
    """Return the standard normal value below which a share ``p`` lies (Wichura's AS 241).

    Examples
    --------
    >>> round(normal_quantile(0.975), 9)
    1.959963985
    """
    from statistics import NormalDist

    return NormalDist().inv_cdf(p)


def f_tails(f: float, df1: float, df2: float) -> tuple[float, float]:
    """Return the probabilities of an F value of at most, and of more than, ``f``.

    Raises
    ------
    ValueError
        When a degree of freedom is not above 0.
    """
    if not (df1 > 0 and df2 > 0):
        raise ValueError(f"F needs degrees of freedom above 0, not {df1} and {df2}")
    if f <= 0:
        return 0.0, 1.0
    if math.isinf(f):
        return 1.0, 0.0
    ratio = df1 * f / df2
    upper, lower = beta_tails(df2 / 2, df1 / 2, 1 / (1 + ratio), ratio / (1 + ratio))
    return lower, upper


def f_cdf(f: float, df1: float, df2: float) -> float:
    """Return the probability of an F value of at most ``f``."""
    return f_tails(f, df1, df2)[0]


def f_sf(f: float, df1: float, df2: float) -> float:
    """Return the probability of an F value above ``f``: the p value of an F test.

    Examples
    --------
    >>> round(f_sf(14.9122026694, 1, 24), 12)
    0.000746908906
    """
    return f_tails(f, df1, df2)[1]


def f_quantile(p: float, df1: float, df2: float) -> float:
    """Return the F value below which a share ``p`` lies.

    Examples
    --------
    >>> round(f_quantile(0.95, 1, 45), 6)
    4.056612
    """
    _check_share(p)

    def excess(log_f: float) -> float:
        lower, upper = f_tails(math.exp(log_f), df1, df2)
        return upper - (1 - p) if p > 0.5 else p - lower

    return math.exp(root_of_decreasing(excess, 0.0, step=0.5, furthest=700))


def t_two_sided_p(t: float, df: float) -> float:
    """Return the probability of a Student t value further from 0 than ``t``, on either side.

    Examples
    --------
    >>> round(t_two_sided_p(3.8616321251, 24), 12)
    0.000746908906
    """
    return f_sf(t * t, 1, df)


def t_sf(t: float, df: float) -> float:
    """Return the probability of a Student t value above ``t``.

    Examples
    --------
    >>> t_sf(0.0, 10)
    0.5
    """
    half = t_two_sided_p(t, df) / 2
    return half if t >= 0 else 1 - half


def t_cdf(t: float, df: float) -> float:
    """Return the probability of a Student t value of at most ``t``."""
    return t_sf(-t, df)


def t_quantile(p: float, df: float) -> float:
    """Return the Student t value below which a share ``p`` lies.

    Examples
    --------
    >>> round(t_quantile(0.975, 45), 6)
    2.014103
    """
    _check_share(p)
    if p == 0.5:
        return 0.0
    tail = min(p, 1 - p)
    size = _t_by_newton(tail, df)
    if size is None:
        size = math.exp(root_of_decreasing(lambda log_t: t_sf(math.exp(log_t), df) - tail, 0.5, step=0.5, furthest=350))
    return size if p > 0.5 else -size


def _t_by_newton(tail: float, df: float) -> float | None:
    """Start from Cornish and Fisher's expansion, near where df are not few; None where three steps do not settle."""
    z = -normal_quantile(tail)
    t = z + z * (z**2 + 1) / (4 * df) + z * (5 * z**4 + 16 * z**2 + 3) / (96 * df**2)
    if t > 1e3:
        return None
    log_height = math.lgamma((df + 1) / 2) - math.lgamma(df / 2) - math.log(df * math.pi) / 2
    for _ in range(3):
        reached = t_sf(t, df)
        density = math.exp(log_height - (df + 1) / 2 * math.log1p(t * t / df))
        step = math.log(reached / tail) * reached / density
        t += step
        if abs(step) < 1e-7 * t:
            return t
    return None


def beta_cdf(x: float, a: float, b: float) -> float:
    """Return the probability of a beta value of at most ``x``."""
    return beta_tails(a, b, x, 1 - x)[0]


def beta_sf(x: float, a: float, b: float) -> float:
    """Return the probability of a beta value above ``x``."""
    return beta_tails(a, b, x, 1 - x)[1]


def beta_quantile(p: float, a: float, b: float) -> float:
    """Return the beta value below which a share ``p`` lies.

    Examples
    --------
    >>> round(beta_quantile(0.5, 2.0, 2.0), 12)
    0.5
    """
    _check_share(p)

    def excess(logit: float) -> float:
        x, y = 1 / (1 + math.exp(-logit)), 1 / (1 + math.exp(logit))
        lower, upper = beta_tails(a, b, x, y)
        return upper - (1 - p) if p > 0.5 else p - lower

    return 1 / (1 + math.exp(-root_of_decreasing(excess, math.log(a / b), step=0.5, furthest=700)))


def chi_square_sf(x: float, df: float) -> float:
    """Return the probability of a chi-square value above ``x``.

    Examples
    --------
    >>> round(chi_square_sf(3.841458820694124, 1), 12)
    0.05
    """
    return gamma_tails(df / 2, max(x, 0.0) / 2)[1]


def chi_square_quantile(p: float, df: float) -> float:
    """Return the chi-square value below which a share ``p`` lies.

    Examples
    --------
    >>> round(chi_square_quantile(0.95, 1), 9)
    3.841458821
    """
    _check_share(p)

    def excess(log_x: float) -> float:
        lower, upper = gamma_tails(df / 2, math.exp(log_x) / 2)
        return upper - (1 - p) if p > 0.5 else p - lower

    return math.exp(root_of_decreasing(excess, math.log(df), step=0.5, furthest=700))


def _check_share(p: float) -> None:
    if not 0 < p < 1:
        raise ValueError(f"a quantile is for a share between 0 and 1, not {p}")
