"""Who may change places with whom: two groups' whole-number changes, by stratum."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Stratum:
    """The changes of two groups within one stratum, as counts of steps above the smallest change of all.

    Attributes
    ----------
    other, reference : list of int
    """

    other: list[int]
    reference: list[int]

    @property
    def excess(self) -> Fraction:
        """The other group's sum less what it is on average over all divisions."""
        values, size = self.other + self.reference, len(self.other)
        return sum(self.other) - Fraction(size * sum(values), len(values))

    @property
    def weight(self) -> Fraction:
        """n1 n2 / (n1 + n2)."""
        return Fraction(len(self.other) * len(self.reference), len(self.other) + len(self.reference))


def stratified(
    change: ArrayLike, groups: Sequence[str], reference: str, strata: Sequence[str] | None = None
) -> tuple[list[Stratum], int]:
    """Return the strata, and how large a step is: the greatest measure common to all differences in change.

    Parameters
    ----------
    change : array of int, shape (people,)
    groups : sequence of str
        Two groups.
    reference : str
    strata : sequence of str, optional
        Without them everyone is in one.

    Raises
    ------
    ValueError
        When a change is no whole number, there are not two groups, or a stratum holds one group only.

    Examples
    --------
    >>> stratified([4, 0, 6], list("abb"), "b")
    ([Stratum(other=[2], reference=[0, 3])], 2)
    """
    values, labels = _whole(change), _two_groups(groups, reference)
    where = ["everyone"] * len(labels) if strata is None else [str(name) for name in strata]
    if not len(values) == len(labels) == len(where):
        raise ValueError(f"{len(values)} changes, {len(labels)} group labels and {len(where)} strata do not fit")
    lowest = min(values)
    step = math.gcd(*(value - lowest for value in values)) or 1
    parts = []
    for name in dict.fromkeys(where):
        sides: dict[bool, list[int]] = {False: [], True: []}
        for value, label, place in zip(values, labels, where, strict=True):
            if place == name:
                sides[label == reference].append((value - lowest) // step)
        if not (sides[False] and sides[True]):
            raise ValueError(f"stratum {name!r} holds people of one group only, so that nobody can change places in it")
        parts.append(Stratum(sides[False], sides[True]))
    return parts, step


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
        named = ", ".join(dict.fromkeys(labels)) or "none"
        raise ValueError(f"compares one other group with the reference {reference!r}; the groups are {named}")
    return labels
