"""What a teacher's pages read of their groups: one of their sessions, who is expected at it, and who came."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from pilotage.web.records.models import Attendance, Cohort, Participant, Session, Study, User
from pilotage.web.records.queries.delivery import cohorts_taught_by, expected_at, sessions_taught_by


def cohort_taught_by(user: User, study: Study, key: str) -> Cohort | None:
    """Return the group of this key; None where the user does not teach it."""
    return cohorts_taught_by(user, study).filter(key=key).first()


def session_taught_by(user: User, study: Study, key: int) -> Session | None:
    """Return the session of this key; None where the user does not teach its group."""
    return sessions_taught_by(user, study).filter(pk=key).first()


def sessions_of_cohort(cohort: Cohort) -> list[Session]:
    """Return the sessions of a group, by number."""
    return list(cohort.sessions.select_related("cohort__study", "held").order_by("number"))


def teachers_of_cohort(cohort: Cohort) -> QuerySet[User]:
    """Return the users who teach a group, by name."""
    return User.objects.filter(teaches__cohort=cohort).order_by("name")


def expected_person(session: Session, code: str) -> Participant | None:
    """Return the person of this code; None where they are not expected at the session."""
    place = expected_at(session).filter(participant__code=code).first()
    return place.participant if place is not None else None


def attendance_at(session: Session, participant: Participant) -> Attendance | None:
    """Return one person's attendance of a session; None where it is not marked yet."""
    return session.attendance.filter(participant=participant).first()


def statuses_at(sessions: Collection[Session]) -> dict[tuple[int, int], str]:
    """Return each status that is marked, by the keys of the person and the session."""
    rows = Attendance.objects.filter(session__in=sessions)
    return {(row.participant_id, row.session_id): row.status for row in rows}
