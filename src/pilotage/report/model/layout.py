"""What every renderer asks of a document: its band, its captions, and how wide its cells are."""

from __future__ import annotations

import re
from math import ceil

from pilotage.report.model.document import Document, Exhibit, TableBlock
from pilotage.report.model.numbering import kind
from pilotage.report.model.values import Cell
from pilotage.report.model.wording import say

STAMP = "SIMULATED"
_TOGETHER = re.compile(r"[<>=≥≤] [\d.−]+( %)?|\[[\d.−][^\]]*\]|[●▲■○] \w+( \w+)?|\d %")
_READABLE = 14  # letters below which words are no pleasure to read
_PORTRAIT = 112  # letters that fit beside one another on an upright page, in the size of tables
_BOLD = 1.25  # a bold capital takes more room than a letter of a cell


def band(document: Document) -> str:
    """Return the words on every page of simulated data; empty for real data."""
    words = document.simulated
    return words if not words or STAMP in words else f"{STAMP}: {words}"


def caption_number(block: Exhibit) -> str:
    """Return ``Table 3``, or ``Table 3 (Table 5 of the 2020 paper)``; nothing where it has no number."""
    if not block.number:
        return ""
    return f"{kind(block)} {block.number}{f' ({block.known_as})' if block.known_as else ''}"


def caption(block: Exhibit) -> str:
    """Return the whole caption as plain words: ``Table 3. Baseline by arm``."""
    return f"{caption_number(block)}. {block.title}" if block.number else block.title


def longest(table: TableBlock, column: int) -> int:
    """Return how many letters a column's longest cell has."""
    return max((len(say(cell)) for cell in _cells(table, column)), default=0)


def needed(table: TableBlock, column: int) -> int:
    """Return how many letters a column needs: its longest unbreakable part, and for words enough to read."""
    parts = [part for cell in _cells(table, column) for part in unbroken(say(cell)).split(" ")]
    headings = (ceil(_BOLD * len(word)) for word in table.columns[column].heading.split())
    least = max((*map(len, parts), *headings), default=1)
    return least if table.columns[column].align == "right" else max(least, min(longest(table, column), _READABLE))


def unbroken(words: str) -> str:
    """Return the words of a cell, in which a sign and its number, or a bracket's two limits, stay on one line."""
    return _TOGETHER.sub(lambda together: together[0].replace(" ", "\N{NO-BREAK SPACE}"), words)


def is_wide(table: TableBlock) -> bool:
    """Return whether a table needs a page on its side."""
    return sum(needed(table, n) + 2 for n in range(len(table.columns))) > _PORTRAIT


def _cells(table: TableBlock, column: int) -> list[Cell]:
    return [row.cells[column] for row in table.rows if not row.heading and column < len(row.cells)]
