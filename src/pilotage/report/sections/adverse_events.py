"""Adverse reactions by arm, with how they were asked for; nought printed as nought."""

from __future__ import annotations

from pilotage.analysis.results import Reactions
from pilotage.formatting import counted
from pilotage.report.model.builders import group, numbers, table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock, TableRow
from pilotage.report.model.values import Cell, Estimated, NotCollected, Quantity
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.report.sections.disclosure import count_cells


def adverse_events(context: Context) -> Section:
    """Adverse reactions."""
    found = context.results.reactions
    if not found:
        return Section("safety", "Adverse reactions", (Paragraph("Adverse reactions: not collected."),))
    blocks: list[Block] = [Paragraph(reaction_sentence(context, r)) for r in found]
    asked = context.protocol.safety
    if asked:
        blocks.append(Paragraph(f"How reactions were asked for: {asked.asked}", "note"))
    return Section("safety", "Adverse reactions", (*blocks, _table(context)))


def reaction_sentence(context: Context, r: Reactions) -> str:
    """How many people of an arm reported a reaction, and how certain 'none serious' is."""
    arm = context.arm(r.arm)
    if not r.asked and not r.events:
        return f"{arm}: not asked about adverse reactions, so nothing is known."
    if r.people_with:
        share = f" ({number(r.people_with / r.people, 'share')})"
        sentence = (
            f"{arm}: {r.people_with} of {counted(r.people, 'person', 'people')}{share} reported an adverse reaction"
        )
    else:
        sentence = f"{arm}: none of {counted(r.people, 'person', 'people')} reported an adverse reaction"
    if r.serious:
        return f"{sentence}; {counted(r.serious, 'event')} {'was' if r.serious == 1 else 'were'} serious."
    bound = r.serious_upper.high if r.serious_upper else None
    upper = f" (a rate of up to {number(bound, 'share')} is compatible with that)" if bound is not None else ""
    return f"{sentence}; no event was serious{upper}."


def _table(context: Context) -> TableBlock:
    found = context.results.reactions
    columns = [text("what", ""), *(numbers(r.arm, context.arm(r.arm)) for r in found)]
    rows: list[TableRow] = [
        TableRow(("People", *(Quantity(r.people, "count") for r in found))),
        TableRow(("Events", *(_count(r, r.events) for r in found))),
        TableRow(("People with an event", *(_count(r, r.people_with) for r in found))),
        TableRow(("Share of people [95 %, exact]", *(_share(r) for r in found))),
        TableRow(("Serious events", *(_count(r, r.serious) for r in found))),
    ]
    for title, counts in (
        ("By kind", [r.by_kind for r in found]),
        ("By severity", [r.by_severity for r in found]),
        ("By how they came to be known", [r.by_ascertainment for r in found]),
        ("By relation to the programme", [r.by_relatedness for r in found]),
    ):
        rows += _breakdown(context, title, counts)
    notes = ["Events are counted whether or not they have to do with the programme."]
    if context.shared:
        notes.append(f"Within the breakdowns, counts below {context.small} are withheld.")
    return table("reactions", "Adverse reactions by arm", columns, rows, notes=notes, place="main")


def _count(r: Reactions, n: int) -> Cell:
    return Quantity(n, "count") if r.asked or r.events else NotCollected("not asked")


def _share(r: Reactions) -> Cell:
    if not r.asked and not r.events:
        return NotCollected("not asked")
    return Estimated(r.share.value, r.share.low, r.share.high, "share") if r.share else None


def _breakdown(context: Context, title: str, counts: list[dict[str, int | None]]) -> list[TableRow]:
    names = list(dict.fromkeys(name for arm in counts for name in arm))
    if not names:
        return []
    cells = [count_cells(arm, context.small) for arm in counts]
    arms = list(zip(context.results.reactions, cells, strict=True))
    return [
        group(title),
        *(TableRow((f"– {name}", *(arm.get(name, _count(r, 0)) for r, arm in arms))) for name in names),
    ]
