"""A table of the document as a table of Word, its head repeated on every page it runs over."""

from __future__ import annotations

from collections.abc import Sequence

from docx.oxml.xmlchemy import BaseOxmlElement

from pilotage.report.model.document import TableBlock, TableColumn, TableRow
from pilotage.report.model.layout import longest, needed, unbroken
from pilotage.report.model.palette import Colour
from pilotage.report.model.values import Cell, LightCell, NotCollected, Suppressed
from pilotage.report.model.wording import say
from pilotage.report.render.word.styles import TABLE, colour
from pilotage.report.render.word.xml import element, run, xml_text
from pilotage.vocabulary import Light

_LETTER = 98  # the width of a letter of table text, in twentieths of a point
_BESIDE = 230  # what a cell needs beside its letters
_COMFORT = 42  # letters at which a column of words begins to wrap, where others need the room
_LINE = 100  # letters at which it wraps in any case
_COLOURS: dict[Light, Colour] = {Light.GREEN: "green", Light.AMBER: "amber", Light.RED: "red"}
_TEXT = '<w:pStyle w:val="TableText"/>'


def word_table(table: TableBlock, available: int) -> BaseOxmlElement:
    """Return the table as an element; ``available`` is the width between the margins."""
    widths = column_widths(table, available)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(_row(row, table.columns, widths) for row in table.rows)
    return element(
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{TABLE}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1" w:noHBand="1" w:noVBand="1"/>'
        f'<w:tblCaption w:val="{xml_text(table.title)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{_head(table.columns, widths)}{rows}</w:tbl>"
    )


def column_widths(table: TableBlock, available: int) -> list[int]:
    """Return the width of each column: squeezed towards what it needs, or stretched where there is room."""
    columns = range(len(table.columns))
    least = [needed(table, n) * _LETTER + _BESIDE for n in columns]
    liked = [max(min(longest(table, n), _COMFORT) * _LETTER + _BESIDE, least[n]) for n in columns]
    whole = [max(min(longest(table, n), _LINE) * _LETTER + _BESIDE, liked[n]) for n in columns]
    if sum(least) >= available:
        return [width * available // sum(least) for width in least]
    if sum(liked) >= available:
        return _between(least, liked, available)
    return _between(liked, whole, available) if sum(whole) > available else whole


def _between(low: list[int], high: list[int], available: int) -> list[int]:
    """Return widths from low to high, each the same share of its way, that together fill what is available."""
    share = (available - sum(low)) / max(sum(high) - sum(low), 1)
    return [int(a + (b - a) * share) for a, b in zip(low, high, strict=True)]


def _head(columns: Sequence[TableColumn], widths: list[int]) -> str:
    cells = "".join(
        _cell(run(column.heading, bold=True), width, column.align, '<w:vAlign w:val="bottom"/>')
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(row: TableRow, columns: Sequence[TableColumn], widths: list[int]) -> str:
    if row.heading:
        return _group(say(row.cells[0]), widths)
    padded = (*row.cells, *([None] * (len(columns) - len(row.cells))))
    cells = "".join(
        _cell(_run_of(cell), width, column.align) for cell, column, width in zip(padded, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _group(title: str, widths: list[int]) -> str:
    shading = f'<w:shd w:val="clear" w:color="auto" w:fill="{colour("soft")}"/>'
    span = f'<w:gridSpan w:val="{len(widths)}"/>'
    cell = _cell(run(title, bold=True), sum(widths), "left", shading, before=span, keep=True)
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cell}</w:tr>"


def _cell(runs: str, width: int, align: str, after: str = "", *, before: str = "", keep: bool = False) -> str:
    properties = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{before}{after}</w:tcPr>'
    together = "<w:keepNext/>" if keep else ""
    return f'<w:tc>{properties}<w:p><w:pPr>{_TEXT}{together}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p></w:tc>'


def _run_of(cell: Cell) -> str:
    words = unbroken(say(cell))
    match cell:
        case LightCell(light) if light in _COLOURS:
            return run(words, bold=True, colour=colour(_COLOURS[light]))
        case LightCell() | NotCollected() | Suppressed():
            return run(words, italic=True, colour=colour("muted"))
        case _:
            return run(words)
