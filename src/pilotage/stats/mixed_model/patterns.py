"""People gathered by the occasions they missed: those who missed the same share one block of the covariance matrix.

T occasions need at most 2^T - 1 blocks, however many people there are. A pattern with more people than its outcomes
and effects have columns is replaced by the triangular factor of its rows, which has the same sums of products.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Patterns:
    """What was observed, pattern by pattern.

    Attributes
    ----------
    pairs : array of bool, shape (patterns, occasions, occasions)
        Whether both occasions of a pair were attended.
    n : array, shape (patterns,)
        People.
    rows : array, shape (patterns, rows, occasions, effects + 1)
        x and y of each person, or as many rows with the same sums of products; zero where missed or where a pattern
        has fewer rows than another.
    observations : int
        Scores.
    """

    pairs: NDArray[np.bool_]
    n: Floats
    rows: Floats
    observations: int

    @property
    def effects(self) -> int:
        """Fixed effects."""
        return int(self.rows.shape[3]) - 1


def patterns(y: Floats, x: Floats) -> Patterns:
    """Gather an outcome (people, occasions) and its effects (people, occasions, effects).

    Everyone must have at least one score; NaN where missed.
    """
    seen = np.isfinite(y)
    masks, which = np.unique(seen, axis=0, return_inverse=True)
    both = np.concatenate([x, np.where(seen, y, 0.0)[:, :, None]], axis=2) * seen[:, :, None]
    condensed = [_condensed(both[which.ravel() == number]) for number in range(len(masks))]
    rows = np.zeros((len(masks), max(map(len, condensed)), *both.shape[1:]))
    for number, some in enumerate(condensed):
        rows[number, : len(some)] = some
    return Patterns(
        pairs=masks[:, :, None] & masks[:, None, :],
        n=np.bincount(which.ravel()).astype(float),
        rows=rows,
        observations=int(seen.sum()),
    )


def _condensed(people: Floats) -> Floats:
    """Return the people, or fewer rows with the same sums of products."""
    _, occasions, columns = people.shape
    if len(people) <= occasions * columns:
        return people
    return triangular_factor(people.reshape(len(people), -1)).reshape(-1, occasions, columns)


def triangular_factor(rows: Floats) -> Floats:
    """Return R of rows = Q R: what has the same sums of products."""
    return np.asarray(np.linalg.qr(rows, mode="r"), dtype=float)
