"""What someone attended of a course that is over: sessions, minutes, and between which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage.web.records.models import Attendance, Participant, Session
from pilotage.web.records.queries.days import day_of

CAME = ("present", "late", "left early", "made up")


@dataclass(frozen=True)
class Attended:
    """Sessions attended of those held, the minutes there, and the first and last day."""

    sessions: int
    held: int
    minutes: int
    first: date
    last: date


def attended(participant: Participant) -> Attended | None:
    """What can be certified; None while a session is still to come, or where none was attended."""
    place = getattr(participant, "place", None)
    if place is None or not place.on_course:
        return None
    sessions = list(Session.objects.filter(cohort=place.cohort_id).select_related("held").order_by("planned_start"))
    if any(session.state in ("planned", "postponed") for session in sessions):
        return None
    held = {session.pk: session for session in sessions if hasattr(session, "held")}
    came = list(Attendance.objects.filter(participant=participant, session__in=held, status__in=CAME))
    if not came:
        return None
    days = sorted(day_of(participant.study, held[one.session_id].held.started_at) for one in came)
    minutes = sum(_minutes(one, held[one.session_id]) for one in came)
    return Attended(len(came), len(held), minutes, days[0], days[-1])


def _minutes(attendance: Attendance, session: Session) -> int:
    """The minutes noted for the person, or else those the session took."""
    if attendance.minutes is not None:
        return attendance.minutes
    ended = session.held.ended_at
    return int((ended - session.held.started_at).total_seconds() // 60) if ended else session.planned_minutes
