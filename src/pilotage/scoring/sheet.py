"""Answers to one instrument out of a person's spreadsheet, with their places for the messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from pilotage.data.formats.large import LargeTable
from pilotage.data.formats.spreadsheet import BLANK, Spreadsheet, listed, missing_columns
from pilotage.data.patterns import columns_of_items
from pilotage.formatting import counted
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, refuse
from pilotage.scoring.forms import items_in
from pilotage.scoring.ranges import Places

if TYPE_CHECKING:
    import polars as pl

_NO_ANSWER = -128  # stands for a blank among eight-bit integers


@dataclass(frozen=True)
class Answers:
    """Everyone's answers, and whose they are.

    Attributes
    ----------
    ids : sequence of str or None, or a polars column of text
        The person of each row, or the number of the row where no column of ids is named; None where it is blank.
    answers : array, shape (people, items)
        In the order of the form; items without a column (fillers) are blank throughout.
    blank : int or None
        What stands for a blank in an array of integers.
    places : Places
    notes : tuple of str
        What a person should know about their ids, though nothing stands in the way of scoring.
    """

    ids: Sequence[str | None] | pl.Series
    answers: NDArray[Any]
    blank: int | None
    places: Places
    notes: tuple[str, ...] = ()

    def as_floats(self) -> NDArray[np.float64]:
        """Return the answers as floats, NaN where blank."""
        floats = self.answers.astype(float)
        if self.blank is not None:
            floats[self.answers == self.blank] = np.nan
        return floats


def wanted_columns(
    instrument: Instrument, longer: Instrument | None, pattern: str, names: Sequence[str]
) -> dict[int, str]:
    """Return the column of each item of the instrument that has one, by the item's number in this instrument.

    With a longer form, the pattern's numbers are those of the longer form.
    """
    if longer is None:
        return columns_of_items(pattern, names, instrument.items, optional=instrument.fillers)
    theirs = items_in(instrument, longer)
    unused = set(range(1, longer.items + 1)) - set(theirs)
    columns = columns_of_items(pattern, names, longer.items, optional=unused)
    return {n: columns[number] for n, number in enumerate(theirs, 1) if number in columns}


def answers_in(
    sheet: Spreadsheet,
    instrument: Instrument,
    pattern: str,
    *,
    longer: Instrument | None = None,
    person: str | None = None,
) -> Answers:
    """Return the answers in a spreadsheet.

    Parameters
    ----------
    sheet : Spreadsheet
    instrument : Instrument
    pattern : str
        Which column holds which item; see `pilotage.data.patterns`.
    longer : Instrument, optional
        The form that was filled in, where the instrument's items are taken from a longer one.
    person : str, optional
        The column of ids.

    Raises
    ------
    ProblemsFound
        Unknown columns, and cells that hold no number, all at once.
    """
    problems = sheet.missing_columns([person]) if person is not None else []
    columns: dict[int, str] = {}
    try:
        columns = wanted_columns(instrument, longer, pattern, sheet.names)
    except ProblemsFound as refused:
        problems += refused.problems
    answers, wrong = _numbers(sheet, instrument, columns)
    problems += listed(wrong, "such cell")
    if problems:
        raise ProblemsFound(problems)
    ids = sheet.texts(person) if person is not None else [str(row) for row in sheet.rows]
    places = Places(sheet.file.name, sheet.rows, ids if person is not None else None, columns)
    return Answers(ids, answers, None, places, id_notes(ids))


def id_notes(ids: Sequence[str | None]) -> tuple[str, ...]:
    """Return how many ids are blank, and which are in more than one row."""
    counts = Counter(ids)
    blank = counts.pop(None, 0)
    twice = [str(person) for person, count in counts.items() if count > 1]
    notes = [f"{counted(blank, 'row has', 'rows have', thousands=True)} no id."] if blank else []
    if twice:
        named = ", ".join(twice[:5]) + (", ..." if len(twice) > 5 else "")
        repeated = counted(len(twice), "id is", "ids are", thousands=True)
        notes.append(f"{repeated} in more than one row ({named}); each row is scored by itself.")
    return tuple(notes)


def answers_in_large(
    table: LargeTable,
    instrument: Instrument,
    pattern: str,
    *,
    longer: Instrument | None = None,
    person: str | None = None,
    blank: Collection[str] = BLANK,
) -> Answers | None:
    """Return the same out of a large table; None where it has to be read row by row, to say what is wrong where."""
    problems = missing_columns(table.file, table.names, [person]) if person is not None else []
    if problems:
        return None
    columns = wanted_columns(instrument, longer, pattern, table.names)
    read = _digits(table, columns, person, blank) or _frame(table, columns, person, blank)
    if read is None:
        refuse(table.not_numbers(list(columns.values()), blank))
        return None
    table_answers, none, ids = read
    answers, people = table_answers, len(table_answers)
    if len(columns) < instrument.items:
        empty = np.nan if none is None else none
        answers = np.full((people, instrument.items), empty, table_answers.dtype, order="F")
        answers[:, [n - 1 for n in columns]] = table_answers
    rows = range(2, people + 2)
    places = Places(table.file.name, rows, cast("Sequence[str | None] | None", ids), columns)
    if ids is None:
        return Answers([str(row) for row in rows], answers, none, places)
    return Answers(ids, answers, none, places, () if _ascending(ids) else id_notes(ids.to_list()))


Read = tuple[NDArray[Any], int | None, "pl.Series | None"]


def _digits(table: LargeTable, columns: dict[int, str], person: str | None, blank: Collection[str]) -> Read | None:
    """Read answers that are all of one digit, what stands for a blank, and the ids."""
    answers = table.digits(list(columns.values()), blank)
    if answers is None:
        return None
    return answers, -1, table.texts(person, blank) if person is not None else None


def _frame(table: LargeTable, columns: dict[int, str], person: str | None, blank: Collection[str]) -> Read | None:
    """Return the same for answers that are any numbers."""
    names = list(columns.values())
    frame = table.columns({person} if person is not None else (), names, blank)
    if frame is None or any(frame[name].min() == _NO_ANSWER for name in names):
        return None
    whole = all(frame[name].dtype.is_integer() for name in names)
    answers = np.empty((len(frame), len(names)), np.int8 if whole else np.float32, order="F")
    for i, name in enumerate(names):
        answers[:, i] = (frame[name].fill_null(_NO_ANSWER) if whole else frame[name]).to_numpy()
    return answers, _NO_ANSWER if whole else None, frame[person] if person is not None else None


def _ascending(ids: pl.Series) -> bool:
    """Return whether each id is longer than the one before, or as long and later: then none is blank or given twice."""
    lengths = ids.str.len_bytes()
    longer, as_long = lengths[1:] > lengths[:-1], lengths[1:] == lengths[:-1]
    return ids.null_count() == 0 and bool((longer | (as_long & (ids[1:] > ids[:-1]))).all())


def _numbers(
    sheet: Spreadsheet, instrument: Instrument, columns: dict[int, str]
) -> tuple[NDArray[np.float64], list[Problem]]:
    answers = np.full((len(sheet), instrument.items), np.nan, order="F")
    problems: list[Problem] = []
    for number, column in columns.items():
        values, wrong = sheet.numbers(column)
        answers[:, number - 1] = [np.nan if value is None else value for value in values]
        problems += wrong
    return answers, problems
