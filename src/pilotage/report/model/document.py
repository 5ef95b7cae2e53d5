"""A report as frozen parts: described once, drawn by each renderer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from pilotage.report.model.values import Cell

Edition = Literal["analyst", "shared"]
Place = Literal["main", "supplement"]
"""Where a reader meets a table or figure; main ones are numbered 1, 2, ... and supplementary ones S1, S2, ..."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """A column of a table; text is set left, numbers right."""

    id: str
    heading: str
    align: Literal["left", "right"] = "right"


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row of cells; a heading row spans the table and names the rows below it."""

    cells: tuple[Cell, ...]
    heading: bool = False


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its title, columns, rows and notes.

    Attributes
    ----------
    id : str
        Names the table's CSV file, and is the key by which sentences refer to the table.
    place : Place
    number, known_as : str
        Given when the document is built (`numbering.numbered`): ``3`` or ``S12``, and the name that another
        publication has for the table.
    """

    id: str
    title: str
    columns: tuple[TableColumn, ...]
    rows: tuple[TableRow, ...]
    notes: tuple[str, ...] = ()
    place: Place = "main"
    number: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class Whisker:
    """A mean with its interval at one occasion."""

    mean: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution at one occasion: quantiles .10, .25, .50, .75 and .90."""

    quantiles: tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class ArmChange:
    """One arm of a change figure: persons' lines in the analyst's edition, distributions in the shared one."""

    label: str
    n: int
    means: tuple[Whisker, ...]
    lines: tuple[tuple[float, ...], ...] = ()
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangeFigure:
    """Change of one outcome by arm over the occasions."""

    id: str
    title: str
    alt: str
    axis: str
    occasions: tuple[str, ...]
    arms: tuple[ArmChange, ...]
    notes: tuple[str, ...] = ()
    place: Place = "main"
    number: str = ""
    known_as: str = ""


@dataclass(frozen=True, slots=True)
class FlowBox:
    """A box of the participant flow: its words, and the people lost on the way to the next."""

    lines: tuple[str, ...]
    lost: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FlowFigure:
    """The participant flow: boxes shared by all, then a column of boxes for each arm."""

    id: str
    title: str
    alt: str
    shared: tuple[FlowBox, ...]
    arms: tuple[tuple[str, tuple[FlowBox, ...]], ...]
    notes: tuple[str, ...] = ()
    place: Place = "main"
    number: str = ""
    known_as: str = ""


Tone = Literal["full", "middle", "light", "amber", "gap", "none"]


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of a grid: what stands in it, how it is coloured, and what it means in words for the table behind."""

    mark: str
    tone: Tone
    meaning: Cell


@dataclass(frozen=True, slots=True)
class GridPanel:
    """One grid with its name: rows by label."""

    label: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[GridCell, ...]], ...]


@dataclass(frozen=True, slots=True)
class GridFigure:
    """Grids of cells below one another, with a key of marks; ``across`` names the columns, ``down`` the rows."""

    id: str
    title: str
    alt: str
    across: str
    down: str
    panels: tuple[GridPanel, ...]
    key: tuple[tuple[GridCell, str], ...]
    notes: tuple[str, ...] = ()
    place: Place = "main"
    number: str = ""
    known_as: str = ""


Figure = ChangeFigure | FlowFigure | GridFigure


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of plain words."""

    text: str
    kind: Literal["plain", "note", "warning"] = "plain"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of short points."""

    items: tuple[str, ...]


Exhibit = TableBlock | Figure
"""What has a caption and a number."""
Block = Paragraph | Bullets | Exhibit


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the report with its heading; subsections nest one level."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document, ready to be drawn."""

    title: str
    subtitle: str
    language: str
    sections: tuple[Section, ...]
    simulated: str = ""
    byline: tuple[str, ...] = ()
    facts: dict[str, str] = field(default_factory=dict)

    def blocks(self) -> Iterator[Block]:
        """Yield every block in reading order."""
        for section in self.sections:
            yield from _blocks(section)

    def tables(self) -> tuple[TableBlock, ...]:
        """Return every table in reading order."""
        return tuple(block for block in self.blocks() if isinstance(block, TableBlock))

    def exhibits(self) -> tuple[Exhibit, ...]:
        """Return every table and figure in reading order."""
        return tuple(block for block in self.blocks() if isinstance(block, Exhibit))


def _blocks(section: Section) -> Iterator[Block]:
    yield from section.blocks
    for inner in section.sections:
        yield from _blocks(inner)
