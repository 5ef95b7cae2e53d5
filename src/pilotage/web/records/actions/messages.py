"""Letters are claimed before they are sent, so that nobody gets one twice; what became of them is kept."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.actions.links import make_link
from pilotage.web.records.models import Identity, Message, Participant, Study, User
from pilotage.web.records.queries.messages import was_interrupted
from pilotage.web.records.refused import ActionRefused

_MAY_BE_CLAIMED = ("asked", "failed")


@transaction.atomic
def claim_message(
    study: Study,
    kind: str,
    dedupe_key: str,
    reference: str,
    *,
    participant: Participant | None = None,
    user: User | None = None,
    now: datetime | None = None,
) -> Message | None:
    """Take it upon oneself to send a letter; None where another process did, or it went already.

    ``reference`` becomes its Message-ID; a letter that is tried again keeps the one it had.
    """
    at = now or timezone.now()
    first = {"claimed_at": at, "tries": 1, "reference": reference}
    message, new = Message.objects.get_or_create(
        study=study, participant=participant, user=user, kind=kind, dedupe_key=dedupe_key, defaults=first
    )
    if new:
        return message
    held = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if held.state not in _MAY_BE_CLAIMED and not was_interrupted(held, at):
        return None
    held.state, held.claimed_at, held.tries = "claimed", at, held.tries + 1
    held.reference = held.reference or reference
    held.save(update_fields=["state", "claimed_at", "tries", "reference"])
    return held


@transaction.atomic
def mark_sent(message: Message, now: datetime | None = None) -> None:
    """Note that a mail server took a letter."""
    Message.objects.filter(pk=message.pk).update(state="sent", sent_at=now or timezone.now(), trouble="")
    _record(AuditAction.LETTER_SENT, message)


@transaction.atomic
def mark_failed(message: Message, trouble: str) -> None:
    """Note that no mail server took a letter; it is tried again later, while it is still due."""
    Message.objects.filter(pk=message.pk).update(state="failed", trouble=trouble[:300])


@transaction.atomic
def mark_unsure(message: Message, trouble: str) -> None:
    """Note that the mail server was lost while it took a letter, which stays claimed, for it may have gone."""
    Message.objects.filter(pk=message.pk).update(trouble=trouble[:300])


@transaction.atomic
def mark_bounced(message: Message, trouble: str, address: str = "") -> None:
    """Note that a letter came back, or was refused for good; nothing more goes there until the address is put right.

    ``address`` is the one that the mail server named; where the person's is another one by now, that one holds.
    """
    row = Message.objects.select_for_update(of=("self",)).get(pk=message.pk)
    if row.state == "bounced":
        return
    Message.objects.filter(pk=row.pk).update(state="bounced", trouble=trouble[:300])
    identity = Identity.objects.filter(participant=row.participant_id).first() if row.participant_id else None
    if identity is not None and address.casefold() in ("", identity.email.casefold()):
        Identity.objects.filter(pk=identity.pk).update(bounced=identity.email)
    _record(AuditAction.LETTER_CAME_BACK, row)


@transaction.atomic
def ask_for_letter(by: User, participant: Participant, kind: str, dedupe_key: str, *, again: bool = False) -> Message:
    """Have a letter sent now that waits for the morning, or one more of a kind that was sent before."""
    Participant.objects.select_for_update().get(pk=participant.pk)  # a button pressed twice asks once
    mine = Message.objects.filter(participant=participant, kind=kind)
    if mine.filter(Q(dedupe_key=dedupe_key) | Q(dedupe_key__startswith=f"{dedupe_key}:again-"), state="asked").exists():
        raise ActionRefused(_("You have already asked for this letter. It is sent within a minute."))
    earlier = mine.filter(dedupe_key__startswith=f"{dedupe_key}:again-").count()
    wanted = f"{dedupe_key}:again-{earlier + 1}" if again else dedupe_key
    message, new = Message.objects.get_or_create(
        study=participant.study, participant=participant, kind=kind, dedupe_key=wanted, defaults={"state": "asked"}
    )
    if not new:
        if message.state not in ("failed", "asked"):
            raise ActionRefused(_("This letter has already been sent."))
        Message.objects.filter(pk=message.pk).update(state="asked", tries=0)
    _record(AuditAction.LETTER_ASKED_FOR, message, by)
    return message


@transaction.atomic
def send_new_link(by: User, participant: Participant) -> Message:
    """Make a new personal link, which ends the one before, and have it sent to the person."""
    identity = Identity.objects.filter(participant=participant).first()
    if identity is None or not identity.email:
        raise ActionRefused(_("They have no e-mail address. Print the link and give it to them."))
    make_link(by, participant)
    link = participant.links.filter(purpose="participant", revoked_at=None).latest("pk")
    message = Message.objects.create(
        study=participant.study,
        participant=participant,
        kind="personal-link",
        dedupe_key=f"link-{link.pk}",
        state="asked",
    )
    _record(AuditAction.LETTER_ASKED_FOR, message, by)
    return message


@transaction.atomic
def trust_address(by: User, participant: Participant) -> None:
    """Note that an address works after all from which mail came back; somebody made sure of it."""
    identity = Identity.objects.select_for_update(of=("self",)).get(participant=participant)
    if identity.bounced:
        Identity.objects.filter(pk=identity.pk).update(bounced="")
        audit.record(by, AuditAction.ADDRESS_TRUSTED_AGAIN, identity, about=participant)


def _record(what: AuditAction, message: Message, by: audit.By = audit.SERVER) -> None:
    after = {"kind": message.kind, "window": message.dedupe_key}
    if message.participant is not None and message.participant.erased_at is None:
        audit.record(by, what, message, about=message.participant, after=after)
    else:
        audit.record(by, what, message, study=message.study, after=after if message.participant is None else None)
