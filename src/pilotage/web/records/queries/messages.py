"""Letters as the records have them: what was claimed, sent, and came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from pilotage.web.records.models import Message, Participant
from pilotage.web.records.queries.people import with_history

# Ours: no mail takes longer to hand over, so whoever claimed it before this was stopped.
STOPPED_AFTER = timedelta(minutes=10)


def for_letters(people: QuerySet[Participant]) -> list[Participant]:
    """Return these people with all that the rules of letters look at, in a few queries for any number of them."""
    return list(with_history(people).prefetch_related("messages"))


def was_interrupted(message: Message, now: datetime) -> bool:
    """Return whether a letter was claimed by a process that was stopped before it could say what became of it."""
    return message.state == "claimed" and now - message.claimed_at >= STOPPED_AFTER


def message_of(reference: str) -> Message | None:
    """Return the letter with this Message-ID, which only those who got it or carried it know."""
    if not reference:
        return None
    return Message.objects.select_related("participant", "study", "user").filter(reference=reference).first()


def messages_of(person: Participant) -> QuerySet[Message]:
    """Return all letters of a person, the oldest first."""
    return Message.objects.filter(participant=person).order_by("claimed_at", "pk")
