"""Change compared between the arms: Table 5, every effect, adjusted p values, and the sentences about them."""

from __future__ import annotations

from pilotage.analysis.results import ComparisonResult, OutcomeResult
from pilotage.formatting import DASH, counted, listed, p_phrase, uncapitalised
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Place, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, Quantity
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.change_figures import change_figures
from pilotage.report.sections.context import Context
from pilotage.report.sections.methods import instrument_notes
from pilotage.report.sections.outcome_labels import METHODS, ROLES
from pilotage.report.tables.anova import (
    AnovaOutcome,
    EffectWithInterval,
    OutcomeArm,
    effects_table,
    outcomes_table,
    uncorrected,
)
from pilotage.stats.anova_table import Effect
from pilotage.stats.estimate import Estimate


def outcomes(context: Context) -> Section:
    """Return the section on outcomes, over every comparison of the plan."""
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
        _outcomes_table(context, comparison, suffix, "main" if first else "supplement"),
        _effects(context, comparison, suffix),
    ]
    if any(o.hedges_g for o in comparison.outcomes):
        blocks.append(_standardised(context, comparison, suffix))
    if any(o.adjusted for o in comparison.outcomes):
        blocks.append(_adjusted(context, comparison, suffix))
    return (*blocks, *change_figures(context, comparison, suffix))


def outcome_sentence(context: Context, outcome: OutcomeResult) -> str:
    """Say what one outcome did, in the direction the plan gives; the sentence changes with the facts."""
    effect = outcome.time_by_group
    if effect is None:
        return f"{outcome.label}: {outcome.why_not}."
    tested = (
        f"F({number(effect.df1, 'df')}, {number(effect.df2, 'df')}) = {number(effect.f, 'statistic')}, "
        f"{p_phrase(effect.p)}, partial η² = {_eta(outcome, effect)}; n = {outcome.n_analysed}"
    )
    return f"{outcome.label}: {_direction(context, outcome, effect)} ({tested})."


def _direction(context: Context, outcome: OutcomeResult, effect: Effect) -> str:
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
    name = outcome.sizes.get(effect.name)
    size = f", a {name} effect by the benchmarks used" if name else ""
    return f"change differed in favour of {arm}{size}"


def _eta(outcome: OutcomeResult, effect: Effect) -> str:
    limits = outcome.intervals[effect.name]
    return f"{number(effect.partial_eta_squared, 'eta')} {interval(limits.low, limits.high, 'eta')}"


def multiplicity_sentence(context: Context, comparison: ComparisonResult) -> str:
    """Say how many tests were run, how many are below the limit, and how many stay there once adjusted."""
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
            remaining = f"{listed(stay)} stayed below it" if stay else "none stayed below it"
            tests = counted(len(inside), "test")
            sentence += f" Adjusted by {METHODS[method]} within the family “{family.id}” ({tests}), {remaining}."
    return sentence


def allocation_sentence(context: Context) -> str:
    """Say what the comparison of arms can and cannot carry, by how people came into them."""
    if len(context.results.people) < 2:
        return "There is one arm, so nothing here compares the programme with anything."
    if context.protocol.study.randomised:
        return "People were allocated to the arms at random."
    return (
        "The arms were not formed by chance. People who chose the training may differ from those who did not in ways "
        "that change with time; the differences below are estimates of change, not proof of an effect."
    )


def _outcomes_table(context: Context, comparison: ComparisonResult, suffix: str, place: Place) -> TableBlock:
    """Build the table of outcomes by arm, which is Table 5 of the 2020 paper."""
    occasions = [numbers(a, f"{context.assessment(a)}, mean (SD)") for a in comparison.assessments]
    groups = [
        (title, [_shown(context, outcome) for outcome in comparison.outcomes if outcome.role == role])
        for role, title in ROLES.items()
    ]
    caveat = [uncorrected(f"effects{suffix}")] if len(comparison.assessments) > 2 else []
    notes = [*instrument_notes(context), *caveat]
    caption = f"Outcomes by arm: {uncapitalised(comparison.label)}"
    return outcomes_table(f"table-5-outcomes{suffix}", caption, occasions, groups, notes, place=place)


def _shown(context: Context, outcome: OutcomeResult) -> AnovaOutcome:
    """Return an outcome as the tables of the analysis of variance show it."""
    return AnovaOutcome(
        name=outcome.label,
        full_name=_name(context, outcome),
        arms=tuple(OutcomeArm(context.arm(arm.arm), arm.n, arm.means, arm.sds) for arm in outcome.arms),
        effects={
            effect.name: EffectWithInterval(effect, outcome.intervals[effect.name])
            for effect in (outcome.group, outcome.time, outcome.time_by_group)
            if effect is not None
        },
        why_not=outcome.why_not,
    )


def _name(context: Context, outcome: OutcomeResult) -> str:
    """Return the plan's label with the scale behind it, unless the label names the instrument already."""
    scale = context.scale(outcome.scale)
    return outcome.label if scale.partition(",")[0] in outcome.label else f"{outcome.label} ({scale})"


def _effects(context: Context, comparison: ComparisonResult, suffix: str) -> TableBlock:
    shown = [_shown(context, outcome) for outcome in comparison.outcomes]
    corrected = len(comparison.assessments) > 2
    return effects_table(f"effects{suffix}", shown, corrected=corrected, in_full=True, place="supplement")


def _standardised(context: Context, comparison: ComparisonResult, suffix: str) -> TableBlock:
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
    return table(f"standardised{suffix}", title, columns, rows, notes=notes, place="supplement")


def _estimated(estimate: Estimate) -> Cell:
    return Estimated(estimate.value, estimate.low, estimate.high, "score")


def _adjusted(context: Context, comparison: ComparisonResult, suffix: str) -> TableBlock:
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
                 notes=("Families are those of the plan.",), place="supplement")  # fmt: skip
