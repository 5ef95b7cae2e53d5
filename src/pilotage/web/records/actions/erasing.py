"""What was given is erased: from the research alone, or all that is known of someone."""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from django.utils import timezone

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, keys
from pilotage.web.records.actions.freezing import remove_from_freezes
from pilotage.web.records.models import (
    AdverseEvent,
    AdverseEventNote,
    Answer,
    Comment,
    FrozenCode,
    Identity,
    KeepApart,
    Participant,
    RecordingConsent,
    Signature,
)

_WORDS: dict[str, Any] = {"description": "", "answers": {}, "screened": "", "action": "", "administration": None}


@transaction.atomic
def erase_answers(by: audit.By, person: Participant) -> None:
    """Erase what someone gave to the research; what the course needs to go on stays.

    The log stays whole: what it held about the person before is sealed with a key that is destroyed here, and a new
    one seals what comes after.
    """
    remove_from_freezes(by, person)
    FrozenCode.objects.filter(participant=person).delete()  # nothing leads back from what stays frozen
    _delete_research(person)
    person.adverse_events.filter(source="alert rule", judged_at=None).delete()
    forget_words(person.adverse_events.exclude(closed_at=None))
    _new_key(person)
    audit.record(by, AuditAction.ANSWERS_ERASED, person, study=person.study)


@transaction.atomic
def erase_person(by: audit.By, person: Participant) -> None:
    """Erase all that tells who somebody was and what they gave; what stays names nobody.

    What stays: the code, the arm, that they consented and left and on which days, and with whom a pairing put them,
    for that is the others' history too.
    """
    erase_answers(by, person)
    person.adverse_events.filter(source="alert rule").exclude(judged_at=None).update(rule="")
    forget_words(person.adverse_events.all())
    _delete_course(person)
    person.links.all().delete()
    person.messages.all().delete()
    Signature.objects.filter(consent__participant=person).delete()
    Identity.objects.filter(participant=person).delete()
    person.steps.update(reason="")
    person.leavings.update(reason="")
    audit.record(by, AuditAction.PERSON_ERASED, person, study=person.study)
    keys.destroy_key(person)
    Participant.objects.filter(pk=person.pk).update(erased_at=timezone.now())


def forget_words(events: models.QuerySet[AdverseEvent]) -> None:
    """Empty reports of all words; how bad and how related it was stays, as a count of harm without a person."""
    AdverseEventNote.objects.filter(event__in=events).delete()
    events.update(**_WORDS)


def _delete_research(person: Participant) -> None:
    """Delete rows in the order in which one rests on another."""
    person.data_entry_passes.all().delete()
    Comment.objects.filter(administration__participant=person).delete()
    Answer.objects.filter(administration__participant=person).delete()
    person.administrations.all().delete()
    person.home_practice.all().delete()
    person.screenings.all().delete()


def _delete_course(person: Participant) -> None:
    person.attendance.all().delete()
    person.apologies.all().delete()
    person.calendarfeed_set.all().delete()
    KeepApart.objects.filter(models.Q(one=person) | models.Q(other=person)).delete()
    RecordingConsent.objects.filter(participant=person).update(agreed_at=None)  # nobody hears a voice that left


def _new_key(person: Participant) -> None:
    """Make another key for what comes, with which the personal links go on working."""
    tokens = {link: keys.unseal(person.pk, link.sealed_token) for link in person.links.all()}
    keys.destroy_key(person)
    keys.give_key(person)
    for link, token in tokens.items():
        link.sealed_token = keys.seal(person, token or b"")
        link.save(update_fields=["sealed_token"])
