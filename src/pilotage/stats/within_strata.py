"""Student's t of many outcomes for many divisions of the same people, adjusted for strata, with gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Places = tuple[NDArray[np.intp], ...]


def positions(other: NDArray[np.bool_], strata: Sequence[str] | None) -> Places:
    """Return the positions of each stratum's people; everyone where there are no strata.

    Parameters
    ----------
    other : array of bool, shape (people,)
        Who is in the other group.
    strata : sequence of str or None

    Raises
    ------
    ValueError
        When the lengths differ, or a stratum holds people of one group only; the message names it.

    Examples
    --------
    >>> positions(np.array([True, False, True, False]), ["a", "a", "b", "b"])
    (array([0, 1]), array([2, 3]))
    """
    names = np.array(["everyone"] * len(other) if strata is None else [str(name) for name in strata])
    if len(names) != len(other):
        raise ValueError(f"{len(names)} strata do not fit {len(other)} people")
    places = {str(name): np.flatnonzero(names == name) for name in dict.fromkeys(names.tolist())}
    for name, place in places.items():
        if other[place].all() or not other[place].any():
            raise ValueError(f"stratum {name!r} holds people of one group only, so that nobody can change places in it")
    return tuple(places.values())


@dataclass(frozen=True, slots=True)
class WithinStrata:
    """Outcomes less their strata's means, ready for t.

    Attributes
    ----------
    places : tuple of array of int
        The positions of each stratum's people.
    deviations : array, shape (people, outcomes)
        0 where there is no value.
    present : array, shape (people, outcomes)
        1 where there is a value, else 0.
    squares : array, shape (outcomes,)
        Sums of squared deviations.
    df : array, shape (outcomes,)
        People with a value, less the strata that have one, less 1.
    """

    places: Places
    deviations: Floats
    present: Floats
    squares: Floats
    df: Floats

    @classmethod
    def of(cls, values: Floats, places: Places) -> WithinStrata:
        """Centre each outcome within the strata, on the people who have a value."""
        present = np.isfinite(values).astype(float)
        deviations, strata = np.where(present > 0, values, 0.0), np.zeros(values.shape[1])
        for place in places:
            people = present[place].sum(axis=0)
            deviations[place] -= present[place] * deviations[place].sum(axis=0) / np.maximum(people, 1)
            strata += people > 0
        # Squares this small beside the values themselves are rounding error, not variance.
        squares = (deviations**2).sum(axis=0)
        squares[squares <= 1e-24 * np.nansum(values**2, axis=0)] = 0
        return cls(places, deviations, present, squares, present.sum(axis=0) - strata - 1)

    @property
    def n(self) -> tuple[int, ...]:
        """People with a value, by outcome."""
        return tuple(int(people) for people in self.present.sum(axis=0))

    def t(self, masks: Floats) -> Floats:
        """Return Student's t of each outcome for each division.

        The coefficient of the group in a regression on group and strata has, with D the other group's sum of
        deviations and V the sum over strata of n1 n2 / (n1 + n2),

            t = (D / V) / sqrt(((S - D^2 / V) / df) / V),   S the sum of squared deviations.

        Parameters
        ----------
        masks : array, shape (divisions, people)
            1 for those in the other group.

        Returns
        -------
        array, shape (divisions, outcomes)
            0 where a division leaves no stratum with a value in both groups; nan or infinite where nobody differs.
        """
        sums, weights = masks @ self.deviations, self.weights(masks)
        if not (weights > 0).all():
            sums, weights = np.where(weights > 0, sums, 0.0), np.where(weights > 0, weights, 1.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            left = np.maximum(self.squares - sums**2 / weights, 0.0)
            t: Floats = sums * np.sqrt(self.df / (weights * left))
        return t

    def weights(self, masks: Floats) -> Floats:
        """Return the sum over strata of n1 n2 / (n1 + n2) among those with a value; one where nobody lacks any."""
        if self.present.all():
            return np.full((1, 1), sum(self._weight(masks[:1], place)[0, 0] for place in self.places))
        total: Floats = np.add.reduce([self._weight(masks, place) for place in self.places])
        return total

    def _weight(self, masks: Floats, place: NDArray[np.intp]) -> Floats:
        people = self.present[place].sum(axis=0)
        other = masks[:, place] @ self.present[place]
        weight: Floats = other * (people - other) / np.maximum(people, 1)
        return weight
