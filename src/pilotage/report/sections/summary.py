"""The first page: what was studied, what was found, what it cannot tell."""

from __future__ import annotations

from pilotage.formatting import counted, listed
from pilotage.report.model.document import Block, Bullets, Paragraph, Section
from pilotage.report.model.wording import number
from pilotage.report.sections.adverse_events import adverse_events_sentence
from pilotage.report.sections.context import Context
from pilotage.report.sections.delivery import attendance_sentence, practice_sentence, sessions_sentence
from pilotage.report.sections.feasibility import lights_sentence
from pilotage.report.sections.outcomes import allocation_sentence
from pilotage.report.sections.participants import people_sentence


def summary(context: Context) -> Section:
    """Return the section that can be read alone."""
    results = context.results
    points = [people_sentence(context), *(attendance_sentence(context, a) for a in results.attendance)]
    if context.protocol.programme:
        points.append(sessions_sentence(results.sessions, results.sessions_delivered))
    points += [practice_sentence(context, p) for p in results.practice]
    if context.protocol.feasibility:
        points.append(lights_sentence(context))
    points += [main_sentence(context), *(adverse_events_sentence(context, r) for r in results.reactions)]
    study = context.protocol.study
    aim = " ".join(study.aim.split())
    blocks: list[Block] = [
        Paragraph(f"Design: {study.design}. {aim}"),
        Bullets(tuple(points)),
        Paragraph(allocation_sentence(context), "note"),
    ]
    return Section("summary", "Summary", tuple(blocks))


def main_sentence(context: Context) -> str:
    """Say which main outcomes changed differently between the arms, unadjusted, in the plan's direction."""
    limit = context.protocol.analysis.significance
    tested = context.tested("main")
    if not tested:
        return "No main outcome could be compared."
    shown = [o for o in tested if o.time_by_group and o.time_by_group.p < limit]
    rest = [o.label.lower() for o in tested if o not in shown]
    total = counted(len(tested), "main outcome")
    unadjusted = f"p < {number(limit, 'coefficient')}, unadjusted"
    if not shown:
        return f"Of {total}, none changed differently between the arms beyond chance ({unadjusted})."
    named = [o.label.lower() + (f" (in favour of {context.arm(o.favours)})" if o.favours else "") for o in shown]
    others = f"; {listed(rest)} did not" if rest else ""
    return f"Of {total}, {listed(named)} changed differently between the arms ({unadjusted}){others}."
