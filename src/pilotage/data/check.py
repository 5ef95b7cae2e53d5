"""Checks study data against the rules of the tables: every mistake with its table, row, column and value."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pilotage.data import rows
from pilotage.data.check_protocol import check_protocol
from pilotage.data.formats.datapackage import OF_ADMINISTRATIONS, OF_PARTICIPANTS
from pilotage.data.study_data import StudyData
from pilotage.data.tables import BY_NAME, Column, Table
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.protocol.load import LoadedProtocol

BLANK = kind("DATA-005", "A required value is blank")
NOT_ALLOWED = kind("DATA-006", "A value is not allowed in its column")
TWICE = kind("DATA-007", "Two rows have the same key")
NO_SUCH_PARTICIPANT = kind("DATA-008", "A row is of someone who is not among the participants")
NO_ADMINISTRATION = kind("DATA-009", "An answer belongs to no administration")

Problems = Iterator[Problem]


def check(data: StudyData, study: LoadedProtocol | None = None) -> list[Problem]:
    """Return everything that is wrong with the data; rows are counted as in the CSV files, where the header is row 1.

    Parameters
    ----------
    data : StudyData
    study : LoadedProtocol, optional
        Without it, names and answers are not held against a protocol.
    """
    frames = {table: rows.numbered(frame) for table, frame in data.tables()}
    problems = [problem for table, frame in frames.items() for problem in _by_itself(table, frame)]
    problems += [problem for table, frame in frames.items() for problem in _references(data, table, frame)]
    if study is not None:
        problems += check_protocol(frames, study)
    return problems


def _by_itself(table: Table, frame: pl.DataFrame) -> Problems:
    for column in table.columns:
        yield from _blanks(table, frame, column)
        yield from _values(table, frame, column)
    yield from _keys(table, frame)


def _blanks(table: Table, frame: pl.DataFrame, column: Column) -> Problems:
    if column.required:
        wrong = frame.filter(pl.col(column.name).is_null())
        say = f"'{column.name}' is blank; every {table.row} has one."
        yield from rows.problems(BLANK, table.file, wrong, column=column.name, say=lambda _: say)


def _values(table: Table, frame: pl.DataFrame, column: Column) -> Problems:
    if column.values:
        name = column.name
        wrong = frame.filter(pl.col(name).is_not_null() & ~pl.col(name).is_in(column.values))
        yield from rows.problems(
            NOT_ALLOWED,
            table.file,
            wrong,
            column=name,
            say=lambda row: f"'{row[name]}' is not known here.{did_you_mean(row[name], column.values)}",
            remedy=f"Use one of: {', '.join(column.values)}.",
        )


def _keys(table: Table, frame: pl.DataFrame) -> Problems:
    again = frame.filter(~pl.struct(table.key).is_first_distinct())
    yield from rows.problems(
        TWICE,
        table.file,
        again,
        column=table.key[0],
        say=lambda row: f"There is already a row of {', '.join(str(row[name]) for name in table.key)}.",
        remedy=f"Keep one row for each {table.row}.",
    )


def _references(data: StudyData, table: Table, frame: pl.DataFrame) -> Problems:
    if table.name in OF_PARTICIPANTS:
        wrong = frame.join(data.participants, on="participant", how="anti", maintain_order="left")
        yield from _nobody(table, wrong)
    if table.name == "flow":
        allocated = frame.filter(pl.col("allocated_on").is_not_null())
        yield from _nobody(table, allocated.join(data.participants, on="participant", how="anti"))
    if table.name in OF_ADMINISTRATIONS:
        key = BY_NAME["administrations"].key
        yield from rows.problems(
            NO_ADMINISTRATION,
            table.file,
            frame.join(data.administrations, on=key, how="anti", maintain_order="left"),
            column="participant",
            say=lambda row: f"{', '.join(str(row[name]) for name in key)} is not among the administrations.",
            remedy="Add the administration, or correct the row.",
        )


def _nobody(table: Table, wrong: pl.DataFrame) -> Problems:
    yield from rows.problems(
        NO_SUCH_PARTICIPANT,
        table.file,
        wrong.filter(pl.col("participant").is_not_null()),
        column="participant",
        say=lambda row: f"'{row['participant']}' is not among the participants.",
        remedy="Add the person to participants.csv with an arm, or correct the code.",
    )
