"""Sums of many columns in the smallest integers that hold them, each partial sum used wherever it recurs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]


@dataclass(frozen=True)
class Addition:
    """One sum: earlier sums that it holds whole, and what is left to add and to subtract.

    ``small`` says that the result lies between 0 and 255. Then eight bits do: additions that overflow on the way
    come back, because they are exact modulo 256.
    """

    earlier: tuple[int, ...]
    added: tuple[int, ...]
    subtracted: tuple[int, ...]
    constant: int
    small: bool


def additions(
    wanted: Sequence[tuple[Sequence[int], Sequence[int]]], constant: int, largest: float
) -> tuple[Addition, ...]:
    """Return how to form each sum of some rows minus others, with a constant for each row that is subtracted.

    A total over several facets takes their sums and not their items once more.

    Parameters
    ----------
    wanted : sequence of (added, subtracted)
        The rows of each sum.
    constant : int
        Added for each row subtracted; no row is larger than it.
    largest : float
        The largest value of a row; the smallest is 0 or more.
    """
    plan: list[Addition] = []
    for added, subtracted in wanted:
        plus, minus, earlier = set(added), set(subtracted), []
        for i, (other_plus, other_minus) in enumerate(wanted[: len(plan)]):
            if (other_plus or other_minus) and plus.issuperset(other_plus) and minus.issuperset(other_minus):
                plus.difference_update(other_plus)
                minus.difference_update(other_minus)
                earlier.append(i)
        small = len(added) * largest + len(subtracted) * constant <= 255
        plan.append(Addition(tuple(earlier), tuple(sorted(plus)), tuple(sorted(minus)), constant * len(minus), small))
    return tuple(plan)


def sums(rows: Array, plan: Sequence[Addition]) -> list[Array]:
    """Carry a plan out: one array for each sum.

    Examples
    --------
    >>> rows = np.array([[1, 2], [3, 4], [5, 5]], np.uint8)
    >>> sums(rows, additions([([0], [1]), ([0, 2], [1])], constant=6, largest=5))
    [array([4, 4], dtype=uint8), array([9, 9], dtype=uint8)]
    """
    totals: list[Array] = []
    for addition in plan:
        kind = np.int32 if rows.dtype == np.uint8 and not addition.small else rows.dtype
        total = np.full(rows.shape[1], addition.constant, kind)
        for i in addition.earlier:
            total += totals[i]
        for row in addition.added:
            total += rows[row]
        for row in addition.subtracted:
            total -= rows[row]
        totals.append(total)
    return totals
