"""Letters as the records have them: what was claimed, sent, and came back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from pilotage.web.records.models import Consent, Leaving, Message, Participant, PersonalLink, Session, Study, User
from pilotage.web.records.queries.people import with_history

# Ours: no mail takes longer to hand over, so whoever claimed it before this was stopped.
STOPPED_AFTER = timedelta(minutes=10)


def for_letters(study: Study, only: Participant | None = None) -> list[Participant]:
    """Return people with all that the rules of letters look at, in a few queries for any number of them.

    Without ``only`` these are all whose contact data are there; with it this person, also without contact data.
    """
    people = (
        study.participants.filter(identity__isnull=False) if only is None else study.participants.filter(pk=only.pk)
    )
    return list(with_history(people).prefetch_related("messages"))


def as_now(participant: Participant) -> Participant | None:
    """Return a person's row as the database has it now; None where it is gone."""
    return Participant.objects.filter(pk=participant.pk).first()


def letters_by_key(person: Participant) -> dict[tuple[str, str], Message]:
    """Return the letters of one of `for_letters`, by kind and by what they are about."""
    return {(message.kind, message.dedupe_key): message for message in person.messages.all()}


def own_links(person: Participant) -> list[PersonalLink]:
    """Return the personal links that one of `for_letters` ever had for themselves."""
    return [link for link in person.links.all() if link.purpose == "participant"]


def consents_to_confirm(person: Participant) -> list[Consent]:
    """Return what one of `for_letters` agreed to on the web; of a paper they keep a copy."""
    return [consent for consent in person.consents.all() if consent.mode == "web"]


def leavings_in_order(person: Participant) -> list[Leaving]:
    """Return what one of `for_letters` left, in order of time."""
    return sorted(person.leavings.all(), key=lambda leaving: leaving.at)


def course_sessions(person: Participant) -> list[Session]:
    """Return the sessions of the course on which one of `for_letters` has a place, also after they left it."""
    place = getattr(person, "place", None)
    return list(place.cohort.sessions.all()) if place is not None and place.on_course else []


def letter_to_staff(study: Study, user: User | None, kind: str, dedupe_key: str) -> Message | None:
    """Return the letter of a kind about one thing that went to a member of staff, or to nobody's account."""
    rows = Message.objects.filter(study=study, user=user, participant=None, kind=kind, dedupe_key=dedupe_key)
    return rows.first()


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
