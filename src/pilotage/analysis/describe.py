"""Numbers and choices described: the summaries every part of the report uses."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pilotage.analysis.results import Summary


def summarise(values: Sequence[float], people: int) -> Summary:
    """Mean, SD (n - 1), median, quartiles (linear interpolation) and range of the values given.

    ``people`` is how many were asked; who gave no value counts as missing.
    """
    numbers = np.asarray([v for v in values if v is not None], dtype=float)
    n = len(numbers)
    if n == 0:
        return Summary(0, people, None, None, None, None, None, None)
    low, median, high = (float(q) for q in np.quantile(numbers, (0.25, 0.5, 0.75)))
    sd = float(numbers.std(ddof=1)) if n > 1 else None
    return Summary(
        n, people - n, float(numbers.mean()), sd, median, (low, high), float(numbers.min()), float(numbers.max())
    )
