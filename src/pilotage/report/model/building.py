"""Short ways to write tables down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pilotage.report.model.document import Column, Row, Table
from pilotage.report.model.values import Cell


def text(column_id: str, heading: str) -> Column:
    """A column of words."""
    return Column(column_id, heading, "left")


def numbers(column_id: str, heading: str) -> Column:
    """A column of numbers."""
    return Column(column_id, heading, "right")


def group(title: str) -> Row:
    """A row that names those below it."""
    return Row((title,), heading=True)


def table(
    table_id: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Row | Sequence[Cell]],
    notes: Sequence[str] = (),
    *,
    number: str | None = None,
) -> Table:
    """A table from rows of cells; empty notes are left out."""
    drawn = tuple(row if isinstance(row, Row) else Row(tuple(row)) for row in rows)
    return Table(table_id, title, tuple(columns), drawn, tuple(note for note in notes if note), number)
