"""The personal links that participants come in by."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, keys, protocols
from pilotage.web.records.models import Participant, PersonalLink
from pilotage.web.records.queries.access import own_link
from pilotage.web.records.tokens import hashed, new_token


@transaction.atomic
def make_link(
    by: audit.By,
    participant: Participant,
    purpose: str = "participant",
    assessment: str = "",
    expires_at: datetime | None = None,
) -> str:
    """Make a new personal link and return its token; a participant's earlier ones of the same purpose end.

    Unless told otherwise, a participant's own lasts as long as the protocol says.
    """
    earlier = participant.links.filter(purpose=purpose, assessment=assessment, revoked_at=None)
    earlier.update(revoked_at=timezone.now())
    token = new_token()
    link = PersonalLink.objects.create(
        participant=participant,
        purpose=purpose,
        assessment=assessment,
        token_hash=hashed(token),
        sealed_token=keys.seal(participant, token.encode()),
        expires_at=expires_at or _end(participant, purpose),
    )
    audit.record(by, AuditAction.PERSONAL_LINK_MADE, link, about=participant, after={"purpose": purpose})
    return token


def _end(participant: Participant, purpose: str) -> datetime | None:
    lasts = protocols.of(participant.study).protocol.access.link_lasts
    return timezone.now() + lasts if purpose == "participant" and lasts is not None else None


@transaction.atomic
def hand_out_link(by: audit.By, participant: Participant) -> str:
    """Return the token of a participant's link, to be printed or passed on: the one that holds, or else a new one."""
    link = own_link(participant, timezone.now())
    token = keys.unseal(participant.pk, link.sealed_token) if link else None
    if link is None or token is None:
        return make_link(by, participant)
    audit.record(by, AuditAction.PERSONAL_LINK_SHOWN, link, about=participant)
    return token.decode()


@transaction.atomic
def use_link(link: PersonalLink) -> None:
    """Note that the button of a personal link was pressed; the log names the participant it is about."""
    by = link.participant if link.purpose == "participant" else audit.Actor("colleague", link.pk)
    audit.record(by, AuditAction.PERSONAL_LINK_USED, link, about=link.participant, after={"purpose": link.purpose})


@transaction.atomic
def revoke_link(by: audit.By, link: PersonalLink, reason: str = "") -> None:
    """End a link; whoever is signed in by it is signed out by their next request."""
    PersonalLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    audit.record(by, AuditAction.PERSONAL_LINK_ENDED, link, about=link.participant, reason=reason)


@transaction.atomic
def revoke_links(by: audit.By, participant: Participant, reason: str = "") -> None:
    """End all links of a participant."""
    for link in participant.links.filter(revoked_at=None):
        revoke_link(by, link, reason)


@transaction.atomic
def colleague_agrees(link: PersonalLink) -> None:
    """Note that someone who knows the participant read what they are asked and what becomes of it, and began."""
    audit.record(audit.Actor("colleague", link.pk), AuditAction.COLLEAGUE_AGREED, link, about=link.participant)
