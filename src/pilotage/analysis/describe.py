"""Numbers and choices described: the summaries every part of the report uses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """A number described: how many answered, its mean, SD, median, quartiles and range."""

    n: int
    missing: int
    mean: float | None
    sd: float | None
    median: float | None
    quartiles: tuple[float, float] | None
    low: float | None
    high: float | None


def summarise(values: Sequence[float], people: int) -> NumberSummary:
    """Return the mean, SD (n - 1), median, quartiles (linear interpolation) and range of some values.

    ``people`` is how many could have answered; whoever has no value counts as missing.
    """
    numbers = np.asarray([v for v in values if v is not None], dtype=float)
    n = len(numbers)
    if n == 0:
        return NumberSummary(0, people, None, None, None, None, None, None)
    low, median, high = (float(q) for q in np.quantile(numbers, (0.25, 0.5, 0.75)))
    sd = float(numbers.std(ddof=1)) if n > 1 else None
    return NumberSummary(
        n, people - n, float(numbers.mean()), sd, median, (low, high), float(numbers.min()), float(numbers.max())
    )
