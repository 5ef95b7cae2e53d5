"""Draws a paper form: one HTML page for A4 that needs nothing else, or that links a stylesheet of the site's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pilotage.report.documents.paper_forms.sheet import Sheet
from pilotage.report.documents.paper_forms.words import words
from pilotage.report.model.palette import LIGHT

HERE = Path(__file__).parent


def paper_form(
    sheet: Sheet, *, code: str = "", occasion: str = "", simulated: bool = False, stylesheet: str | None = None
) -> str:
    """The form as HTML to print on A4.

    Parameters
    ----------
    sheet
        From `sheet_of_questionnaire` or `sheet_of_form`.
    code, occasion
        The participant's code and the assessment's name, printed where they are known; else room to write them.
    simulated
        Whether the study is a rehearsal, which the form then says.
    stylesheet
        Where `style` is served, for a site that allows no styles inside a page; else they are inside.
    """
    return draw(
        "form.html.j2",
        stylesheet,
        sheet=sheet,
        code=code,
        occasion=occasion,
        simulated=simulated,
        words=words(sheet.language),
        paragraphs=paragraphs(sheet.instructions),
    )


def draw(template: str, stylesheet: str | None, **parts: object) -> str:
    """A template of this folder, drawn with these parts."""
    return _environment().get_template(template).render(style=Markup(style()), stylesheet=stylesheet, **parts)


def paragraphs(text: str) -> list[str]:
    """A text cut where its lines end."""
    return [line for line in text.split("\n") if line]


@cache
def style() -> str:
    """The styles of everything printed here, with the report's light colours."""
    colours = "".join(f"--{name}:{LIGHT[name]};" for name in ("ink", "muted", "rule", "accent", "amber", "warned"))
    return f":root{{{colours}}}\n{(HERE / 'paper.css').read_text(encoding='utf-8')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.tests.update(kind=lambda part, name: type(part).__name__ == name)
    return environment
