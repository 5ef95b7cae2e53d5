"""Checks study data against the rules of the tables: every mistake with its table, row, column and value."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pilotage.data import rows
from pilotage.data.check_protocol import check_protocol
from pilotage.data.check_table import check_table
from pilotage.data.formats.datapackage import OF_ADMINISTRATIONS, OF_PARTICIPANTS
from pilotage.data.study_data import StudyData
from pilotage.data.tables import BY_NAME, Table
from pilotage.problems import Problem, kind
from pilotage.protocol.load import LoadedProtocol

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
    problems = [problem for table, frame in frames.items() for problem in check_table(table, frame)]
    problems += [problem for table, frame in frames.items() for problem in _references(data, table, frame)]
    if study is not None:
        problems += check_protocol(frames, study)
    return problems


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
