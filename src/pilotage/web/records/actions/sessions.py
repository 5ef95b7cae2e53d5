"""Sessions: planned anew, cancelled, put off or replaced with a reason, begun and ended."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from pilotage.vocabulary import CALLED_OFF, AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.attendance import settle_attendance
from pilotage.web.records.actions.materials import release_with_session
from pilotage.web.records.models import Session, SessionHeld, User
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.refused import ActionRefused

"""What can happen to the plan of a session, as the log says it."""


@transaction.atomic
def plan_session(
    by: audit.By, session: Session, start: datetime, location: str, reason: str, video_link: str | None = None
) -> None:
    """Change the day, time or place of a session that was not begun; when it was first meant to be is kept.

    A session that was cancelled or put off is to come again. Who wrote that they cannot come said so of another day,
    so their apologies are over with a new one.
    """
    row = _not_begun(session)
    moved = start != row.planned_start
    again = row.state in CALLED_OFF
    if (moved or again) and not reason.strip():
        raise ActionRefused(_("Enter the reason for moving session %(number)s.") % {"number": row.number})
    before = _plan(row)
    if moved:
        row.first_planned_start = row.first_planned_start or row.planned_start
        row.apologies.filter(taken_back_at=None).update(taken_back_at=timezone.now())
    if moved or again:
        row.reason = reason.strip()
    row.state = "planned" if again else row.state
    row.planned_start, row.location = start, location.strip()
    row.video_link = row.video_link if video_link is None else video_link.strip()
    row.save()
    _note(by, AuditAction.SESSION_PLANNED_ANEW, row, before, reason)


@transaction.atomic
def cancel_session(by: audit.By, session: Session, reason: str) -> None:
    """Cancel a session, which does not take place."""
    _change_state(by, session, AuditAction.SESSION_CANCELLED, "cancelled", reason)


@transaction.atomic
def postpone_session(by: audit.By, session: Session, reason: str) -> None:
    """Postpone a session until a new day is known; planning it anew gives it one."""
    _change_state(by, session, AuditAction.SESSION_POSTPONED, "postponed", reason)


@transaction.atomic
def replace_session(by: audit.By, session: Session, reason: str) -> None:
    """Replace a session by something else at its own time; the reason says what, and why."""
    _change_state(by, session, AuditAction.SESSION_REPLACED, "replaced", reason)


@transaction.atomic
def begin_session(by: audit.By, session: Session, at: datetime | None = None) -> SessionHeld:
    """Begin a session: everybody who teaches it is taken to be there, and the session's materials are given out.

    Where two teachers press the button, the first one counts.
    """
    row = Session.objects.select_for_update().get(pk=session.pk)
    record = SessionHeld.objects.filter(session=row).first()
    if record is not None and record.ended_at is None:
        return record
    _refuse_to_begin(row, record)
    teachers = sorted(row.cohort.teachers.values_list("user", flat=True))
    held = SessionHeld.objects.create(session=row, started_at=at or timezone.now(), teachers=teachers)
    release_with_session(by, row)
    after = {"started_at": held.started_at, "teachers": teachers}
    audit.record(by, AuditAction.SESSION_BEGUN, held, study=row.cohort.study, after=after)
    return held


@transaction.atomic
def undo_beginning(by: audit.By, session: Session) -> None:
    """Undo the start of a session begun by mistake, while nobody was marked and it has not ended."""
    row = Session.objects.select_for_update().get(pk=session.pk)
    held = SessionHeld.objects.filter(session=row).first()
    if held is None or held.ended_at is not None or row.attendance.exclude(status="excused").exists():
        raise ActionRefused(
            _("Session %(number)s has people marked or has ended, so its start cannot be undone. End it instead.")
            % {"number": row.number}
        )
    audit.record(
        by, AuditAction.SESSION_BEGINNING_UNDONE, held, study=row.cohort.study, before={"started_at": held.started_at}
    )
    held.delete()


@transaction.atomic
def end_session(
    by: audit.By,
    session: Session,
    *,
    started_at: datetime | None = None,
    ended_at: datetime | None = None,
    teachers: Collection[User] | None = None,
    reason: str = "",
) -> SessionHeld:
    """End the session, or put its times right: held, or truncated where it was shorter than the protocol allows.

    Parameters
    ----------
    started_at : datetime, optional
        Needed where nobody pressed the button when it began.
    ended_at : datetime, optional
        Now, when not given.
    teachers : collection of User, optional
        Who taught it; all of the group's teachers, when not given.
    reason : str
        Why it was shorter; asked for where times that were written down are changed.
    """
    row = Session.objects.select_for_update().get(pk=session.pk)
    held = SessionHeld.objects.filter(session=row).first()
    if held is None and started_at is None:
        raise ActionRefused(_("Enter when session %(number)s started.") % {"number": row.number})
    if held is not None and held.ended_at is not None and not reason.strip():
        raise ActionRefused(
            _("Enter the reason for changing the times of session %(number)s.") % {"number": row.number}
        )
    if held is None:
        held = begin_session(by, row, started_at)
    before = {"started_at": held.started_at, "ended_at": held.ended_at, "teachers": held.teachers}
    held.started_at, held.ended_at = started_at or held.started_at, ended_at or timezone.now()
    held.teachers = held.teachers if teachers is None else _of_the_group(row, teachers)
    _refuse_impossible(held)
    held.save()
    row.state = _what_became(row, held)
    row.reason = reason.strip() or row.reason
    row.save(update_fields=["state", "reason"])
    settle_attendance(by, row, held)
    after = {"started_at": held.started_at, "ended_at": held.ended_at, "teachers": held.teachers, "state": row.state}
    audit.record(by, AuditAction.SESSION_ENDED, held, study=row.cohort.study, before=before, after=after, reason=reason)
    return held


def _what_became(session: Session, held: SessionHeld) -> str:
    """Return the state of a session by its length and the protocol's tolerance; replaced stays replaced."""
    if session.state == "replaced":
        return "replaced"
    programme = protocols.of(session.cohort.study).protocol.programme
    shortest = session.planned_minutes - (programme.tolerance if programme else 0)
    return "truncated" if (held.minutes or 0) < shortest else "held"


def _change_state(by: audit.By, session: Session, what: AuditAction, state: str, reason: str) -> None:
    row = _not_begun(session)
    if not reason.strip():
        raise ActionRefused(_("Enter the reason. The report mentions it."))
    if row.state in (state, "cancelled"):
        raise ActionRefused(_("This has already been done."))
    before = _plan(row)
    row.state, row.reason = state, reason.strip()
    row.save(update_fields=["state", "reason"])
    _note(by, what, row, before, reason)


def _not_begun(session: Session) -> Session:
    row = Session.objects.select_for_update().get(pk=session.pk)
    if SessionHeld.objects.filter(session=row).exists():
        raise ActionRefused(
            _("Session %(number)s is not in the future any more. Only a future session can be changed.")
            % {"number": row.number}
        )
    return row


def _refuse_to_begin(session: Session, held: SessionHeld | None) -> None:
    if held is not None:
        raise ActionRefused(_("Session %(number)s has already been held.") % {"number": session.number})
    if session.state in CALLED_OFF:
        raise ActionRefused(_("This session was cancelled or postponed. Ask the coordinator to plan it again."))
    planned = day_of(session.cohort.study, session.planned_start)
    if planned > day_of(session.cohort.study):
        raise ActionRefused(
            _("This session is planned for %(day)s. If it takes place today, ask the coordinator to move it.")
            % {"day": date_format(planned, "D j F")}
        )


def _refuse_impossible(held: SessionHeld) -> None:
    if held.ended_at is not None and held.ended_at < held.started_at:
        raise ActionRefused(_("The end is before the start. Check both times."))
    if held.ended_at is not None and held.ended_at > timezone.now():
        raise ActionRefused(_("The end is in the future. Check the time."))


def _of_the_group(session: Session, teachers: Collection[User]) -> list[int]:
    its_own = set(session.cohort.teachers.values_list("user", flat=True))
    return sorted(user.pk for user in teachers if user.pk in its_own)


def _plan(session: Session) -> dict[str, object]:
    return {
        "planned_start": session.planned_start,
        "location": session.location,
        "video_link": session.video_link,
        "state": session.state,
    }


def _note(by: audit.By, what: AuditAction, session: Session, before: dict[str, object], reason: str) -> None:
    after = _plan(session)
    if before != after:
        audit.record(by, what, session, study=session.cohort.study, before=before, after=after, reason=reason)
