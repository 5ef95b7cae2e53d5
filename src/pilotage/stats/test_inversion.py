"""The shifts that an exact permutation test does not reject, from the sums of those who would change places."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.stratified_permutation import Stratum
from pilotage.stats.subset_sums import subset_sums

Floats = NDArray[np.float64]

_Sums = tuple[int, Floats]
"""The smallest sum, and the share of all divisions that has each sum from there on."""


def shifts_not_rejected(parts: Sequence[Stratum], tail: float) -> tuple[float, float]:
    """Return the limits of the constant shifts that neither one-sided exact test rejects.

    Once a shift is taken off the other group, a division reaches the sum observed when the shift is at least the mean
    difference, out less in, of those who change places. So the upper tail's p, as a function of the shift, is the
    distribution function of that difference over all divisions, and the lower tail's its complement; the division
    in which nobody changes places belongs to both.

    Parameters
    ----------
    parts : sequence of Stratum
    tail : float
        The level of each one-sided test.

    Returns
    -------
    low, high : float
        In steps; infinite where there are too few people for a test of that level.

    References
    ----------
    Tritchler, D. (1984). On inverting permutation tests. Journal of the American Statistical Association, 79(385),
    200-207.

    Examples
    --------
    >>> shifts_not_rejected([Stratum([5, 7, 6], [1, 2, 3])], 0.1)
    (3.0, 5.0)
    """
    swapped = _swaps(parts[0])
    for part in parts[1:]:
        swapped = _together(swapped, _swaps(part))
    # Nobody changing places is one division of them all.
    nobody = float(swapped[0][1].sum())
    if nobody > tail:
        return -math.inf, math.inf
    ratios = np.concatenate([(first + np.arange(len(its))) / k for k, (first, its) in enumerate(swapped) if k])
    shares = np.concatenate([its for _, its in swapped[1:]])
    order = np.argsort(ratios)
    ratios, shares = ratios[order], shares[order]
    low = np.argmax(nobody + np.cumsum(shares) > tail)
    high = np.argmax(nobody + np.cumsum(shares[::-1]) > tail)
    return float(ratios[low]), float(ratios[::-1][high])


def _swaps(part: Stratum) -> list[_Sums]:
    """Return, by how many of each group change places, the difference of their sums, out less in."""
    most = min(len(part.other), len(part.reference))
    leaving, coming = subset_sums(part.other, most), subset_sums(part.reference, most)
    divisions = float(math.comb(len(part.other) + len(part.reference), len(part.other)))
    by_number = []
    for out, come in zip(leaving, coming, strict=True):
        (a, ways_out), (b, ways_in) = _trimmed(out), _trimmed(come)
        by_number.append((a - b - len(ways_in) + 1, np.convolve(ways_out / divisions, ways_in[::-1])))
    return by_number


def _trimmed(ways: Floats) -> _Sums:
    """Cut the zeros off either end."""
    there = np.flatnonzero(ways)
    return int(there[0]), ways[there[0] : there[-1] + 1]


def _together(first_part: list[_Sums], other: list[_Sums]) -> list[_Sums]:
    """Combine two strata, in which people change places independently."""
    pieces: list[list[_Sums]] = [[] for _ in range(len(first_part) + len(other) - 1)]
    for a, (first, ours) in enumerate(first_part):
        for b, (second, theirs) in enumerate(other):
            pieces[a + b].append((first + second, np.convolve(ours, theirs)))
    return [_added(these) for these in pieces]


def _added(pieces: list[_Sums]) -> _Sums:
    first = min(start for start, _ in pieces)
    shares = np.zeros(max(start + len(its) for start, its in pieces) - first)
    for start, its in pieces:
        shares[start - first : start - first + len(its)] += its
    return first, shares
