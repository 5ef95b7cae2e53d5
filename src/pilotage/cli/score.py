"""The command `pilotage score`: a spreadsheet of answers in, scores out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.cli.options import Blank, Decimal, Delimiter, Encoding, From, InstrumentName, Items, Json, Switches

if TYPE_CHECKING:
    from pilotage.scoring.score import ScaleScores
    from pilotage.scoring.sheet import Answers


def score(
    instrument: InstrumentName,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The answers: CSV, TSV or SPSS .sav.")],
    items: Items,
    id_: Annotated[
        str | None, typer.Option("--id", metavar="COLUMN", help="The column of ids; without it rows are numbered.")
    ] = None,
    longer: From = None,
    switch: Switches = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Write the scores as CSV.")] = None,
    as_json: Json = False,
    blank: Blank = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    encoding: Encoding = None,
) -> None:
    """Score answers by the instrument's key, totals and rule for blanks; every answer is range-checked first."""
    from pilotage.cli.answers import answers_of, read_switches
    from pilotage.instruments.catalogue import load
    from pilotage.scoring.rule import rule_of
    from pilotage.scoring.score import score

    scored, switches = load(instrument), read_switches(switch)
    rule_of(scored, switches)  # says what stands in the way before a large file is read
    from_form = load(longer) if longer else None
    answers, read_as = answers_of(
        file, scored, items, longer=from_form, person=id_, blank=blank, dialect=(delimiter, decimal, encoding)
    )
    scales = score(scored, answers.answers, switches, blank=answers.blank, places=answers.places)
    for note in answers.notes:
        typer.echo(note, err=True)
    names = {scale.id: scale.name for scale in scored.scales}
    _give(scales, names, answers, read_as, id_, out, as_json=as_json)


def _give(
    scales: dict[str, ScaleScores],
    names: dict[str, str],
    answers: Answers,
    read_as: str,
    id_: str | None,
    out: Path | None,
    *,
    as_json: bool,
) -> None:
    """Write the scores, print them as JSON, or summarise them; files and JSON have ids, a person reads names."""
    from pilotage.cli.scores_out import json_text, summary, write_csv, written

    if out is not None:
        write_csv(out, scales, answers.ids, id_ or "row")
    if as_json:
        typer.echo(json_text(scales, answers.ids))
        return
    typer.echo(read_as)
    if out is None:
        typer.echo("\n" + summary(scales, names, answers.ids))
    else:
        typer.echo(f"{written(scales)} Written to {out}.")
