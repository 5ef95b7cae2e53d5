"""An answer that was given is put right: with a reason, and the answer that it was stays in the log."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.instruments.answer_values import Reason, Refusal
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit, items, protocols
from pilotage.web.records.actions.alerts import raise_from_answers
from pilotage.web.records.answer_refusals import refusal_words
from pilotage.web.records.models import Administration, Answer, User
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def correct_answer(by: User, administration: Administration, item: str, value: str | None, reason: str) -> Answer:
    """Correct one item of a finished form; alerts that only the right answer raises are raised now.

    Data that were frozen before stay as they were; the next copy has the right answer.
    """
    row = Administration.objects.select_for_update(of=("self",)).select_related("consent").get(pk=administration.pk)
    of = items.source(protocols.of_version_key(row.version_id), row.instrument)
    tidy = items.normalised(of, item, value) if item in items.item_ids(of) else None
    _refuse(row, item, reason)
    if item not in items.item_ids(of) or item in items.own_words(of):
        raise ActionRefused(refusal_words(value or "", Refusal(Reason.OTHER)))
    if refusal := items.refusal(of, item, tidy):
        raise ActionRefused(refusal_words(value or "", refusal))
    answer = row.answers.filter(item=item).first() or Answer(administration=row, item=item)
    if answer.pk is not None and answer.value == tidy:
        raise ActionRefused(_("This is the same answer as before. Nothing was changed."))
    before, answer.value, answer.saved_at = answer.value, tidy, timezone.now()
    answer.save()
    was, now = {item: before}, {item: tidy}
    audit.record(
        by, AuditAction.ANSWER_CORRECTED, row, about=row.participant, before=was, after=now, reason=reason.strip()
    )
    raise_from_answers(row)
    return answer


def _refuse(administration: Administration, item: str, reason: str) -> None:
    if administration.completed_at is None:
        raise ActionRefused(_("This form is not finished. The person who fills it in can still change it."))
    if administration.mode == "web" and _closed(administration, item):
        raise ActionRefused(_("The consent for this form has ended. Its answers can no longer be changed."))
    if not reason.strip():
        raise ActionRefused(_("Enter the reason for the change, and who asked for it."))


def _closed(administration: Administration, item: str) -> bool:
    """Return whether they left; or agreed to newer words since, and the item never had a row of its own."""
    if administration.consent.ended_at is None:
        return False
    left = not administration.participant.consents.filter(ended_at=None).exists()
    return left or not administration.answers.filter(item=item).exists()
