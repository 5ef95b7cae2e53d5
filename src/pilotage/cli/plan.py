"""`pilotage plan`: the size of the next study, from this study's data and a difference that somebody can justify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.cli.options import Json

if TYPE_CHECKING:
    from pilotage.report.model.document import Document

Differences = Annotated[
    list[str] | None,
    typer.Option("--difference", metavar="SCALE=NUMBER:WHY", help="A difference that would matter; repeatable."),
]


def plan(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml and data/.")],
    difference: Differences = None,
    power: Annotated[list[float] | None, typer.Option(help="Power wanted; repeatable. Else 0.8 and 0.9.")] = None,
    icc: Annotated[list[float] | None, typer.Option(help="ICC assumed; repeatable. Else .01, .05 and .10.")] = None,
    group_size: Annotated[int | None, typer.Option(min=2, help="People who begin in a group.")] = None,
    ratio: Annotated[float, typer.Option(min=0.1, max=10, help="Controls for each person taught.")] = 1.0,
    as_json: Json = False,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Write plan.html, .docx and .json there.")] = None,
) -> None:
    """Plan the next study: spread, attrition, sample size on a justified difference, pilot size, assurance."""
    from pilotage.data.formats import folder
    from pilotage.planning.as_json import as_json as json_of
    from pilotage.planning.differences import differences
    from pilotage.planning.run import ICCS, POWERS
    from pilotage.planning.run import plan as planned
    from pilotage.protocol.load import load
    from pilotage.report.documents.plan import document

    powers, iccs = _shares("--power", power or POWERS), _shares("--icc", icc or ICCS)
    loaded = load(study)
    wanted = differences(loaded, difference or [])
    found = planned(
        loaded,
        folder.read(loaded.folder / "data"),
        wanted,
        powers=powers,
        iccs=iccs,
        group_size=group_size,
        ratio=ratio,
    )
    drawn = document(found)
    if out is not None:
        write(drawn, json_of(found), out, "plan")
    if as_json:
        typer.echo(json_of(found), nl=False)
    else:
        say(drawn)
        if out is not None:
            typer.echo(f"\nWritten to {out}: plan.html, plan.docx, plan.json, tables/.")


def say(document: Document) -> None:
    """A document in a terminal: headings, paragraphs and tables."""
    from textwrap import fill

    from pilotage.cli.text_table import drawn
    from pilotage.report.model.document import Bullets, Paragraph, Table

    typer.echo(f"{document.title}: {document.subtitle}")
    if document.simulated:
        typer.echo(document.simulated)
    for section in document.sections:
        typer.echo(f"\n{section.title.upper()}\n")
        for block in section.blocks:
            match block:
                case Paragraph():
                    typer.echo(fill(block.text, 100) + "\n")
                case Bullets():
                    typer.echo("\n".join(f"- {item}" for item in block.items) + "\n")
                case Table():
                    typer.echo(drawn(block) + "\n")


def write(document: Document, json: str, out: Path, name: str) -> None:
    """Write a document as HTML and Word, its tables as CSV, and what it is of as JSON."""
    from pilotage.atomic import write_text
    from pilotage.report.render.html import write_html
    from pilotage.report.render.tables_csv import write_tables
    from pilotage.report.render.word import write_word

    write_html(document, out / f"{name}.html")
    write_word(document, out / f"{name}.docx")
    (out / "tables").mkdir(parents=True, exist_ok=True)
    write_tables(document, out / "tables")
    write_text(out / f"{name}.json", json)


def _shares(option: str, values: list[float] | tuple[float, ...]) -> tuple[float, ...]:
    """Values between 0 and 1, in their order."""
    for value in values:
        if not 0 <= value < 1:
            raise typer.BadParameter(f"{value:g} is not a number from 0 to below 1", param_hint=option)
    return tuple(values)
