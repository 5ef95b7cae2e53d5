"""The finished forms of one person, in which an answer can be put right; by code alone, and without the answers."""

from __future__ import annotations

from django.db.models import QuerySet

from pilotage.web.records import protocols
from pilotage.web.records.models import Administration, Study, User
from pilotage.web.records.queries.access import centres_of
from pilotage.web.records.queries.data_entry import ROLE


def finished_forms(user: User, study: Study, code: str) -> QuerySet[Administration]:
    """Return what somebody of the centres that the role reaches has finished, but for reports of harm."""
    safety = protocols.of(study).protocol.safety
    rows = Administration.objects.filter(
        participant__study=study,
        participant__centre__in=centres_of(user, study, ROLE),
        participant__erased_at=None,
        participant__code__iexact=code,
        completed_at__isnull=False,
    )
    if safety is not None and safety.form:
        rows = rows.exclude(instrument=safety.form)
    return rows.select_related("participant__study").order_by("completed_at", "pk")
