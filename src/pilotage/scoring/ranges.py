"""Answers that are not response codes: each with its item, person, row and value, and the likely reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotage.formatting import counted
from pilotage.instruments.definition import Instrument, ResponseScale
from pilotage.problems import Problem, kind

OUT_OF_RANGE = kind("SCORE-003", "An answer is outside the instrument's range, or not a whole number")

MOST_LISTED = 20
_USUAL_BLANKS = (-999, -99, -9, -8, -7, -1, 9, 88, 99, 888, 999, 9999)


@dataclass(frozen=True)
class Places:
    """Where answers stand in a person's file: the row and person of each case, the column of each item from 1."""

    file: str = ""
    rows: Sequence[int] | None = None
    people: Sequence[str | None] | None = None
    columns: Mapping[int, str] = field(default_factory=dict)

    def row(self, case: int) -> int:
        """Return the row of a case as the person sees it; the cases are counted from 1 where no rows are known."""
        return self.rows[case] if self.rows is not None else case + 1

    def of(self, case: int, item: int) -> str:
        """Return ``Row 5, person 'a7', item 3 (column 'q3')`` as far as known; case and item from 0."""
        person = f", person '{self.people[case]}'" if self.people is not None and self.people[case] is not None else ""
        column = f" (column '{self.columns[item + 1]}')" if item + 1 in self.columns else ""
        return f"Row {self.row(case)}{person}, item {item + 1}{column}"


def out_of_range(
    instrument: Instrument, answers: NDArray[Any], blank: int | None = None, places: Places | None = None
) -> list[Problem]:
    """Return a problem for each answer that is no response code: the first twenty, and how many more there are.

    Parameters are those of `pilotage.scoring.score.score`.
    """
    where = places or Places()
    values = np.asarray(answers, dtype=float)
    filled = ~np.isnan(values) if blank is None else ~(np.isnan(values) | (values == blank))
    low, high = instrument.response.minimum, instrument.response.maximum
    wrong = filled & ((values < low) | (values > high) | (values != np.rint(values)))
    cases, items = np.nonzero(wrong)
    if not len(cases):
        return []
    reason = _whole_file(instrument.response, values[filled])
    problems = [
        _problem(instrument, where, int(case), int(item), float(values[case, item]), reason)
        for case, item in zip(cases[:MOST_LISTED], items[:MOST_LISTED], strict=True)
    ]
    if len(cases) > MOST_LISTED:
        more = counted(len(cases) - MOST_LISTED, "more answer", thousands=True)
        rows = counted(np.unique(cases).size, "row", thousands=True)
        rest = f"... and {more} out of range, {rows} in all."
        problems.append(Problem(OUT_OF_RANGE, rest, reason, where.file))
    return problems


def _problem(instrument: Instrument, places: Places, case: int, item: int, value: float, reason: str) -> Problem:
    codes = instrument.response
    shown = f"{value:g}"
    message = f"{places.of(case, item)}: the answer is {shown}; {instrument.id} has {codes.minimum} to {codes.maximum}."
    remedy = reason or _single(value)
    return Problem(OUT_OF_RANGE, message, remedy, places.file, places.row(case), path=places.columns.get(item + 1, ""))


def _whole_file(codes: ResponseScale, values: NDArray[np.float64]) -> str:
    """Return the reason where all answers together look like the same codes begun at another number."""
    low, high = float(values.min()), float(values.max())
    if np.any(values != np.rint(values)):
        return ""
    shift = codes.shift_that_fits(low, high)
    if not shift:
        return ""
    return (
        f"All answers lie between {low:g} and {high:g}: the file seems coded {codes.minimum + shift}-"
        f"{codes.maximum + shift}, where {codes.minimum}-{codes.maximum} is declared. Recode it in the file; answers "
        "are never shifted here."
    )


def _single(value: float) -> str:
    if not value.is_integer():
        return "Answers are whole numbers; an average or an imputed value is none. Correct it, or leave it empty."
    if value in _USUAL_BLANKS:
        return f"If {value:g} stands for a blank, say --blank {value:g}; else correct the cell or leave it empty."
    if value >= 10 and len(set(str(int(value)))) == 1:
        return "Perhaps a key was struck twice. Correct the cell or leave it empty."
    return "Correct the cell, or leave it empty."
