"""Who can be analysed and who cannot, and why: nobody is left out without a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True, slots=True)
class Exclusion:
    """One person left out of an analysis.

    Attributes
    ----------
    participant : str
        Who.
    reason : str
        Why, in words, such as ``"no value at post"``.
    """

    participant: str
    reason: str


@dataclass(frozen=True, slots=True)
class CompleteCases:
    """Who has every value that an analysis needs.

    Attributes
    ----------
    kept : tuple of int
        Positions of the people analysed, in the order given.
    excluded : tuple of Exclusion
        Everyone else, in the order given.
    """

    kept: tuple[int, ...]
    excluded: tuple[Exclusion, ...]

    @property
    def n(self) -> int:
        """How many are analysed."""
        return len(self.kept)

    def count_by_reason(self) -> dict[str, int]:
        """Return how many were left out for each reason, in order of first appearance."""
        counts: dict[str, int] = {}
        for exclusion in self.excluded:
            counts[exclusion.reason] = counts.get(exclusion.reason, 0) + 1
        return counts


def complete_cases(
    ids: Sequence[str],
    values: ArrayLike,
    columns: Sequence[str],
    groups: Sequence[str | None] | None = None,
) -> CompleteCases:
    """Keep the people who have a finite number in every column and, where groups are given, a group.

    Parameters
    ----------
    ids : sequence of str
        Names of the rows.
    values : array, shape (people, columns)
        Missing values are NaN.
    columns : sequence of str
        Names of the columns, used in the reasons.
    groups : sequence of str or None, optional
        The group of each person; None or an empty text is a reason to leave the person out.

    Returns
    -------
    CompleteCases

    Raises
    ------
    ValueError
        When the lengths do not fit one another.

    Examples
    --------
    >>> cases = complete_cases(["P1", "P2"], [[3.0, 4.0], [2.0, float("nan")]], ["pre", "post"])
    >>> cases.kept, cases.excluded
    ((0,), (Exclusion(participant='P2', reason='no value at post'),))
    """
    present = np.isfinite(np.asarray(values, dtype=float))
    if present.shape != (len(ids), len(columns)):
        raise ValueError(f"{len(ids)} people and {len(columns)} columns do not fit values of shape {present.shape}")
    if groups is not None and len(groups) != len(ids):
        raise ValueError(f"{len(ids)} people do not fit {len(groups)} groups")
    kept, excluded = [], []
    for row, person in enumerate(ids):
        reason = _reason(present[row], columns, grouped=groups is None or bool(groups[row]))
        if reason is None:
            kept.append(row)
        else:
            excluded.append(Exclusion(person, reason))
    return CompleteCases(tuple(kept), tuple(excluded))


def _reason(present: np.ndarray, columns: Sequence[str], *, grouped: bool) -> str | None:
    missing = [column for column, there in zip(columns, present, strict=True) if not there]
    parts = ([] if grouped else ["no group"]) + (["no value at " + ", ".join(missing)] if missing else [])
    return "; ".join(parts) or None
