"""Draws a paper form: one HTML page for A4 that needs nothing else, or that links a stylesheet of the site's."""

from __future__ import annotations

from pilotage.instruments.shown import ShownSheet
from pilotage.report.documents.paper_forms.words import words
from pilotage.report.model.palette import Colour
from pilotage.report.render.templates import draw
from pilotage.report.render.templates import style as template_style

_COLOURS: tuple[Colour, ...] = ("ink", "muted", "rule", "accent", "amber", "warned")
LINES_TO_WRITE = 4


def paper_form(
    sheet: ShownSheet, *, code: str = "", occasion: str = "", simulated: bool = False, stylesheet: str | None = None
) -> str:
    """Return the form as HTML to print on A4.

    Parameters
    ----------
    sheet
        From `questionnaire` or `shown_form`: what a page of the site shows too.
    code, occasion
        The participant's code and the assessment's name, printed where they are known; else room to write them.
    simulated
        Whether the study is a rehearsal, which the form then says.
    stylesheet
        Where `style` is served, for a site that allows no styles inside a page; else they are inside.
    """
    return draw_page(
        "paper_form.html.j2",
        stylesheet,
        sheet=sheet,
        code=code,
        occasion=occasion,
        simulated=simulated,
        words=words(sheet.language),
        notice=notice(sheet),
        paragraphs=paragraphs(sheet.instructions),
        lines_to_write=LINES_TO_WRITE,
    )


def notice(sheet: ShownSheet) -> str:
    """Return what is still missing and which file to add, for the site; empty where nothing is."""
    return words(sheet.language)["no words"].format(file=sheet.missing_file) if sheet.missing_file else ""


def draw_page(template: str, stylesheet: str | None, **parts: object) -> str:
    """Return a page to print, with its styles inside unless the site serves them at ``stylesheet``."""
    return draw(template, style=style(), stylesheet=stylesheet, **parts)


def paragraphs(text: str) -> list[str]:
    """Return a text cut where its lines end."""
    return [line for line in text.split("\n") if line]


def style() -> str:
    """Return the styles of everything printed here, with the report's light colours."""
    return template_style("paper.css", colours=_COLOURS)
