"""The few shapes every figure is made of, placed on a page of pixels; what draws them knows nothing of studies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilotage.report.model.palette import Colour

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

LETTER = 0.56  # the width of an average letter, as a share of its size; enough for any sans serif font


@dataclass(frozen=True, slots=True)
class Paint:
    """How a shape looks: its outline and what it is filled with."""

    stroke: Colour | None = None
    fill: Colour | None = None
    width: float = 1.0
    dash: tuple[float, ...] = ()
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class Polyline:
    """A line through points."""

    points: tuple[Point, ...]
    paint: Paint


@dataclass(frozen=True, slots=True)
class Polygon:
    """A closed shape through points."""

    points: tuple[Point, ...]
    paint: Paint


@dataclass(frozen=True, slots=True)
class Circle:
    """A disc."""

    x: float
    y: float
    radius: float
    paint: Paint


@dataclass(frozen=True, slots=True)
class Text:
    """Words on one line; ``y`` is where the letters stand."""

    x: float
    y: float
    words: str
    size: float = 13.0
    anchor: Anchor = "start"
    bold: bool = False
    colour: Colour = "ink"


Shape = Polyline | Polygon | Circle | Text


@dataclass(frozen=True, slots=True)
class Drawing:
    """A figure laid out: its size and its shapes, the lowest first."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def box(x: float, y: float, width: float, height: float, paint: Paint) -> Polygon:
    """Return a rectangle from its upper left corner."""
    return Polygon(((x, y), (x + width, y), (x + width, y + height), (x, y + height)), paint)


def arrow(start: Point, end: Point, paint: Paint, head: float = 5.0) -> tuple[Shape, ...]:
    """Return a line with a head at its end, going straight down or straight to the right."""
    x, y = end
    if y > start[1]:
        wings = ((x - head, y - 2 * head), (x + head, y - 2 * head))
    else:
        wings = ((x - 2 * head, y - head), (x - 2 * head, y + head))
    return Polyline((start, end), paint), Polygon((end, *wings), Paint(fill=paint.stroke))
