"""Outcomes and people as the columns of one spreadsheet hold them, and what stands in the way of comparing arms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.data.formats.spreadsheet import Spreadsheet, listed
from pilotage.formatting import counted
from pilotage.problems import Problem, ProblemsFound, kind

NOT_AN_OUTCOME = kind("COMPARE-001", "An outcome is not written as NAME=PRE,POST")
NO_ID = kind("COMPARE-002", "A person has no id")
ID_TWICE = kind("COMPARE-003", "Two rows have the same id")
TOO_FEW = kind("COMPARE-004", "There are too few arms or people to compare")


@dataclass(frozen=True)
class OutcomeColumns:
    """An outcome and the columns that hold it, in order of time."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Everyone in the file: who, in which arm, with which scores.

    Attributes
    ----------
    sheet : Spreadsheet
    ids : list of str
    arms : list of str or None
        None where the file says none.
    scores : dict of str to list of float
        By column; NaN where blank.
    """

    sheet: Spreadsheet
    ids: list[str]
    arms: list[str | None]
    scores: dict[str, list[float]]

    def table(self, outcome: OutcomeColumns) -> list[list[float]]:
        """Return the scores of an outcome, a row for each person and a column for each occasion."""
        return [[self.scores[column][i] for column in outcome.columns] for i in range(len(self.ids))]

    @property
    def arm_names(self) -> tuple[str, ...]:
        """The arms in order of appearance."""
        return tuple(dict.fromkeys(arm for arm in self.arms if arm))


def read_outcomes(options: Sequence[str]) -> tuple[list[OutcomeColumns], list[Problem]]:
    """Return the outcomes as a person writes them, ``stress=pss_pre,pss_post``, and what is wrong with them."""
    outcomes: list[OutcomeColumns] = []
    problems: list[Problem] = []
    for text in options:
        name, equals, columns = (part.strip() for part in text.partition("="))
        names = tuple(column.strip() for column in columns.split(",") if column.strip())
        if not (name and equals and len(names) > 1):
            message = f"'{text}' does not name an outcome with at least two columns."
            problems.append(Problem(NOT_AN_OUTCOME, message, "Write it as NAME=PRE,POST, such as stress=pss_1,pss_2."))
        elif len(set(names)) < len(names):
            message = f"The outcome '{name}' names a column twice."
            problems.append(Problem(NOT_AN_OUTCOME, message, "Name each occasion's own column."))
        elif name in {outcome.name for outcome in outcomes}:
            message = f"Two outcomes are called '{name}'."
            problems.append(Problem(NOT_AN_OUTCOME, message, "Give each its own name."))
        else:
            outcomes.append(OutcomeColumns(name, names))
    return outcomes, problems


def read_people(sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[OutcomeColumns]) -> People:
    """Read ids, arms and scores.

    Raises
    ------
    ProblemsFound
        Everything that stands in the way, at once: unknown columns, cells without a number, ids that are blank or
        given twice.
    """
    used = [column for outcome in outcomes for column in outcome.columns]
    if problems := sheet.missing_columns([person, arm, *used]):
        raise ProblemsFound(problems)
    problems = _id_problems(sheet, person)
    scores: dict[str, list[float]] = {}
    for column in dict.fromkeys(used):
        cells, wrong = sheet.numbers(column)
        scores[column] = [float("nan") if cell is None else cell for cell in cells]
        problems += listed(wrong, "such cell")
    if problems:
        raise ProblemsFound(problems)
    labels = sheet.labels.get(arm, {})
    arms = [_label(cell, labels) for cell in sheet.columns[arm]]
    return People(sheet, [cell or "" for cell in sheet.texts(person)], arms, scores)


def _label(cell: Any, labels: Any) -> str | None:
    """Return an arm's SPSS value label where it has one."""
    return labels.get(cell) or (f"{cell:g}" if isinstance(cell, float) else cell)


def _id_problems(sheet: Spreadsheet, person: str) -> list[Problem]:
    ids, file = sheet.texts(person), sheet.file.name
    problems = [
        Problem(
            NO_ID, f"Row {row}, column '{person}': the id is missing.", "Enter the id, or remove the row.", file, row
        )
        for row, cell in zip(sheet.rows, ids, strict=True)
        if cell is None
    ]
    for twice in [cell for cell, count in Counter(ids).items() if count > 1 and cell is not None]:
        rows = [row for row, cell in zip(sheet.rows, ids, strict=True) if cell == twice]
        message = f"The id '{twice}' is in rows {', '.join(map(str, rows))}."
        remedy = "Each person has one row, with a column for each occasion. Correct the id, or remove a row."
        problems.append(Problem(ID_TWICE, message, remedy, file, rows[1]))
    return listed(problems, "such row")


def too_few(
    people: People, outcome: OutcomeColumns, groups: Sequence[str], left: Mapping[str, int], need: str
) -> list[Problem]:
    """Return a problem where there are not two arms, or an arm has fewer than two people with what is needed.

    Parameters
    ----------
    people : People
    outcome : OutcomeColumns
    groups : sequence of str
        The arm of each person who can be analysed.
    left : mapping of str to int
        People left out, by reason.
    need : str
        What each must have, such as ``"every value"``.
    """
    file, counts = people.sheet.file.name, {arm: groups.count(arm) for arm in people.arm_names}
    if len(counts) < 2:
        why = f"the file has the single arm '{next(iter(counts))}'" if counts else "the arm column is empty"
        return [
            Problem(
                TOO_FEW, f"{outcome.name}: {why}.", "With --arm, name the column that holds each person's arm.", file
            )
        ]
    small = [f"{count} in '{arm}'" for arm, count in counts.items() if count < 2]
    if not small:
        return []
    shown = ", ".join(small[:5]) + (f" and {counted(len(small) - 5, 'more arm')}" if len(small) > 5 else "")
    message = f"{outcome.name}: each arm needs two people with {need}; there are {shown}."
    left_out = "; ".join(f"{count} excluded: {reason}" for reason, count in left.items())
    return [Problem(TOO_FEW, message, f"{left_out or 'Check the --arm column'}.", file)]
