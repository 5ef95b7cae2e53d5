"""The one Jinja environment of everything that is drawn as HTML, and stylesheets with the colours of the palette."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import get_args

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pilotage.report.model.palette import DARK, LIGHT, Colour

_FOLDER = Path(__file__).parent / "templates"
EVERY_COLOUR: tuple[Colour, ...] = get_args(Colour)


def draw(template: str, **parts: object) -> str:
    """Return a template of ``render/templates`` drawn with these parts; a part that is missing is an error."""
    return _environment().get_template(template).render(**parts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["kind"] = _is_kind
    return environment


def _is_kind(part: object, *names: str) -> bool:
    """Return whether a part of a document is of one of these classes: ``{% if block is kind("Bullets") %}``."""
    return type(part).__name__ in names


@cache
def style(stylesheet: str, *, colours: tuple[Colour, ...] = EVERY_COLOUR, dark: bool = False) -> Markup:
    """Return a stylesheet of ``render/templates`` after the colours it uses, as CSS variables.

    Parameters
    ----------
    stylesheet : str
    colours : tuple of Colour
    dark : bool
        Whether the colours follow a reader who prefers a dark screen; what is printed is always light.
    """
    themes = f":root{{{_variables(colours, LIGHT)}}}"
    if dark:
        themes += f"\n@media screen and (prefers-color-scheme: dark){{:root{{{_variables(colours, DARK)}}}}}"
    return Markup(f"{themes}\n{(_FOLDER / stylesheet).read_text(encoding='utf-8')}")


def _variables(colours: Iterable[Colour], theme: Mapping[Colour, str]) -> str:
    return "".join(f"--{name}:{theme[name]};" for name in colours)
