"""Someone consents to the study, or would rather not."""

from __future__ import annotations

from collections.abc import Collection
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.people import step
from pilotage.web.records.models import Consent, ConsentText, Participant, Signature, Step
from pilotage.web.records.queries.standing import stage_of
from pilotage.web.records.refused import ActionRefused

COURSE_ALONE = "takes the course without the study"
"""The reason noted for whoever declines the research and wants the course."""


@transaction.atomic
def give_consent(participant: Participant, text: ConsentText, agreed: Collection[str], typed_name: str) -> Consent:
    """Record consent by the participant's own hand: the text they read, what they ticked, and the name they typed.

    Given twice, as when a button is pressed twice, it is given once. To newer words it is given anew: the consent
    before holds until then, and ends in the same moment; what was begun under it goes on under the new one.
    """
    person = _locked(participant)
    valid: Consent | None = person.consents.filter(ended_at=None).select_related("text").first()
    if valid is not None and valid.text.version == text.version:
        return valid
    if valid is None:
        _refuse_unasked(person)
    lacking = [s["text"] for s in text.statements if s["required"] and s["id"] not in agreed]
    if lacking:
        raise ActionRefused(
            _("To take part, it is necessary to agree to this statement: '%(statement)s'") % {"statement": lacking[0]}
        )
    if not typed_name.strip():
        raise ActionRefused(_("Type your name below the text."))
    ticked = [s["id"] for s in text.statements if s["id"] in agreed]
    now = timezone.now()
    person.consents.filter(ended_at=None).update(ended_at=now)
    consent = Consent.objects.create(participant=person, text=text, agreed=ticked, given_at=now)
    person.administrations.filter(completed_at=None).update(consent=consent)
    Signature.objects.create(consent=consent, typed_name=typed_name.strip())
    after = {"version": text.version, "language": text.language, "text": text.fingerprint, "agreed": ticked}
    before = {"version": valid.text.version, "agreed": valid.agreed} if valid is not None else None
    audit.record(participant, AuditAction.CONSENT_GIVEN, consent, about=person, before=before, after=after)
    return consent


@transaction.atomic
def decline_study(participant: Participant, *, course_alone: bool = False, reason: str = "") -> Step:
    """Record a no to the research; where course and study are apart, the course may still be taken."""
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
        raise ActionRefused(_("You have already consented. Your page explains how to stop."))
    if stage_of(person, zone)[0] != "eligible":
        raise ActionRefused(_("You have not been asked for your consent yet."))
