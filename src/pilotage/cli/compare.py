"""The command `pilotage compare`: arms compared over columns of a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from pilotage.cli.options import Blank, Decimal, Delimiter, Encoding, Json, spreadsheet

if TYPE_CHECKING:
    from pilotage.analysis.outcome_columns import Outcome
    from pilotage.data.formats.spreadsheet import Spreadsheet
    from pilotage.report.model.document import Document


class Method(StrEnum):
    """How the arms are compared."""

    anova = "anova"
    change = "change"
    ancova = "ancova"
    mmrm = "mmrm"
    permutation = "permutation"


class InformationName(StrEnum):
    """Whose inverse says how uncertain a mixed model's covariances are."""

    expected = "expected"
    observed = "observed"


Outcomes = Annotated[
    list[str],
    typer.Option("--outcome", metavar="NAME=PRE,POST[,LATER...]", help="An outcome and its columns; repeatable."),
]
MethodOption = Annotated[
    Method, typer.Option(help="Mixed ANOVA; t of change; ANCOVA; mixed model for repeated measures; exact permutation.")
]
Reference = Annotated[
    str | None,
    typer.Option(metavar="ARM", help="The arm that is subtracted, but for anova; of two arms, else the last."),
]
InformationOption = Annotated[
    InformationName, typer.Option(help="For mmrm: expected as R's pbkrtest, observed as SAS and R's mmrm.")
]


def compare(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The scores: CSV, TSV or SPSS .sav, one row a person.")],
    id_: Annotated[str, typer.Option("--id", metavar="COLUMN", help="The column with each person's id.")],
    arm: Annotated[str, typer.Option("--arm", metavar="COLUMN", help="The column that says who was in which arm.")],
    outcome: Outcomes,
    method: MethodOption = Method.anova,
    reference: Reference = None,
    information: InformationOption = InformationName.expected,
    as_json: Json = False,
    word: Annotated[Path | None, typer.Option("--word", metavar="FILE", help="Write the tables as Word.")] = None,
    blank: Blank = None,
    delimiter: Delimiter = None,
    decimal: Decimal = None,
    encoding: Encoding = None,
) -> None:
    """Compare the arms' change: by a mixed ANOVA (Type III), or each arm with a reference; who was left out."""
    from pilotage.analysis.outcome_columns import read_outcomes
    from pilotage.problems import ProblemsFound

    outcomes, problems = read_outcomes(outcome)
    sheet = spreadsheet(file, blank, delimiter, decimal, encoding)
    wanted = [id_, arm, *(column for one in outcomes for column in one.columns)]
    if problems:
        raise ProblemsFound([*problems, *sheet.missing_columns(wanted)])
    if method is Method.anova:
        said = _anova(sheet, id_, arm, outcomes, reference)
    else:
        said = _contrasts(sheet, id_, arm, outcomes, (method.value, reference, information.value))
    _say(said, sheet, word, as_json=as_json)


@dataclass(frozen=True)
class _Said:
    """What was found, as each of the ways to say it."""

    json: Callable[[], dict[str, Any]]
    text: Callable[[], Sequence[str]]
    document: Callable[[str], Document]


def _say(said: _Said, sheet: Spreadsheet, word: Path | None, *, as_json: bool) -> None:
    if word is not None:
        from pilotage.report.render.word import write_word

        write_word(said.document(sheet.file.name), word)
    if as_json:
        typer.echo(json.dumps(said.json(), ensure_ascii=False, indent=2))
        return
    typer.echo("\n".join((sheet.detected.sentence, *said.text())))
    if word is not None:
        typer.echo(f"Written to {word}.")


def _anova(sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[Outcome], reference: str | None) -> _Said:
    from pilotage.analysis.compare_columns import as_json, compare_columns

    found = compare_columns(sheet, person, arm, outcomes)

    def text() -> Sequence[str]:
        from pilotage.cli.text_table import drawn
        from pilotage.report.documents.comparison import columns_said, effects_table, left_out, outcomes_table

        tables = "\n" + drawn(outcomes_table(found)), *columns_said(found), "\n" + drawn(effects_table(found)) + "\n"
        unused = ("The analysis of variance compares all arms at once; --reference is not used.",)
        return (*tables, *left_out(found), *(unused if reference else ()))

    def document(source: str) -> Document:
        from pilotage.report.documents.comparison import document

        return document(found, source)

    return _Said(lambda: as_json(found), text, document)


def _contrasts(
    sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[Outcome], options: tuple[Any, str | None, Any]
) -> _Said:
    from pilotage.analysis.compare_contrasts import as_json, compare_contrasts
    from pilotage.analysis.outcome_columns import read_people

    found = compare_contrasts(read_people(sheet, person, arm, outcomes), outcomes, *options)

    def text() -> Sequence[str]:
        from pilotage.cli.text_table import drawn
        from pilotage.report.documents.contrasts import contrasts_table, lines, scores_table

        return ("\n" + drawn(scores_table(found)), "\n" + drawn(contrasts_table(found)) + "\n", *lines(found))

    def document(source: str) -> Document:
        from pilotage.report.documents.contrasts import document

        return document(found, source)

    return _Said(lambda: as_json(found), text, document)
