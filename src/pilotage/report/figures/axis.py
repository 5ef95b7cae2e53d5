"""An axis of scores: its round ticks, and where a value stands on it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


@dataclass(frozen=True, slots=True)
class Axis:
    """A vertical axis between two heights of the page, lowest value at the bottom."""

    ticks: tuple[float, ...]
    top: float
    bottom: float

    def at(self, value: float) -> float:
        """Return the height of a value on the page."""
        low, high = self.ticks[0], self.ticks[-1]
        return self.bottom - (value - low) / (high - low) * (self.bottom - self.top)


def axis(values: list[float], top: float, bottom: float, about: int = 5) -> Axis:
    """Return an axis that holds every value, with about so many ticks."""
    known = [value for value in values if isfinite(value)] or [0.0, 1.0]
    low, high = min(known), max(known)
    if low == high:
        low, high = low - 1, high + 1
    return Axis(_ticks(low, high, about), top, bottom)


def _ticks(low: float, high: float, about: int) -> tuple[float, ...]:
    step = _round_step((high - low) / about)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    return tuple(round(n * step, 10) for n in range(first, last + 1))


def _round_step(rough: float) -> float:
    """Return the round step (1, 2, 2.5 or 5 times a power of ten) at or above a rough one."""
    power = 10.0 ** floor(log10(rough))
    return next(step * power for step in (1, 2, 2.5, 5, 10) if step * power >= rough - 1e-12)
