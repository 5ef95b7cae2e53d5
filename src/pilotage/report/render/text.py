"""A document or a table of it as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from textwrap import fill, wrap
from typing import assert_never

from pilotage.report.model.document import (
    Block,
    Bullets,
    ChangeFigure,
    Document,
    FlowFigure,
    GridFigure,
    Paragraph,
    TableBlock,
    TableRow,
)
from pilotage.report.model.layout import caption
from pilotage.report.model.wording import say

_WIDTH = 100


def text(document: Document) -> str:
    """Return the whole document: its title, and its sections with their headings in capitals."""
    head = [f"{document.title}: {document.subtitle}", *([document.simulated] if document.simulated else [])]
    sections = [f"\n{section.title.upper()}\n\n{body_text(section.blocks)}" for section in document.sections]
    return "\n".join([*head, *(f"{section}\n" for section in sections)])


def body_text(blocks: Sequence[Block]) -> str:
    """Return blocks without the headings above them, a blank line between two."""
    return "\n\n".join(_joined(blocks))


def _joined(blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the blocks as text; notes that follow one another stand together."""
    notes: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "note":
            notes.append(_block(block))
            continue
        if notes:
            yield "\n".join(notes)
            notes = []
        yield _block(block)
    if notes:
        yield "\n".join(notes)


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return fill(block.text, _WIDTH)
        case Bullets():
            return "\n".join(f"- {item}" for item in block.items)
        case TableBlock():
            return table_text(block)
        case ChangeFigure() | FlowFigure() | GridFigure():
            return fill(f"{caption(block)}. {block.alt}", _WIDTH)
        case _:
            assert_never(block)


def table_text(table: TableBlock) -> str:
    """Return the table as lines of text, its caption above it and its notes below."""
    columns = range(len(table.columns))
    cells = [[column.heading for column in table.columns], *(_cells(row, len(columns)) for row in table.rows)]
    widths = [max(len(row[i]) for row in cells) for i in columns]
    left = [column.align == "left" for column in table.columns]
    lines = ["  ".join(_aligned(row[i], widths[i], left=left[i]) for i in columns).rstrip() for row in cells]
    rule = "-" * max(map(len, lines))
    notes = [line for note in table.notes for line in wrap(note, _WIDTH)]
    return "\n".join([caption(table), rule, lines[0], rule, *lines[1:], rule, *notes])


def _cells(row: TableRow, columns: int) -> list[str]:
    words = [say(cell) for cell in row.cells]
    return words + [""] * (columns - len(words))


def _aligned(words: str, width: int, *, left: bool) -> str:
    return words.ljust(width) if left else words.rjust(width)
