"""One letter at a time: looked at once more, claimed, written, handed over, and what became of it kept."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from pilotage.web.mail.compose import letter_to, new_reference
from pilotage.web.mail.letters_due import still_due
from pilotage.web.mail.planned import Letter, Planned
from pilotage.web.mail.transport import AddressRefusedError, Carrier, NotSentError, OutOfReachError, UnsureError
from pilotage.web.records import actions
from pilotage.web.records.models import Message, Study


def send(letter: Letter, carrier: Carrier, now: datetime) -> bool:
    """Send a letter unless it is due no more or somebody else sends it; whether it went.

    Raises
    ------
    OutOfReachError
        Where no mail server can be reached; the letter is kept as failed, and others need not be tried.
    """
    claimed = _claim(letter, now)
    if claimed is None:
        return False
    planned, message = claimed
    person = letter.participant
    return hand_over(message, person.study, carrier, lambda: letter_to(person, planned, message, now))


def hand_over(
    message: Message, study: Study, carrier: Carrier, write: Callable[[], EmailMessage], *, give_up: bool = True
) -> bool:
    """Write a claimed letter and hand it over; whether it went. ``give_up`` where its address is refused."""
    try:
        mail = write()
        carrier.carry(mail, simulated=study.simulated is not None)
    except AddressRefusedError as refused:
        (actions.mark_bounced if give_up else actions.mark_failed)(message, str(refused))
    except OutOfReachError as trouble:
        actions.mark_failed(message, str(trouble))
        raise
    except NotSentError as trouble:
        actions.mark_failed(message, str(trouble))
    except UnsureError as trouble:
        actions.mark_unsure(message, str(trouble))
    except Exception as mistake:
        actions.mark_failed(message, type(mistake).__name__)
        logging.getLogger(__name__).exception("Letter %s could not be written.", message.pk)
    else:
        actions.mark_sent(message)
        return True
    return False


@transaction.atomic
def _claim(letter: Letter, now: datetime) -> tuple[Planned, Message] | None:
    """Check a letter and claim it in one transaction, so that nobody answers, or leaves, between the two."""
    planned = still_due(letter, now)
    if planned is None:
        return None
    person = letter.participant
    message = actions.claim_message(
        person.study, planned.kind, planned.dedupe_key, new_reference(), participant=person, now=now
    )
    return (planned, message) if message is not None else None
