"""How a coordinator's views find whom or what they are about; what their centres do not reach is not found."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from pilotage.web.pages.lookups import or_404
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant, Session, Study


def person_or_404(request: Any, study: Study, code: str, *, to_read: bool = False) -> Participant:
    """Return the person of this code, where the coordinator's centres reach.

    Of someone whose name and key are gone for good there is nothing to change; their page can still be read.
    """
    person = queries.person_for(request.user, study, code)
    if person is None or not (to_read or hasattr(person, "identity")):
        raise Http404
    return person


def cohort_or_404(request: Any, study: Study, group: str) -> Cohort:
    """Return the group of this key, where the coordinator's centres reach."""
    return or_404(queries.cohort_for(request.user, study, group))


def session_or_404(cohort: Cohort, number: int) -> Session:
    """Return the session of this number in a group."""
    return or_404(queries.session_of(cohort, number))
