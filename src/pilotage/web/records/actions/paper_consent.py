"""Consent given on paper, as the coordinator records it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.models import Consent, ConsentText, Participant
from pilotage.web.records.queries.standing import stage_of
from pilotage.web.records.refused import ActionRefused

_NOON = time(12)  # a paper bears a day and no hour


@transaction.atomic
def consent_on_paper(
    by: audit.By, person: Participant, *, text: ConsentText, agreed: Collection[str], given_on: date, held_by: str
) -> Consent:
    """Record what someone signed on paper: which version, what they agreed to, on what day, and who keeps the paper."""
    zone = ZoneInfo(protocols.of(person.study).protocol.study.time_zone)
    Participant.objects.select_for_update().get(pk=person.pk)
    _refuse_unready(person, zone)
    lacking = [s["text"] for s in text.statements if s["required"] and s["id"] not in agreed]
    if lacking:
        raise ActionRefused(
            _("To take part, it is necessary to agree to this statement: '%(statement)s'") % {"statement": lacking[0]}
        )
    if given_on > timezone.now().astimezone(zone).date():
        raise ActionRefused(_("The date of the consent is in the future. Enter an earlier date."))
    consent = Consent.objects.create(
        participant=person,
        text=text,
        agreed=sorted(agreed),
        mode="paper",
        paper_held_by=held_by.strip(),
        given_at=_moment(given_on, zone),
    )
    after = {"version": text.version, "language": text.language, "agreed": sorted(agreed), "given_on": given_on}
    audit.record(
        by, AuditAction.CONSENT_GIVEN_ON_PAPER, consent, about=person, after=after | {"held_by": held_by.strip()}
    )
    return consent


def _refuse_unready(person: Participant, zone: ZoneInfo) -> None:
    fresh = Participant.objects.prefetch_related("steps", "screenings", "consents", "leavings").get(pk=person.pk)
    stage, _since, _reason = stage_of(fresh, zone)
    if fresh.consents.filter(ended_at=None).exists():
        raise ActionRefused(_("%(code)s has already consented.") % {"code": person.code})
    if stage != "eligible":
        raise ActionRefused(_("%(code)s is not eligible yet. Screen them first.") % {"code": person.code})


def _moment(day: date, zone: ZoneInfo) -> datetime:
    """Return noon of the day, or now on the day itself, for nothing is signed in the future."""
    return min(datetime.combine(day, _NOON, zone), timezone.now() - timedelta(seconds=1))
