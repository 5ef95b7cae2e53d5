"""Who took part: the flow, Table 3 (professions), the baseline, and who was left out and why."""

from __future__ import annotations

from collections import Counter

from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.results import ArmFlow, Described
from pilotage.formatting import counted, listed, p_phrase, ranged
from pilotage.protocol.words import all_of
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Block, FlowBox, FlowFigure, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.values import Cell, Estimated, MeanSd, NotCollected, NumberKind, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.disclosure import count_cells, share_cells

UNKNOWN = "not reported"


def participants(context: Context) -> Section:
    """Return the section on participants: flow, professions and baseline."""
    blocks: list[Block] = [Paragraph(people_sentence(context)), _flow_figure(context), _flow_table(context)]
    professions = context.protocol.report.professions
    if professions:
        blocks.append(_professions(context, professions))
    if context.results.baseline:
        blocks += [_baseline(context), *(Paragraph(s) for s in _compared(context))]
    return Section("participants", "Participants", tuple(blocks))


def people_sentence(context: Context) -> str:
    """Say how many took part, by arm and group."""
    arms = []
    for arm in context.results.flow:
        groups = f", in groups of {listed([str(n) for n in arm.cohorts.values()])}" if len(arm.cohorts) > 1 else ""
        arms.append(f"{arm.in_study} in the arm {arm.label}{groups}")
    return f"{counted(sum(context.results.people.values()), 'person', 'people')} took part: {listed(arms)}."


def _flow_table(context: Context) -> TableBlock:
    columns = [text("stage", "Stage"), *(numbers(a.arm, a.label) for a in context.results.flow)]
    arms = context.results.flow
    rows: list[tuple[Cell, ...]] = [
        ("Approached", *(_count(a.approached) for a in arms)),
        *((f"– {stage}", *(_count(a.not_included.get(stage)) for a in arms)) for stage in _stages(arms)),
        ("Consented", *(_count(a.consented) for a in arms)),
        ("In the study", *(_count(a.in_study) for a in arms)),
    ]
    if any(a.course_recorded for a in arms):
        rows += [
            ("Left the course", *(_left(context, a, a.left_course, a.left_course_why) for a in arms)),
            ("Left the study", *(_left(context, a, a.left_study, a.left_study_why) for a in arms)),
        ]
    for assessment in context.protocol.assessments:
        cells = [_count(a.assessed[assessment.id]) if assessment.id in a.assessed else "not asked" for a in arms]
        rows.append((f"Answered: {assessment.label}", *cells))
    notes = ["Counts are from events; what was not recorded is said to be so, and is never nought."]
    return table("flow", "Participant flow", columns, rows, notes=notes, place="supplement")


def _stages(arms: tuple[ArmFlow, ...]) -> list[str]:
    return list(dict.fromkeys(stage for arm in arms for stage in arm.not_included))


def _count(n: int | None) -> Cell:
    return NotCollected() if n is None else Quantity(n, "count")


def _left(context: Context, arm: ArmFlow, total: int, why: dict[str, int | None]) -> Cell:
    if not arm.course_recorded:
        return NotCollected()
    if not total or context.shared:
        return Quantity(total, "count")
    return f"{total}: {'; '.join(f'{reason} ({n})' for reason, n in why.items())}"


def _flow_figure(context: Context) -> FlowFigure:
    arms = tuple((a.label, _boxes(context, a)) for a in context.results.flow)
    people = counted(sum(context.results.people.values()), "person", "people")
    alt = f"Participant flow of {people} in {counted(len(arms), 'arm')}; the numbers stand in the table below."
    return FlowFigure("flow-figure", "Participant flow", alt, (), arms, place="main")


def _boxes(context: Context, arm: ArmFlow) -> tuple[FlowBox, ...]:
    # Where a stage was not recorded the box says so: an empty one would read as zero.
    lost = tuple(f"{stage}: {_words(n)}" for stage, n in arm.not_included.items())
    boxes = [
        FlowBox((f"Approached: {_words(arm.approached)}",), lost),
        FlowBox((f"Consented: {_words(arm.consented)}", f"In the study: {arm.in_study}"), _leaving(arm)),
    ]
    boxes += [FlowBox((f"{context.assessment(a)}: {n}",)) for a, n in arm.assessed.items() if _whole(context, a)]
    analysed = [(c.label, _analysed(context, arm.arm, c.id)) for c in context.results.comparisons]
    if len(analysed) == 1:
        return (*boxes, FlowBox((f"Analysed: {analysed[0][1]}",)))
    return (*boxes, FlowBox(("Analysed", *(f"{label}: {n}" for label, n in analysed))))


def _whole(context: Context, assessment: str) -> bool:
    """Return whether outcomes are compared over an assessment; only those belong in the figure."""
    return any(assessment in c.assessments for c in context.results.comparisons)


def _words(n: int | None) -> str:
    return UNKNOWN if n is None else str(n)


def _leaving(arm: ArmFlow) -> tuple[str, ...]:
    if not arm.course_recorded:
        return ()
    return (f"left the course: {arm.left_course}", f"left the study: {arm.left_study}")


def _analysed(context: Context, arm: str, comparison: str) -> str:
    """Return the fewest and the most people of an arm analysed over the main outcomes."""
    compared = next(c for c in context.results.comparisons if c.id == comparison)
    sizes = sorted({a.n for o in compared.outcomes if o.role == "main" for a in o.arms if a.arm == arm})
    if not sizes:
        return "0"
    return ranged(sizes[0], sizes[-1])


def _professions(context: Context, item: str) -> TableBlock:
    described = {d.group: d for d in context.results.baseline if d.item == item}
    arms = [arm for arm in context.results.people if arm in described]
    columns = [text("profession", "Category"), *(numbers(a, f"{context.arm(a)} (n = {described[a].n})") for a in arms)]
    cells = {a: share_cells(described[a].counts, described[a].n, context.small) for a in arms}
    options = list(dict.fromkeys(option for a in arms for option in described[a].counts))
    rows = [(option, *(cells[a].get(option, Quantity(0, "count")) for a in arms)) for option in options]
    return table("table-3-professions", "Professional categories by arm", columns, rows or [("", NotCollected())],
                 notes=_withheld_note(context), place="main")  # fmt: skip


def _withheld_note(context: Context) -> tuple[str, ...]:
    if not context.shared:
        return ()
    return (f"Counts below {context.small}, and one more where the total would give them away, are withheld.",)


def _baseline(context: Context) -> TableBlock:
    groups = [*context.results.people, "all"] if len(context.results.people) > 1 else list(context.results.people)
    columns = [text("item", "Characteristic"), *(numbers(g, context.arm(g)) for g in groups)]
    by_item: dict[str, dict[str, Described]] = {}
    for described in context.results.baseline:
        by_item.setdefault(described.item, {})[described.group] = described
    rows = [row for item, by_group in by_item.items() if item != context.protocol.report.professions
            for row in _baseline_rows(context, by_group, groups)]  # fmt: skip
    notes = ("Means (SD), or numbers (per cent of those who answered). Differences between arms are not tested here.",)
    return table("baseline", "Baseline by arm", columns, rows, notes=(*notes, *_withheld_note(context)), place="main")


def _baseline_rows(context: Context, by_group: dict[str, Described], groups: list[str]) -> list[TableRow]:
    first = next(iter(by_group.values()))
    if not any(by_group[g].n for g in groups):
        return [TableRow((first.label, *(NotCollected() for _ in groups)))]
    if first.summary is not None:
        return _number_rows(context, by_group, groups)
    cells = {g: share_cells(by_group[g].counts, by_group[g].n, context.small) for g in groups}
    rows = [group(f"{first.label}"), *(TableRow((f"– {o}", *(cells[g][o] for g in groups))) for o in first.counts)]
    missing: tuple[Cell, ...] = tuple(Quantity(by_group[g].missing, "count") for g in groups)
    return [*rows, TableRow(("– no answer", *missing))] if any(by_group[g].missing for g in groups) else rows


def _number_rows(context: Context, by_group: dict[str, Described], groups: list[str]) -> list[TableRow]:
    first = next(iter(by_group.values()))
    kind: NumberKind = "years" if "years" in all_of(first.unit) else "score"
    described = [by_group[g].summary for g in groups]
    rows = [
        group(f"{first.label}{f' ({first.unit})' if first.unit else ''}"),
        TableRow(("– mean (SD)", *(MeanSd(s.mean, s.sd, kind) if s else None for s in described))),
        TableRow(("– median [quartiles]", *(_median(s, kind) for s in described))),
    ]
    if not context.shared:  # the smallest and the largest value are single persons
        rows.append(
            TableRow(
                ("– range", *(f"{number(s.low, kind)} to {number(s.high, kind)}" if s else None for s in described))
            )
        )
    if any(by_group[g].missing for g in groups):
        rows.append(TableRow(("– no answer", *(Quantity(by_group[g].missing, "count") for g in groups))))
    return rows


def _median(summary: NumberSummary | None, kind: NumberKind) -> Cell:
    if summary is None:
        return None
    low, high = summary.quartiles or (None, None)
    return Estimated(summary.median, low, high, kind)


def _compared(context: Context) -> list[str]:
    labels = {d.item: d.label for d in context.results.baseline}
    return [
        f"As the plan asks, the arms were compared on “{labels[c.item].rstrip('?')}”: "
        f"t({number(c.df, 'df')}) = {number(c.t, 'statistic')}, {p_phrase(c.p)}. "
        "A difference that is not significant does not show that the arms are alike."
        for c in context.results.baseline_compared
    ]


def exclusions(context: Context) -> Section:
    """Return the section on exclusions and their reasons: by code for analysts, by count for everyone else."""
    blocks: list[Block] = []
    for comparison in context.results.comparisons:
        rows: list[tuple[Cell, ...]] = []
        for outcome in comparison.outcomes:
            counts = Counter(e.reason for e in outcome.excluded)
            by_reason = {r: sorted(e.participant for e in outcome.excluded if e.reason == r) for r in counts}
            cells = count_cells(counts, context.small)
            for reason, people in by_reason.items():
                codes: tuple[Cell, ...] = () if context.shared else (" ".join(people),)
                rows.append((context.scale(outcome.scale), reason, cells[reason], *codes))
            if outcome.why_not:
                rows.append((context.scale(outcome.scale), outcome.why_not, "", *(() if context.shared else ("",))))
        if not rows:
            everyone = f"{comparison.label}: nobody was left out."
            blocks.append(Paragraph(everyone))
            continue
        columns = [text("outcome", "Outcome"), text("reason", "Reason"), numbers("people", "People")]
        columns += [] if context.shared else [text("codes", "Codes")]
        title = f"Left out of “{comparison.label}”"
        blocks.append(table(f"left-out-{comparison.id}", title, columns, rows, place="supplement"))
    return Section("left-out", "Who was left out, and why", tuple(blocks))
