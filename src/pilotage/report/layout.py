"""What every renderer asks of a document: its band, its captions, and how wide its cells are."""

from __future__ import annotations

import re

from pilotage.report.document import ChangeFigure, Document, Figure, FlowFigure, Table
from pilotage.report.values import Cell, NotCollected, Suppressed
from pilotage.report.wording import say

STAMP = "SIMULATED"
_SIGN_AND_NUMBER = re.compile(r"(?<=[<>=≥≤]) (?=[\d.−])|(?<=\d) (?=%)")
_PORTRAIT = 112  # letters that fit beside one another on an upright page, in the size of tables


def band(document: Document) -> str:
    """The words on every page of simulated data; empty for real data."""
    words = document.simulated
    return words if not words or STAMP in words else f"{STAMP}: {words}"


def numbered(block: Table | Figure) -> str:
    """``Table 3`` or ``Figure 1``; empty where there is no number."""
    if block.number is None:
        return ""
    return f"{'Figure' if isinstance(block, ChangeFigure | FlowFigure) else 'Table'} {block.number}"


def longest(table: Table, column: int) -> int:
    """The letters of a column's longest cell."""
    return max((len(say(cell)) for cell in _cells(table, column)), default=0)


def needed(table: Table, column: int) -> int:
    """The letters a column needs: words may wrap between one another, numbers and their intervals not."""
    wraps = table.columns[column].align == "left"
    parts = [part for cell in _cells(table, column) for part in _parts(cell, wraps)]
    return max(map(len, (*parts, *table.columns[column].heading.split())), default=1)


def _parts(cell: Cell, wraps: bool) -> list[str]:
    words = say(cell)
    return words.split() if wraps or isinstance(cell, str | NotCollected | Suppressed) else [words]


def unbroken(words: str) -> str:
    """The words of a cell, with a sign and its number kept on one line."""
    return _SIGN_AND_NUMBER.sub("\N{NO-BREAK SPACE}", words)


def is_wide(table: Table) -> bool:
    """Whether a table needs a page on its side."""
    return sum(needed(table, n) + 2 for n in range(len(table.columns))) > _PORTRAIT


def _cells(table: Table, column: int) -> list[Cell]:
    return [row.cells[column] for row in table.rows if not row.heading and column < len(row.cells)]
