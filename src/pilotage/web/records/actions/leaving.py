"""Someone leaves the course, the study, or both, and what they gave is kept or erased as they say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, protocols
from pilotage.web.records.actions.erasing import erase_answers, erase_person
from pilotage.web.records.actions.links import revoke_link, revoke_links
from pilotage.web.records.models import Leaving, Participant
from pilotage.web.records.queries.leaving import Answers, apart, choices_about_answers, ends_everything, takes_part_in
from pilotage.web.records.refused import ActionRefused


@dataclass(frozen=True)
class Left:
    """The receipt of leaving: what, when, and what became of what was given before."""

    what: tuple[str, ...]
    at: datetime
    answers: Answers
    everything: bool
    """Whether nothing is left that the person takes part in."""


@transaction.atomic
def leave(
    by: audit.By, participant: Participant, what: Collection[str], reason: str = "", answers: Answers = "keep"
) -> Left:
    """Leave the course, the study or both, now; nobody needs to say why.

    Leaving the study ends the consent, so that from this moment no answer is taken. Whoever has left everything has
    no link any more; whoever has also erased what they gave is somebody of whom nobody knows who they were.
    """
    person = Participant.objects.select_for_update(of=("self",)).select_related("study").get(pk=participant.pk)
    parts = tuple(part for part in takes_part_in(person) if part in what)
    _refuse(person, parts, what, answers)
    now, everything = timezone.now(), ends_everything(person, parts)
    kept = protocols.of(person.study).protocol.canonical_reason(reason)[:300]
    for part in parts:
        row = Leaving.objects.create(participant=person, what=part, reason=kept, answers=answers, at=now)
        details = {"what": part, "answers": answers}
        audit.record(by, AuditAction(f"{part} left"), row, about=person, after=details, reason=row.reason)
    if "study" in parts:
        person.consents.filter(ended_at=None).update(ended_at=now)
        for link in person.links.filter(purpose="colleague", revoked_at=None):
            revoke_link(by, link)
    if everything:
        revoke_links(by, person)
    _erase(by, person, parts, answers, everything=everything)
    return Left(parts, now, answers, everything)


def _erase(by: audit.By, person: Participant, parts: tuple[str, ...], answers: Answers, *, everything: bool) -> None:
    if answers == "erase" and everything:
        erase_person(by, person)
    elif answers == "erase" and "study" in parts:
        erase_answers(by, person)


def _refuse(person: Participant, parts: tuple[str, ...], what: Collection[str], answers: Answers) -> None:
    if not parts or set(what) - {"course", "study"}:
        raise ActionRefused(_("You no longer take part in the course or the study."))
    if not apart(person) and set(parts) != set(takes_part_in(person)):
        raise ActionRefused(_("In this study you cannot leave the course or the study alone. You leave both together."))
    if answers not in choices_about_answers(person, parts):
        raise ActionRefused(
            _("You cannot choose here what happens to your earlier answers. See the information that you agreed to.")
        )
