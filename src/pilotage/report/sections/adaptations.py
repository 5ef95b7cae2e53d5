"""Sessions as they went, and the log of adaptations: canonical against delivered."""

from __future__ import annotations

from pilotage.analysis.delivery_results import Adaptations, SessionDelivered
from pilotage.formatting import counted, listed
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Quantity
from pilotage.report.sections.context import Context


def sessions_table(found: tuple[SessionDelivered, ...]) -> TableBlock:
    """Every session of every group: state, days, planned and actual minutes, and the reason of a departure."""
    columns = (text("cohort", "Group"), numbers("session", "Session"), text("state", "State"),
               text("planned_on", "Planned on"), text("held_on", "Held on"), numbers("planned", "Planned min"),
               numbers("minutes", "Actual min"), text("reason", "Reason"))  # fmt: skip
    rows: list[list[Cell]] = [
        [one.cohort, Quantity(one.session, "count"), one.state, one.planned_on, one.held_on,
         Quantity(one.planned_minutes, "count"), Quantity(one.minutes, "count"), one.reason]
        for one in found
    ]  # fmt: skip
    return table("sessions", "Sessions as they went", columns, rows, place="supplement")


def adapted(context: Context) -> Section | None:
    """The adaptation log; None where the study has no programme."""
    found = context.results.adaptations
    if found is None:
        return None
    blocks: list[Block] = [Paragraph(adapted_sentence(found))]
    if found.departures:
        blocks.append(_log(found))
    return Section("adapted", "Adaptations", tuple(blocks))


def adapted_sentence(found: Adaptations) -> str:
    """How many differences from the manual, how many departures, and what they touch."""
    ways = f"{counted(found.differences, 'way')}{_kinds(found.differences_by_core)}"
    manual = f"The programme differs from its manual in {ways}"
    if not found.recorded:
        return f"{manual}. Departures while the course ran were not collected."
    if not found.departures:
        return f"{manual}. No departure was noted while the course ran."
    ad_hoc = found.departures_by_planned.get("ad hoc", 0)
    ran = f"{counted(len(found.departures), 'departure')} while the course ran{_kinds(found.departures_by_core)}"
    return f"{manual}; the list stands with the programme. Noted were {ran}, {ad_hoc} of them ad hoc."


def _kinds(by_core: dict[str, int]) -> str:
    said = listed([f"{n} {kind}" for kind, n in by_core.items()])
    return f" ({said})" if said else ""


def _log(found: Adaptations) -> TableBlock:
    columns = (
        *(text("date", "Day"), text("cohort", "Group"), numbers("session", "Session"), text("kind", "Touches")),
        *(text("core", "Core or flexible"), text("planned", "Planned"), text("what", "What was done otherwise")),
    )
    rows = [
        (d.date, d.cohort, Quantity(d.session, "count"), d.kind, d.core, d.planned, d.description)
        for d in found.departures
    ]
    return table("departures", "Departures from the protocol while the course ran", columns, rows, place="supplement")
