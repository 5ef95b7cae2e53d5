"""What the ticks see of the machine's clock: nothing is deleted because one reading says that its time is over.

A clock can be wrong by years (an empty battery, a restored machine, a mistyped date), and what is deleted is gone.
`docs/decisions/deleting-by-the-clock.md` says why these lengths.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db import transaction

from pilotage.web.records.models import ClockSeen, Event, Study

FAR = timedelta(hours=36)
"""A tick later than this after the one before is a jump: cron runs at least once a day, and a day may be late."""
BACKWARDS = timedelta(minutes=5)
"""A tick earlier than this before the last one is a jump: machines that set their clock by the network stay closer."""
AGREED_FOR = timedelta(days=1)
"""So long two ticks must agree that a time is over before anything is deleted for it."""
STEADY_FOR = timedelta(days=7)
"""So long after a jump nothing is deleted: a week is time enough for somebody to notice a wrong day."""
_WRITTEN_EVERY = timedelta(hours=1)  # a tick runs each half minute, and need not write each time


@transaction.atomic
def note_tick(now: datetime) -> ClockSeen:
    """Keep when a tick ran, and whether its reading follows the tick before and the last entry of the log."""
    seen = ClockSeen.objects.select_for_update().filter(id=1).first()
    last_entry = Event.objects.order_by("-sequence").values_list("at", flat=True).first()
    known = [moment for moment in (seen.ticked_at if seen else None, last_entry) if moment is not None]
    latest = max(known, default=now)
    jumped = not latest - BACKWARDS <= now <= latest + FAR
    if seen is not None and not jumped and now - seen.ticked_at < _WRITTEN_EVERY:
        return seen
    jumped_at = now if jumped else seen.jumped_at if seen else None
    seen, _ = ClockSeen.objects.update_or_create(id=1, defaults={"ticked_at": now, "jumped_at": jumped_at})
    if jumped:
        Study.objects.update(contact_data_due_seen_at=None)
        logging.getLogger(__name__).warning(
            "The clock says %s, and the records were last at work at %s. Check the clock of this machine. "
            "Nothing is deleted because of a date for %s days.",
            now.isoformat(timespec="minutes"),
            latest.isoformat(timespec="minutes"),
            STEADY_FOR.days,
        )
    return seen


def steady(seen: ClockSeen, now: datetime) -> bool:
    """Return whether the clock has run on without a jump for long enough to delete by it."""
    return seen.jumped_at is None or now - seen.jumped_at >= STEADY_FOR


@transaction.atomic
def agreed_that_due(study: Study, now: datetime, *, due: bool) -> bool:
    """Return whether two ticks, at least a day apart, agree that the time of a study's contact data is over."""
    row = Study.objects.select_for_update().get(pk=study.pk)
    since = row.contact_data_due_seen_at
    if not due:
        if since is not None:
            Study.objects.filter(pk=row.pk).update(contact_data_due_seen_at=None)
        return False
    if since is None:
        Study.objects.filter(pk=row.pk).update(contact_data_due_seen_at=now)
        return False
    return now - since >= AGREED_FOR
