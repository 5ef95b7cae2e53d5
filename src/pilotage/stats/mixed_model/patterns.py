"""Sums of products within each missingness pattern: all that the likelihood asks of the people.

People who missed the same occasions share one block of the covariance matrix, so that T occasions need at most
2^T - 1 blocks, however many people there are.
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
    products : array, shape (patterns * occasions^2, (effects + 1)^2)
        For each pair of occasions the sum over people of the outer product of (x, y) at the first and the second.
    effects, observations : int
        Fixed effects; scores.
    """

    pairs: NDArray[np.bool_]
    n: Floats
    products: Floats
    effects: int
    observations: int

    def total(self, weights: Floats) -> Floats:
        """Sum over patterns and pairs of occasions, weighted; shape (..., effects + 1, effects + 1)."""
        rows = weights.reshape(-1, len(self.products)) @ self.products
        return rows.reshape(-1, self.effects + 1, self.effects + 1)

    def projected(self, weights: Floats) -> Floats:
        """The products weighted over the effects, shape (patterns, occasions, occasions)."""
        found: Floats = (self.products @ weights.ravel()).reshape(self.pairs.shape)
        return found


def patterns(y: Floats, x: Floats) -> Patterns:
    """Gather the products of an outcome (people, occasions) and its effects (people, occasions, effects).

    Everyone must have at least one score; NaN where missed.
    """
    seen = np.isfinite(y)
    masks, which = np.unique(seen, axis=0, return_inverse=True)
    which = which.ravel()
    both = np.concatenate([x, np.where(seen, y, 0.0)[:, :, None]], axis=2) * seen[:, :, None]
    _, occasions, columns = both.shape
    products = np.empty((len(masks), occasions, occasions, columns, columns))
    for number in range(len(masks)):
        rows = both[which == number].reshape(-1, occasions * columns)
        gram = (rows.T @ rows).reshape(occasions, columns, occasions, columns)
        products[number] = gram.transpose(0, 2, 1, 3)
    return Patterns(
        pairs=masks[:, :, None] & masks[:, None, :],
        n=np.bincount(which).astype(float),
        products=products.reshape(-1, columns**2),
        effects=columns - 1,
        observations=int(seen.sum()),
    )
