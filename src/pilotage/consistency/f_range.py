"""Which F values a printed test allows: each of its numbers gives a range, and all must share one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from pilotage.consistency.paper import Test
from pilotage.consistency.printed import Printed
from pilotage.stats.distributions import f_sf
from pilotage.stats.effect_size import small_sample_factor
from pilotage.stats.roots import root_of_decreasing

_SLACK = 1e-9  # of floating point, at ends that meet exactly


@dataclass(frozen=True, slots=True)
class FRange:
    """The F values that agree with one printed number.

    Attributes
    ----------
    name : str
        Which number: ``F``, ``t``, ``p``, ``partial eta squared``, ``d``, ``g``.
    printed : Printed
    value : float
        F at the number itself.
    low, high : float
        F at the ends of what rounds to it; ``high`` is infinite for ``p < .001``.
    """

    name: str
    printed: Printed
    value: float
    low: float
    high: float

    @property
    def width(self) -> float:
        """How little it says: the range relative to F."""
        return math.inf if math.isinf(self.high) else (self.high - self.low) / max(self.high, 1e-300)

    def meets(self, other: FRange) -> bool:
        """Whether some F agrees with both."""
        return max(self.low, other.low) <= min(self.high, other.high) * (1 + _SLACK) + _SLACK


def f_of_p(p: float, df1: float, df2: float) -> float:
    """Return the F value whose upper tail is ``p``; 0 from p = 1 on, infinite at 0.

    Examples
    --------
    >>> round(f_of_p(0.05, 1, 45), 6)
    4.056612
    """
    if p >= 1:
        return 0.0
    if p <= 0:
        return math.inf
    return math.exp(root_of_decreasing(lambda log_f: f_sf(math.exp(log_f), df1, df2) - p, 0.0, step=0.5, furthest=700))


def f_of_eta(eta: float, df1: float, df2: float) -> float:
    """Return the F value of a partial eta squared: eta df2 / ((1 - eta) df1).

    Examples
    --------
    >>> round(f_of_eta(0.119, 1, 45), 4)
    6.0783
    """
    return math.inf if eta >= 1 else max(eta, 0.0) * df2 / ((1 - eta) * df1)


def f_ranges(test: Test) -> list[FRange]:
    """Return the F values that each printed number of a test allows."""
    return list(_ranges(test))


def _ranges(test: Test) -> Iterator[FRange]:
    df = test.df1, test.df2
    if test.F:
        low, high = test.F.ends
        yield FRange("F", test.F, float(test.F.value), max(low, 0.0), high)
    for name, number, unit in _multiples_of_t(test):
        yield _from_t(name, number, unit)
    if test.partial_eta_squared:
        eta = test.partial_eta_squared
        yield FRange("partial eta squared", eta, *(f_of_eta(e, *df) for e in (float(eta.value), *eta.ends)))
    if test.p:
        low, high = test.p.ends
        yield FRange("p", test.p, *(f_of_p(p, *df) for p in (float(test.p.value), high, low)))


def _multiples_of_t(test: Test) -> Iterator[tuple[str, Printed, float]]:
    """Yield the numbers that are t times something, with what t must be multiplied by."""
    if test.t:
        yield "t", test.t, 1.0
    if test.between:
        scale = d_over_t(test)
        if test.d:
            yield "d", test.d, scale
        if test.g:
            yield "g", test.g, scale * small_sample_factor(test.df2)


def d_over_t(test: Test) -> float:
    """Return what turns t into d: sqrt(1/n1 + 1/n2)."""
    return math.sqrt(sum(1 / n for n in test.between))


def _from_t(name: str, number: Printed, unit: float) -> FRange:
    low, high = number.ends
    nearest = 0.0 if low <= 0 <= high else min(abs(low), abs(high))
    sizes = float(number.value), nearest, max(abs(low), abs(high))
    return FRange(name, number, *((size / unit) ** 2 for size in sizes))


def together(ranges: list[FRange]) -> tuple[float, float, float]:
    """F, and its lowest and highest value: by the most precise number, narrowed by those that agree with it."""
    best = min(ranges, key=lambda r: r.width)
    agreeing = [r for r in ranges if r.meets(best)]
    low, high = max(r.low for r in agreeing), min(r.high for r in agreeing)
    return min(max(best.value, low), high), low, max(low, high)
