"""Sessions as iCalendar (RFC 5545): in the study's own zone, with its rule for daylight saving beside them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from pilotage.vocabulary import SessionState
from pilotage.web.records import queries
from pilotage.web.records.models import Session
from pilotage.web.records.queries.calendars import InCalendar

READ_AGAIN = timedelta(hours=2)
"""How often a calendar program is asked to read the address again; many keep to a time of their own."""


def calendar(sessions: Sequence[InCalendar], *, with_groups: bool) -> bytes:
    """Return the calendar as a file.

    Parameters
    ----------
    sessions : sequence of InCalendar
    with_groups : bool
        Whether the group's name is said, for those who teach several. No person is named, and nothing of what the
        course is about: other people see someone's calendar.
    """
    file = Calendar()
    file.add("prodid", "-//Pilotage//EN")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    file.add("x-wr-calname", _("Group sessions"))
    file.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    file.add("x-published-ttl", READ_AGAIN)
    for session in sessions:
        file.add_component(_event(session, with_groups))
    file.add_missing_timezones(first_date=_new_year(sessions))
    return bytes(file.to_ical())


def _new_year(sessions: Sequence[InCalendar]) -> date:
    """Return from when the zone's rule is given: the year before the first session, so that its start is within."""
    years = [shown.session.planned_start.year for shown in sessions]
    return date(min(years, default=2026) - 1, 1, 1)


def _event(changed: InCalendar, with_groups: bool) -> Event:
    session = changed.session
    zone, event = queries.zone_of(session.cohort.study), Event()
    event.add("uid", f"session-{session.pk}@{urlsplit(settings.ENVIRONMENT.address).hostname}")
    event.add("dtstamp", (changed.changed_at or session.planned_start).astimezone(UTC))
    event.add("sequence", changed.sequence)
    event.add("dtstart", session.planned_start.astimezone(zone))
    event.add("dtend", _ends(session, zone))
    event.add("summary", _summary(session, with_groups))
    event.add("status", "CANCELLED" if SessionState(session.state).called_off else "CONFIRMED")
    event.add("class", "PRIVATE")
    for name, value in (("location", session.location or session.cohort.location), ("url", _video(session))):
        if value:
            event.add(name, value)
    return event


def _ends(session: Session, zone: ZoneInfo) -> object:
    """Return the end by the clock that runs on while the clocks on the wall are changed."""
    return (session.planned_start.astimezone(UTC) + timedelta(minutes=session.planned_minutes)).astimezone(zone)


def _summary(session: Session, with_groups: bool) -> str:
    names = {"group": session.cohort.name, "number": session.number}
    return _("%(group)s, session %(number)s") % names if with_groups else _("Group session %(number)s") % names


def _video(session: Session) -> str:
    return session.video_link or session.cohort.video_link
