"""Who came: marked by a teacher in one tap, told beforehand by the participant, and put right with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AttendanceStatus, AuditAction, SessionState, values
from pilotage.web.records import audit
from pilotage.web.records.models import Apology, Attendance, Participant, Session, SessionHeld
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.delivery import expected_at
from pilotage.web.records.refused import ActionRefused


@dataclass(frozen=True)
class There:
    """When someone was there, as far as that is known or differs from the session's own times."""

    arrived_at: datetime | None = None
    left_at: datetime | None = None
    minutes: int | None = None
    """Where only the length is known."""
    made_up_on: date | None = None


@transaction.atomic
def mark_attendance(
    by: audit.By, session: Session, participant: Participant, status: str, there: There | None = None, reason: str = ""
) -> Attendance:
    """Mark whether someone came: one row for each person and session, and the last word counts.

    While the session goes on, being late means arriving now and leaving early means leaving now. From the day after,
    another status asks for a reason.
    """
    if status not in values(AttendanceStatus):
        raise ValueError(f"'{status}' is no status of attendance.")
    row = Session.objects.select_for_update().get(pk=session.pk)  # two taps at once wait for each other
    held = SessionHeld.objects.filter(session=row).first()
    _refuse_where_it_cannot_be(row, participant, status)
    before = Attendance.objects.filter(session=row, participant=participant).first()
    _refuse_late_change(row, held, before, status, reason)
    times = _times(status, there or There(), before, held)
    made_up_on = there.made_up_on if there and status == AttendanceStatus.MADE_UP else None
    now, _new = Attendance.objects.update_or_create(
        session=row,
        participant=participant,
        defaults={
            "status": status,
            "arrived_at": times.arrived_at,
            "left_at": times.left_at,
            "minutes": minutes_there(status, times, held),
            "made_up_on": made_up_on,
            "saved_at": timezone.now(),
        },
    )
    _note(by, now, before, reason)
    return now


@transaction.atomic
def mark_others_present(by: audit.By, session: Session) -> int:
    """Mark everybody else present who is not marked yet and sent no apology, and return how many they are."""
    excused = set(session.apologies.filter(taken_back_at=None).values_list("participant", flat=True))
    marked = set(session.attendance.values_list("participant", flat=True))
    others = [place.participant for place in expected_at(session) if place.participant_id not in excused | marked]
    for person in others:
        mark_attendance(by, session, person, AttendanceStatus.PRESENT)
    return len(others)


@transaction.atomic
def apologise(participant: Participant, session: Session) -> Apology:
    """Record that a participant says beforehand that they cannot come."""
    _refuse_apology(participant, session)
    apology, new = Apology.objects.get_or_create(participant=participant, session=session, taken_back_at=None)
    if new:
        audit.record(
            participant, AuditAction.APOLOGY_GIVEN, apology, about=participant, after={"session": session.number}
        )
    return apology


@transaction.atomic
def take_back_apology(participant: Participant, session: Session) -> None:
    """Take back an apology: they can come after all."""
    _refuse_apology(participant, session)
    apology = Apology.objects.filter(participant=participant, session=session, taken_back_at=None).first()
    if apology is not None:
        apology.taken_back_at = timezone.now()
        apology.save(update_fields=["taken_back_at"])
        audit.record(
            participant, AuditAction.APOLOGY_TAKEN_BACK, apology, about=participant, before={"session": session.number}
        )


def settle_attendance(by: audit.By, session: Session, held: SessionHeld) -> None:
    """Settle attendance at the end: an apology excuses, and each person's minutes follow from the times."""
    marked = set(session.attendance.values_list("participant", flat=True))
    expected = {place.participant_id for place in expected_at(session)}
    for apology in session.apologies.filter(taken_back_at=None).select_related("participant"):
        if apology.participant_id in expected - marked:
            mark_attendance(by, session, apology.participant, AttendanceStatus.EXCUSED)
    for row in session.attendance.all():
        times = There(row.arrived_at, row.left_at, row.minutes)
        minutes = minutes_there(row.status, times, held)
        if minutes != row.minutes:
            Attendance.objects.filter(pk=row.pk).update(minutes=minutes)


def minutes_there(status: str, there: There, held: SessionHeld | None) -> int | None:
    """Return how long someone was there, from the session's times and their own; None where that is not known."""
    attendance = AttendanceStatus(status)
    own_times = there.arrived_at is not None or there.left_at is not None
    if attendance is AttendanceStatus.MADE_UP or (attendance is not AttendanceStatus.PRESENT and not own_times):
        return there.minutes if attendance.counts_as_attended else None
    if not attendance.in_room or held is None or held.ended_at is None:
        return None
    began = max(held.started_at, there.arrived_at or held.started_at)
    ended = min(held.ended_at, there.left_at or held.ended_at)
    return max(0, round((ended - began).total_seconds() / 60))


def _times(status: str, there: There, before: Attendance | None, held: SessionHeld | None) -> There:
    """Return the times that are known, or else now while the session goes on; someone can come late and leave early."""
    if status not in (AttendanceStatus.LATE, AttendanceStatus.LEFT_EARLY):
        return There(minutes=there.minutes)
    if there.minutes is not None:
        return There(minutes=there.minutes)
    now = timezone.now() if held is not None and held.ended_at is None else None
    if status == AttendanceStatus.LATE:
        return There(there.arrived_at or (before.arrived_at if before else None) or now)
    return There(there.arrived_at or (before.arrived_at if before else None), there.left_at or now)


def _refuse_where_it_cannot_be(session: Session, participant: Participant, status: str) -> None:
    if not expected_at(session).filter(participant=participant).exists():
        raise ActionRefused(_("This person has no place on this course."))
    if SessionState(session.state).called_off:
        raise ActionRefused(_("This session was cancelled or postponed. Nobody can be marked."))
    study = session.cohort.study
    if status != AttendanceStatus.EXCUSED and day_of(study, session.planned_start) > day_of(study):
        raise ActionRefused(_("This session has not started yet."))


def _refuse_late_change(
    session: Session, held: SessionHeld | None, before: Attendance | None, status: str, reason: str
) -> None:
    if before is None or before.status == status or reason.strip() or held is None or held.ended_at is None:
        return
    if day_of(session.cohort.study) > day_of(session.cohort.study, held.ended_at):
        raise ActionRefused(_("This was saved on an earlier day. Enter the reason for the change."))


def _refuse_apology(participant: Participant, session: Session) -> None:
    if not expected_at(session).filter(participant=participant).exists():
        raise ActionRefused(_("You have no place on this course."))
    begun = SessionHeld.objects.filter(session=session).exists()
    if begun or session.planned_start <= timezone.now() or not SessionState(session.state).to_be_held:
        raise ActionRefused(_("You can do this until the session starts. Tell your teacher instead."))


def _note(by: audit.By, now: Attendance, before: Attendance | None, reason: str) -> None:
    was = {"status": before.status, "minutes": before.minutes} if before else None
    after = {"session": now.session.number, "status": now.status, "minutes": now.minutes}
    if was is not None and was == {"status": now.status, "minutes": now.minutes}:
        return
    what = AuditAction.ATTENDANCE_MARKED if was is None else AuditAction.ATTENDANCE_CHANGED
    audit.record(by, what, now, about=now.participant, before=was, after=after, reason=reason)
