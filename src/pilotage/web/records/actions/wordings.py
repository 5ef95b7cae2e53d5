"""The words of questionnaires come into a study, are signed off by a second person, or are done without."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.instruments.wording import Wording
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import Study, User, WithoutWording, WordingText
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def import_wording(by: User, study: Study, wording: Wording) -> WordingText:
    """Save words that were read and checked; nobody sees them before a second person signed them off."""
    row, new = WordingText.objects.get_or_create(
        study=study,
        instrument=wording.instrument,
        language=wording.language,
        fingerprint=wording.fingerprint,
        defaults={"content": wording.model_dump(mode="json"), "imported_by": by},
    )
    if not new:
        raise ActionRefused(
            _("This text of {instrument} has already been imported.").format(instrument=wording.instrument)
        )
    audit.record(by, AuditAction.WORDING_IMPORTED, row, study=study, after=_named(row))
    return row


@transaction.atomic
def sign_off_wording(by: User, row: WordingText) -> None:
    """Sign the words off, compared with the edition by a second person; from now on people read them."""
    row = WordingText.objects.select_for_update().get(pk=row.pk)
    if row.signed_off_at is not None:
        raise ActionRefused(_("This text has already been signed off."))
    if row.imported_by_id == by.pk:
        raise ActionRefused(
            _("You imported this text yourself. Another person has to compare it with the edition and sign it off.")
        )
    row.signed_off_at, row.signed_off_by = timezone.now(), by
    row.save(update_fields=["signed_off_at", "signed_off_by"])
    audit.record(by, AuditAction.WORDING_SIGNED_OFF, row, study=row.study, after=_named(row))


@transaction.atomic
def go_without_wording(by: User, study: Study, *, instrument: str, language: str, reason: str) -> WithoutWording:
    """Ask an instrument by its items' numbers alone, for a reason that stands in the log."""
    if not reason.strip():
        raise ActionRefused(_("Enter the reason for asking this questionnaire without its text."))
    row, new = WithoutWording.objects.get_or_create(
        study=study, instrument=instrument, language=language, defaults={"by": by, "reason": reason.strip()}
    )
    if new:
        after = {"instrument": instrument, "language": language}
        audit.record(
            by, AuditAction.OPENING_WITHOUT_WORDING_CHOSEN, row, study=study, after=after, reason=reason.strip()
        )
    return row


def _named(row: WordingText) -> dict[str, str]:
    return {"instrument": row.instrument, "language": row.language, "fingerprint": row.fingerprint}
