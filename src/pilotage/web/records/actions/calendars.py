"""The days of a course, holidays left out; and the private addresses by which people's own calendars read it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.sessions import plan_session
from pilotage.web.records.models import CalendarFeed, Cohort, Participant, Session, SessionHeld, User
from pilotage.web.records.queries.days import zone_of
from pilotage.web.records.refused import ActionRefused
from pilotage.web.records.tokens import hashed, new_token


def days_of_course(first: date, every: timedelta, skip: Collection[date] = ()) -> Iterator[date]:
    """Yield the days on which a group meets, from the first; a day to skip moves the rest of the course along.

    Raises
    ------
    ValueError
        Where sessions are no whole days apart.
    """
    if every < timedelta(days=1):
        raise ValueError(f"Sessions cannot be {every} apart.")
    day = first
    while True:
        if day not in skip:
            yield day
        day += every


@transaction.atomic
def plan_course(
    by: audit.By,
    cohort: Cohort,
    *,
    starts_on: date,
    starts_at: time,
    skip: Collection[date] = (),
    location: str = "",
    video_link: str = "",
    reason: str = "",
) -> None:
    """Plan all days anew before the first session: from a first day, by the protocol's rhythm, without holidays.

    Once somebody has a place each session that moves is a change that people are told of, and asks for a reason.
    """
    row, protocol = Cohort.objects.select_for_update().get(pk=cohort.pk), protocols.of(cohort.study).protocol
    if protocol.programme is None or SessionHeld.objects.filter(session__cohort=row).exists():
        raise ActionRefused(_("The course has started. Move its sessions one by one."))
    if starts_on in skip:
        raise ActionRefused(_("The first session is on a day without sessions. Choose another first day."))
    row.starts_on, row.starts_at = starts_on, starts_at
    row.location, row.video_link = location.strip(), video_link.strip()
    row.save(update_fields=["starts_on", "starts_at", "location", "video_link"])
    after = {"starts_on": starts_on, "starts_at": starts_at, "skipped": sorted(skip)}
    audit.record(by, AuditAction.COURSE_PLANNED, row, study=row.study, after=after, reason=reason)
    zone = zone_of(row.study)
    days = days_of_course(starts_on, protocol.programme.delivered.every, skip)
    notices = row.places.exists()
    for session, day in zip(row.sessions.exclude(state="cancelled").order_by("number"), days, strict=False):
        _plan(by, session, datetime.combine(day, starts_at, zone), row, reason if notices else None)


def _plan(by: audit.By, session: Session, start: datetime, cohort: Cohort, reason: str | None) -> None:
    """Move a session to a new day; while nobody was told of the old one, it never moved."""
    if reason is None:
        Session.objects.filter(pk=session.pk).update(planned_start=start)
        session.planned_start = start
    plan_session(by, session, start, cohort.location, reason or "", cohort.video_link)


@transaction.atomic
def make_calendar_address(by: Participant | User, cohort: Cohort | None = None) -> str:
    """Make a new private address for someone's calendar; the one they had before opens nothing any more.

    Returns
    -------
    str
        The token, said this once: only its hash is kept.
    """
    end_calendar_address(by)
    token = new_token()
    feed = CalendarFeed.objects.create(
        participant=by if isinstance(by, Participant) else None,
        user=by if isinstance(by, User) else None,
        cohort=cohort,
        token_hash=hashed(token),
    )
    audit.record(by, AuditAction.CALENDAR_ADDRESS_MADE, feed, about=by if isinstance(by, Participant) else None)
    return token


@transaction.atomic
def end_calendar_address(by: Participant | User) -> None:
    """End someone's calendar address, which opens nothing any more."""
    mine = CalendarFeed.objects.filter(revoked_at=None)
    mine = mine.filter(participant=by) if isinstance(by, Participant) else mine.filter(user=by)
    for feed in mine.select_for_update():
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        audit.record(by, AuditAction.CALENDAR_ADDRESS_ENDED, feed, about=by if isinstance(by, Participant) else None)
