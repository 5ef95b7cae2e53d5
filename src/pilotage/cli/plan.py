"""`pilotage plan`: computes the size of the next study from this study's data and a justified difference."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.cli.options import Json

if TYPE_CHECKING:
    from pilotage.report.model.document import Document

Differences = Annotated[
    list[str] | None,
    typer.Option(
        "--difference", metavar="SCALE=NUMBER:WHY", help="A minimal important difference and its reason; repeatable."
    ),
]


def plan(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml and data/.")],
    difference: Differences = None,
    power: Annotated[
        list[float] | None, typer.Option(help="Required power; repeatable. The default is 0.8 and 0.9.")
    ] = None,
    icc: Annotated[
        list[float] | None, typer.Option(help="Assumed ICC; repeatable. The default is .01, .05 and .10.")
    ] = None,
    group_size: Annotated[int | None, typer.Option(min=2, help="People per group at the start.")] = None,
    ratio: Annotated[
        float, typer.Option(min=0.1, max=10, help="People in the other arm for each person in the programme arm.")
    ] = 1.0,
    as_json: Json = False,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Also write plan.html, .docx and .json here.")
    ] = None,
) -> None:
    """Plan the next study: SDs, attrition, sample size for a justified difference, pilot size, assurance."""
    from pilotage.data.formats import folder
    from pilotage.planning.as_json import as_json as json_of
    from pilotage.planning.differences import differences
    from pilotage.planning.run import ICCS, POWERS
    from pilotage.planning.run import plan as planned
    from pilotage.protocol.load import load
    from pilotage.report.documents.plan import plan_document
    from pilotage.report.render.text import text

    powers, iccs = _shares("--power", power or POWERS), _shares("--icc", icc or ICCS)
    loaded = load(study)
    justified = differences(loaded, difference or [])
    result = planned(
        loaded,
        folder.read(loaded.folder / "data"),
        justified,
        powers=powers,
        iccs=iccs,
        group_size=group_size,
        ratio=ratio,
    )
    document, json = plan_document(result), json_of(result)
    if out is not None:
        write(document, json, out, "plan")
    if as_json:
        typer.echo(json, nl=False)
    else:
        typer.echo(text(document))
        if out is not None:
            typer.echo(f"\nWritten to {out}: plan.html, plan.docx, plan.json, tables/.")


def write(document: Document, json: str, out: Path, name: str) -> None:
    """Write a document as HTML and Word, its tables as CSV, and its content as JSON."""
    from pilotage.atomic import write_text
    from pilotage.report.render.files import write_document_and_tables

    write_document_and_tables(document, out, name)
    write_text(out / f"{name}.json", json)


def _shares(option: str, values: list[float] | tuple[float, ...]) -> tuple[float, ...]:
    """Return the values, each of which has to lie from 0 to below 1."""
    for value in values:
        if not 0 <= value < 1:
            raise typer.BadParameter(f"{value:g} is not a number from 0 to below 1", param_hint=option)
    return tuple(values)
