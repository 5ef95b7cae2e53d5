"""Small counts of people withheld from the shared edition, so that a total does not give them away."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.report.values import Cell, Quantity, ShareOf, Suppressed


def withheld(counts: Mapping[str, int], below: int) -> frozenset[str]:
    """Which counts are withheld: those from 1 to ``below`` - 1, and one more where a single gap could be filled.

    A lone gap is the total less the rest. So the smallest other count above nought goes too.
    """
    small = {name for name, n in counts.items() if 0 < n < below}
    others = [name for name, n in counts.items() if n >= below]
    if len(small) == 1 and others:
        small.add(min(others, key=lambda name: counts[name]))
    return frozenset(small)


def count_cells(counts: Mapping[str, int], below: int | None) -> dict[str, Cell]:
    """The counts as cells; withheld ones where ``below`` is given."""
    gone = withheld(counts, below) if below else frozenset()
    return {name: Suppressed(below or 0) if name in gone else Quantity(n, "count") for name, n in counts.items()}


def share_cells(counts: Mapping[str, int], of: int, below: int | None) -> dict[str, Cell]:
    """The counts as shares of a total, as cells; withheld ones where ``below`` is given."""
    gone = withheld(counts, below) if below else frozenset()
    return {name: Suppressed(below or 0) if name in gone else ShareOf(n, of) for name, n in counts.items()}
