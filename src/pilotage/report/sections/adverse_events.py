"""Adverse events by arm, with how they were asked for; zero is printed as zero, and only where people were asked."""

from __future__ import annotations

from pilotage.analysis.results import AdverseEvents
from pilotage.formatting import counted, plural
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.values import Cell, Estimated, NotCollected, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.disclosure import count_cells

TITLE = "Adverse events"


def adverse_events(context: Context) -> Section:
    """Return the section on adverse events, related to the programme or not, of every arm."""
    arms = context.results.reactions
    if not arms:
        return Section("safety", TITLE, (Paragraph("Adverse events: not collected."),))
    blocks: list[Block] = [Paragraph(adverse_events_sentence(context, arm)) for arm in arms]
    plan = context.protocol.safety
    if plan:
        blocks.append(Paragraph(f"How adverse events were asked for: {plan.how_asked}", "note"))
    return Section("safety", TITLE, (*blocks, _table(context)))


def adverse_events_sentence(context: Context, arm: AdverseEvents) -> str:
    """Return how many people of an arm reported an adverse event, and how certain it is that none was serious."""
    label = context.arm(arm.arm)
    if not arm.asked and not arm.events:
        return f"{label}: not asked about adverse events, so nothing is known."
    people = counted(arm.people, "person", "people")
    if arm.people_with:
        share = number(arm.people_with / arm.people, "share")
        sentence = f"{label}: {arm.people_with} of {people} ({share}) reported an adverse event"
    else:
        sentence = f"{label}: none of {people} reported an adverse event"
    if arm.serious or arm.seriousness_not_judged:
        return f"{sentence}; {_seriousness(arm)}."
    bound = arm.serious_upper.high if arm.serious_upper else None
    upper = f" (a rate of up to {number(bound, 'share')} is compatible with that)" if bound is not None else ""
    return f"{sentence}; no event was serious{upper}."


def _seriousness(arm: AdverseEvents) -> str:
    """Return how many events were serious, where some were or some have not been judged."""
    serious = f"{counted(arm.serious, 'event')} {plural(arm.serious, 'was', 'were')} serious"
    if not arm.seriousness_not_judged:
        return serious
    not_judged = (
        f"the seriousness of {arm.seriousness_not_judged} of {counted(arm.events, 'event')} has not been judged"
    )
    return f"{serious}, and {not_judged}" if arm.serious else not_judged


def _table(context: Context) -> TableBlock:
    arms = context.results.reactions
    columns = [text("what", ""), *(numbers(arm.arm, context.arm(arm.arm)) for arm in arms)]
    rows: list[TableRow] = [
        TableRow(("People", *(Quantity(arm.people, "count") for arm in arms))),
        TableRow(("Events", *(_count(arm, arm.events) for arm in arms))),
        TableRow(("People with an event", *(_count(arm, arm.people_with) for arm in arms))),
        TableRow(("Share of people [95 %, exact]", *(_share(arm) for arm in arms))),
        TableRow(("Serious events", *(_count(arm, arm.serious) for arm in arms))),
    ]
    if any(arm.seriousness_not_judged for arm in arms):
        cells = (_count(arm, arm.seriousness_not_judged) for arm in arms)
        rows.append(TableRow(("Events whose seriousness has not been judged", *cells)))
    for title, counts in (
        ("By kind", [arm.by_kind for arm in arms]),
        ("By severity", [arm.by_severity for arm in arms]),
        ("By how they came to be known", [arm.by_ascertainment for arm in arms]),
        ("By relation to the programme", [arm.by_relatedness for arm in arms]),
    ):
        rows += _breakdown(context, title, counts)
    notes = ["Events are counted whether or not they have to do with the programme."]
    if context.shared:
        notes.append(f"Within the breakdowns, counts below {context.small} are withheld.")
    return table("reactions", "Adverse events by arm", columns, rows, notes=notes, place="main")


def _count(arm: AdverseEvents, n: int) -> Cell:
    return Quantity(n, "count") if arm.asked or arm.events else NotCollected("not asked")


def _share(arm: AdverseEvents) -> Cell:
    if not arm.asked and not arm.events:
        return NotCollected("not asked")
    return Estimated(arm.share.value, arm.share.low, arm.share.high, "share") if arm.share else None


def _breakdown(context: Context, title: str, counts: list[dict[str, int | None]]) -> list[TableRow]:
    names = list(dict.fromkeys(name for by_name in counts for name in by_name))
    if not names:
        return []
    cells = [count_cells(by_name, context.small) for by_name in counts]
    columns = list(zip(context.results.reactions, cells, strict=True))
    rows = [TableRow((f"– {name}", *(by_name.get(name, _count(arm, 0)) for arm, by_name in columns))) for name in names]
    return [group(title), *rows]
