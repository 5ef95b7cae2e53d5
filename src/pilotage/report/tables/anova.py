"""The tables of a mixed analysis of variance: outcomes by arm with time by group, and every effect.

One layout for the study's report and for a comparison of columns of a spreadsheet: each says what its outcomes are as
`AnovaOutcome`, and which notes stand below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Place, TableBlock, TableColumn, TableRow
from pilotage.report.model.numbering import ref
from pilotage.report.model.values import Cell, Estimated, MeanSd, NotCollected, Quantity
from pilotage.stats.anova_table import Effect
from pilotage.stats.estimate import Estimate

INTERACTION = (
    "F, p and partial η² are those of time by group in a mixed analysis of variance (Type III sums of squares). "
    "The interval is 90 %, from the noncentral F (λ/(λ+N)): it excludes 0 exactly when p < .05."
)
TYPE_III = "Type III: the effect of time is that of unweighted means, as SPSS and afex give it."
CORRECTIONS = "GG: Greenhouse-Geisser; HF: Huynh-Feldt."
EFFECTS = {"group": "group", "time": "time", "time_by_group": "time by group"}


@dataclass(frozen=True, slots=True)
class EffectWithInterval:
    """An effect, with the interval of its partial eta squared."""

    effect: Effect
    interval: Estimate


@dataclass(frozen=True, slots=True)
class OutcomeArm:
    """An arm of an outcome: its label, its people, and their mean and SD at each occasion."""

    label: str
    n: int
    means: Sequence[float]
    sds: Sequence[float]


@dataclass(frozen=True, slots=True)
class AnovaOutcome:
    """An outcome of the tables: ``name`` in the table of effects, ``full_name`` in that of outcomes.

    ``effects`` go by `EFFECTS`; empty where the outcome was not compared, which ``why_not`` then explains.
    """

    name: str
    full_name: str
    arms: tuple[OutcomeArm, ...] = ()
    effects: Mapping[str, EffectWithInterval] = field(default_factory=dict)
    why_not: str = ""


def uncorrected(effects_key: str) -> str:
    """Return the caveat of a comparison over more than two occasions, which refers to the table of every effect."""
    return f"These p values are uncorrected; those corrected for a lack of sphericity stand in {ref(effects_key)}."


def outcomes_table(
    key: str,
    title: str,
    occasions: Sequence[TableColumn],
    groups: Iterable[tuple[str, Sequence[AnovaOutcome]]],
    notes: Sequence[str],
    *,
    place: Place = "main",
) -> TableBlock:
    """Build the table of outcomes by arm and occasion, with the test of time by group on the outcome's first row.

    Parameters
    ----------
    key, title : str
    occasions : sequence of TableColumn
        One for each occasion.
    groups : iterable of (str, sequence of AnovaOutcome)
        Outcomes under the title of their group; an empty title stands for no heading.
    notes : sequence of str
        Printed after the note on the test itself.
    """
    columns = [text("outcome", "Outcome"), text("arm", "Arm"), numbers("n", "n"), *occasions]
    columns += [numbers("f", "F"), numbers("p", "p"), numbers("partial_eta_squared", "Partial η² [90 %]")]
    rows: list[TableRow] = []
    for heading, outcomes in groups:
        rows += [group(heading)] if heading and outcomes else []
        rows += [row for outcome in outcomes for row in _outcome_rows(outcome, len(occasions))]
    return table(key, title, columns, rows, (INTERACTION, *notes), place=place)


def _outcome_rows(outcome: AnovaOutcome, occasions: int) -> Iterator[TableRow]:
    effect = outcome.effects.get("time_by_group")
    if effect is None:
        yield TableRow((outcome.full_name, "", "", *[""] * occasions, "", "", outcome.why_not or NotCollected()))
        return
    for k, arm in enumerate(outcome.arms):
        scores: list[Cell] = [MeanSd(mean, sd) for mean, sd in zip(arm.means, arm.sds, strict=True)]
        scores += [""] * (occasions - len(scores))
        test = _test_cells(effect) if k == 0 else ("", "", "")
        yield TableRow((outcome.full_name if k == 0 else "", arm.label, Quantity(arm.n, "count"), *scores, *test))


def _test_cells(shown: EffectWithInterval) -> tuple[Cell, Cell, Cell]:
    """Return F, p and partial eta squared with its interval."""
    effect, interval = shown.effect, shown.interval
    eta = Estimated(effect.partial_eta_squared, interval.low, interval.high, "eta")
    return Quantity(effect.f, "statistic"), Quantity(effect.p, "p"), eta


def effects_table(
    key: str, outcomes: Sequence[AnovaOutcome], *, corrected: bool, in_full: bool, place: Place = "main"
) -> TableBlock:
    """Build the table of every effect of every outcome.

    Parameters
    ----------
    key : str
    outcomes : sequence of AnovaOutcome
    corrected : bool
        Whether there are more than two occasions, so that p values are corrected for a lack of sphericity.
    in_full : bool
        Whether partial omega squared and Huynh-Feldt's correction are shown too.
    """
    rows = [
        _effect_row(outcome, name, outcome.effects[name], corrected=corrected, in_full=in_full)
        for outcome in outcomes
        for name in EFFECTS
        if name in outcome.effects
    ]
    notes = (TYPE_III, CORRECTIONS if corrected and in_full else "")
    columns = _effect_columns(corrected=corrected, in_full=in_full)
    return table(key, "Every effect of the analysis of variance", columns, rows, notes, place=place)


def _effect_columns(*, corrected: bool, in_full: bool) -> list[TableColumn]:
    columns = [
        text("outcome", "Outcome"),
        text("effect", "Effect"),
        numbers("f", "F"),
        numbers("df1", "df1"),
        numbers("df2", "df2"),
        numbers("p", "p"),
        numbers("partial_eta_squared", "Partial η² [90 %]"),
        numbers("generalised_eta_squared", "Generalised η²"),
    ]
    columns += [numbers("omega_squared", "Partial ω²")] if in_full else []
    columns += [numbers("epsilon_gg", "ε (GG)"), numbers("p_gg", "p (GG)")] if corrected else []
    columns += [numbers("epsilon_hf", "ε (HF)"), numbers("p_hf", "p (HF)")] if corrected and in_full else []
    return columns


def _effect_row(
    outcome: AnovaOutcome, name: str, shown: EffectWithInterval, *, corrected: bool, in_full: bool
) -> TableRow:
    effect = shown.effect
    f, p, eta = _test_cells(shown)
    cells: list[Cell] = [outcome.name if name == "group" else "", EFFECTS[name], f]
    cells += [Quantity(effect.df1, "df"), Quantity(effect.df2, "df"), p, eta]
    cells += [Quantity(effect.generalised_eta_squared, "eta")]
    cells += [Quantity(effect.omega_squared_partial, "eta")] if in_full else []
    cells += [Quantity(effect.epsilon_gg, "eta"), Quantity(effect.p_gg, "p")] if corrected else []
    cells += [Quantity(effect.epsilon_hf, "eta"), Quantity(effect.p_hf, "p")] if corrected and in_full else []
    return TableRow(tuple(cells))
