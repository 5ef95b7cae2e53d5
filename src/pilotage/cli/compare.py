"""The command `pilotage compare`: arms compared over columns of a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pilotage.cli.options import Blank, Decimal, Delimiter, Encoding, Json, spreadsheet

if TYPE_CHECKING:
    from pilotage.analysis.compare_columns import Comparison


def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The scores: CSV, TSV or SPSS .sav, one row a person.")],
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help="The column with each person's id.")],
    arm: Annotated[str, typer.Option("--arm", metavar="COLUMN", help="The column that says who was in which arm.")],
    outcome: Annotated[
        list[str],
        typer.Option("--outcome", metavar="NAME=PRE,POST[,LATER...]", help="An outcome and its columns; repeatable."),
    ],
    as_json: Json = False,
    word: Annotated[Path | None, typer.Option("--word", metavar="FILE", help="Write Table 5 as a Word file.")] = None,
    blank: Blank = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    encoding: Encoding = None,
) -> None:
    """Compare the arms' change: mixed ANOVA (Type III), partial eta squared with its interval, who was left out."""
    from pilotage.analysis.compare_columns import compare_columns, read_outcomes
    from pilotage.problems import ProblemsFound

    outcomes, problems = read_outcomes(outcome)
    sheet = spreadsheet(file, blank, delimiter, decimal, encoding)
    wanted = [id_, arm, *(column for one in outcomes for column in one.columns)]
    if problems:
        raise ProblemsFound([*problems, *sheet.missing_columns(wanted)])
    comparisons = compare_columns(sheet, id_, arm, outcomes)
    if word is not None:
        _write_word(comparisons, file.name, word)
    if as_json:
        _print_json(comparisons)
    else:
        _print(comparisons, sheet.detected.sentence)
        if word is not None:
            typer.echo(f"Written to {word}.")


def _print_json(comparisons: list[Comparison]) -> None:
    import json

    from pilotage.analysis.compare_columns import as_json

    typer.echo(json.dumps(as_json(comparisons), ensure_ascii=False, indent=2))


def _print(comparisons: list[Comparison], read_as: str) -> None:
    from pilotage.cli.text_table import drawn
    from pilotage.report.compared import columns_said, effects_table, left_out, outcomes_table

    typer.echo(read_as)
    typer.echo("\n" + drawn(outcomes_table(comparisons)))
    typer.echo("\n".join(columns_said(comparisons)))
    typer.echo("\n" + drawn(effects_table(comparisons)))
    typer.echo("\n" + "\n".join(left_out(comparisons)))


def _write_word(comparisons: list[Comparison], source: str, file: Path) -> None:
    from pilotage.report.compared import document
    from pilotage.report.word import write_word

    write_word(document(comparisons, source), file)
