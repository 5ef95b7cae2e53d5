"""Someone consents to the study, or would rather not."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.web.records import audit, protocols
from pilotage.web.records.models import Consent, ConsentText, Participant, Signature, Step
from pilotage.web.records.reads.standing import stage_of
from pilotage.web.records.refused import Refused
from pilotage.web.records.writes.people import step

COURSE_ALONE = "takes the course without the study"
"""The reason noted for whoever declines the research and wants the course."""


@transaction.atomic
def give_consent(participant: Participant, text: ConsentText, agreed: Collection[str], typed_name: str) -> Consent:
    """Consent by the participant's own hand: the text they read, what they ticked, and their name typed beneath it.

    Given twice, as when a button is pressed twice, it is given once.
    """
    person = _locked(participant)
    valid: Consent | None = person.consents.filter(ended_at=None).first()
    if valid is not None:
        return valid
    _refuse_unasked(person)
    lacking = [s["text"] for s in text.statements if s["required"] and s["id"] not in agreed]
    if lacking:
        raise Refused(_("Without this nobody takes part: '%(statement)s'") % {"statement": lacking[0]})
    if not typed_name.strip():
        raise Refused(_("Type your name beneath it."))
    ticked = [s["id"] for s in text.statements if s["id"] in agreed]
    consent = Consent.objects.create(participant=person, text=text, agreed=ticked)
    Signature.objects.create(consent=consent, typed_name=typed_name.strip())
    after = {"version": text.version, "language": text.language, "text": text.fingerprint, "agreed": ticked}
    audit.record(participant, "consent given", consent, about=person, after=after)
    return consent


@transaction.atomic
def decline_study(participant: Participant, *, course_alone: bool = False, reason: str = "") -> Step:
    """No to the research; where course and study are apart, the course may still be taken."""
    person = _locked(participant)
    _refuse_unasked(person)
    return step(participant, person, "declined", reason=COURSE_ALONE if course_alone else reason.strip())


def _locked(participant: Participant) -> Participant:
    Participant.objects.select_for_update().get(pk=participant.pk)  # two answers at once see each other
    needed = "steps", "screenings", "consents", "leavings"
    return Participant.objects.select_related("study").prefetch_related(*needed).get(pk=participant.pk)


def _refuse_unasked(person: Participant) -> None:
    zone = ZoneInfo(protocols.of(person.study).protocol.study.time_zone)
    if person.consents.filter(ended_at=None).exists():
        raise Refused(_("You have consented already. Your own page says how you can leave."))
    if stage_of(person, zone)[0] != "eligible":
        raise Refused(_("You have not been asked to consent yet."))
