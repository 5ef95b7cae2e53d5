"""The participant flow: boxes shared by all, then a column for each arm, with those lost beside the way down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from textwrap import wrap

from pilotage.report.figures.shapes import LETTER, Drawing, Paint, Polyline, Shape, Text, arrow, box
from pilotage.report.model.document import FlowBox, FlowFigure

_SIZE, _LINE, _PAD, _GAP, _COLUMN, _SHARED = 13.0, 17.0, 9.0, 24.0, 250.0, 300.0
_STEM = 0.14  # where the way down runs, as a share of the width, when a box of those lost stands beside it
_ARROW = Paint(stroke="muted", width=1.4)
_STAGE = Paint(stroke="accent", fill="surface", width=1.4)
_LOST = Paint(stroke="muted", fill="surface", width=1.1, dash=(4, 3))
_NAMED = Paint(fill="accent")

# Each stage's box, and the words beside the way to the next one.
Words = tuple[list[str], list[str]]


def flow_drawing(figure: FlowFigure) -> Drawing:
    """Lay the figure out as shapes."""
    arms = [boxes for _, boxes in figure.arms]
    column = _COLUMN if len(arms) <= 2 else 190.0
    width = max(len(arms) * column + (len(arms) - 1) * _GAP, _SHARED + 2)
    shapes: list[Shape] = []
    middle = width / 2
    y = _stack(shapes, [figure.shared], [middle - _SHARED / 2], _SHARED, 2.0, goes_on=bool(arms))
    if arms:
        lefts = [n * (column + _GAP) for n in range(len(arms))]
        stem = middle - _SHARED / 2 + _STEM * _SHARED if figure.shared and figure.shared[-1].lost else middle
        y = _branch(shapes, [x + column / 2 for x in lefts], stem, y) if figure.shared else y
        y = _names(shapes, [label for label, _ in figure.arms], lefts, column, y)
        y = _stack(shapes, arms, lefts, column, y, goes_on=False)
    return Drawing(width, y + 2, tuple(shapes))


def _branch(shapes: list[Shape], centres: list[float], middle: float, y: float) -> float:
    turn = y + _GAP / 2
    shapes.append(Polyline(((middle, y), (middle, turn)), _ARROW))
    shapes.append(Polyline(((min(*centres, middle), turn), (max(*centres, middle), turn)), _ARROW))
    for x in centres:
        shapes.extend(arrow((x, turn), (x, turn + _GAP), _ARROW))
    return turn + _GAP


def _names(shapes: list[Shape], labels: list[str], lefts: list[float], column: float, y: float) -> float:
    wrapped = [_wrapped((label,), column) for label in labels]
    height = max(map(len, wrapped)) * _LINE + _PAD
    for x, lines in zip(lefts, wrapped, strict=True):
        shapes.append(box(x, y, column, height, _NAMED))
        for n, words in enumerate(lines):
            at = y + _PAD / 2 + _LINE * n + _SIZE
            shapes.append(Text(x + column / 2, at, words, _SIZE, "middle", bold=True, colour="surface"))
    return y + height


def _stack(
    shapes: list[Shape],
    columns: Sequence[Sequence[FlowBox]],
    lefts: list[float],
    width: float,
    y: float,
    *,
    goes_on: bool,
) -> float:
    """Draw stages below one another, those of the same rank at the same height in every column."""
    stages = list(zip_longest(*columns))
    for rank, stage in enumerate(stages):
        words = [_words(here, width) for here in stage]
        last = rank == len(stages) - 1
        y = _stage(shapes, words, lefts, width, y, last=last, goes_on=goes_on)
    return y


def _words(stage: FlowBox | None, width: float) -> Words:
    if stage is None:
        return [], []
    return _wrapped(stage.lines, width), _wrapped(stage.lost, _lost_width(width))


def _wrapped(lines: Sequence[str], width: float) -> list[str]:
    letters = int((width - 2 * _PAD) / (_SIZE * LETTER))
    return [part for line in lines for part in wrap(line, letters) or [""]]


def _lost_width(width: float) -> float:
    return width * 0.66


def _stage(
    shapes: list[Shape], words: list[Words], lefts: list[float], width: float, y: float, *, last: bool, goes_on: bool
) -> float:
    tall = _tall(max(len(lines) for lines, _ in words))
    lost = max(len(gone) for _, gone in words)
    gap = _tall(lost) + 1.4 * _GAP if lost else 0.0 if last else _GAP
    for x, (lines, gone) in zip(lefts, words, strict=True):
        if lines:
            shapes.extend(_boxed(lines, x, y, width, tall, _STAGE))
            shapes.extend(_way_down(gone, x, y + tall, width, gap, last=last, goes_on=goes_on))
    return y + tall + gap


def _tall(lines: int) -> float:
    return lines * _LINE + 1.4 * _PAD


def _boxed(lines: list[str], x: float, y: float, width: float, tall: float, paint: Paint) -> Iterator[Shape]:
    yield box(x + 0.7, y, width - 1.4, tall, paint)
    for n, words in enumerate(lines):
        first = n == 0 and paint is _STAGE
        yield Text(x + _PAD, y + 0.5 * _PAD + _LINE * n + _SIZE + 1, words, _SIZE, bold=first)


def _way_down(
    gone: list[str], x: float, y: float, width: float, gap: float, *, last: bool, goes_on: bool
) -> Iterator[Shape]:
    if not gone:
        if not last:
            yield from arrow((x + width / 2, y), (x + width / 2, y + gap), _ARROW)
        return
    stem, left, tall = x + width * _STEM, x + width - _lost_width(width), _tall(len(gone))
    beside = y + 0.5 * _GAP + tall / 2
    if last:
        yield Polyline(((stem, y), (stem, y + gap if goes_on else beside)), _ARROW)
    else:
        yield from arrow((stem, y), (stem, y + gap), _ARROW)
    yield from arrow((stem, beside), (left, beside), _ARROW)
    yield from _boxed(gone, left, y + 0.5 * _GAP, _lost_width(width), tall, _LOST)
