"""The programme as tables: its sessions, an average one, and what differs from the manual."""

from __future__ import annotations

from pilotage.formatting import listed, sentence
from pilotage.protocol.programme import Programme, SessionPlan
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Place, TableBlock
from pilotage.report.model.protocol_labels import briefly, known, term
from pilotage.report.model.values import Cell, Quantity

MINUTES_ARE = {
    "published": "The minutes are published.",
    "ours": "The minutes are proposals of Pilotage: none are published, and a site sets its own.",
    "the site's": "The minutes are the site's.",
}


def curriculum(protocol: Protocol, plan: Programme, table_id: str, place: Place = "main") -> TableBlock:
    """Build the table of sessions, with the number each has here and in the manual."""
    columns = (
        numbers("session", "Session"),
        numbers("canonical", "In the manual"),
        text("guidelines", "Guidelines"),
        text("theme", "Theme"),
        text("contemplations", "Contemplations"),
    )
    rows = [
        (
            Quantity(s.delivered, "count"),
            _canonical(s),
            _guidelines(protocol, s),
            briefly(s.theme),
            briefly(s.contemplations),
        )
        for s in plan.sessions
    ]
    notes = [f"Guidelines: {listed([term(protocol, g) for g in plan.guidelines])}." if plan.guidelines else ""]
    notes += [sentence(f"Session {s.delivered}: {s.note}") for s in plan.sessions if s.note]
    return table(table_id, "Guidelines, themes and contemplations by session", columns, rows, notes, place=place)


def _canonical(session: SessionPlan) -> Cell:
    if session.canonical:
        return Quantity(session.canonical, "count")
    return f"(in place of the {session.replaces})" if session.replaces else "none"


def _guidelines(protocol: Protocol, session: SessionPlan) -> str:
    if isinstance(session.guidelines, list):
        return "; ".join(term(protocol, g) for g in session.guidelines)
    return briefly(session.guidelines)


def average_session(plan: Programme, table_id: str, place: Place = "main") -> TableBlock:
    """Build the table of an average session's parts, with the source of their minutes."""
    columns = (text("block", "Part"), text("form", "Form"), numbers("minutes", "Minutes"), text("what", "What happens"))
    rows = [
        (
            f"{b.label}{' (main part)' if b.main else ''}{' (optional)' if b.optional else ''}",
            b.in_,
            Quantity(b.minutes, "count"),
            say(b.describe),
        )
        for b in plan.blocks
    ]
    total = f"Together {sum(block.minutes for block in plan.blocks)} minutes."
    notes = [MINUTES_ARE[plan.block_minutes_are], total]
    return table(table_id, "An average session", columns, rows, notes, place=place)


def adaptations(plan: Programme, table_id: str, place: Place = "main") -> TableBlock:
    """Build the table of differences from the manual, as FRAME asks: what, why, who, when, core, planned."""
    columns = (
        text("what", "What differs"),
        text("why", "Why"),
        text("by", "By whom"),
        text("on", "When"),
        text("kind", "Core or flexible"),
        text("planned", "Planned"),
    )
    rows = [
        (a.what, known(a.why), briefly(a.by), briefly(a.on), briefly(a.kind), briefly(a.planned))
        for a in plan.difference
    ]
    title = "Differences between the manual and the programme delivered"
    return table(table_id, title, columns, rows, place=place)
