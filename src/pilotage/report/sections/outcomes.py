"""Change compared between the arms: Table 5, every effect, adjusted p values, and the sentences about them."""

from __future__ import annotations

from pilotage.analysis.results import ArmScores, ComparisonResult, EffectResult, OutcomeResult
from pilotage.formatting import DASH, counted, listed, p_phrase
from pilotage.report.model.anova_words import EVERY_EFFECT, INTERACTION, TYPE_III
from pilotage.report.model.building import group, numbers, table, text
from pilotage.report.model.context import Context
from pilotage.report.model.document import Block, Bullets, Column, Paragraph, Row, Section, Table
from pilotage.report.model.outcome_words import METHODS, ROLES
from pilotage.report.model.values import Cell, Estimated, MeanSd, NotCollected, Quantity
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.change_figures import change_figures
from pilotage.report.sections.methods import instrument_notes
from pilotage.stats.estimate import Estimate


def outcomes(context: Context) -> Section:
    """Outcomes over every comparison of the plan."""
    parts = [_comparison(context, c, first=i == 0) for i, c in enumerate(context.results.comparisons)]
    if len(parts) == 1:
        return Section("outcomes", "Outcomes", parts[0])
    titled = tuple(
        Section(f"outcomes-{c.id}", c.label, blocks)
        for c, blocks in zip(context.results.comparisons, parts, strict=True)
    )
    return Section("outcomes", "Outcomes", (), titled)


def _comparison(context: Context, comparison: ComparisonResult, *, first: bool) -> tuple[Block, ...]:
    suffix = "" if first else f"-{comparison.id}"
    blocks: list[Block] = [
        Bullets(tuple(outcome_sentence(context, o) for o in comparison.outcomes if o.role == "main")),
        Paragraph(multiplicity_sentence(context, comparison)),
        Paragraph(allocation_sentence(context), "note"),
        _table_5(context, comparison, suffix, "5" if first else None),
        _effects(context, comparison, suffix),
    ]
    if any(o.hedges_g for o in comparison.outcomes):
        blocks.append(_standardised(context, comparison, suffix))
    if any(o.adjusted for o in comparison.outcomes):
        blocks.append(_adjusted(context, comparison, suffix))
    return (*blocks, *change_figures(context, comparison, suffix))


def outcome_sentence(context: Context, outcome: OutcomeResult) -> str:
    """What one outcome did, in the direction the plan gives; the sentence changes with the facts."""
    effect = outcome.time_by_group
    if effect is None:
        return f"{outcome.label}: {outcome.why_not}."
    tested = (
        f"F({number(effect.df1, 'df')}, {number(effect.df2, 'df')}) = {number(effect.f, 'statistic')}, "
        f"{p_phrase(effect.p)}, partial η² = {_eta(effect)}; n = {outcome.n_analysed}"
    )
    return f"{outcome.label}: {_direction(context, outcome, effect)} ({tested})."


def _direction(context: Context, outcome: OutcomeResult, effect: EffectResult) -> str:
    significant = effect.p < context.protocol.analysis.significance
    if len(outcome.arms) != 2:
        return (
            "change differed between the arms" if significant else "no difference in change between the arms was shown"
        )
    if outcome.favours == "neither arm":
        return "the arms changed alike"
    arm = context.arm(outcome.favours)
    if not significant:
        return f"no difference in change was shown (the observed one favours {arm})"
    size = f", a {effect.size} effect by the benchmarks used" if effect.size else ""
    return f"change differed in favour of {arm}{size}"


def _eta(effect: EffectResult) -> str:
    found = effect.partial_eta_squared_interval
    return f"{number(effect.partial_eta_squared, 'eta')} {interval(found.low, found.high, 'eta')}"


def multiplicity_sentence(context: Context, comparison: ComparisonResult) -> str:
    """How many tests were run, how many are below the limit, and how many stay there once adjusted."""
    limit = context.protocol.analysis.significance
    tested = [o for o in comparison.outcomes if o.time_by_group]
    below = [o for o in tested if o.time_by_group and o.time_by_group.p < limit]
    unadjusted = f"{len(below)} had p < {number(limit, 'coefficient')} unadjusted"
    sentence = f"Of {counted(len(tested), 'test')} of time by group, {unadjusted}."
    for family in context.protocol.analysis.families:
        for method in family.adjust:
            key = f"{family.id}:{method}"
            inside = [o for o in tested if key in o.adjusted]
            stay = [o.label for o in inside if o.adjusted[key] < limit]
            said = f"{listed(stay)} stayed below it" if stay else "none stayed below it"
            sentence += f" Adjusted by {METHODS[method]} within the family “{family.id}” ({len(inside)} tests), {said}."
    return sentence


def allocation_sentence(context: Context) -> str:
    """What the comparison of arms can and cannot carry, by how people came into them."""
    if len(context.results.people) < 2:
        return "There is one arm, so nothing here compares the programme with anything."
    if context.protocol.study.randomised:
        return "People were allocated to the arms at random."
    return (
        "The arms were not formed by chance. People who chose the training may differ from those who did not in ways "
        "that change with time; the differences below are estimates of change, not proof of an effect."
    )


def _table_5(context: Context, comparison: ComparisonResult, suffix: str, number_: str | None) -> Table:
    columns = [
        text("outcome", "Outcome"),
        text("arm", "Arm"),
        numbers("n", "n"),
        *(numbers(a, f"{context.assessment(a)}, mean (SD)") for a in comparison.assessments),
        numbers("f", "F"),
        numbers("p", "p"),
        numbers("partial_eta_squared", "Partial η² [90 %]"),
    ]
    rows: list[Row] = []
    for role, title in ROLES.items():
        members = [o for o in comparison.outcomes if o.role == role]
        if members:
            rows += [group(title), *(row for o in members for row in _outcome_rows(context, comparison, o))]
    notes = (
        INTERACTION,
        *instrument_notes(context),
        *_correction_note(comparison),
    )
    caption = f"Outcomes by arm: {comparison.label[:1].lower()}{comparison.label[1:]}"
    return table(f"table-5-outcomes{suffix}", caption, columns, rows, notes=notes, number=number_)


def _correction_note(comparison: ComparisonResult) -> tuple[str, ...]:
    if len(comparison.assessments) == 2:
        return ()
    return ("The p values are uncorrected; those corrected for a lack of sphericity stand with all effects below.",)


def _outcome_rows(context: Context, comparison: ComparisonResult, outcome: OutcomeResult) -> list[Row]:
    name = _name(context, outcome)
    effect = outcome.time_by_group
    if effect is None:
        blank: tuple[Cell, ...] = tuple("" for _ in comparison.assessments)
        return [Row((name, "", "", *blank, "", "", NotCollected() if not outcome.why_not else outcome.why_not))]
    found = effect.partial_eta_squared_interval
    tested: tuple[Cell, ...] = (
        Quantity(effect.f, "statistic"),
        Quantity(effect.p, "p"),
        Estimated(effect.partial_eta_squared, found.low, found.high, "eta"),
    )
    return [
        Row((name if k == 0 else "", *_arm_cells(context, arm), *(tested if k == 0 else ("", "", ""))))
        for k, arm in enumerate(outcome.arms)
    ]


def _name(context: Context, outcome: OutcomeResult) -> str:
    """The plan's label with the scale behind it, unless the label names the instrument already."""
    scale = context.scale(outcome.scale)
    return outcome.label if scale.partition(",")[0] in outcome.label else f"{outcome.label} ({scale})"


def _arm_cells(context: Context, arm: ArmScores) -> tuple[Cell, ...]:
    return (
        context.arm(arm.arm),
        Quantity(arm.n, "count"),
        *(MeanSd(m, sd) for m, sd in zip(arm.means, arm.sds, strict=True)),
    )


def _effects(context: Context, comparison: ComparisonResult, suffix: str) -> Table:
    several = len(comparison.assessments) > 2
    rows = [
        _effect_row(outcome, name, effect, several)
        for outcome in comparison.outcomes
        for name, effect in (("group", outcome.group), ("time", outcome.time), ("time by group", outcome.time_by_group))
        if effect is not None
    ]
    notes = [TYPE_III, "GG: Greenhouse-Geisser; HF: Huynh-Feldt." if several else ""]
    number_ = None if suffix else "A6"
    return table(f"effects{suffix}", EVERY_EFFECT, _effect_columns(several), rows, notes, number=number_)


def _effect_columns(several: bool) -> list[Column]:
    columns = [
        text("outcome", "Outcome"),
        text("effect", "Effect"),
        numbers("f", "F"),
        numbers("df1", "df1"),
        numbers("df2", "df2"),
        numbers("p", "p"),
        numbers("partial_eta_squared", "Partial η² [90 %]"),
        numbers("generalised_eta_squared", "Generalised η²"),
        numbers("omega_squared", "Partial ω²"),
    ]
    corrected = [
        numbers("epsilon_gg", "ε (GG)"),
        numbers("p_gg", "p (GG)"),
        numbers("epsilon_hf", "ε (HF)"),
        numbers("p_hf", "p (HF)"),
    ]
    return columns + corrected if several else columns


def _effect_row(outcome: OutcomeResult, name: str, effect: EffectResult, several: bool) -> Row:
    found = effect.partial_eta_squared_interval
    cells: list[Cell] = [
        outcome.label if name == "group" else "",
        name,
        Quantity(effect.f, "statistic"),
        Quantity(effect.df1, "df"),
        Quantity(effect.df2, "df"),
        Quantity(effect.p, "p"),
        Estimated(effect.partial_eta_squared, found.low, found.high, "eta"),
        Quantity(effect.generalised_eta_squared, "eta"),
        Quantity(effect.omega_squared, "eta"),
    ]
    if several:
        cells += [
            Quantity(effect.epsilon_gg, "eta"),
            Quantity(effect.p_gg, "p"),
            Quantity(effect.epsilon_hf, "eta"),
            Quantity(effect.p_hf, "p"),
        ]
    return Row(tuple(cells))


def _standardised(context: Context, comparison: ComparisonResult, suffix: str) -> Table:
    columns = [
        text("outcome", "Outcome"),
        *(numbers(a, f"Change, {context.arm(a)}, mean [95 %]") for a in context.results.people),
        numbers("hedges_g", "Hedges' g of change [95 %]"),
        numbers("d_ppc2", "d on pre-test SD [95 %]"),
    ]
    rows = []
    for o in comparison.outcomes:
        if o.hedges_g:
            changes = [Estimated(a.change.value, a.change.low, a.change.high, "score") for a in o.arms]
            rows.append((o.label, *changes, _estimated(o.hedges_g), _estimated(o.d_ppc2) if o.d_ppc2 else DASH))
    first, second = (context.arm(a) for a in context.results.people)
    notes = (
        f"Differences are {first} less {second}. Hedges' g divides by the pooled SD of change (exact interval from the "
        "noncentral t); Morris's d_ppc2 (2008) by the pooled SD at the first assessment (BCa bootstrap interval). "
        "They answer different questions and need not be alike.",
    )
    title = "Change in each arm, and standardised differences"
    number_ = "A7" if not suffix else None
    return table(f"standardised{suffix}", title, columns, rows, notes=notes, number=number_)


def _estimated(estimate: Estimate) -> Cell:
    return Estimated(estimate.value, estimate.low, estimate.high, "score")


def _adjusted(context: Context, comparison: ComparisonResult, suffix: str) -> Table:
    keys = list(dict.fromkeys(key for o in comparison.outcomes for key in o.adjusted))
    columns = [text("outcome", "Outcome"), numbers("p", "p, unadjusted")]
    columns += [
        numbers(key.replace(":", "_"), f"{METHODS[key.partition(':')[2]]}, family {key.partition(':')[0]}")
        for key in keys
    ]
    rows = [
        (
            o.label,
            Quantity(o.time_by_group.p, "p"),
            *(Quantity(o.adjusted.get(key), "p") if key in o.adjusted else "" for key in keys),
        )
        for o in comparison.outcomes
        if o.time_by_group
    ]
    return table(f"adjusted{suffix}", "p values adjusted for the number of tests", columns, rows,
                 notes=("Families are those of the plan.",), number="A8" if not suffix else None)  # fmt: skip
