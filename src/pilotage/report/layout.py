"""What every renderer asks of a document: its band, its captions, and how wide its cells are."""

from __future__ import annotations

from pilotage.report.document import ChangeFigure, Document, Figure, FlowFigure, Table
from pilotage.report.wording import say

STAMP = "SIMULATED"
_PORTRAIT = 112  # letters that fit beside one another on an upright page, in the size of tables
_INTERVAL = 24  # the longest number with its interval; what is longer is words


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
    return max(map(len, _said(table, column)), default=0)


def needed(table: Table, column: int) -> int:
    """The letters a column needs: words may wrap between one another, numbers and their intervals not."""
    wraps = table.columns[column].align == "left"
    parts = [part for said in _said(table, column) for part in (said.split() if wraps else [said[:_INTERVAL]])]
    return max(map(len, (*parts, *table.columns[column].heading.split())), default=1)


def is_wide(table: Table) -> bool:
    """Whether a table needs a page on its side."""
    return sum(needed(table, n) + 2 for n in range(len(table.columns))) > _PORTRAIT


def _said(table: Table, column: int) -> list[str]:
    return [say(row.cells[column]) for row in table.rows if not row.heading and column < len(row.cells)]
