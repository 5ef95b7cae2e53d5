"""`pilotage compare`: compares arms over columns of a spreadsheet."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilotage.cli.options import Blank, Decimal, Delimiter, Encoding, Json, spreadsheet

if TYPE_CHECKING:
    from pilotage.analysis.outcome_columns import OutcomeColumns
    from pilotage.data.formats.spreadsheet import Spreadsheet
    from pilotage.report.model.document import Document


class Method(StrEnum):
    """The method by which the arms are compared."""

    anova = "anova"
    change = "change"
    ancova = "ancova"
    mmrm = "mmrm"
    permutation = "permutation"


class InformationName(StrEnum):
    """The information matrix that gives the uncertainty of a mixed model's covariances."""

    expected = "expected"
    observed = "observed"


Outcomes = Annotated[
    list[str],
    typer.Option("--outcome", metavar="NAME=PRE,POST[,LATER...]", help="An outcome and its columns; repeatable."),
]
MethodOption = Annotated[
    Method,
    typer.Option(help="Mixed ANOVA; t test of change; ANCOVA; mixed model for repeated measures; exact permutation."),
]
Reference = Annotated[
    str | None,
    typer.Option(metavar="ARM", help="The arm to subtract (not for anova). The default is the last of two arms."),
]
InformationOption = Annotated[
    InformationName, typer.Option(help="For mmrm: expected as R's pbkrtest, observed as SAS and R's mmrm.")
]


def compare(
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="The scores: CSV, TSV or SPSS .sav, one row per person.")
    ],
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help="The column with each person's id.")],
    arm: Annotated[str, typer.Option("--arm", metavar="COLUMN", help="The column with each person's arm.")],
    outcome: Outcomes,
    method: MethodOption = Method.anova,
    reference: Reference = None,
    information: InformationOption = InformationName.expected,
    as_json: Json = False,
    word: Annotated[
        Path | None, typer.Option("--word", metavar="FILE", help="Also write the tables to this Word file.")
    ] = None,
    blank: Blank = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    encoding: Encoding = None,
) -> None:
    """Compare change between arms: by a mixed ANOVA (Type III), or each arm with a reference; list the exclusions."""
    from pilotage.analysis.outcome_columns import read_outcomes
    from pilotage.problems import ProblemsFound

    outcomes, problems = read_outcomes(outcome)
    sheet = spreadsheet(file, blank, delimiter, decimal, encoding)
    columns = [id_, arm, *(column for named in outcomes for column in named.columns)]
    if problems:
        raise ProblemsFound([*problems, *sheet.missing_columns(columns)])
    if method is Method.anova:
        document, values = _anova(sheet, id_, arm, outcomes)
    else:
        document, values = _contrasts(sheet, id_, arm, outcomes, (method.value, reference, information.value))
    if word is not None:
        from pilotage.report.render.word import write_word

        write_word(document, word)
    if as_json:
        from pilotage.plain_json import json_text

        typer.echo(json_text(values, indent=2))
        return
    _print(document, sheet)
    if method is Method.anova and reference:
        typer.echo("The analysis of variance compares all arms at once; --reference is not used.")
    if word is not None:
        typer.echo(f"Written to {word}.")


def _print(document: Document, sheet: Spreadsheet) -> None:
    """Print how the file was read, and the document without its headings."""
    from pilotage.report.render.text import body_text

    typer.echo(f"{sheet.detected.sentence}\n")
    typer.echo(body_text(list(document.blocks())))


def _anova(
    sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[OutcomeColumns]
) -> tuple[Document, dict[str, Any]]:
    """Return the mixed analysis of variance as a document, and as the values that --json prints."""
    from pilotage.analysis.compare_columns import as_json, compare_columns
    from pilotage.report.documents.comparison import comparison_document

    comparisons = compare_columns(sheet, person, arm, outcomes)
    return comparison_document(comparisons, sheet.file.name), as_json(comparisons)


def _contrasts(
    sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[OutcomeColumns], options: tuple[Any, str | None, Any]
) -> tuple[Document, dict[str, Any]]:
    """Return the contrasts of each arm with the reference as a document, and as the values that --json prints."""
    from pilotage.analysis.compare_contrasts import as_json, compare_contrasts
    from pilotage.analysis.outcome_columns import read_people
    from pilotage.report.documents.contrasts import contrasts_document

    contrasts = compare_contrasts(read_people(sheet, person, arm, outcomes), outcomes, *options)
    return contrasts_document(contrasts, sheet.file.name), as_json(contrasts)
