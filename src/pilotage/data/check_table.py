"""Checks a table against its own rules: what is required, the words allowed, its key, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import polars as pl

from pilotage.data import rows
from pilotage.data.tables import Column, Table
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.vocabulary import SessionState

BLANK = kind("DATA-005", "A required value is blank")
NOT_ALLOWED = kind("DATA-006", "A value is not allowed in its column")
TWICE = kind("DATA-007", "Two rows have the same key")
CONTRADICTION = kind("DATA-014", "A session's state, day and minutes contradict one another")

Problems = Iterator[Problem]


def check_table(table: Table, frame: pl.DataFrame) -> Problems:
    """Yield everything that is wrong with a table whatever the other tables say; its rows are numbered."""
    for column in table.columns:
        yield from _blanks(table, frame, column)
        yield from _values(table, frame, column)
    yield from _keys(table, frame)
    yield from contradictions(table, frame)


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


def contradictions(table: Table, frame: pl.DataFrame) -> Problems:
    """Yield the sessions that contradict themselves: a session took place when it has a day on which it was held."""
    if table.name != "sessions":
        return
    undated, held = pl.col("held_on").is_null(), pl.col("state").is_in([s for s in SessionState if s.has_a_day])
    cancelled, timed = pl.col("state") == SessionState.CANCELLED, pl.col("minutes").is_not_null()
    for wrong, column, message, remedy in (
        (
            held & undated,
            "held_on",
            "The session is '{state}', but the day on which it was held is blank.",
            "Give the day in 'held_on', or correct the state.",
        ),
        (
            cancelled & ~undated,
            "held_on",
            "The session is '{state}', but it was held on {held_on}.",
            "Leave 'held_on' empty, or correct the state.",
        ),
        (
            ~held & undated & timed,
            "minutes",
            "The session took {minutes} minutes, but the day on which it was held is blank.",
            "Give the day in 'held_on', or leave 'minutes' empty.",
        ),
    ):
        say = partial(_of_row, message)
        yield from rows.problems(CONTRADICTION, table.file, frame.filter(wrong), column=column, say=say, remedy=remedy)


def _of_row(message: str, row: dict[str, Any]) -> str:
    return message.format(**row)
