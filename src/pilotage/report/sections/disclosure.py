"""Counts as cells: what the shared edition withholds is said to be withheld."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.report.model.values import Cell, Quantity, ShareOf, Suppressed


def count_cells(counts: Mapping[str, int | None], below: int) -> dict[str, Cell]:
    """Return the counts as cells; None is a count withheld because it is below the limit, or would give one away."""
    return {name: Suppressed(below) if n is None else Quantity(n, "count") for name, n in counts.items()}


def share_cells(counts: Mapping[str, int | None], of: int, below: int) -> dict[str, Cell]:
    """Return the counts as shares of a total."""
    return {name: Suppressed(below) if n is None else ShareOf(n, of) for name, n in counts.items()}
