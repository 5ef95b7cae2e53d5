"""Figures as PNG for Word, drawn by Pillow at several times their size and reduced, so that edges are smooth."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from itertools import pairwise
from math import hypot
from pathlib import Path
from typing import assert_never

from PIL import Image, ImageColor, ImageDraw, ImageFont

from pilotage.report.figures import drawing
from pilotage.report.figures.shapes import Circle, Drawing, Paint, Point, Polygon, Polyline, Shape, Text
from pilotage.report.model.document import Figure
from pilotage.report.model.palette import LIGHT, Colour

_FONTS = Path(__file__).parent / "fonts"
_SMOOTH = 2  # times larger than wanted while drawing
_PILLOW_ANCHOR = {"start": "ls", "middle": "ms", "end": "rs"}
Rgba = tuple[int, int, int, int]


def png(figure: Figure, *, scale: float = 2.0) -> bytes:
    """Return the figure as PNG, ``scale`` pixels for each of its units: 2 gives about 190 dots an inch."""
    return png_of(drawing(figure), scale=scale)


def png_of(drawn: Drawing, *, scale: float) -> bytes:
    """Return a laid-out figure as PNG."""
    zoom = scale * _SMOOTH
    size = (round(drawn.width * scale) * _SMOOTH, round(drawn.height * scale) * _SMOOTH)
    image = Image.new("RGB", size, LIGHT["surface"])
    # Drawn as RGBA on RGB, so that translucent lines add up where they cross.
    pen = ImageDraw.Draw(image, "RGBA")
    for shape in drawn.shapes:
        _draw(pen, shape, zoom)
    out = BytesIO()
    _few_colours(image.reduce(_SMOOTH)).save(out, "PNG", compress_level=6)
    return out.getvalue()


def _few_colours(image: Image.Image) -> Image.Image:
    """Return the picture with a palette: a third of the bytes, in half the time."""
    few = image.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    # The palette's white is 254, which some printers turn into specks.
    few.putpalette([255 if part == 254 else part for part in few.getpalette() or ()])
    return few


def _draw(pen: ImageDraw.ImageDraw, shape: Shape, zoom: float) -> None:
    match shape:
        case Polyline(points, paint):
            _line(pen, [(x * zoom, y * zoom) for x, y in points], paint, zoom)
        case Polygon(points, paint):
            _polygon(pen, [(x * zoom, y * zoom) for x, y in points], paint, zoom)
        case Circle(x, y, radius, paint):
            _circle(pen, x * zoom, y * zoom, radius * zoom, paint, zoom)
        case Text():
            font = _font(shape.bold, round(shape.size * zoom))
            at = (shape.x * zoom, shape.y * zoom)
            pen.text(at, shape.words, fill=_rgba(shape.colour, 1), font=font, anchor=_PILLOW_ANCHOR[shape.anchor])
        case _:
            assert_never(shape)


def _polygon(pen: ImageDraw.ImageDraw, points: list[Point], paint: Paint, zoom: float) -> None:
    if paint.fill:
        pen.polygon(points, fill=_rgba(paint.fill, paint.opacity))
    if paint.stroke:
        # Once more along the first side, so that the corner where the outline closes is joined too.
        closed = [*points, points[0]] if paint.dash else [*points, points[0], points[1]]
        _line(pen, closed, paint, zoom)


def _circle(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, paint: Paint, zoom: float) -> None:
    fill = _rgba(paint.fill, paint.opacity) if paint.fill else None
    stroke = _rgba(paint.stroke, paint.opacity) if paint.stroke else None
    radius += paint.width * zoom / 2 if stroke else 0
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), fill, stroke, round(paint.width * zoom))


def _line(pen: ImageDraw.ImageDraw, points: list[Point], paint: Paint, zoom: float) -> None:
    if paint.stroke is None:
        return
    colour, width = _rgba(paint.stroke, paint.opacity), max(round(paint.width * zoom), 1)
    for part in _dashes(points, [length * zoom for length in paint.dash]) if paint.dash else [points]:
        pen.line(part, fill=colour, width=width, joint="curve" if paint.opacity == 1 else None)


def _dashes(points: list[Point], lengths: list[float]) -> list[list[Point]]:
    """Return the parts of a line that are drawn, where drawn and blank lengths take turns."""
    parts: list[list[Point]] = [[points[0]]]
    turn, left = 0, lengths[0]
    for (x, y), (fx, fy) in pairwise(points):
        whole, gone = hypot(fx - x, fy - y), 0.0
        while whole - gone > left:
            gone += left
            here = (x + (fx - x) * gone / whole, y + (fy - y) * gone / whole)
            parts = _turned(parts, here, drawn=turn % 2 == 0)
            turn += 1
            left = lengths[turn % len(lengths)]
        left -= whole - gone
        if turn % 2 == 0:
            parts[-1].append((fx, fy))
    return [part for part in parts if len(part) > 1]


def _turned(parts: list[list[Point]], here: Point, *, drawn: bool) -> list[list[Point]]:
    """Return the dashes with one ended here, or the next one begun."""
    return [*parts[:-1], [*parts[-1], here]] if drawn else [*parts, [here]]


@cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / ("DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"), size)


@cache
def _rgba(colour: Colour, opacity: float) -> Rgba:
    red, green, blue = ImageColor.getrgb(LIGHT[colour])[:3]
    return red, green, blue, round(255 * opacity)
