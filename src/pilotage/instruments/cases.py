"""Reads the worked cases of an instrument: answers with the scores that someone worked out by hand."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, kind, refuse

CASE_UNREADABLE = kind("INSTRUMENT-022", "A worked case cannot be read")

CASE_DIFFERS = kind("INSTRUMENT-023", "A worked case scores otherwise")

FILE = "cases.csv"
BLANK = "."


@dataclass(frozen=True)
class Case:
    """One filled-in form and what it must score; None is a blank answer, or a scale without a score."""

    name: str
    line: int
    answers: tuple[int | None, ...]
    switches: dict[str, str]
    expected: dict[str, float | None]


def read_cases(folder: Path, instrument: Instrument) -> tuple[Case, ...]:
    """Return the cases in an instrument's folder.

    ``cases.csv`` has the columns ``case``, ``note``, ``switches`` (may be left out), ``answers`` and one for each
    scale. Answers are codes in item order with spaces between, ``.`` for a blank; a score may be a fraction such
    as ``43/13``, and an empty one says that there must be none.

    Raises
    ------
    ProblemsFound
        With every case that cannot be read, and its line.
    """
    file = folder / FILE
    here = f"{folder.resolve().name}/{FILE}"
    if not file.is_file():
        message = f"'{instrument.id}' has no worked cases."
        raise ProblemsFound([Problem(CASE_UNREADABLE, message, f"Add {FILE}; docs/howto/add-an-instrument.md.", here)])
    with file.open(encoding="utf-8-sig", newline="") as text:
        reader = csv.DictReader(text)
        refuse(_columns(list(reader.fieldnames or ()), instrument, here))
        rows = [(reader.line_num, row) for row in reader]
    cases: list[Case] = []
    problems: list[Problem] = []
    for line, row in rows:
        try:
            cases.append(_case(line, row, instrument))
        except ValueError as error:
            problems.append(Problem(CASE_UNREADABLE, f"{error}.", "Correct this line.", here, line))
    refuse(problems)
    return tuple(cases)


def _columns(names: list[str], instrument: Instrument, here: str) -> list[Problem]:
    needed = ["case", "note", "answers", *(scale.id for scale in instrument.scales)]
    missing = [name for name in needed if name not in names]
    strange = [name for name in names if name not in (*needed, "switches")]
    problems = [_column(here, f"The column '{name}' is missing.", f"Add '{name}'.") for name in missing]
    problems += [_column(here, f"The column '{name}' is not a scale.", "Correct or remove it.") for name in strange]
    return problems


def _column(here: str, message: str, remedy: str) -> Problem:
    return Problem(CASE_UNREADABLE, message, remedy, here, 1)


def _case(line: int, row: dict[str, str], instrument: Instrument) -> Case:
    answers = tuple(_answer(code) for code in row["answers"].split())
    if len(answers) != instrument.items:
        raise ValueError(f"'{row['case']}' has {len(answers)} answers, but the form has {instrument.items} items")
    switches = dict(_switch(switch) for switch in (row.get("switches") or "").split())
    expected = {scale.id: _score(row[scale.id]) for scale in instrument.scales}
    return Case(row["case"], line, answers, switches, expected)


def _switch(switch: str) -> tuple[str, str]:
    name, equals, choice = switch.partition("=")
    if not equals:
        raise ValueError(f"'{switch}' is not a switch and its choice, such as item-23=disagree")
    return name, choice


def _answer(code: str) -> int | None:
    if code == BLANK:
        return None
    try:
        return int(code)
    except ValueError:
        raise ValueError(f"'{code}' among the answers is neither a code nor '{BLANK}' for a blank") from None


def _score(text: str | None) -> float | None:
    if text is None:
        raise ValueError("The line has fewer columns than the first")
    if not text.strip():
        return None
    try:
        return float(Fraction(text.strip()))
    except (ValueError, ZeroDivisionError):
        raise ValueError(f"'{text}' is not a score; write a number, or a fraction such as 43/13") from None
