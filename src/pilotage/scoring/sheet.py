"""Answers to one instrument out of a person's spreadsheet, with their places for the messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from pilotage.data.formats.large import LargeTable
from pilotage.data.formats.spreadsheet import BLANK, Spreadsheet, listed, missing_columns
from pilotage.data.patterns import columns_of_items
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound
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
        """The answers as floats, NaN where blank."""
        floats = self.answers.astype(float)
        if self.blank is not None:
            floats[self.answers == self.blank] = np.nan
        return floats


def wanted_columns(
    instrument: Instrument, longer: Instrument | None, pattern: str, names: Sequence[str]
) -> dict[int, str]:
    """The column of each item of the instrument that has one, by the item's number in this instrument.

    With a longer form, the pattern's numbers are those of the longer form.
    """
    if longer is None:
        return columns_of_items(pattern, names, instrument.items, optional=instrument.fillers)
    theirs = items_in(instrument, longer)
    unused = set(range(1, longer.items + 1)) - set(theirs)
    found = columns_of_items(pattern, names, longer.items, optional=unused)
    return {n: found[number] for n, number in enumerate(theirs, 1) if number in found}


def answers_in(
    sheet: Spreadsheet,
    instrument: Instrument,
    pattern: str,
    *,
    longer: Instrument | None = None,
    person: str | None = None,
) -> Answers:
    """The answers in a spreadsheet.

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
    except ProblemsFound as found:
        problems += found.problems
    answers, wrong = _numbers(sheet, instrument, columns)
    problems += listed(wrong, "such cells")
    if problems:
        raise ProblemsFound(problems)
    ids = sheet.texts(person) if person is not None else [str(row) for row in sheet.rows]
    places = Places(sheet.file.name, sheet.rows, ids if person is not None else None, columns)
    return Answers(ids, answers, None, places, id_notes(ids))


def id_notes(ids: Sequence[str | None]) -> tuple[str, ...]:
    """How many ids are blank, and which are in more than one row."""
    counts = Counter(ids)
    blank = counts.pop(None, 0)
    twice = [str(person) for person, count in counts.items() if count > 1]
    notes = [f"{blank:,} rows have no id."] if blank > 1 else ["1 row has no id."] if blank else []
    if twice:
        named = ", ".join(twice[:5]) + (", ..." if len(twice) > 5 else "")
        ids_are = f"{len(twice):,} ids are" if len(twice) > 1 else "1 id is"
        notes.append(f"{ids_are} in more than one row ({named}); each row is scored by itself.")
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
    """The same out of a large table; None where it has to be read cell by cell, to say what is wrong where."""
    problems = missing_columns(table.file, table.names, [person]) if person is not None else []
    if problems:
        return None
    columns = wanted_columns(instrument, longer, pattern, table.names)
    frame = table.columns({person} if person is not None else (), list(columns.values()), blank)
    if frame is None or any(frame[column].min() == _NO_ANSWER for column in columns.values()):
        return None
    first = frame[next(iter(columns.values()))].to_numpy()
    whole = first.dtype.kind == "i" or all(frame[column].dtype.is_integer() for column in columns.values())
    answers = np.full(
        (len(frame), instrument.items), _NO_ANSWER if whole else np.nan, np.int8 if whole else np.float32, "F"
    )
    for number, column in columns.items():
        series = frame[column]
        answers[:, number - 1] = (series.fill_null(_NO_ANSWER) if whole else series).to_numpy()
    rows = range(2, len(frame) + 2)
    ids: Any = frame[person] if person is not None else [str(row) for row in rows]
    notes = id_notes(ids.to_list()) if person is not None and ids.n_unique() < len(ids) + ids.null_count() else ()
    places = Places(table.file.name, rows, ids if person is not None else None, columns)
    return Answers(ids, answers, _NO_ANSWER if whole else None, places, notes)


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
