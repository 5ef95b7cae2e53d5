"""The course as those see it who teach or follow it: groups, sessions, who is expected, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.db.models import Q, QuerySet
from django.utils.dateparse import parse_datetime

from pilotage.vocabulary import AttendanceStatus, AuditAction, SessionState
from pilotage.web.records import audit
from pilotage.web.records.models import (
    Apology,
    Attendance,
    Cohort,
    Event,
    Participant,
    Place,
    Session,
    Study,
    User,
)
from pilotage.web.records.queries.access import centres_of

SessionChangeKind = Literal["moved", "cancelled", "postponed", "replaced", "on again", "place", "apology"]
_WHAT = tuple(action for action in AuditAction if action.changes_a_session)


def cohorts_taught_by(user: User, study: Study) -> QuerySet[Cohort]:
    """Return the groups that someone teaches, while they hold the role of teacher where the group meets."""
    mine = study.cohorts.filter(teachers__user=user, centre__in=centres_of(user, study, "teacher"))
    return mine.select_related("centre", "study").order_by("-starts_on", "name")


def sessions_taught_by(user: User, study: Study) -> QuerySet[Session]:
    """Return the sessions of the groups that someone teaches."""
    sessions = Session.objects.filter(cohort__in=cohorts_taught_by(user, study))
    return sessions.select_related("cohort__study", "held")


def sessions_followed_by(participant: Participant) -> QuerySet[Session]:
    """Return the sessions of someone's course, in order of time; none for those not on one, or who left it."""
    sessions = Session.objects.filter(cohort__in=_place_on_course(participant).values("cohort"))
    return sessions.select_related("cohort__study", "held").order_by("planned_start", "number")


def is_on_course(participant: Participant) -> bool:
    """Return whether someone has a place on the course and did not leave it."""
    return _place_on_course(participant).exists()


def _place_on_course(participant: Participant) -> QuerySet[Place]:
    place = Place.objects.filter(participant=participant, on_course=True, participant__erased_at=None)
    return place.exclude(participant__leavings__what="course")


def expected_at(session: Session) -> QuerySet[Place]:
    """Return who has a place on the course at the time of a session: not those who left it before."""
    on_course = Place.objects.filter(cohort=session.cohort_id, on_course=True, participant__erased_at=None)
    left = Q(participant__leavings__what="course", participant__leavings__at__lte=session.planned_start)
    there = on_course.exclude(pk__in=on_course.filter(left).values("pk"))
    return there.select_related("participant__identity", "participant__study").order_by("participant__code")


@dataclass(frozen=True)
class RosterLine:
    """One person of a group, as its teachers know them: by name, with whether they came or wrote beforehand."""

    participant: Participant
    name: str
    attendance: Attendance | None
    apology: Apology | None

    @property
    def status(self) -> str:
        """What is marked, or else told beforehand."""
        if self.attendance is not None:
            return self.attendance.status
        return AttendanceStatus.EXCUSED if self.apology is not None else ""


def roster(session: Session) -> list[RosterLine]:
    """Return the people expected at a session, by name."""
    attendance = {row.participant_id: row for row in session.attendance.all()}
    apologies = {row.participant_id: row for row in session.apologies.filter(taken_back_at=None)}
    lines = [
        RosterLine(
            p.participant, known_as(p.participant), attendance.get(p.participant_id), apologies.get(p.participant_id)
        )
        for p in expected_at(session)
    ]
    return sorted(lines, key=lambda line: line.name.casefold())


def known_as(participant: Participant) -> str:
    """Return a name for the room; the code where no name is kept any more."""
    identity = getattr(participant, "identity", None)
    return identity.name if identity and identity.name else participant.code


def next_session(sessions: Iterable[Session], now: datetime) -> Session | None:
    """Return the session that goes on, or comes next; None where there is neither."""
    there = [s for s in sessions if SessionState(s.state).to_be_held and getattr(s, "held", None) is None]
    going_on = (s for s in sessions if getattr(s, "held", None) is not None and s.held.ended_at is None)
    coming = sorted((s for s in there if s.planned_start >= now), key=lambda s: s.planned_start)
    return next(iter([*going_on, *coming]), None)


def apologies_of(participant: Participant) -> set[int]:
    """Return the keys of the sessions for which someone sent an apology."""
    return set(participant.apologies.filter(taken_back_at=None).values_list("session", flat=True))


def attendance_of(participant: Participant) -> dict[int, Attendance]:
    """Return someone's own attendance, by the key of the session."""
    return {row.session_id: row for row in participant.attendance.all()}


@dataclass(frozen=True)
class SessionChange:
    """Something about a session that its people are told: a change of the plan, or their own apology arrived.

    Attributes
    ----------
    key : str
        Unique to what happened, so that it is told once.
    before : datetime or None
        When it was planned, where it was moved.
    reason : str
        As staff wrote it; shown on the page, and kept out of letters.
    """

    key: str
    kind: SessionChangeKind
    session: Session
    at: datetime
    before: datetime | None = None
    reason: str = ""


def session_changes(participant: Participant, since: datetime) -> list[SessionChange]:
    """Return what changed since a moment for someone on the course, in order; nothing before they had a place."""
    sessions = {session.pk: session for session in sessions_followed_by(participant)}
    if not sessions:
        return []
    begun = max(since, participant.place.taken_at)
    changes = [_changed(event, sessions) for event in changes_of(sessions) if event.at > begun]
    all_changes = (*_apologies(participant, begun), *(change for change in changes if change is not None))
    return sorted(all_changes, key=lambda change: (change.at, change.key))


def changes_of(sessions: Iterable[int]) -> QuerySet[Event]:
    """Return every change to the plan of these sessions, as the log has it, in order."""
    return Event.objects.filter(what__in=_WHAT, subject__in=[f"session:{key}" for key in sessions]).order_by("sequence")


def _changed(event: Event, sessions: dict[int, Session]) -> SessionChange | None:
    detail: dict[str, Any] = audit.detail(event) or {}
    before, after = detail.get("before") or {}, detail.get("after") or {}
    session = sessions[int(event.subject.partition(":")[2])]
    was = parse_datetime(before["planned_start"]) if before.get("planned_start") else None
    kind = _kind(event.what, before, after)
    return SessionChange(f"event:{event.sequence}", kind, session, event.at, was, detail.get("reason", ""))


def _kind(what: str, before: dict[str, Any], after: dict[str, Any]) -> SessionChangeKind:
    if what != AuditAction.SESSION_PLANNED_ANEW:
        named: dict[str, SessionChangeKind] = {
            AuditAction.SESSION_CANCELLED: "cancelled",
            AuditAction.SESSION_POSTPONED: "postponed",
        }
        return named.get(what, "replaced")
    if before.get("planned_start") != after.get("planned_start"):
        return "moved"
    return "on again" if before.get("state") != after.get("state") else "place"


def _apologies(participant: Participant, since: datetime) -> list[SessionChange]:
    apologies = participant.apologies.filter(taken_back_at=None, at__gt=since).select_related("session__cohort")
    return [SessionChange(f"apology:{a.pk}", "apology", a.session, a.at) for a in apologies]
