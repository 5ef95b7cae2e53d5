"""What someone attended of a course that is over: sessions, minutes, and between which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage.data.minutes_attended import minutes_attended
from pilotage.vocabulary import ATTENDED, SessionState
from pilotage.web.records.models import Attendance, Participant, Session
from pilotage.web.records.queries.days import day_of

_STILL_TO_COME = (SessionState.PLANNED, SessionState.POSTPONED)


@dataclass(frozen=True)
class Attended:
    """Sessions attended of those held, the minutes there, and the first and last day."""

    sessions: int
    held: int
    minutes: int
    first: date
    last: date


def attended(participant: Participant) -> Attended | None:
    """Return what can be certified; None while a session is still to come, or where none was attended."""
    place = getattr(participant, "place", None)
    if place is None or not place.on_course:
        return None
    sessions = list(Session.objects.filter(cohort=place.cohort_id).select_related("held").order_by("planned_start"))
    if any(session.state in _STILL_TO_COME for session in sessions):
        return None
    held = {session.pk: session for session in sessions if hasattr(session, "held")}
    attendance = list(Attendance.objects.filter(participant=participant, session__in=held, status__in=ATTENDED))
    if not attendance:
        return None
    days = sorted(day_of(participant.study, held[row.session_id].held.started_at) for row in attendance)
    minutes = sum(_minutes(row, held[row.session_id]) for row in attendance)
    return Attended(len(attendance), len(held), minutes, days[0], days[-1])


def _minutes(attendance: Attendance, session: Session) -> int:
    """Return the minutes of one attendance; the plan of a session always has a length, so that they are known."""
    minutes = minutes_attended(attendance.status, attendance.minutes, session.held.minutes, session.planned_minutes)
    return minutes or 0
