"""Arms compared over columns of one spreadsheet by the mixed ANOVA: who can be analysed, and what it finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilotage.analysis.outcome_columns import OutcomeColumns, People, read_people, too_few
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.problems import Problem, ProblemsFound, kind, refuse
from pilotage.stats.anova import mixed_anova
from pilotage.stats.anova_table import Effect, MixedAnova
from pilotage.stats.complete_cases import Exclusion, complete_cases
from pilotage.stats.estimate import Estimate
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval

NOT_DEFINED = kind("COMPARE-005", "The analysis is not defined for these data")

LEVEL = 0.90


@dataclass(frozen=True)
class ColumnComparison:
    """What was found for one outcome, and who was left out."""

    outcome: OutcomeColumns
    anova: MixedAnova
    intervals: dict[str, Estimate]
    excluded: tuple[Exclusion, ...]


def compare_columns(
    sheet: Spreadsheet, person: str, arm: str, outcomes: Sequence[OutcomeColumns]
) -> list[ColumnComparison]:
    """Compare the arms' change in each outcome, by a mixed analysis of variance (Type III).

    Parameters
    ----------
    sheet : Spreadsheet
    person, arm : str
        The columns with the person's id and arm.
    outcomes : sequence of OutcomeColumns

    Raises
    ------
    ProblemsFound
        Everything that stands in the way, at once: unknown columns, cells without a number, ids that are blank or
        given twice, fewer than two arms, fewer than two people in an arm.
    """
    people = read_people(sheet, person, arm, outcomes)
    compared: list[ColumnComparison] = []
    problems: list[Problem] = []
    for outcome in outcomes:
        try:
            compared.append(_compare(people, outcome))
        except ProblemsFound as refused:
            problems += refused.problems
    refuse(problems)
    return compared


def _compare(people: People, outcome: OutcomeColumns) -> ColumnComparison:
    table = people.table(outcome)
    cases = complete_cases(people.ids, table, outcome.columns, people.arms)
    groups = [people.arms[i] or "" for i in cases.kept]
    refuse(too_few(people, outcome, groups, cases.count_by_reason(), "every value"))
    try:
        anova = mixed_anova([table[i] for i in cases.kept], groups)
    except ValueError as error:
        raise ProblemsFound([not_defined(people, outcome, error)]) from None
    return ColumnComparison(
        outcome, anova, {effect.name: _interval(effect, anova.n) for effect in anova.effects}, cases.excluded
    )


def not_defined(people: People, outcome: OutcomeColumns, error: ValueError) -> Problem:
    """Return an analysis that the data do not allow, as a person's problem."""
    remedy = f"Look at the columns {', '.join(outcome.columns)}."
    return Problem(NOT_DEFINED, f"{outcome.name}: {error}.", remedy, people.sheet.file.name)


def _interval(effect: Effect, n: int) -> Estimate:
    return partial_eta_squared_interval(effect.f, effect.df1, effect.df2, LEVEL, n)


def as_json(comparisons: Sequence[ColumnComparison]) -> dict[str, Any]:
    """Return the comparisons as the documented JSON, at full precision."""
    return {"outcomes": [_outcome_json(comparison) for comparison in comparisons]}


def _outcome_json(comparison: ColumnComparison) -> dict[str, Any]:
    cells = comparison.anova.cells
    return {
        "name": comparison.outcome.name,
        "n_analysed": comparison.anova.n,
        "excluded": [{"id": left.participant, "reason": left.reason} for left in comparison.excluded],
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
