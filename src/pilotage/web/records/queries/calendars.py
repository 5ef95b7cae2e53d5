"""What a private calendar address shows: whose it is, and the sessions with the number of times each was changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from pilotage.web.records.models import CalendarFeed, Event, Participant, Session, User
from pilotage.web.records.queries.access import studies_of
from pilotage.web.records.queries.delivery import changes_of, sessions_followed_by, sessions_taught_by
from pilotage.web.records.tokens import hashed


@dataclass(frozen=True)
class InCalendar:
    """A session as a calendar needs it: how often it changed, and when last."""

    session: Session
    sequence: int
    changed_at: datetime | None


def live_feed(token: str) -> CalendarFeed | None:
    """Return the calendar that an address opens, while it was not ended and its owner may still come in."""
    feeds = CalendarFeed.objects.filter(token_hash=hashed(token), revoked_at=None)
    feed = feeds.select_related("participant__identity", "participant__study", "user").first()
    if feed is None or (feed.participant and feed.participant.erased_at) or (feed.user and not feed.user.is_active):
        return None
    return feed


def address_since(owner: Participant | User) -> datetime | None:
    """Return since when someone has a calendar address."""
    feeds = CalendarFeed.objects.filter(revoked_at=None)
    mine = feeds.filter(participant=owner) if isinstance(owner, Participant) else feeds.filter(user=owner)
    return mine.values_list("created_at", flat=True).first()


def in_calendar(feed: CalendarFeed) -> list[InCalendar]:
    """Return the sessions that an address shows now: those its owner follows, or teaches; none once they left."""
    sessions = list(_sessions(feed))
    events = list(changes_of(session.pk for session in sessions))
    times = Counter(_subject(event) for event in events)
    last = {_subject(event): event.at for event in events}
    return [InCalendar(session, times[session.pk], last.get(session.pk)) for session in sessions]


def _sessions(feed: CalendarFeed) -> Iterable[Session] | QuerySet[Session]:
    if feed.participant is not None:
        return sessions_followed_by(feed.participant)
    user = feed.user
    return [s for study in studies_of(user) for s in sessions_taught_by(user, study)] if user else []


def _subject(event: Event) -> int:
    return int(event.subject.partition(":")[2])
