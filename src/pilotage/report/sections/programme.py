"""The programme: Table 1 (curriculum), Table 2 (an average session), and what differs from the manual."""

from __future__ import annotations

from pilotage.protocol.programme import Programme, Session, Shape
from pilotage.protocol.words import say
from pilotage.report.context import Context
from pilotage.report.document import Block, Bullets, Paragraph, Section, Table
from pilotage.report.sections.building import numbers, table, text
from pilotage.report.values import Quantity
from pilotage.report.wording import counted, listed
from pilotage.yaml_file import Unknown

MINUTES_ARE = {
    "published": "The minutes are published.",
    "ours": "The minutes are ours: none are published; a site sets its own.",
    "the site's": "The minutes are the site's.",
}


def programme(context: Context) -> Section | None:
    """The programme as its manual has it and as it was delivered; None where the study has none."""
    plan = context.protocol.programme
    if plan is None:
        return None
    blocks: list[Block] = [Paragraph(say(plan.describe)), Paragraph(_shapes(plan)), _curriculum(context, plan)]
    if plan.blocks:
        blocks.append(_average_session(plan))
    rounds = tuple(
        f"{name.capitalize()}: {'; then '.join(f'{r.who} {r.does}' for r in turns)}."
        for name, turns in plan.rounds.items()
    )
    return Section("programme", "The programme", (*blocks, Bullets(rounds), _differences(plan)))


def _shapes(plan: Programme) -> str:
    canonical, delivered = _shape(plan.canonical), _shape(plan.delivered)
    day = plan.canonical.practice_day
    extra = f" and a practice day of {day.minutes} minutes after session {day.after}" if day else ""
    manual = f"The manual ({plan.manual.authors} {plan.manual.year}) has {canonical}{extra}"
    return f"{manual}; this study delivered {delivered}."


def _shape(shape: Shape) -> str:
    sessions = counted(shape.sessions, "session")
    return sessions if isinstance(shape.minutes, Unknown) else f"{sessions} of {shape.minutes} minutes"


def known(value: str | Unknown | None) -> str:
    """What is known, or why it is not."""
    if isinstance(value, Unknown):
        return f"not known: {value.unknown}"
    return str(value or "")


def _curriculum(context: Context, plan: Programme) -> Table:
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
            s.replaces or (Quantity(s.canonical, "count") if s.canonical else ""),
            _guidelines(context, s),
            known(s.theme),
            s.contemplations.unknown and "not known"
            if isinstance(s.contemplations, Unknown)
            else "; ".join(s.contemplations),
        )
        for s in plan.sessions
    ]
    notes = (f"Guidelines: {listed([_term(context, g) for g in plan.guidelines])}.",) if plan.guidelines else ()
    return table("table-1-curriculum", "Guidelines, themes and contemplations by session", columns, rows,
                 notes=notes, number="1")  # fmt: skip


def _guidelines(context: Context, session: Session) -> str:
    if isinstance(session.guidelines, Unknown):
        return "not known"
    if session.guidelines == "all":
        return "all"
    return "; ".join(_term(context, g) for g in session.guidelines)


def _term(context: Context, guideline: str) -> str:
    """The guideline's name in the version of the manual that the study used."""
    plan = context.protocol.programme
    term = next((t for t in context.protocol.terms if t.id == guideline), None)
    said = term.by_version.get(plan.manual.id) if term and plan else None
    return said if isinstance(said, str) else guideline.replace("-", " ")


def _average_session(plan: Programme) -> Table:
    columns = (text("block", "Block"), text("form", "Form"), numbers("minutes", "Minutes"), text("what", "What"))
    rows = [
        (
            b.label + (" (optional)" if b.optional else "") + (" (the main part)" if b.main else ""),
            b.in_,
            Quantity(b.minutes, "count"),
            say(b.describe),
        )
        for b in plan.blocks
    ]
    return table("table-2-average-session", "An average session", columns, rows,
                 notes=(MINUTES_ARE[plan.block_minutes_are],), number="2")  # fmt: skip


def _differences(plan: Programme) -> Table | Paragraph:
    if not plan.difference:
        return Paragraph("No difference between the manual and the programme delivered is recorded.")
    columns = (text("what", "What differs"), text("why", "Why"), text("by", "By whom"), text("when", "When"),
               text("kind", "Part"), text("planned", "Planned"))  # fmt: skip
    rows = [
        (a.what, known(a.why), _short(a.by), _short(a.on), _short(a.kind), _yes_no(a.planned)) for a in plan.difference
    ]
    return table(
        "adaptations", "Differences between the manual and the programme delivered", columns, rows, number="A1"
    )


def _short(value: object) -> str:
    return "not known" if isinstance(value, Unknown) else str(value)


def _yes_no(value: bool | Unknown) -> str:
    return "not known" if isinstance(value, Unknown) else ("yes" if value else "no")
