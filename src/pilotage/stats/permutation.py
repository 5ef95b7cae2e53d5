"""The exact permutation test of a difference in mean change, within strata where there are any."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast
from pilotage.stats.stratified_permutation import Stratum, stratified
from pilotage.stats.subset_sums import subset_sums
from pilotage.stats.test_inversion import shifts_not_rejected

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
    Tritchler, D. (1984). On inverting permutation tests. Journal of the American Statistical Association, 79(385),
    200-207.
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
    parts, step = stratified(change, groups, reference, strata)
    excess, weight = sum((p.excess for p in parts), Fraction()), sum((p.weight for p in parts), Fraction())
    low, high = shifts_not_rejected(parts, (1 - level) / 2)
    return Permutation(
        estimate=float(excess * step / weight),
        p=_two_sided(parts, excess),
        low=low * step,
        high=high * step,
        level=level,
        n=len(groups),
        method=METHOD + (f", within {len(parts)} strata" if strata is not None else ""),
        note=RANDOMISED if randomised else EXCHANGEABLE,
    )


def permutation_p(
    change: ArrayLike, groups: Sequence[str], reference: str, strata: Sequence[str] | None = None
) -> float:
    """Return the exact p value alone, in half the time; parameters and errors as in `permutation_change`.

    Examples
    --------
    >>> permutation_p([5, 7, 6, 1, 2, 3], list("aaabbb"), "b")
    0.1
    """
    parts, _ = stratified(change, groups, reference, strata)
    return _two_sided(parts, sum((part.excess for part in parts), Fraction()))


def permutation_contrasts(
    scores: ArrayLike,
    groups: Sequence[str],
    reference: str,
    strata: Sequence[str] | None = None,
    *,
    level: float = 0.95,
) -> tuple[Contrast, ...]:
    """Return the exact permutation test of each other group against the reference, at each later occasion.

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
    contrasts = []
    for arm in (label for label in dict.fromkeys(labels.tolist()) if label != reference):
        kept = np.flatnonzero(np.isin(labels, (arm, reference)))
        within = None if strata is None else [strata[int(row)] for row in kept]
        for occasion in range(1, values.shape[1]):
            change = values[kept, occasion] - values[kept, 0]
            test = permutation_change(change, labels[kept].tolist(), reference, within, level=level)
            contrasts.append(_contrast(arm, reference, occasion, test))
    return tuple(contrasts)


def _contrast(arm: str, reference: str, occasion: int, test: Permutation) -> Contrast:
    low, high = (limit if math.isfinite(limit) else None for limit in (test.low, test.high))
    nothing = (None, None, None)
    return Contrast(
        arm, reference, occasion, test.estimate, *nothing, test.p, low, high, test.level, test.n, test.method
    )


def _two_sided(parts: list[Stratum], excess: Fraction) -> float:
    """Return P(|T - E| >= |excess|), from the distribution of T over the divisions of every stratum."""
    if excess == 0:
        return 1.0
    shares, first, mean = np.ones(1), 0, Fraction()
    for part in parts:
        offset, its = _sums_of_other(part)
        shares, first = np.convolve(shares, its), first + offset
        mean += sum(part.other) - part.excess
    below, above = math.floor(mean - abs(excess)), math.ceil(mean + abs(excess))
    tails = shares[: max(below - first + 1, 0)].sum() + shares[max(above - first, 0) :].sum()
    return min(float(tails), 1.0)


def _sums_of_other(part: Stratum) -> tuple[int, Floats]:
    """Return the smallest sum listed, and the share of divisions with each sum from there on."""
    values, size = part.other + part.reference, len(part.other)
    smaller = min(size, len(values) - size)
    ways = subset_sums(values, smaller)[smaller]
    shares = ways / ways.sum()
    if smaller == size:
        return 0, shares
    # The others' sum is the whole less the reference's.
    return sum(values) - len(shares) + 1, shares[::-1]
