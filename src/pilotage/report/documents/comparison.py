"""Comparisons from a spreadsheet as tables: outcomes by arm (Table 5), every effect, and who was left out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pilotage.analysis.compare_columns import Comparison
from pilotage.analysis.outcome_columns import Outcome
from pilotage.formatting import counted
from pilotage.report.model.anova_words import EVERY_EFFECT, INTERACTION, TYPE_III
from pilotage.report.model.building import numbers, table, text
from pilotage.report.model.document import Block, Column, Document, Paragraph, Row, Section, Table
from pilotage.report.model.values import Cell, Estimated, MeanSd, Quantity
from pilotage.stats.anova_table import Effect
from pilotage.stats.complete_cases import Exclusion

EFFECTS = {"group": "group", "time": "time", "time_by_group": "time by group"}
UNCORRECTED = "These p values are uncorrected; those corrected for a lack of sphericity (GG) stand with all effects."


class Compared(Protocol):
    """An outcome that was compared, by whatever method."""

    @property
    def outcome(self) -> Outcome:
        """Its name and columns."""

    @property
    def excluded(self) -> tuple[Exclusion, ...]:
        """Who was left out."""


def outcomes_table(comparisons: Sequence[Comparison]) -> Table:
    """Table 5: each outcome by arm and occasion, with the test of time by group."""
    occasions = max(len(c.outcome.columns) for c in comparisons)
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), numbers("n", "n")]
    columns += [numbers(f"occasion_{k}", f"Occasion {k}, mean (SD)") for k in range(1, occasions + 1)]
    columns += [numbers("f", "F"), numbers("p", "p"), numbers("partial_eta_squared", "Partial η² [90 %]")]
    rows = [row for comparison in comparisons for row in _rows(comparison, occasions)]
    notes = (INTERACTION,) if occasions == 2 else (INTERACTION, UNCORRECTED)
    return table("table-5-outcomes", "Outcomes by arm", columns, rows, notes=notes, number="5")


def _rows(comparison: Comparison, occasions: int) -> list[Row]:
    cells, effect = comparison.anova.cells, comparison.anova.time_by_group
    rows = []
    for k, (arm, n, means, sds) in enumerate(zip(cells.groups, cells.n, cells.means, cells.sds, strict=True)):
        given: list[Cell] = [MeanSd(mean, sd) for mean, sd in zip(means, sds, strict=True)]
        given += [""] * (occasions - len(means))
        tested = _tested(effect, comparison) if k == 0 else ("", "", "")
        rows.append(Row((comparison.outcome.name if k == 0 else "", arm, Quantity(n, "count"), *given, *tested)))
    return rows


def _tested(effect: Effect, comparison: Comparison) -> tuple[Cell, ...]:
    interval = comparison.intervals[effect.name]
    eta = Estimated(effect.partial_eta_squared, interval.low, interval.high, "eta")
    return Quantity(effect.f, "statistic"), Quantity(effect.p, "p"), eta


def effects_table(comparisons: Sequence[Comparison]) -> Table:
    """Every effect of every outcome; with Greenhouse-Geisser's correction where there are more than two occasions."""
    several = any(c.anova.mauchly for c in comparisons)
    columns: list[Column] = [text("outcome", "Outcome"), text("effect", "Effect"), numbers("f", "F")]
    columns += [numbers("df1", "df1"), numbers("df2", "df2"), numbers("p", "p")]
    columns += [
        numbers("partial_eta_squared", "Partial η² [90 %]"),
        numbers("generalised_eta_squared", "Generalised η²"),
    ]
    columns += [numbers("epsilon_gg", "ε (GG)"), numbers("p_gg", "p (GG)")] if several else []
    rows = [_effect(c, effect, several=several) for c in comparisons for effect in c.anova.effects]
    return table("effects", EVERY_EFFECT, columns, rows, notes=(TYPE_III,))


def _effect(comparison: Comparison, effect: Effect, *, several: bool) -> Row:
    f, p, eta = _tested(effect, comparison)
    name = comparison.outcome.name if effect.name == "group" else ""
    df = (Quantity(effect.df1, "df"), Quantity(effect.df2, "df"))
    cells: list[Cell] = [name, EFFECTS[effect.name], f, *df, p, eta, Quantity(effect.generalised_eta_squared, "eta")]
    return Row((*cells, *([Quantity(effect.epsilon_gg, "eta"), Quantity(effect.p_gg, "p")] if several else [])))


def columns_said(comparisons: Sequence[Compared]) -> list[str]:
    """Which columns the occasions of each outcome are."""
    return [f"{c.outcome.name}: {', '.join(c.outcome.columns)}." for c in comparisons]


def left_out(comparisons: Sequence[Compared]) -> list[str]:
    """Who was left out of each outcome, and why; those of the same reasons in several outcomes are named once."""
    by_people: dict[str, list[str]] = {}
    for comparison in comparisons:
        named = "; ".join(f"{left.id} ({left.reason})" for left in comparison.excluded)
        by_people.setdefault(named, []).append(comparison.outcome.name)
    lines = []
    for named, outcomes in by_people.items():
        count = next(len(c.excluded) for c in comparisons if c.outcome.name == outcomes[0])
        whom = f"{counted(count, 'person', 'people')} left out: {named}" if count else "nobody left out"
        lines.append(f"{', '.join(outcomes)}: {whom}.")
    return lines


def document(comparisons: Sequence[Comparison], file: str) -> Document:
    """The tables as a document to be written as Word."""
    blocks: list[Block] = [outcomes_table(comparisons), effects_table(comparisons)]
    blocks += [Paragraph(line, "note") for line in (*columns_said(comparisons), *left_out(comparisons))]
    return Document("Outcomes by arm", f"From {file}", "en", (Section("outcomes", "Outcomes", tuple(blocks)),))
