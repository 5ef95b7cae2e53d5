"""In how many ways a number of people can have a sum: Streitberg and Röhmel's shift algorithm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST_PEOPLE = 1000
MOST_WORK = 4_000_000_000


def subset_sums(values: Sequence[int], largest: int) -> Floats:
    """Count the subsets of each size by their sum.

    Person by person, ``ways[k + 1, s + value] += ways[k, s]``. Counts are exact while the largest is below 2^53 (47
    people split 25 to 22 come to 1.5e13); beyond that each is a sum of at most as many positive roundings as there
    are people, so that its relative error is below people × 1.2e-16, 1.2e-13 for the thousand allowed.

    Parameters
    ----------
    values : sequence of int
        One for each person, none below 0.
    largest : int
        The largest size of subset wanted.

    Returns
    -------
    array, shape (largest + 1, sum of the ``largest`` greatest values + 1)
        Entry ``[k, s]`` is how many subsets of ``k`` people have the sum ``s``.

    Raises
    ------
    ValueError
        When a value is below 0, there are more than a thousand people (counts would overflow), or the table would
        take minutes.

    References
    ----------
    Streitberg, B., & Röhmel, J. (1986). Exact distributions for permutation and rank tests: an introduction to some
    recently published algorithms. Statistical Software Newsletter, 12(1), 10-17.

    Examples
    --------
    >>> subset_sums([1, 2, 3], 2)[2]
    array([0., 0., 0., 1., 1., 1.])
    """
    ordered = sorted(values)
    width = sum(ordered[len(ordered) - largest :])
    _refuse(ordered, largest, width)
    ways = np.zeros((largest + 1, width + 1))
    ways[0, 0] = 1
    # Small values first, so that the part of the table that can be filled stays small for long.
    filled = 0
    for person, value in enumerate(ordered):
        size, filled = min(person + 1, largest), min(filled + value, width)
        ways[1 : size + 1, value : filled + 1] += ways[:size, : filled + 1 - value]
    return ways


def _refuse(ordered: list[int], largest: int, width: int) -> None:
    if ordered and ordered[0] < 0:
        raise ValueError(f"sums are counted for values from 0 up, not {ordered[0]}")
    if len(ordered) > MOST_PEOPLE:
        raise ValueError(f"exact counts are kept for up to {MOST_PEOPLE} people, not {len(ordered)}")
    if len(ordered) * (largest + 1) * (width + 1) > MOST_WORK:
        raise ValueError(
            f"an exact distribution of {len(ordered)} people with sums up to {width} would take minutes; "
            "use a permutation test by resampling"
        )
