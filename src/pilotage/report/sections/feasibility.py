"""The feasibility matrix, the domains without numbers, and the evaluation form item by item."""

from __future__ import annotations

from pilotage.analysis.results import Described, DomainResult, IndicatorResult
from pilotage.formatting import counted, listed, sentence
from pilotage.protocol.words import in_minutes
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.values import (
    Cell,
    Estimated,
    LightCell,
    MeanSd,
    NotCollected,
    NumberKind,
    Quantity,
    ShareOf,
    Suppressed,
)
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.disclosure import count_cells
from pilotage.vocabulary import JUDGED_LIGHTS, Light

NO_BREAK = "\N{NO-BREAK SPACE}"


def feasibility(context: Context) -> Section | None:
    """Return the section on feasibility by domain; None where the protocol judges none."""
    plan = context.protocol.feasibility
    if plan is None:
        return None
    blocks: list[Block] = [
        Paragraph(f"Feasibility is judged in the areas of {plan.framework}. {lights_sentence(context)}"),
        Paragraph(plan.criteria_are, "note"),
        _matrix(context),
        *_unmeasured(context),
    ]
    if context.results.forms:
        blocks.append(_evaluation(context))
    blocks += learned(context)
    return Section("feasibility", "Feasibility", tuple(b for b in blocks if not isinstance(b, Paragraph) or b.text))


def lights_sentence(context: Context) -> str:
    """Say how many criteria are green, amber and red; which are not green, by name."""
    judged = [i for d in context.results.feasibility for i in d.indicators if i.green]
    known = [i for i in judged if not i.not_judged]
    if not known:
        return "No criterion could be judged from these data."
    by_light = {light: [i for i in known if i.light == light] for light in JUDGED_LIGHTS}
    counts = listed(f"{len(by_light[light])} {light}" for light in by_light if by_light[light])
    lights = f"Of {counted(len(known), 'criterion', 'criteria')} with data, {counts}"
    below = [f"{i.label} ({i.light})" for light in (Light.AMBER, Light.RED) for i in by_light[light]]
    missing = [f"{i.label} ({i.not_collected})" for i in judged if i.not_judged]
    lights += f"; not green: {listed(below)}." if below else "."
    return lights + (
        f" {counted(len(missing), 'criterion', 'criteria')} could not be judged: {listed(missing)}." if missing else ""
    )


def _matrix(context: Context) -> TableBlock:
    columns = (
        text("indicator", "Indicator"),
        text("denominator", "Of whom or what"),
        numbers("n", "n/N"),
        numbers("estimate", "Estimate [95 %]"),
        text("method", "Interval"),
        text("criterion", "Criterion"),
        text("light", "Light"),
        numbers("p_green", "P(green)"),
    )
    rows = [row for domain in context.results.feasibility if domain.indicators for row in _domain(domain)]
    return table("feasibility", "Feasibility matrix", columns, rows, notes=_matrix_notes(context), place="main")


def _domain(domain: DomainResult) -> list[TableRow]:
    return [group(domain.label), *(_indicator(i) for i in domain.indicators)]


def _indicator(i: IndicatorResult) -> TableRow:
    if i.not_collected or i.estimate is None:
        missing: tuple[Cell, ...] = (NotCollected(), NotCollected(i.not_collected), "")
        return TableRow((i.label, i.denominator, *missing, _criterion(i), LightCell(Light.NONE), None))
    estimate = Estimated(i.estimate.value, i.estimate.low, i.estimate.high, i.kind)
    size: Cell = f"{i.n}/{i.of}" if i.measure == "share" and i.of else Quantity(i.n, "count")
    certainty = Quantity(i.p_green, "probability") if i.p_green is not None else None
    return TableRow((i.label, i.denominator, size, estimate, _method(i), _criterion(i), LightCell(i.light), certainty))


def _criterion(i: IndicatorResult) -> str:
    if not i.green:
        return "none set"
    limits = (f"{name} {limit}".replace(" ", NO_BREAK) for name, limit in (("green", i.green), ("red", i.red)))
    return ", ".join(limits).replace(">=", "≥").replace("<=", "≤")


def _method(i: IndicatorResult) -> str:
    if i.estimate is None or i.estimate.low is None:
        return "none"
    return "exact" if i.measure == "share" else "t"


def _matrix_notes(context: Context) -> list[str]:
    indicators = [i for d in context.results.feasibility for i in d.indicators]
    notes = [
        "Intervals: exact (Clopper-Pearson) for shares, t for means. P(green): the posterior probability that the true "
        "value is on the green side, with Jeffreys' prior for shares and the t posterior for means. "
        "The light is that of the estimate alone.",
    ]
    setters = sorted({f"{i.set_by} on {i.set_on}" for i in indicators if i.set_by})
    if setters:
        notes.append(f"Criteria set by {listed(setters)}.")
    notes += [f"{i.label}: {i.why}." for i in indicators if i.why]
    if context.shared:
        notes.append("Numerators are not withheld here: they are what the criteria judge.")
    return notes


def _unmeasured(context: Context) -> list[Block]:
    """Return the domains without an indicator, with the reason, and what the protocol says in words."""
    blocks: list[Block] = []
    points = []
    for d in context.results.feasibility:
        if d.status != "assessed" and d.why:
            points.append(f"{d.label}: {d.status}. {sentence(d.why)}")
        points += [f"{d.label}: {evidence}" for evidence in d.evidence]
    if points:
        blocks.append(Bullets(tuple(points)))
    return blocks


def _evaluation(context: Context) -> TableBlock:
    columns = (
        text("item", "Question"),
        numbers("n", "Answered"),
        numbers("answer", "Answer"),
        numbers("range", "Range"),
    )
    titles = {a.id: a.label for a in context.protocol.assessments}
    rows: list[TableRow] = []
    for assessment in dict.fromkeys(d.group for d in context.results.forms):
        rows.append(group(titles[assessment]))
        rows += [row for d in context.results.forms if d.group == assessment for row in _answer(d)]
    notes = ("Each question has its own denominator: the forms on which it was answered.",)
    return table("forms", "Answers to the study's own forms", columns, rows, notes=notes, place="supplement")


def _answer(d: Described) -> list[TableRow]:
    size: Cell = f"{d.n}/{d.n + d.missing}"
    if d.summary is not None:
        if not d.n:
            return [TableRow((d.label, size, NotCollected(), ""))]
        kind: NumberKind = "minutes" if in_minutes(d.unit) else "grade"
        limits = f"{number(d.summary.low, kind)} to {number(d.summary.high, kind)}"
        unit = f" ({d.unit})" if d.unit else ""
        return [TableRow((d.label + unit, size, MeanSd(d.summary.mean, d.summary.sd, kind), limits))]
    if not d.counts:
        return []
    rows = [TableRow((d.label, size, "", ""))]
    return rows + [TableRow((f"– {option}", "", ShareOf(n or 0, d.n), "")) for option, n in d.counts.items() if d.n]


def learned(context: Context) -> list[Block]:
    """Return the table of what people learned, where the protocol names the item."""
    item = context.protocol.report.learned
    return [_codes(context, item, "table-4-learned", "What participants learned")] if item else []


def comments(context: Context) -> Section | None:
    """Return the section on comments: what people missed, and the codes of others; None where nobody was asked."""
    settings = context.protocol.report
    blocks: list[Block] = []
    if settings.missed:
        blocks.append(_codes(context, settings.missed, "table-6-missed", "Topics that participants missed"))
    for coded in context.results.comments:
        if coded.comments and coded.item not in (settings.missed, settings.learned):
            blocks.append(_codes(context, coded.item, f"comments-{coded.item.replace('.', '-')}", ""))
    return Section("comments", "Comments", tuple(blocks)) if blocks else None


def _codes(context: Context, item: str, table_id: str, title: str) -> TableBlock:
    coded = next((c for c in context.results.comments if c.item == item), None)
    cells = count_cells(coded.by_code, context.small) if coded else {}
    rows: list[tuple[Cell, ...]] = list(cells.items()) or [("No coded comments", NotCollected())]
    columns = (text("code", "Code given by readers"), numbers("comments", "Times given"))
    notes = []
    if coded:
        comments = f"{counted(coded.comments, 'comment')} on {counted(coded.forms, 'form')}"
        notes.append(f"{comments}; a comment may have several codes.")
    if any(isinstance(cell, Suppressed) for cell in cells.values()):
        notes.append(f"Counts below {context.small} are withheld, for they could point to a person.")
    heading = title or (f"Comments: {coded.label}" if coded else item)
    return table(table_id, heading, columns, rows, notes=notes, place="supplement")
