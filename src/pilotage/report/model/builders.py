"""Short ways to write tables down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pilotage.report.model.document import Place, TableBlock, TableColumn, TableRow
from pilotage.report.model.values import Cell


def text(column_id: str, heading: str) -> TableColumn:
    """Return a column of words."""
    return TableColumn(column_id, heading, "left")


def numbers(column_id: str, heading: str) -> TableColumn:
    """Return a column of numbers."""
    return TableColumn(column_id, heading, "right")


def group(title: str) -> TableRow:
    """Return a row that names those below it."""
    return TableRow((title,), heading=True)


def table(
    table_id: str,
    title: str,
    columns: Sequence[TableColumn],
    rows: Iterable[TableRow | Sequence[Cell]],
    notes: Sequence[str] = (),
    *,
    place: Place = "main",
) -> TableBlock:
    """Build a table from rows of cells; empty notes are left out."""
    drawn = tuple(row if isinstance(row, TableRow) else TableRow(tuple(row)) for row in rows)
    return TableBlock(table_id, title, tuple(columns), drawn, tuple(note for note in notes if note), place)
