"""`pilotage report`: from a study's protocol and data to the finished report."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EditionName(StrEnum):
    """Which edition of the report."""

    shared = "shared"
    analyst = "analyst"


def report(
    study: Annotated[Path, typer.Argument(metavar="STUDY", help="The study's folder, with protocol.yaml and data/.")],
    out: Annotated[Path | None, typer.Option(help="Where to write; STUDY/report otherwise.")] = None,
    edition: Annotated[
        EditionName,
        typer.Option(help="shared: no codes, small cells withheld; analyst: everything, by code."),
    ] = EditionName.shared,
) -> None:
    """Analyse a study and write its report: HTML, Word, CSV tables and results.json."""
    from pilotage.data.formats import folder
    from pilotage.protocol.load import load
    from pilotage.report.write import write_report

    loaded = load(study)
    data = folder.read(loaded.folder / "data")
    where = out or loaded.folder / ("report" if edition is EditionName.shared else "report-analyst")
    command = f"pilotage report {loaded.folder.name} --edition {edition.value}"
    written = write_report(loaded, data, where, edition.value, command)
    if written.document.simulated:
        typer.echo(written.document.simulated)
    typer.echo(f"The report, {edition.value} edition, is in {where}:")
    for file in written.files:
        typer.echo(f"  {file.name}{'/' if file.is_dir() else ''}")
