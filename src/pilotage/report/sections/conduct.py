"""Who did and saw what: roles, what was taken out, and every change of the plan after it was locked."""

from __future__ import annotations

from pilotage.analysis.results import ConductEntry
from pilotage.formatting import counted, listed
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock
from pilotage.report.sections.context import Context
from pilotage.vocabulary import ConductKind


def conduct(context: Context) -> Section | None:
    """Return the section on who held which role and did what with the data; None where that was not recorded."""
    if "conduct" in context.results.not_collected:
        return None
    entries = context.results.conduct
    blocks: list[Block] = [
        Paragraph("People of the team are named by role and number. What they did is taken from the study's own log."),
        Paragraph(_roles_sentence(entries)),
        Paragraph(_plan_sentence(entries)),
    ]
    changes = [entry for entry in entries if entry.kind == ConductKind.PLAN_CHANGED]
    if changes:
        blocks.append(_changes(changes))
    blocks += [Paragraph(_seen_sentence(entries)), _everything(entries)]
    return Section("conduct", "Who did and saw what", tuple(blocks))


def _roles_sentence(entries: tuple[ConductEntry, ...]) -> str:
    together = [entry for entry in entries if entry.kind == ConductKind.TWO_ROLES]
    if not together:
        return "Nobody held two roles."
    pairs = [f"{e.who} were one person ({e.reason or 'no reason given'})" for e in together]
    return f"{listed(pairs)}."


def _plan_sentence(entries: tuple[ConductEntry, ...]) -> str:
    locked = next((entry for entry in entries if entry.kind == ConductKind.PLAN_LOCKED), None)
    if locked is None:
        return "The analysis plan has not been locked."
    changes = sum(entry.kind == ConductKind.PLAN_CHANGED for entry in entries)
    start = f"The analysis plan was locked on {locked.date} ({locked.what})"
    if not changes:
        return f"{start}, and has not changed since."
    return f"{start}. It was changed {counted(changes, 'time')} after that; each change is a deviation."


def _seen_sentence(entries: tuple[ConductEntry, ...]) -> str:
    first = next((entry for entry in entries if entry.kind == ConductKind.TEACHERS_SAW_RESULTS), None)
    released = next((entry for entry in entries if entry.kind == ConductKind.REPORT_RELEASED), None)
    if first is not None:
        return f"A teacher first saw results on {first.date}, after their release."
    if released is not None:
        return f"Results were released to teachers and coordinators on {released.date}; no teacher had seen them then."
    return "When these data were frozen, no results had been shown to any teacher."


def _changes(changes: list[ConductEntry]) -> TableBlock:
    columns = (text("date", "Day"), text("what", "Change"), text("reason", "Reason"), text("who", "By"))
    rows = [(e.date, e.what, e.reason or "none given", e.who) for e in changes]
    return table(
        "plan-changes",
        "Deviations: changes of the analysis plan after it was locked",
        columns,
        rows,
        place="supplement",
    )


def _everything(entries: tuple[ConductEntry, ...]) -> TableBlock:
    columns = (
        text("date", "Day"),
        text("kind", "What kind"),
        text("who", "Who"),
        text("what", "What"),
        text("reason", "Reason"),
    )
    rows = [(e.date, e.kind, e.who, e.what, e.reason) for e in entries]
    notes = ("What was taken out after these data were frozen stands in the study's log, and in later copies.",)
    return table("conduct", "Roles, and what was done with the data", columns, rows, notes=notes, place="supplement")
