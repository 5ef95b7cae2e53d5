"""Reads a person's file by an import map: study data and a summary, or everything that is wrong at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pilotage.data import rows
from pilotage.data.formats.dialect import DialectHints
from pilotage.data.formats.spreadsheet import Spreadsheet, read_spreadsheet
from pilotage.data.import_map import NOT_A_MAP, ImportMap
from pilotage.data.importing.cases import cases
from pilotage.data.importing.cells import instrument_cells, question_cells
from pilotage.data.importing.check_map import check_map, questions
from pilotage.data.importing.flow import flow_table
from pilotage.data.importing.judge import Judge
from pilotage.data.importing.summary import ImportSummary, summary
from pilotage.data.study_data import StudyData, empty
from pilotage.data.tables import BY_NAME
from pilotage.problems import Problem, kind, refuse
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.vocabulary import AnswerMode
from pilotage.yaml_file import read_model

NOT_ASKED = kind("IMPORT-015", "Someone answered a questionnaire that their arm does not get at that assessment")

_ADMINISTRATION = ["participant", "assessment", "instrument"]


@dataclass(frozen=True)
class Imported:
    """What a file gave, and what to tell the person about it."""

    data: StudyData
    summary: ImportSummary


def import_file(study: LoadedProtocol, file: Path, map_file: Path, known: StudyData | None = None) -> Imported:
    """Read a file of answers as study data.

    Parameters
    ----------
    study : LoadedProtocol
    file : Path
        CSV, TSV or SPSS ``.sav``.
    map_file : Path
        The import map.
    known : StudyData, optional
        The data there already are, whose participants' arms the file need not repeat.

    Raises
    ------
    ProblemsFound
        With everything that is wrong in the map; or, once that is sound, everything wrong in the file.
    """
    import_map, document = read_model(map_file, ImportMap, NOT_A_MAP)
    refuse(check_map(import_map, document, study))
    hints = DialectHints(import_map.file.delimiter, import_map.file.decimal, import_map.file.encoding)
    sheet = read_spreadsheet(file, hints, import_map.blank)
    refuse(sheet.missing_columns(import_map.columns()))
    people = known.participants if known is not None else empty(BY_NAME["participants"])
    return _read(study, sheet, import_map, people)


def _read(study: LoadedProtocol, sheet: Spreadsheet, import_map: ImportMap, known: pl.DataFrame) -> Imported:
    mapped_questions = questions(import_map, study.protocol)
    judge = Judge(sheet, import_map, study.instruments, {(q.form.id, q.item.id): q for q in mapped_questions})
    its_cases, problems = cases(sheet, import_map, study.protocol, known)
    items, without_column = instrument_cells(sheet, import_map, study, its_cases)
    cells = pl.concat([items, question_cells(sheet, mapped_questions, study.protocol, its_cases)])
    answers = judge.answers(cells)
    flow, flow_problems = flow_table(sheet, import_map, its_cases)
    problems += [*without_column, *judge.problems(answers), *flow_problems]
    answers = _without_blank_administrations(answers)
    problems += _not_asked(sheet, answers, study.protocol)
    refuse(problems)
    data = StudyData.from_tables(_tables(answers, its_cases, judge) | ({} if flow is None else {"flow": flow}))
    order = [assessment.id for assessment in study.protocol.assessments]
    return Imported(data, summary(sheet, import_map, data, cells, order))


def _without_blank_administrations(answers: pl.DataFrame) -> pl.DataFrame:
    """Leave out who left every item of an instrument blank: it was not given to them, or they did not take it."""
    return answers.filter(pl.col("cell").is_not_null().any().over(_ADMINISTRATION))


def _not_asked(sheet: Spreadsheet, answers: pl.DataFrame, protocol: Protocol) -> list[Problem]:
    asked_of = {
        (arm, assessment.id, name)
        for assessment in protocol.assessments
        for arm in assessment.arms
        for name in (*protocol.instruments_at(assessment), *assessment.forms)
    }
    taken = answers.filter(pl.col("cell").is_not_null()).unique(_ADMINISTRATION, maintain_order=True)
    taken = taken.filter(pl.col("arm").is_not_null() & pl.col("assessment").is_not_null())
    known = pl.DataFrame(sorted(asked_of), schema=["arm", "assessment", "instrument"], orient="row")
    problems = rows.problems(
        NOT_ASKED,
        sheet.file.name,
        taken.join(known, on=["arm", "assessment", "instrument"], how="anti", maintain_order="left"),
        say=lambda row: (
            f"Participant {row['participant']} ({row['arm']}) answered {row['instrument']} at "
            f"'{row['assessment']}', which does not ask it of that arm."
        ),
        remedy="Correct the map or the row, or add it to the assessment in the protocol.",
    )
    return list(problems)


def _tables(answers: pl.DataFrame, its_cases: pl.DataFrame, judge: Judge) -> dict[str, pl.DataFrame]:
    people = its_cases.unique("participant", keep="first", maintain_order=True)
    numbered = answers.with_columns(number=pl.lit(1))
    taken = numbered.unique(_ADMINISTRATION, keep="first", maintain_order=True)
    words = pl.struct("instrument", "item").is_in(judge.free_text())
    tables = {
        "participants": people.select("participant", "arm", "cohort"),
        "administrations": taken.select(*_ADMINISTRATION, "number", mode=pl.lit(AnswerMode.FILE.value)),
        "responses": numbered.filter(~words).select(*_ADMINISTRATION, "number", "item", "value"),
    }
    written = numbered.filter(words, pl.col("value").is_not_null())
    comments = written.select(*_ADMINISTRATION, "number", "item", text="value")
    return tables | ({"comments": comments} if judge.free_text() else {})
