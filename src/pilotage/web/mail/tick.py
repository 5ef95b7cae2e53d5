"""What is due now is sent: by a thread of the server every half minute, or by cron; any number at once do no harm."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

from django.utils import timezone

from pilotage.web.mail.letters_due import letters_due
from pilotage.web.mail.notices import send_notices
from pilotage.web.mail.outbox import send
from pilotage.web.mail.transport import Carrier, OutOfReachError
from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import ClockSeen, Study

# Ours: the rest is for the next look, so that a safety notice never waits behind a thousand invitations.
AT_MOST = 60.0  # seconds


def tick(now: datetime | None = None) -> int:
    """Send everything that is due, safety first, and clear away what is over; returns how many letters went."""

    def clock() -> datetime:
        return now or timezone.now()

    carrier = Carrier()
    seen = actions.note_tick(clock())
    try:
        studies, sent = list(queries.all_studies()), 0
        for study in studies:
            with _each_for_itself(study):
                sent += send_notices(study, carrier, clock())
        for study in studies:
            with _each_for_itself(study):
                sent += _send_letters(study, carrier, clock)
                _remove_contact_data(study, seen, clock())
    finally:
        carrier.close()
    if actions.steady(seen, clock()):
        actions.delete_expired_sign_ins(clock())
    return sent


def _send_letters(study: Study, carrier: Carrier, clock: Callable[[], datetime]) -> int:
    sent, since = 0, monotonic()
    for letter in letters_due(study, clock()):
        if monotonic() - since > AT_MOST:
            break
        try:
            sent += send(letter, carrier, clock())
        except OutOfReachError:
            break
    return sent


def _remove_contact_data(study: Study, seen: ClockSeen, now: datetime) -> None:
    """Remove them once the protocol's time for them is over, and the clock has proved to be right about it.

    A coordinator need not wait for that: the progress page has a button.
    """
    until = queries.contact_data_until(study) if study.contact_data_removed_at is None else None
    due = until is not None and queries.day_of(study, now) > until
    if actions.agreed_that_due(study, now, due=due) and actions.steady(seen, now):
        actions.remove_contact_data(audit.SERVER, study, now)


@contextmanager
def _each_for_itself(study: Study) -> Iterator[None]:
    """Log what is wrong with one study's files or letters, so that another's are sent all the same."""
    try:
        yield
    except Exception:
        logging.getLogger(__name__).exception("The letters of '%s' could not be sent; it is tried again.", study.key)
