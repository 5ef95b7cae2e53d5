"""Wishes that two people do not practise together: entered, lifted, and known to the coordinator alone."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import Cohort, KeepApart, Participant, User
from pilotage.web.records.refused import ActionRefused


@transaction.atomic
def keep_apart(
    by: audit.By, cohort: Cohort, person: Participant, other: Participant, *, hard: bool = True, kind: str = ""
) -> KeepApart:
    """Keep two people apart from now on: never together, or only where it cannot be helped."""
    if person.pk == other.pk:
        raise ActionRefused(_("Choose two different people."))
    first, second = sorted((person, other), key=lambda participant: participant.pk)
    if KeepApart.objects.select_for_update().filter(one=first, other=second, until=None).exists():
        raise ActionRefused(_("These two people are already kept apart."))
    wish = KeepApart.objects.create(
        cohort=cohort, one=first, other=second, hard=hard, kind=kind, by=by if isinstance(by, User) else None
    )
    for participant, apart_from in ((first, second), (second, first)):
        after = {"from": apart_from.code, "hard": hard, "kind": kind}
        audit.record(by, AuditAction.KEPT_APART, wish, about=participant, after=after)
    return wish


@transaction.atomic
def lift_keep_apart(by: audit.By, wish: KeepApart) -> None:
    """Lift a wish, which holds no longer; it stays known while it is needed to understand past pairs."""
    row = KeepApart.objects.select_for_update(of=("self",)).get(pk=wish.pk)
    if row.until is not None:
        return
    row.until = timezone.now()
    row.save(update_fields=["until"])
    for person in (row.one, row.other):
        audit.record(
            by, AuditAction.NO_LONGER_KEPT_APART, row, about=person, before={"hard": row.hard, "kind": row.kind}
        )
