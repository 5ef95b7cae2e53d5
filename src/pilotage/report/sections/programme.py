"""The programme: Table 1 (curriculum), Table 2 (an average session), and what differs from the manual."""

from __future__ import annotations

from pilotage.formatting import counted
from pilotage.protocol.programme import Programme, Shape
from pilotage.protocol.words import say
from pilotage.report.model.document import Block, Bullets, Paragraph, Section
from pilotage.report.sections.context import Context
from pilotage.report.tables.programme import adaptations, average_session, curriculum
from pilotage.yaml_file import Unknown


def programme(context: Context) -> Section | None:
    """Return the section on the programme, in its manual and as delivered; None where the study has none."""
    plan = context.protocol.programme
    if plan is None:
        return None
    blocks: list[Block] = [
        Paragraph(say(plan.describe)),
        Paragraph(_shapes(plan)),
        curriculum(context.protocol, plan, "table-1-curriculum", "supplement"),
    ]
    if plan.blocks:
        blocks.append(average_session(plan, "table-2-average-session", "supplement"))
    blocks += [Bullets(_rounds(plan)), _differences(plan)]
    return Section("programme", "The programme", tuple(blocks))


def _shapes(plan: Programme) -> str:
    canonical, delivered = _shape(plan.canonical), _shape(plan.delivered)
    day = plan.canonical.practice_day
    extra = f" and a practice day of {day.minutes} minutes after session {day.after}" if day else ""
    manual = f"The manual ({plan.manual.authors} {plan.manual.year}) has {canonical}{extra}"
    return f"{manual}; this study delivered {delivered}."


def _shape(shape: Shape) -> str:
    sessions = counted(shape.sessions, "session")
    return sessions if isinstance(shape.minutes, Unknown) else f"{sessions} of {shape.minutes} minutes"


def _rounds(plan: Programme) -> tuple[str, ...]:
    return tuple(
        f"{name.capitalize()}: {'; then '.join(f'{r.who} {r.does}' for r in turns)}."
        for name, turns in plan.rounds.items()
    )


def _differences(plan: Programme) -> Block:
    if not plan.difference:
        return Paragraph("No difference between the manual and the programme delivered is recorded.")
    return adaptations(plan, "adaptations", "supplement")
