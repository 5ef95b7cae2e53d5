"""A table of the report drawn for a terminal."""

from __future__ import annotations

from textwrap import wrap

from pilotage.report.model.document import Row, Table
from pilotage.report.model.wording import say

_WIDTH = 100


def drawn(table: Table) -> str:
    """Return the table as lines of text, its title above it and its notes below."""
    columns = range(len(table.columns))
    cells = [[column.heading for column in table.columns], *(_said(row, len(columns)) for row in table.rows)]
    widths = [max(len(row[i]) for row in cells) for i in columns]
    left = [column.align == "left" for column in table.columns]
    lines = ["  ".join(_set(row[i], widths[i], left=left[i]) for i in columns).rstrip() for row in cells]
    rule = "-" * max(map(len, lines))
    notes = [line for note in table.notes for line in wrap(note, _WIDTH)]
    return "\n".join([table.title, rule, lines[0], rule, *lines[1:], rule, *notes])


def _said(row: Row, columns: int) -> list[str]:
    words = [say(cell) for cell in row.cells]
    return words + [""] * (columns - len(words))


def _set(words: str, width: int, *, left: bool) -> str:
    return words.ljust(width) if left else words.rjust(width)
