"""The exact permutation test of a difference in mean change, and the shifts that it does not reject."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast
from pilotage.stats.subset_sums import subset_sums

Floats = NDArray[np.float64]

METHOD = "exact permutation test of mean change (shift algorithm)"
EXCHANGEABLE = (
    "People were not assigned at random: p rests on exchangeability, that is on the arms' people being alike in "
    "everything that matters for change."
)
RANDOMISED = "p rests on the random assignment alone."


@dataclass(frozen=True, slots=True)
class Permutation:
    """A difference in mean change, with its place among all divisions of the same people.

    Attributes
    ----------
    estimate : float
        Mean change of the other group less that of the reference; with strata, the mean of the strata's differences
        weighted by n1 n2 / (n1 + n2).
    p : float
        Two-sided and exact.
    low, high : float
        The constant shifts that neither one-sided exact test rejects; infinite where too few people are divided.
    level : float
        Coverage of that interval, at least.
    n : int
        People divided.
    method : str
        The variant by name.
    note : str
        What the p value rests on.
    """

    estimate: float
    p: float
    low: float
    high: float
    level: float
    n: int
    method: str
    note: str


@dataclass(frozen=True, slots=True)
class _Stratum:
    """Changes within one stratum, as counts of steps above the smallest of all."""

    other: list[int]
    reference: list[int]

    @property
    def excess(self) -> Fraction:
        """The other group's sum less what it would be on average."""
        values, size = self.other + self.reference, len(self.other)
        return sum(self.other) - Fraction(size * sum(values), len(values))

    @property
    def weight(self) -> Fraction:
        return Fraction(len(self.other) * len(self.reference), len(self.other) + len(self.reference))


def permutation_change(
    change: ArrayLike,
    groups: Sequence[str],
    reference: str,
    strata: Sequence[str] | None = None,
    *,
    randomised: bool = False,
    level: float = 0.95,
) -> Permutation:
    """Test a difference in mean change over every division of the people into groups of the same sizes.

    With T the sum of the other group's changes and E its mean over all divisions,

        p = P(|T - E| >= |t - E|),

    all divisions being equally likely; with strata, people change places within their stratum only. The interval
    holds the constant shifts that neither one-sided test rejects at (1 - level) / 2: its limits are quantiles, over
    divisions, of the difference in means between those who would change places.

    Parameters
    ----------
    change : array of int, shape (people,)
        Whole numbers, which sums of items are.
    groups : sequence of str
        Two groups.
    reference : str
        The group that is subtracted.
    strata : sequence of str, optional
        Such as sites; each must hold people of both groups.
    randomised : bool
        Whether the people were assigned at random; it decides the note.
    level : float
        Coverage of the interval.

    Raises
    ------
    ValueError
        When a change is no whole number, there are not two groups, a stratum holds one group only, or an exact
        distribution would take minutes.

    References
    ----------
    Streitberg, B., & Röhmel, J. (1986). Exact distributions for permutation and rank tests. Statistical Software
    Newsletter, 12(1), 10-17.
    Hothorn, T., Hornik, K., van de Wiel, M. A., & Zeileis, A. (2006). A Lego system for conditional inference. The
    American Statistician, 60(3), 257-263.

    Examples
    --------
    >>> result = permutation_change([5, 7, 6, 1, 2, 3], list("aaabbb"), "b")
    >>> result.estimate, result.p
    (4.0, 0.1)
    """
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, not {level}")
    parts, step = _stratified(_whole(change), _two_groups(groups, reference), reference, strata)
    excess, weight = sum((p.excess for p in parts), Fraction()), sum((p.weight for p in parts), Fraction())
    low, high = _shifts_not_rejected(parts, (1 - level) / 2)
    return Permutation(
        estimate=float(excess * step / weight),
        p=_two_sided(parts, abs(excess)),
        low=low * step,
        high=high * step,
        level=level,
        n=len(groups),
        method=METHOD + (f", within {len(parts)} strata" if strata is not None else ""),
        note=RANDOMISED if randomised else EXCHANGEABLE,
    )


def permutation_contrasts(
    scores: ArrayLike,
    groups: Sequence[str],
    reference: str,
    strata: Sequence[str] | None = None,
    *,
    level: float = 0.95,
) -> tuple[Contrast, ...]:
    """The exact permutation test of each other group against the reference, at each later occasion.

    Only the two groups compared are divided anew. Parameters and errors as in `permutation_change`, but for
    ``scores``, an array of shape (people, occasions): changes are from the first occasion.

    Examples
    --------
    >>> scores = [[0, 5], [1, 8], [0, 6], [1, 2], [0, 2], [0, 3]]
    >>> [(c.arm, c.occasion, c.p) for c in permutation_contrasts(scores, list("aaabbb"), "b")]
    [('a', 1, 0.1)]
    """
    values, labels = np.asarray(scores, dtype=float), np.array([str(group) for group in groups])
    if values.ndim != 2 or len(values) != len(labels):
        raise ValueError(f"{len(labels)} group labels do not fit scores of shape {values.shape}")
    found = []
    for arm in (label for label in dict.fromkeys(labels.tolist()) if label != reference):
        kept = np.flatnonzero(np.isin(labels, (arm, reference)))
        within = None if strata is None else [strata[int(row)] for row in kept]
        for occasion in range(1, values.shape[1]):
            change = values[kept, occasion] - values[kept, 0]
            test = permutation_change(change, labels[kept].tolist(), reference, within, level=level)
            found.append(_contrast(arm, reference, occasion, test))
    return tuple(found)


def _contrast(arm: str, reference: str, occasion: int, test: Permutation) -> Contrast:
    low, high = (limit if math.isfinite(limit) else None for limit in (test.low, test.high))
    nothing = (None, None, None)
    return Contrast(
        arm, reference, occasion, test.estimate, *nothing, test.p, low, high, test.level, test.n, test.method
    )


def _whole(change: ArrayLike) -> list[int]:
    values = np.asarray(change, dtype=float)
    if values.ndim != 1:
        raise ValueError(f"one change for each person, not an array of shape {values.shape}")
    broken = values[~(np.isfinite(values) & (values == np.round(values)))]
    if len(broken):
        raise ValueError(f"the exact permutation test needs whole numbers, and {broken[0]:g} is not one")
    return [int(value) for value in values]


def _two_groups(groups: Sequence[str], reference: str) -> list[str]:
    labels = [str(group) for group in groups]
    if len(set(labels)) != 2 or reference not in labels:
        found = ", ".join(dict.fromkeys(labels)) or "none"
        raise ValueError(f"compares one other group with the reference {reference!r}; the groups are {found}")
    return labels


def _stratified(
    change: list[int], labels: list[str], reference: str, strata: Sequence[str] | None
) -> tuple[list[_Stratum], int]:
    """The strata, in steps of the changes' common measure above the smallest change, and that measure."""
    where = ["everyone"] * len(labels) if strata is None else [str(name) for name in strata]
    if not len(change) == len(labels) == len(where):
        raise ValueError(f"{len(change)} changes, {len(labels)} group labels and {len(where)} strata do not fit")
    lowest = min(change)
    step = math.gcd(*(value - lowest for value in change)) or 1
    parts = []
    for name in dict.fromkeys(where):
        sides: dict[bool, list[int]] = {False: [], True: []}
        for value, label, place in zip(change, labels, where, strict=True):
            if place == name:
                sides[label == reference].append((value - lowest) // step)
        if not (sides[False] and sides[True]):
            raise ValueError(f"stratum {name!r} holds people of one group only, so that nobody can change places in it")
        parts.append(_Stratum(sides[False], sides[True]))
    return parts, step


def _two_sided(parts: list[_Stratum], distance: Fraction) -> float:
    """P(|T - E| >= distance), from the distribution of T over the divisions of every stratum."""
    shares, first, mean = np.ones(1), 0, Fraction()
    for part in parts:
        offset, its = _sum_of_other(part)
        shares, first = np.convolve(shares, its), first + offset
        mean += sum(part.other) - part.excess
    below, above = math.floor(mean - distance), math.ceil(mean + distance)
    if distance == 0:
        return 1.0
    tails = shares[: max(below - first + 1, 0)].sum() + shares[max(above - first, 0) :].sum()
    return min(float(tails), 1.0)


def _sum_of_other(part: _Stratum) -> tuple[int, Floats]:
    """The smallest sum listed, and the share of divisions with each sum from there on."""
    values, size = part.other + part.reference, len(part.other)
    smaller = min(size, len(values) - size)
    ways = subset_sums(values, smaller)[smaller]
    shares = ways / ways.sum()
    if smaller == size:
        return 0, shares
    # The others' sum is the whole less the reference's.
    return sum(values) - len(shares) + 1, shares[::-1]


def _shifts_not_rejected(parts: list[_Stratum], tail: float) -> tuple[float, float]:
    """Limits of the shifts that neither one-sided test rejects at ``tail``, in steps; infinite where there are none.

    After a shift of d, a division's sum reaches the one observed when d is at least the mean difference, out less in,
    of those who change places. So the upper tail's p is the distribution function of that difference, and the lower
    tail's its complement; the division in which nobody changes places belongs to both.
    """
    swapped = _swaps(parts[0])
    for part in parts[1:]:
        swapped = _together(swapped, _swaps(part))
    differences, shares = [np.zeros(0)], [np.zeros(0)]
    for people, (first, share) in enumerate(swapped[1:], 1):
        differences.append((first + np.arange(len(share))) / people)
        shares.append(share)
    ratios, weights = np.concatenate(differences), np.concatenate(shares)
    order = np.argsort(ratios, kind="stable")
    ratios, weights = ratios[order], weights[order]
    nobody = float(swapped[0][1].sum())
    low = np.flatnonzero(nobody + np.cumsum(weights) > tail)
    high = np.flatnonzero(nobody + np.cumsum(weights[::-1]) > tail)
    if nobody > tail:
        return -math.inf, math.inf
    return float(ratios[low[0]]), float(ratios[::-1][high[0]])


_Swaps = list[tuple[int, Floats]]


def _swaps(part: _Stratum) -> _Swaps:
    """By how many change places: the smallest difference of their sums, out less in, and each one's share."""
    most = min(len(part.other), len(part.reference))
    leaving, coming = subset_sums(part.other, most), subset_sums(part.reference, most)
    divisions = float(math.comb(len(part.other) + len(part.reference), len(part.other)))
    return [
        (1 - len(coming[people]), np.convolve(leaving[people] / divisions, coming[people][::-1]))
        for people in range(most + 1)
    ]


def _together(one: _Swaps, other: _Swaps) -> _Swaps:
    """People change places in either of two strata, independently."""
    first = one[0][0] + other[0][0]
    width = len(one[0][1]) + len(other[0][1]) - 1
    shares = np.zeros((len(one) + len(other) - 1, width))
    for a, (_, ours) in enumerate(one):
        for b, (_, theirs) in enumerate(other):
            shares[a + b] += np.convolve(ours, theirs)
    return [(first, row) for row in shares]
