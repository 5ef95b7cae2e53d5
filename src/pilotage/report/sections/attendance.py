"""Attendance as a sequence, and what people got: sessions, minutes, minutes of their own turns, partners."""

from __future__ import annotations

from collections.abc import Iterable

from pilotage.analysis.delivery_results import DeliveredDose, PersonDose
from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.dose import NOT_HELD
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, GridCell, GridFigure, GridPanel, Section, TableBlock, Tone
from pilotage.report.model.values import Cell, MeanSd, Quantity, ShareOf
from pilotage.report.model.wording import number
from pilotage.report.sections.context import Context
from pilotage.vocabulary import AttendanceStatus

MARKS: dict[AttendanceStatus, tuple[str, Tone]] = {
    AttendanceStatus.PRESENT: ("●", "middle"),
    AttendanceStatus.LATE: ("◑", "middle"),
    AttendanceStatus.LEFT_EARLY: ("◐", "middle"),
    AttendanceStatus.MADE_UP: ("+", "light"),
    AttendanceStatus.EXCUSED: ("○", "none"),
    AttendanceStatus.ABSENT: ("×", "gap"),
}
CELLS: dict[str, GridCell] = {
    **{status.value: GridCell(*mark, status.value) for status, mark in MARKS.items()},
    NOT_HELD: GridCell("", "none", NOT_HELD),
    "": GridCell("·", "none", "not on the course"),
}
TURNS = {
    "actual": "as long as the practice took, by the teachers' notes",
    "planned": "as long as the practice was planned to take",
}


def attendance_and_dose(context: Context) -> Section | None:
    """Return the section on attendance and dose; None where attendance was not collected."""
    results = context.results
    if not results.doses:
        return None
    blocks: list[Block] = []
    # One row a person: only for those who may see codes.
    if results.person_doses and not context.shared:
        blocks.append(_grid(results.person_doses))
    blocks += [_by_session(context), _dose(context, results.doses)]
    if results.person_doses and not context.shared:
        blocks.append(_people(results.person_doses))
    return Section("attended", "Attendance and dose", tuple(blocks))


def _grid(people: Iterable[PersonDose]) -> GridFigure:
    doses = list(people)
    cohorts = list(dict.fromkeys(dose.cohort for dose in doses))
    used = {status for dose in doses for status in dose.statuses}
    return GridFigure(
        "attendance-grid",
        "Who came to which session",
        alt="One row for each person, one column for each session; what stands in each cell is in the figure's table.",
        across="Session",
        down="Person",
        panels=tuple(_panel(cohort, [dose for dose in doses if dose.cohort == cohort]) for cohort in cohorts),
        key=tuple((cell, str(cell.meaning)) for status, cell in CELLS.items() if status in used),
        place="supplement",
    )


def _panel(cohort: str, people: list[PersonDose]) -> GridPanel:
    sessions = max((len(person.statuses) for person in people), default=0)
    rows = tuple((person.participant, tuple(CELLS.get(s, CELLS[""]) for s in person.statuses)) for person in people)
    return GridPanel(cohort, tuple(str(n) for n in range(1, sessions + 1)), rows)


def _by_session(context: Context) -> TableBlock:
    sessions = context.results.session_attendance
    cohorts = list(dict.fromkeys(session.cohort for session in sessions))
    came = {(session.cohort, session.session): ShareOf(session.came, session.expected) for session in sessions}
    columns = (numbers("session", "Session"), *(numbers(f"came_{n}", c) for n, c in enumerate(cohorts, 1)))
    rows = [
        [Quantity(n, "count"), *(came.get((cohort, n), "not held") for cohort in cohorts)]
        for n in sorted({session.session for session in sessions})
    ]
    notes = ("Of those on the course at the time. Someone who made up a session elsewhere counts as having come.",)
    return table("attendance-by-group", "Came to each session, by group", columns, rows, notes, place="supplement")


def _dose(context: Context, doses: Iterable[DeliveredDose]) -> TableBlock:
    columns = (text("arm", "Arm"), text("what", "What people got"), numbers("n", "n"), numbers("mean", "Mean (SD)"),
               numbers("median", "Median"), numbers("quartiles", "Quartiles"))  # fmt: skip
    rows = [[context.arm(dose.arm), *cells] for dose in doses for cells in _rows(dose)]
    turns = next((TURNS[dose.turns_from] for dose in doses if dose.turns_from), "")
    spoken = (
        f"Minutes spoken are of one's own turns: each division takes {turns}, and each round is as long as another, "
    )
    notes = (f"{spoken}so that turns in a triad are shorter.",) if turns else ()
    return table("delivered-dose", "Dose", columns, rows, notes, place="supplement")


def _rows(dose: DeliveredDose) -> list[list[Cell]]:
    parts = (("Sessions", dose.sessions), ("Minutes present", dose.minutes),
             ("Minutes spoken in pairs", dose.minutes_spoken), ("Partners met", dose.partners))  # fmt: skip
    return [[name, *_cells(summary)] for name, summary in parts if summary is not None]


def _cells(summary: NumberSummary) -> tuple[Cell, ...]:
    low, high = summary.quartiles or (None, None)
    quartiles = f"{_minutes(low)} to {_minutes(high)}" if summary.quartiles else None
    return (
        Quantity(summary.n, "count"),
        MeanSd(summary.mean, summary.sd, "minutes"),
        Quantity(summary.median, "minutes"),
        quartiles,
    )


def _minutes(value: float | None) -> str:
    return number(value, "minutes")


def _people(people: Iterable[PersonDose]) -> TableBlock:
    columns = (
        *(text("person", "Person"), text("cohort", "Group"), numbers("sessions", "Sessions")),
        *(numbers("minutes", "Minutes"), numbers("spoken", "Minutes spoken"), numbers("partners", "Partners")),
    )
    rows: list[list[Cell]] = [
        [person.participant, person.cohort, Quantity(person.sessions, "count"), Quantity(person.minutes, "count"),
         Quantity(person.minutes_spoken, "minutes"), Quantity(person.partners, "count")]
        for person in people
    ]  # fmt: skip
    return table("dose-people", "Dose by person", columns, rows, place="supplement")
