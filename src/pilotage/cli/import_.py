"""The command `pilotage import`: answers from a person's file become the study's data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.problems import Problem, kind, refuse

if TYPE_CHECKING:
    from pilotage.data.importing.summary import ImportSummary

OF_THE_LIBRARY = kind("IMPORT-017", "Data would be written into a study of the library")


def import_(
    study: Annotated[str, typer.Argument(metavar="STUDY", help="The study's folder.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The answers: CSV, TSV or SPSS .sav.")],
    map_file: Annotated[Path, typer.Option("--map", help="Which column holds what; see docs/howto/import-data.md.")],
    replace: Annotated[bool, typer.Option("--replace", help="Put this file's answers in place of old ones.")] = False,
) -> None:
    """Import answers from a file into the study's data: all of them, or a list of what is wrong."""
    from pilotage.data.formats import folder
    from pilotage.data.importing.merge import merged
    from pilotage.data.importing.run import import_file
    from pilotage.protocol.load import load

    loaded = load(study)
    refuse(_not_ours(loaded.folder))
    place = loaded.folder / "data"
    existing = folder.read(place) if folder.exists(place) else None
    imported = import_file(loaded, file, map_file, existing)
    data = imported.data if existing is None else merged(existing, imported.data, replace=replace)
    folder.write(data, place, loaded)
    for line in _lines(imported.summary):
        typer.echo(line)
    typer.echo(f"Data fingerprint {data.short_fingerprint}. Written to {place}.")


def _not_ours(folder: Path) -> list[Problem]:
    """Refuse a study of the library, which is no place for anyone's data."""
    from pilotage.protocol.load import LIBRARY

    if LIBRARY not in folder.resolve().parents:
        return []
    message = f"'{folder.name}' is a study of the library, which holds no data."
    return [Problem(OF_THE_LIBRARY, message, f"Make your own of it: pilotage new FOLDER --from {folder.name}")]


def _lines(summary: ImportSummary) -> list[str]:
    from pilotage.formatting import counted, with_commas

    rows = counted(summary.rows, "row", thousands=True)
    people = counted(sum(summary.arms.values()), "person", "people", thousands=True)
    by_arm = ", ".join(f"{arm} {count}" for arm, count in summary.arms.items())
    lines = [
        summary.read_as,
        f"{rows}, {people}: {by_arm}.",
        "",
        f"{'Assessment':<16}{'Instrument':<16}{'People':>8}{'Answers':>10}{'Blanks':>8}",
    ]
    lines += [
        f"{c.assessment:<16}{c.instrument:<16}{with_commas(c.people):>8}"
        f"{with_commas(c.answers - c.blanks):>10}{with_commas(c.blanks):>8}"
        for c in summary.counts
    ]
    lines.append("")
    if summary.not_taken:
        lines.append(
            f"{with_commas(summary.not_taken)} left out, in which every answer is blank: they count as not taken."
        )
    if summary.unused:
        lines.append(f"Columns not used: {', '.join(summary.unused)}.")
    if summary.items_unused:
        lines.append(f"Items not used: {', '.join(summary.items_unused)}.")
    return lines
