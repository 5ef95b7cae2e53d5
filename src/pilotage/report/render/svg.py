"""Figures as SVG: real text, a title and a description, and colours that follow the page's theme."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby
from typing import assert_never

from markupsafe import Markup

from pilotage.report.figures import drawing
from pilotage.report.figures.shapes import Circle, Paint, Point, Polygon, Polyline, Shape, Text
from pilotage.report.model.document import Figure
from pilotage.report.model.palette import LIGHT, Colour

_FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"


def svg(figure: Figure) -> Markup:
    """Return the figure as an SVG element that can stand in a page or in a file of its own."""
    drawn = drawing(figure)
    title, about = f"{figure.id}-title", f"{figure.id}-about"
    size = f'viewBox="0 0 {_n(drawn.width)} {_n(drawn.height)}" width="{_n(drawn.width)}" height="{_n(drawn.height)}"'
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" '
        f'aria-labelledby="{escape(title)} {escape(about)}" font-family="{_FONT}">',
        f'<title id="{escape(title)}">{escape(figure.title)}</title>',
        f'<desc id="{escape(about)}">{escape(figure.alt)}</desc>',
        *_groups(drawn.shapes),
        "</svg>",
    )
    return Markup("\n".join(lines))


def _groups(shapes: tuple[Shape, ...]) -> Iterator[str]:
    for paint, group in groupby(shapes, key=_paint):
        drawn = "".join(_shape(shape) for shape in group)
        yield drawn if paint is None else f"<g {_look(paint)}>{drawn}</g>"


def _paint(shape: Shape) -> Paint | None:
    return None if isinstance(shape, Text) else shape.paint


def _look(paint: Paint) -> str:
    parts = [f'fill="{_colour(paint.fill)}"', f'stroke="{_colour(paint.stroke)}"']
    if paint.stroke:
        parts.append(f'stroke-width="{_n(paint.width)}"')
    if paint.dash:
        parts.append(f'stroke-dasharray="{" ".join(map(_n, paint.dash))}"')
    if paint.opacity < 1:
        parts.append(f'opacity="{_n(paint.opacity)}"')
    return " ".join(parts)


def _colour(name: Colour | None) -> str:
    return f"var(--{name}, {LIGHT[name]})" if name else "none"


def _shape(shape: Shape) -> str:
    match shape:
        case Polyline(points):
            return f'<polyline points="{_points(points)}"/>'
        case Polygon(points):
            return f'<polygon points="{_points(points)}"/>'
        case Circle(x, y, radius):
            return f'<circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(radius)}"/>'
        case Text():
            return _text(shape)
        case _:
            assert_never(shape)


def _text(text: Text) -> str:
    weight = ' font-weight="600"' if text.bold else ""
    anchor = f' text-anchor="{text.anchor}"' if text.anchor != "start" else ""
    place = f'x="{_n(text.x)}" y="{_n(text.y)}" font-size="{_n(text.size)}"'
    return f'<text {place}{weight}{anchor} fill="{_colour(text.colour)}">{escape(text.words)}</text>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
