"""Arms compared over columns of one spreadsheet: who can be analysed, and what the mixed ANOVA finds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.data.formats.spreadsheet import Spreadsheet, listed
from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.stats.anova import mixed_anova
from pilotage.stats.anova_table import Effect, MixedAnova
from pilotage.stats.complete import CompleteCases, Exclusion, complete_cases
from pilotage.stats.estimate import Estimate
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval

NOT_AN_OUTCOME = kind("COMPARE-001", "An outcome is not said as NAME=PRE,POST")
NO_ID = kind("COMPARE-002", "A person has no id")
ID_TWICE = kind("COMPARE-003", "Two rows have the same id")
TOO_FEW = kind("COMPARE-004", "There are too few arms or people to compare")
NOT_DEFINED = kind("COMPARE-005", "The analysis of variance is not defined for these data")

LEVEL = 0.90


@dataclass(frozen=True)
class Outcome:
    """An outcome and the columns that hold it, in order of time."""

    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """What was found for one outcome, and who was left out."""

    outcome: Outcome
    anova: MixedAnova
    intervals: dict[str, Estimate]
    excluded: tuple[Exclusion, ...]


def read_outcomes(said: Sequence[str]) -> tuple[list[Outcome], list[Problem]]:
    """Outcomes as a person writes them, ``stress=pss_pre,pss_post``, and what is wrong with them."""
    outcomes: list[Outcome] = []
    problems: list[Problem] = []
    for text in said:
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
            outcomes.append(Outcome(name, names))
    return outcomes, problems


def compare_columns(sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[Outcome]) -> list[Comparison]:
    """Compare the arms' change in each outcome, by a mixed analysis of variance (Type III).

    Parameters
    ----------
    sheet : Spreadsheet
    person, arm : str
        The columns with the person's id and arm.
    outcomes : sequence of Outcome

    Raises
    ------
    ProblemsFound
        Everything that stands in the way, at once: unknown columns, cells without a number, ids that are blank or
        given twice, fewer than two arms, fewer than two people in an arm.
    """
    used = [column for outcome in outcomes for column in outcome.columns]
    if problems := sheet.missing_columns([person, arm, *used]):
        raise ProblemsFound(problems)
    problems = _id_problems(sheet, person)
    values: dict[str, list[float | None]] = {}
    for column in dict.fromkeys(used):
        values[column], wrong = sheet.numbers(column)
        problems += listed(wrong, "such cells")
    labels = sheet.labels.get(arm, {})
    arms = [_label(cell, labels) for cell in sheet.columns[arm]]
    ids = [cell or "" for cell in sheet.texts(person)]
    compared = []
    for outcome in outcomes if not problems else ():
        try:
            compared.append(_compare(sheet, outcome, ids, arms, values))
        except ProblemsFound as found:
            problems += found.problems
    if problems:
        raise ProblemsFound(problems)
    return compared


def _label(cell: Any, labels: Any) -> str | None:
    """An arm's SPSS value label where it has one."""
    return labels.get(cell) or (f"{cell:g}" if isinstance(cell, float) else cell)


def _id_problems(sheet: Spreadsheet, person: str) -> list[Problem]:
    ids, file = sheet.texts(person), sheet.file.name
    problems = [
        Problem(NO_ID, f"Row {row} has no '{person}'.", "Fill it in, or remove the row.", file, row)
        for row, cell in zip(sheet.rows, ids, strict=True)
        if cell is None
    ]
    for twice in [cell for cell, count in Counter(ids).items() if count > 1 and cell is not None]:
        rows = [row for row, cell in zip(sheet.rows, ids, strict=True) if cell == twice]
        message = f"The id '{twice}' is in rows {', '.join(map(str, rows))}."
        remedy = "Each person has one row, with a column for each occasion. Correct the id, or remove a row."
        problems.append(Problem(ID_TWICE, message, remedy, file, rows[1]))
    return listed(problems, "such rows")


def _compare(
    sheet: Spreadsheet,
    outcome: Outcome,
    ids: list[str],
    arms: list[str | None],
    values: dict[str, list[float | None]],
) -> Comparison:
    table = [[_number(values[column][i]) for column in outcome.columns] for i in range(len(sheet))]
    cases = complete_cases(ids, table, outcome.columns, arms)
    groups = [arms[i] or "" for i in cases.kept]
    if problems := _too_few(sheet.file.name, outcome, groups, arms, cases):
        raise ProblemsFound(problems)
    try:
        anova = mixed_anova([table[i] for i in cases.kept], groups)
    except ValueError as error:
        remedy = f"Look at the columns {', '.join(outcome.columns)}."
        raise ProblemsFound([Problem(NOT_DEFINED, f"{outcome.name}: {error}.", remedy, sheet.file.name)]) from None
    return Comparison(
        outcome, anova, {effect.name: _interval(effect, anova.n) for effect in anova.effects}, cases.excluded
    )


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _interval(effect: Effect, n: int) -> Estimate:
    return partial_eta_squared_interval(effect.f, effect.df1, effect.df2, LEVEL, n)


def _too_few(
    file: str, outcome: Outcome, groups: list[str], arms: list[str | None], cases: CompleteCases
) -> list[Problem]:
    counts = {arm: groups.count(arm) for arm in dict.fromkeys(arms) if arm}
    left_out = "; ".join(f"{count} left out: {reason}" for reason, count in cases.count_by_reason().items())
    if len(counts) < 2:
        message = (
            f"{outcome.name}: there is only {f'the arm {next(iter(counts))!r}' if counts else 'a blank arm column'}."
        )
        return [Problem(TOO_FEW, message, "Name the column that says who was in which arm with --arm.", file)]
    small = [f"{count} in '{arm}'" for arm, count in counts.items() if count < 2]
    if not small:
        return []
    shown = ", ".join(small[:5]) + (f" and {len(small) - 5} more arms" if len(small) > 5 else "")
    message = f"{outcome.name}: each arm needs two people with every value; there are {shown}."
    return [Problem(TOO_FEW, message, f"{left_out or 'Check the --arm column'}.", file)]


def as_json(comparisons: Sequence[Comparison]) -> dict[str, Any]:
    """The comparisons as the documented JSON, at full precision."""
    return {"outcomes": [_outcome_json(comparison) for comparison in comparisons]}


def _outcome_json(comparison: Comparison) -> dict[str, Any]:
    cells = comparison.anova.cells
    return {
        "name": comparison.outcome.name,
        "n_analysed": comparison.anova.n,
        "excluded": [{"id": left.id, "reason": left.reason} for left in comparison.excluded],
        "arms": {
            arm: {"n": n, "means": list(means), "sds": list(sds)}
            for arm, n, means, sds in zip(cells.groups, cells.n, cells.means, cells.sds, strict=True)
        },
        "effects": {e.name: _effect_json(e, comparison.intervals[e.name]) for e in comparison.anova.effects},
    }


def _effect_json(effect: Effect, interval: Estimate) -> dict[str, float | None]:
    return {
        "F": effect.f,
        "df1": effect.df1,
        "df2": effect.df2,
        "p": effect.p,
        "partial_eta_squared": effect.partial_eta_squared,
        "generalised_eta_squared": effect.generalised_eta_squared,
        "ci_low": interval.low,
        "ci_high": interval.high,
        "ci_level": interval.level,
        "epsilon_gg": effect.epsilon_gg,
        "p_gg": effect.p_gg,
    }
