"""Random divisions of people into two groups of fixed sizes, within strata."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Bools = NDArray[np.bool_]


def random_divisions(
    rng: np.random.Generator, rows: int, places: Sequence[NDArray[np.intp]], sizes: Sequence[int]
) -> NDArray[np.float64]:
    """Draw who is in the first group, so many times: each division equally likely.

    Parameters
    ----------
    rng : numpy Generator
    rows : int
        How many divisions.
    places : sequence of array of int
        The positions of the people of each stratum; together everyone.
    sizes : sequence of int
        How many of each stratum are in the first group.

    Returns
    -------
    array, shape (rows, people)
        1 for those in the first group, else 0.

    Examples
    --------
    >>> masks = random_divisions(np.random.default_rng(1), 3, [np.arange(4), np.arange(4, 6)], [2, 1])
    >>> masks[:, :4].sum(axis=1).tolist(), masks[:, 4:].sum(axis=1).tolist()
    ([2.0, 2.0, 2.0], [1.0, 1.0, 1.0])
    """
    masks = np.empty((rows, sum(len(place) for place in places)))
    for place, size in zip(places, sizes, strict=True):
        masks[:, place] = _lowest(rng, rows, len(place), size)
    return masks


def _lowest(rng: np.random.Generator, rows: int, people: int, size: int) -> Bools:
    """Mark in each row the people with the lowest of random keys."""
    if size == 0:
        return np.zeros((rows, people), dtype=bool)
    keys = rng.random((rows, people), dtype=np.float32)
    chosen: Bools = keys <= np.partition(keys, size - 1, axis=1)[:, size - 1 : size]
    # Two keys may be equal just at the border; such a row would hold one too many, and is drawn again.
    again = np.flatnonzero(np.count_nonzero(chosen, axis=1) != size)
    if len(again):
        chosen[again] = _lowest(rng, len(again), people, size)
    return chosen
