"""People are approached, answer, and their contact data are kept right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, keys, protocols
from pilotage.web.records.models import Centre, Identity, Participant, Step, Study, User
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.people import known_by
from pilotage.web.records.refused import ActionRefused

_CODE = re.compile(r"^P(\d+)$")


@dataclass(frozen=True)
class Contact:
    """Who somebody is and how they are reached."""

    name: str
    email: str = ""
    phone: str = ""
    language: str = "en"


@transaction.atomic
def approach(
    by: audit.By, study: Study, centre: Centre, contact: Contact, arm_sought: str = "", on: date | None = None
) -> Participant:
    """Add someone who is approached, with a code from then on; the same address twice in a study is refused."""
    Study.objects.select_for_update().get(pk=study.pk)  # two people approached at once get two codes
    known = known_by(study, contact.email)
    if known is not None:
        raise ActionRefused(
            _("%(email)s is already in this study, as %(code)s.") % {"email": contact.email, "code": known.code}
        )
    person = Participant.objects.create(study=study, centre=centre, code=_next_code(study), arm_sought=arm_sought)
    keys.give_key(person)
    Identity.objects.create(participant=person, **_cleaned(contact))
    details = {"centre": centre.key, "arm_sought": arm_sought, "identity": _cleaned(contact)}
    audit.record(by, AuditAction.PERSON_APPROACHED, person, about=person, after=details)
    step(by, person, "approached", on=on)
    return person


@transaction.atomic
def approach_several(
    by: audit.By, study: Study, centre: Centre, contacts: Sequence[Contact], arm_sought: str = ""
) -> list[Participant]:
    """Add several people at once: all of them, or nobody."""
    return [approach(by, study, centre, contact, arm_sought) for contact in contacts]


@transaction.atomic
def change_contact(by: audit.By, person: Participant, contact: Contact) -> None:
    """Name, addresses or language are put right; the log keeps what they were, under the person's key."""
    identity = Identity.objects.select_for_update().get(participant=person)
    known = known_by(person.study, contact.email)
    if known is not None and known.pk != person.pk:
        raise ActionRefused(
            _("%(email)s is already in this study, as %(code)s.") % {"email": contact.email, "code": known.code}
        )
    now = _cleaned(contact)
    before = {name: getattr(identity, name) for name, value in now.items() if getattr(identity, name) != value}
    if before:
        Identity.objects.filter(pk=identity.pk).update(**now)
        audit.record(
            by, AuditAction.CONTACT_CHANGED, identity, about=person, before=before, after={n: now[n] for n in before}
        )


@transaction.atomic
def note_answer(
    by: audit.By,
    person: Participant,
    kind: Literal["interested", "no reply", "declined"],
    reason: str = "",
    on: date | None = None,
) -> Step:
    """Record the reply of someone who was approached: interested, declined and why, or none."""
    if person.consents.filter(ended_at=None).exists():
        raise ActionRefused(
            _("This person has consented. If they stop, record that they leave the study or the course.")
        )
    if kind == "declined" and not reason.strip():
        raise ActionRefused(_("Enter why they declined. 'No reason given' is possible too."))
    return step(by, person, kind, reason=reason, on=on)


def step(by: audit.By, person: Participant, kind: str, *, reason: str = "", on: date | None = None) -> Step:
    """Record one step on the way in; inside the transaction of the action it belongs to."""
    who = by if isinstance(by, User) else None
    # Counted as one reason, whatever language the coordinator reads: Protocol.canonical_reason.
    reason = protocols.of(person.study).protocol.canonical_reason(reason) if reason.strip() else ""
    row = Step.objects.create(participant=person, kind=kind, on=on or day_of(person.study), reason=reason[:200], by=who)
    audit.record(by, AuditAction(f"noted {kind}"), row, about=person, after={"on": row.on}, reason=reason)
    return row


def _next_code(study: Study) -> str:
    """Return the next of P01, P02 and so on; a code is never given again."""
    numbers: Iterable[int] = (
        int(result[1]) for code in study.participants.values_list("code", flat=True) if (result := _CODE.match(code))
    )
    return f"P{max(numbers, default=0) + 1:02}"


def _cleaned(contact: Contact) -> dict[str, str]:
    by_key = {"name": contact.name, "email": contact.email, "phone": contact.phone, "language": contact.language}
    return {name: " ".join(value.split()) for name, value in by_key.items()}
