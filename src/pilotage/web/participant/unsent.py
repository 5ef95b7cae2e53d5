"""Entries that a browser keeps while there is no network: the keys by which it keeps them."""

from __future__ import annotations

from django.utils.crypto import salted_hmac

from pilotage.web.records.models import Participant
from pilotage.web.records.queries.due import Due


def questionnaire_key(due: Due) -> str:
    """Return the key of the answers to one questionnaire."""
    return _key(f"{due.participant.pk}/{due.assessment.id}/{due.instrument}/{due.number}")


def diary_key(participant: Participant) -> str:
    """Return the key of the entries in someone's diary."""
    return _key(f"{participant.pk}/practice")


def _key(name: str) -> str:
    # A phone may be shared: whoever looks into the browser's storage must not read from a key whose entries these are.
    return salted_hmac("pilotage.queue", name).hexdigest()[:20]
