"""Effect sizes and intervals that a paper did not give, from the F value that its numbers allow."""

from __future__ import annotations

import math
from collections.abc import Iterator

from pilotage.consistency.f_range import d_over_t, f_ranges, together
from pilotage.consistency.finding import Finding
from pilotage.consistency.number_format import bounded_interval, interval
from pilotage.consistency.paper import Test
from pilotage.formatting import bounded, rounded
from pilotage.stats.effect_size import small_sample_factor
from pilotage.stats.noncentral_t import noncentrality_interval_of_t
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval

LEVEL = 0.95


def effect_sizes(test: Test) -> Iterator[Finding]:
    """Yield the interval of partial eta squared, the unbiased variants, and d and g of two groups."""
    ranges = f_ranges(test)
    if not ranges:
        return
    f, _, high = together(ranges)
    if math.isinf(high):
        return  # p < .001 says how large F is at least, and no more
    yield _eta_interval(test, f)
    yield _less_biased(test, f)
    if test.between:
        yield _difference(test, f)


def partial_omega_squared(f: float, df1: float, df2: float) -> float:
    """df1 (F - 1) / (df1 F + df2 + 1).

    References
    ----------
    Olejnik, S., & Algina, J. (2003). Generalized eta and omega squared statistics. Psychological Methods,
    8(4), 434-447.

    Examples
    --------
    >>> round(partial_omega_squared(6.0783200908, 1, 45), 4)
    0.0975
    """
    return df1 * (f - 1) / (df1 * f + df2 + 1)


def partial_epsilon_squared(f: float, df1: float, df2: float) -> float:
    """df1 (F - 1) / (df1 F + df2): partial eta squared adjusted as R squared is.

    References
    ----------
    Kelley, T. L. (1935). An unbiased correlation ratio measure. Proceedings of the National Academy of Sciences, 21(9).

    Examples
    --------
    >>> round(partial_epsilon_squared(6.0783200908, 1, 45), 4)
    0.0994
    """
    return df1 * (f - 1) / (df1 * f + df2)


def _eta_interval(test: Test, f: float) -> Finding:
    eta = partial_eta_squared_interval(f, test.df1, test.df2)
    low, high = eta.low or 0.0, eta.high or 0.0
    sentence = (
        f"Partial eta squared {bounded(eta.value, 3)}, 90 % interval {bounded_interval(low, high)} "
        "(noncentral F, lambda/(lambda + N), N = df1 + df2 + 1)."
    )
    numbers = {"value": eta.value, "low": low, "high": high, "level": eta.level, "method": eta.method}
    return Finding("note", "test.interval", test.name, sentence, numbers)


def _less_biased(test: Test, f: float) -> Finding:
    omega = partial_omega_squared(f, test.df1, test.df2)
    epsilon = partial_epsilon_squared(f, test.df1, test.df2)
    sentence = (
        "Less biased than partial eta squared: "
        f"partial epsilon squared {bounded(epsilon, 3)}, partial omega squared {bounded(omega, 4)}."
    )
    numbers = {"partial_epsilon_squared": epsilon, "partial_omega_squared": omega}
    return Finding("note", "test.less_biased", test.name, sentence, numbers)


def _difference(test: Test, f: float) -> Finding:
    direction = -1 if any(number and number.value < 0 for number in (test.t, test.d, test.g)) else 1
    scale, j = d_over_t(test), small_sample_factor(test.df2)
    t = direction * math.sqrt(f)
    d_low, d_high = (ncp * scale for ncp in noncentrality_interval_of_t(t, test.df2, LEVEL))
    d, g = t * scale, t * scale * j
    sign = "" if test.t or test.d or test.g else "; the sign is not given"
    sentence = (
        f"Between groups of {test.between[0]} and {test.between[1]}: d = {rounded(d, 3)} "
        f"{interval(d_low, d_high, 2)}, Hedges's g = {rounded(g, 3)} {interval(j * d_low, j * d_high, 2)} (95 %, "
        f"noncentral t; in SDs of what the test compares, such as change{sign})."
    )
    numbers = {"d": d, "d_low": d_low, "d_high": d_high, "g": g, "g_low": j * d_low, "g_high": j * d_high}
    return Finding("note", "test.difference", test.name, sentence, numbers | {"level": LEVEL})
