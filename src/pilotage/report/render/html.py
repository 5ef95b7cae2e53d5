"""The document as one HTML page that needs nothing else: styles and figures are inside, and there is no script."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pilotage.atomic import write_text
from pilotage.report.figures.tables import table_of
from pilotage.report.model.document import Document, TableBlock, TableColumn
from pilotage.report.model.layout import band, caption_number, is_wide, longest, unbroken
from pilotage.report.model.values import Cell, LightCell, NotCollected, Suppressed
from pilotage.report.model.wording import say
from pilotage.report.render.svg import svg
from pilotage.report.render.templates import draw, style

_PHONE = 46  # letters that fit beside one another on a phone
_WRAPPED = 16  # letters in which words wrap and still read well there
OnPhone = Literal["kept", "stacked", "scrolled"]


def write_html(document: Document, file: Path) -> None:
    """Write the document as one HTML file."""
    write_text(file, html(document))


def html(document: Document) -> str:
    """Return the document as one HTML page."""
    return draw(
        "report.html.j2",
        document=document,
        band=band(document),
        style=style("report.css", dark=True),
        say=lambda cell: unbroken(say(cell)),
        caption_number=caption_number,
        cell_class=cell_class,
        on_phone=on_phone,
        is_wide=is_wide,
        table_of=table_of,
        svg=svg,
    )


def cell_class(column: TableColumn, cell: Cell) -> str:
    """Return the class of a cell: how it is set, and what it says beyond its words."""
    match cell:
        case LightCell(colour):
            return f"light {colour}"
        case NotCollected() | Suppressed():
            return f"{column.align} quiet"
        case str() if column.align == "right":
            return "right words"
        case _:
            return column.align


def on_phone(table: TableBlock) -> OnPhone:
    """Return how a table is shown on a phone: kept where it fits, rows stacked, or scrolled where that reads better."""
    # Stacked rows repeat every heading, so that very wide tables read better when scrolled sideways.
    letters = [longest(table, n) for n in range(len(table.columns))]
    wrapped = [min(n, _WRAPPED) if c.align == "left" else n for n, c in zip(letters, table.columns, strict=True)]
    if sum(wrapped) + 2 * len(wrapped) <= _PHONE:
        return "kept"
    return "stacked" if len(table.columns) <= 8 else "scrolled"
