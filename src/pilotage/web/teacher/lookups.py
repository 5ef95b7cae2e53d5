"""How a teacher's views find what they are about: their own groups, and what belongs to them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from pilotage.web.pages.lookups import or_404
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant, Session, Study


def cohort_or_404(request: Any, study: Study, group: str) -> Cohort:
    """Return the group of this key, where the teacher teaches it."""
    return or_404(queries.cohort_taught_by(request.user, study, group))


def session_or_404(request: Any, study: Study, key: int) -> Session:
    """Return the session, where the teacher teaches its group."""
    return or_404(queries.session_taught_by(request.user, study, key))


def expected_or_404(session: Session, code: str) -> Participant:
    """Return the person of this code, where they are expected at the session."""
    return or_404(queries.expected_person(session, code))


def to_session(session: Session, part: str = "") -> HttpResponse:
    """Redirect to a session's page, at one of its parts."""
    response = redirect("teacher:session", study=session.cohort.study.key, session=session.pk)
    if part:
        response["Location"] += f"#{part}"
    return response
