"""Sessions as they went, and the log of adaptations: canonical against delivered."""

from __future__ import annotations

from pilotage.analysis.delivery_results import Adaptations, SessionDelivery
from pilotage.formatting import counted, listed
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Quantity
from pilotage.report.sections.context import Context
from pilotage.vocabulary import DeviationPlanning


def sessions_table(sessions: tuple[SessionDelivery, ...]) -> TableBlock:
    """Build the table of every session of every group: state, days, minutes, and the reason of a departure."""
    columns = (text("cohort", "Group"), numbers("session", "Session"), text("state", "State"),
               text("planned_on", "Planned on"), text("held_on", "Held on"), numbers("planned", "Planned min"),
               numbers("minutes", "Actual min"), text("reason", "Reason"))  # fmt: skip
    rows: list[list[Cell]] = [
        [session.cohort, Quantity(session.session, "count"), session.state, session.planned_on, session.held_on,
         Quantity(session.planned_minutes, "count"), Quantity(session.minutes, "count"), session.reason]
        for session in sessions
    ]  # fmt: skip
    return table("sessions", "Sessions as they went", columns, rows, place="supplement")


def adaptations(context: Context) -> Section | None:
    """Return the section on adaptations; None where the study has no programme."""
    log = context.results.adaptations
    if log is None:
        return None
    blocks: list[Block] = [Paragraph(adaptations_sentence(log))]
    if log.departures:
        blocks.append(_log(log))
    return Section("adapted", "Adaptations", tuple(blocks))


def adaptations_sentence(log: Adaptations) -> str:
    """Say how many differences from the manual, how many departures, and what they touch."""
    ways = f"{counted(log.differences, 'way')}{_kinds(log.differences_by_core)}"
    manual = f"The programme differs from its manual in {ways}"
    if not log.recorded:
        return f"{manual}. Departures while the course ran were not collected."
    if not log.departures:
        return f"{manual}. No departure was noted while the course ran."
    ad_hoc = log.departures_by_planned.get(DeviationPlanning.AD_HOC, 0)
    ran = f"{counted(len(log.departures), 'departure')} while the course ran{_kinds(log.departures_by_core)}"
    return f"{manual}; the list stands with the programme. Noted were {ran}, {ad_hoc} of them ad hoc."


def _kinds(by_core: dict[str, int]) -> str:
    kinds = listed([f"{n} {kind}" for kind, n in by_core.items()])
    return f" ({kinds})" if kinds else ""


def _log(log: Adaptations) -> TableBlock:
    columns = (
        *(text("date", "Day"), text("cohort", "Group"), numbers("session", "Session"), text("kind", "Touches")),
        *(text("core", "Core or flexible"), text("planned", "Planned"), text("what", "What was done otherwise")),
    )
    rows = [
        (d.date, d.cohort, Quantity(d.session, "count"), d.kind, d.core, d.planned, d.description)
        for d in log.departures
    ]
    return table("departures", "Departures from the protocol while the course ran", columns, rows, place="supplement")
