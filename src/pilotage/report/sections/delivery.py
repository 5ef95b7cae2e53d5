"""What was delivered and taken up: sessions, attendance, home practice, and practice against change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pilotage.analysis.delivery_results import SessionDelivery
from pilotage.analysis.results import ArmAttendance, CorrelationResult, Practice, SessionStates
from pilotage.formatting import counted, listed, plural
from pilotage.report.model.builders import numbers, table, text
from pilotage.report.model.document import Block, Paragraph, Section, TableBlock
from pilotage.report.model.values import Cell, Estimated, NotCollected, Quantity, ShareOf
from pilotage.report.model.wording import interval, number
from pilotage.report.sections.adaptations import adaptations, sessions_table
from pilotage.report.sections.attendance import attendance_and_dose
from pilotage.report.sections.contacts import contacts
from pilotage.report.sections.context import Context
from pilotage.report.sections.fidelity import fidelity
from pilotage.vocabulary import SessionState

PARTS = (fidelity, attendance_and_dose, contacts, adaptations)


def delivery(context: Context) -> Section | None:
    """Return the section on delivery and uptake; None where the study has no programme."""
    if context.protocol.programme is None:
        return None
    results = context.results
    blocks: list[Block] = [Paragraph(sessions_sentence(results.sessions, results.sessions_delivered))]
    if results.sessions_delivered:
        blocks.append(sessions_table(results.sessions_delivered))
    blocks += [Paragraph(attendance_sentence(context, a)) for a in results.attendance]
    if not results.attendance:
        blocks.append(Paragraph("Attendance: not collected."))
    blocks += [_attendance(context, a) for a in results.attendance]
    blocks += [Paragraph(practice_sentence(context, p)) for p in results.practice]
    if not results.practice:
        blocks.append(Paragraph("Home practice: not collected."))
    if results.diary:
        blocks.append(_diary(context))
    if results.correlations:
        blocks += [_correlations(context), Paragraph(correlation_sentence(context))]
    parts = tuple(part for make in PARTS if (part := make(context)) is not None)
    return Section("delivery", "Delivery, attendance and home practice", tuple(blocks), parts)


def sessions_sentence(states: SessionStates | None, delivered: Iterable[SessionDelivery] = ()) -> str:
    """Say what became of the planned sessions, and how many took place of those whose state does not say it."""
    if states is None:
        return "Sessions: not collected."
    departures = len(states.departures)
    replaced = (
        f" ({states.planned_replacements} of them replacing something by plan)" if states.planned_replacements else ""
    )
    if not departures and not states.by_state.get(SessionState.PLANNED):
        sessions = counted(states.planned, "planned session")
        return f"All {sessions}{replaced} {plural(states.planned, 'was', 'were')} held in full."
    took_place = Counter(session.state for session in delivered if session.held_on)
    kinds = listed(f"{n} {state}{_took_place(state, took_place[state])}" for state, n in states.by_state.items())
    return f"Of {counted(states.planned, 'planned session')}{replaced}: {kinds}."


def _took_place(state: str, n: int) -> str:
    """Say how many sessions of a state took place, where the state leaves that open."""
    return f" ({n} took place)" if n and state in (SessionState.PLANNED, SessionState.POSTPONED) else ""


def attendance_sentence(context: Context, attendance: ArmAttendance) -> str:
    """Say how many people completed the programme, by the protocol's definition."""
    share = number(attendance.completed / attendance.people, "share") if attendance.people else ""
    who = (
        "Everybody"
        if attendance.completed == attendance.people
        else f"{attendance.completed} of {attendance.people} ({share})"
    )
    return (
        f"{who} in the arm {context.arm(attendance.arm)} came to at least {attendance.at_least} of "
        f"{counted(attendance.sessions, 'session')}, which is this protocol's definition of completion; "
        f"on average people came to {number(attendance.mean, 'grade')}."
    )


def _attendance(context: Context, attendance: ArmAttendance) -> TableBlock:
    columns = (numbers("session", "Session"), numbers("came", "Came"))
    rows = [(Quantity(s, "count"), ShareOf(n, attendance.people)) for s, n in attendance.by_session.items()]
    return table(
        f"attendance-{attendance.arm}",
        f"Attendance by session: {context.arm(attendance.arm)}",
        columns,
        rows,
        place="supplement",
    )


def practice_sentence(context: Context, practice: Practice) -> str:
    """Put into words home practice in minutes and as a share of what was prescribed; its light stands in the matrix."""
    s = practice.summary
    sentence = (
        f"{practice.label}: {number(s.mean, 'minutes')} on average (SD {number(s.sd, 'minutes')}; "
        f"median {number(s.median, 'minutes')}; n = {s.n})"
    )
    if practice.asked is None or practice.share_of_least is None or practice.share_of_most is None:
        return f"{sentence}."
    low, high = practice.asked
    least, most = practice.share_of_most, practice.share_of_least
    return (
        f"{sentence}. Asked were {low} to {high} minutes a week: people did {number(least.value, 'share')} of the most "
        f"and {number(most.value, 'share')} {interval(most.low, most.high, 'share')} of the least that was asked."
    )


def _diary(context: Context) -> TableBlock:
    columns = (text("arm", "Arm"), text("kind", "Kind"), numbers("n", "n"), numbers("mean", "Minutes a week, mean"),
               numbers("sd", "SD"), numbers("median", "Median"))  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for d in context.results.diary:
        minutes = (Quantity(v, "minutes") for v in (d.summary.mean, d.summary.sd, d.summary.median))
        rows.append((context.arm(d.arm), d.kind, Quantity(d.summary.n, "count"), *minutes))
    return table("diary", "Home practice by kind, from the diary", columns, rows, place="supplement")


def correlation_sentence(context: Context) -> str:
    """Say what a correlation that is not shown can and cannot mean, with the smallest r that could have been."""
    computed = [c for c in context.results.correlations if c.pearson is not None and c.critical is not None]
    if not computed:
        return "The relation of home practice with change could not be computed."
    shown = [
        c.label for c in computed if c.pearson_p is not None and c.pearson_p < context.protocol.analysis.significance
    ]
    critical = number(max(c.critical for c in computed if c.critical is not None), "coefficient")
    start = f"Related to home practice: {listed(shown)}." if shown else "No relation with home practice was shown."
    limit = f"With these numbers an r below {critical} could not have been shown"
    return f"{start} {limit}; that is not the same as no relation."


def _correlations(context: Context) -> TableBlock:
    columns = (
        text("outcome", "Change in"),
        numbers("n", "n"),
        numbers("pearson", "Pearson's r [95 %]"),
        numbers("p", "p"),
        numbers("spearman", "Spearman's ρ [95 %]"),
        numbers("p_spearman", "p"),
    )
    rows = [_correlation(c) for c in context.results.correlations]
    notes = ("Exploratory. Minutes of practice are skewed, so Spearman's ρ stands beside the paper's Pearson r.",)
    return table("practice-and-change", "Home practice against change", columns, rows, notes=notes, place="supplement")


def _correlation(c: CorrelationResult) -> tuple[Cell, ...]:
    if c.pearson is None or c.spearman is None:
        return (c.label, Quantity(c.n, "count"), NotCollected(c.why_not), "", "", "")
    r, rho = c.pearson, c.spearman
    return (
        c.label,
        Quantity(c.n, "count"),
        Estimated(r.value, r.low, r.high, "coefficient"),
        Quantity(c.pearson_p, "p"),
        Estimated(rho.value, rho.low, rho.high, "coefficient"),
        Quantity(c.spearman_p, "p"),
    )
