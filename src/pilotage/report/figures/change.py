"""The figure of change: a panel for each arm, persons' lines or distributions, and means with intervals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, isfinite
from textwrap import wrap

from pilotage.formatting import shortest
from pilotage.report.figures.axis import Axis, axis
from pilotage.report.figures.shapes import LETTER, Circle, Drawing, Paint, Point, Polygon, Polyline, Shape, Text, box
from pilotage.report.model.document import ArmChange, ChangeFigure, Spread, Whisker
from pilotage.report.model.palette import Colour

WIDTH = 520.0
_LEFT, _RIGHT, _GAP, _HEAD, _AXIS_TITLE, _FOOT = 40.0, 6.0, 18.0, 26.0, 22.0, 22.0
_SIZE = 13.0
_GRID = Paint(stroke="rule")

ARM_COLOURS: tuple[Colour, ...] = ("arm1", "arm2", "arm3", "arm4")
# So that arms differ without colour too.
DASHES: tuple[tuple[float, ...], ...] = ((), (7, 4), (2, 3), (9, 3, 2, 3))


@dataclass(frozen=True, slots=True)
class Panel:
    """Where one arm is drawn."""

    x: float
    width: float
    axis: Axis
    occasions: int

    @property
    def slot(self) -> float:
        """The width an occasion has."""
        return self.width / self.occasions

    def at(self, occasion: int) -> float:
        """Return the middle of an occasion."""
        return self.x + self.slot * (occasion + 0.5)


def change_drawing(figure: ChangeFigure) -> Drawing:
    """Lay the figure out as shapes."""
    columns = len(figure.arms) if len(figure.arms) <= 3 else 2
    width = (WIDTH - _LEFT - _RIGHT - _GAP * (columns - 1)) / max(columns, 1)
    labels, key = _occasion_labels(figure.occasions, width / max(len(figure.occasions), 1))
    deep = _FOOT + 15.0 * (max((len(lines) for lines in labels), default=1) - 1)
    tall = 200.0 if len(figure.arms) <= columns else 140.0
    values = _values(figure)
    shapes: list[Shape] = [Text(0, 14, figure.axis, _SIZE, colour="muted")]
    for n, arm in enumerate(figure.arms):
        row, column = divmod(n, columns)
        top = _AXIS_TITLE + _HEAD + row * (tall + _HEAD + deep)
        panel = Panel(_LEFT + column * (width + _GAP), width, axis(values, top, top + tall), len(figure.occasions))
        shapes += _frame(panel, labels, numbered=column == 0)
        shapes += _arm(panel, arm, n)
    rows = ceil(len(figure.arms) / max(columns, 1))
    height = _AXIS_TITLE + rows * (tall + _HEAD + deep)
    return Drawing(WIDTH, height + (17.0 * len(key) + 6 if key else 0), (*shapes, *_key(key, height)))


def _values(figure: ChangeFigure) -> list[float]:
    means = [v for arm in figure.arms for w in arm.means for v in (w.mean, w.low, w.high) if v is not None]
    lines = [v for arm in figure.arms for line in arm.lines for v in line]
    spreads = [v for arm in figure.arms for spread in arm.spreads for v in spread.quantiles]
    return means + lines + spreads


def _occasion_labels(occasions: tuple[str, ...], slot: float) -> tuple[list[list[str]], list[str]]:
    """Return the labels under a panel, or numbers with their key where the words are too wide."""
    letters = max(int(slot / (_SIZE * LETTER)), 1)
    wrapped = [wrap(words, letters, break_long_words=False) or [""] for words in occasions]
    if all(len(lines) <= 2 and max(map(len, lines)) <= letters for lines in wrapped):
        return wrapped, []
    named = [f"{n} = {words}".replace(" ", "\N{NO-BREAK SPACE}") for n, words in enumerate(occasions, 1)]
    return [[str(n)] for n in range(1, len(occasions) + 1)], wrap("; ".join(named), int(WIDTH / (_SIZE * LETTER)))


def _key(lines: list[str], y: float) -> Iterator[Shape]:
    for n, words in enumerate(lines):
        yield Text(0, y + 17 * n + 14, words, _SIZE, colour="muted")


def _frame(panel: Panel, labels: list[list[str]], *, numbered: bool) -> Iterator[Shape]:
    for value in panel.axis.ticks:
        y = panel.axis.at(value)
        yield Polyline(((panel.x, y), (panel.x + panel.width, y)), _GRID)
        if numbered:
            yield Text(panel.x - 7, y + 4.5, shortest(value), _SIZE, "end", colour="muted")
    for occasion, lines in enumerate(labels):
        for n, words in enumerate(lines):
            yield Text(panel.at(occasion), panel.axis.bottom + 18 + 15 * n, words, _SIZE, "middle")


def _arm(panel: Panel, arm: ArmChange, n: int) -> Iterator[Shape]:
    colour = ARM_COLOURS[n % len(ARM_COLOURS)]
    yield Text(panel.x, panel.axis.top - 9, f"{arm.label} (n = {arm.n})", 14, bold=True, colour=colour)
    for line in arm.lines:
        yield from _person(panel, line, Paint(stroke=colour, width=1.1, opacity=0.32))
    for occasion, spread in enumerate(arm.spreads):
        yield from _spread(panel, occasion, spread, colour)
    # Beside the boxes, so that neither hides the other.
    shift = min(16.0, panel.slot / 4) if arm.spreads else 0.0
    yield from _means(panel, arm.means, n, shift)


def _person(panel: Panel, line: tuple[float, ...], paint: Paint) -> Iterator[Shape]:
    run: list[Point] = []
    for occasion, value in enumerate((*line, float("nan"))):
        if isfinite(value):
            run.append((panel.at(occasion), panel.axis.at(value)))
            continue
        if len(run) > 1:
            yield Polyline(tuple(run), paint)
        run = []


def _spread(panel: Panel, occasion: int, spread: Spread, colour: Colour) -> Iterator[Shape]:
    if not all(isfinite(q) for q in spread.quantiles):
        return
    half = min(11.0, panel.slot / 6)
    x = panel.at(occasion) - half
    lowest, low, middle, high, highest = (panel.axis.at(q) for q in spread.quantiles)
    edge = Paint(stroke=colour, width=1.2)
    yield Polyline(((x, lowest), (x, low)), edge)
    yield Polyline(((x, high), (x, highest)), edge)
    yield box(x - half, high, 2 * half, low - high, Paint(fill="soft", stroke=colour, width=1.2))
    yield Polyline(((x - half, middle), (x + half, middle)), Paint(stroke=colour, width=2))


def _means(panel: Panel, means: tuple[Whisker, ...], n: int, shift: float) -> Iterator[Shape]:
    colour = ARM_COLOURS[n % len(ARM_COLOURS)]
    shown = [(panel.at(i) + shift, whisker) for i, whisker in enumerate(means) if isfinite(whisker.mean)]
    points = tuple((x, panel.axis.at(whisker.mean)) for x, whisker in shown)
    if len(points) > 1:
        yield Polyline(points, Paint(stroke=colour, width=2.6, dash=DASHES[n % len(DASHES)]))
    for x, whisker in shown:
        yield from _whisker(panel.axis, x, whisker, colour)
    for x, y in points:
        yield marker(x, y, n)


def _whisker(scale: Axis, x: float, whisker: Whisker, colour: Colour) -> Iterator[Shape]:
    if whisker.low is None or whisker.high is None:
        return
    low, high = scale.at(whisker.low), scale.at(whisker.high)
    for ends in (((x, low), (x, high)), ((x - 5, low), (x + 5, low)), ((x - 5, high), (x + 5, high))):
        yield Polyline(ends, Paint(stroke=colour, width=2.2))


def marker(x: float, y: float, n: int) -> Shape:
    """Return the mark of an arm: disc, square, triangle or diamond."""
    paint = Paint(stroke="surface", fill=ARM_COLOURS[n % len(ARM_COLOURS)], width=1.2)
    size = 5.5
    corners: tuple[tuple[Point, ...], ...] = (
        ((-1, -1), (1, -1), (1, 1), (-1, 1)),
        ((0, -1.2), (1.15, 0.9), (-1.15, 0.9)),
        ((0, -1.35), (1.35, 0), (0, 1.35), (-1.35, 0)),
    )
    if n % 4 == 0:
        return Circle(x, y, size, paint)
    return Polygon(tuple((x + size * dx, y + size * dy) for dx, dy in corners[n % 4 - 1]), paint)
