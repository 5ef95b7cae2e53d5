"""Grids of cells: what was done of each session, who came when, who met whom; never told by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from pilotage.report.figures.shapes import LETTER, Drawing, Paint, Shape, Text, box
from pilotage.report.model.document import GridCell, GridFigure, GridPanel, Tone
from pilotage.report.model.palette import Colour

WIDTH = 520.0
_SIZE, _HEAD, _GAP, _ROW, _PAD, _KEY = 12.0, 21.0, 20.0, 23.0, 8.0, 22.0
_WIDEST, _NARROWEST, _LABELS = 40.0, 20.0, 200.0
_CODE = 0.68  # codes are capitals and digits, which are wider than an average letter

PAINT: dict[Tone, Paint] = {
    "full": Paint(fill="accent", opacity=0.85),
    "middle": Paint(fill="accent", opacity=0.42),
    "light": Paint(fill="accent", opacity=0.16),
    "amber": Paint(fill="amber", opacity=0.3),
    "gap": Paint(stroke="red", fill="surface", width=1.4, dash=(4, 3)),
    "none": Paint(stroke="rule", fill="surface", width=0.8),
}
_WRITTEN: dict[Tone, Colour] = {"full": "surface", "none": "muted", "gap": "red"}


def grid_drawing(figure: GridFigure) -> Drawing:
    """Lay the figure out as shapes."""
    letters = max((len(figure.across), *(len(label) for panel in figure.panels for label, _ in panel.rows)), default=0)
    left = min(letters * _SIZE * _CODE + _PAD, _LABELS)
    shapes: list[Shape] = []
    y = 0.0
    for n, panel in enumerate(figure.panels):
        y += _GAP if n else 0.0
        y = _panel(shapes, panel, figure.across, left, y)
    y = _key(shapes, figure.key, y + _PAD)
    return Drawing(WIDTH, y + 2, tuple(shapes))


def _panel(shapes: list[Shape], panel: GridPanel, across: str, left: float, y: float) -> float:
    columns = max(len(panel.columns), 1)
    wide = max(min((WIDTH - left) / columns, _WIDEST), _NARROWEST)
    shapes.append(Text(0, y + 14, panel.label, 13, bold=True))
    y += _HEAD
    shapes.append(Text(left - _PAD, y + 13, across, _SIZE, "end", colour="muted"))
    for n, name in enumerate(panel.columns):
        shapes.append(Text(left + wide * (n + 0.5), y + 13, name, _SIZE, "middle", colour="muted"))
    y += _HEAD - 2
    for label, cells in panel.rows:
        y = _row(shapes, label, cells, left, wide, y)
    return y


def _row(shapes: list[Shape], label: str, cells: tuple[GridCell, ...], left: float, wide: float, y: float) -> float:
    # The label decides the row's height; cells of one row are equally tall.
    lines = wrap(label, max(int((left - _PAD) / (_SIZE * LETTER)), 8)) or [""]
    tall = max(_ROW, 14.0 * len(lines) + 6)
    for n, words in enumerate(lines):
        middle = y + tall / 2 + 4.5 + 14.0 * (n - (len(lines) - 1) / 2)
        shapes.append(Text(left - _PAD, middle, words, _SIZE, "end"))
    for n, cell in enumerate(cells):
        shapes.extend(_cell(cell, left + wide * n, y, wide, tall))
    return y + tall


def _cell(cell: GridCell, x: float, y: float, wide: float, tall: float) -> Iterator[Shape]:
    yield box(x + 1.2, y + 1.2, wide - 2.4, tall - 2.4, PAINT[cell.tone])
    if cell.mark:
        size = _SIZE if len(cell.mark) * _SIZE * 0.66 < wide else _SIZE - 2
        colour = _WRITTEN.get(cell.tone, "ink")
        yield Text(x + wide / 2, y + tall / 2 + 4.3, cell.mark, size, "middle", colour=colour)


def _key(shapes: list[Shape], key: tuple[tuple[GridCell, str], ...], y: float) -> float:
    x = 0.0
    for cell, words in key:
        wide = 34.0 + len(words) * _SIZE * LETTER + 14
        if x and x + wide > WIDTH:
            x, y = 0.0, y + _KEY
        shapes.extend(_cell(cell, x, y, 30.0, 20.0))
        shapes.append(Text(x + 35, y + 14.3, words, _SIZE, colour="muted"))
        x += wide
    return y + _KEY if key else y
