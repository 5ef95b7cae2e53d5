"""The document as one HTML page that needs nothing else: styles and figures are inside, and there is no script."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from pilotage.atomic import write_text
from pilotage.report.figures.tables import table_of
from pilotage.report.model.document import (
    Bullets,
    ChangeFigure,
    Column,
    Document,
    FlowFigure,
    GridFigure,
    Paragraph,
    Table,
)
from pilotage.report.model.layout import band, is_wide, longest, numbered, unbroken
from pilotage.report.model.palette import DARK, LIGHT, Colour
from pilotage.report.model.values import Cell, Light, NotCollected, Suppressed
from pilotage.report.model.wording import say
from pilotage.report.render.svg import svg

_HERE = Path(__file__).parent
_PHONE = 46  # letters that fit beside one another on a phone
_WRAPPED = 16  # letters in which words wrap and still read well there
OnPhone = Literal["kept", "stacked", "scrolled"]


def write_html(document: Document, file: Path) -> None:
    """Write the document as one HTML file."""
    write_text(file, html(document))


def html(document: Document) -> str:
    """The document as one HTML page."""
    return _template().render(document=document, band=band(document), style=Markup(_style()), numbered=numbered)


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.globals.update(
        say=lambda cell: unbroken(say(cell)),
        cell_class=cell_class,
        on_phone=on_phone,
        is_wide=is_wide,
        table_of=table_of,
    )
    environment.filters["svg"] = lambda figure: Markup(svg(figure))
    environment.tests.update(
        paragraph=lambda block: isinstance(block, Paragraph),
        bullets=lambda block: isinstance(block, Bullets),
        table=lambda block: isinstance(block, Table),
        figure=lambda block: isinstance(block, ChangeFigure | FlowFigure | GridFigure),
    )
    return environment.from_string((_HERE / "templates" / "report.html.j2").read_text(encoding="utf-8"))


@cache
def _style() -> str:
    return f"{_themes()}\n{(_HERE / 'report.css').read_text(encoding='utf-8')}"


def _themes() -> str:
    light, dark = _variables(LIGHT), _variables(DARK)
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme: dark){{:root{{{dark}}}}}"


def _variables(colours: dict[Colour, str]) -> str:
    return "".join(f"--{name}:{value};" for name, value in colours.items())


def cell_class(column: Column, cell: Cell) -> str:
    """The class of a cell: how it is set, and what it says beyond its words."""
    match cell:
        case Light(colour):
            return f"light {colour}"
        case NotCollected() | Suppressed():
            return f"{column.align} quiet"
        case str() if column.align == "right":
            return "right words"
        case _:
            return column.align


def on_phone(table: Table) -> OnPhone:
    """What becomes of a table on a phone: kept where it fits, rows stacked, or scrolled where that reads better."""
    letters = [longest(table, n) for n in range(len(table.columns))]
    wrapped = [min(n, _WRAPPED) if c.align == "left" else n for n, c in zip(letters, table.columns, strict=True)]
    if sum(wrapped) + 2 * len(wrapped) <= _PHONE:
        return "kept"
    return "stacked" if len(table.columns) <= 8 else "scrolled"
