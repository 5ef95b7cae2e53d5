"""How a teacher's views find what they are about: their own groups, and what belongs to them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant, Session, Study


def cohort_or_404(request: Any, study: Study, group: str) -> Cohort:
    """The group of this key, where the teacher teaches it."""
    cohort = queries.cohorts_taught_by(request.user, study).filter(key=group).first()
    if cohort is None:
        raise Http404
    return cohort


def session_or_404(request: Any, study: Study, key: int) -> Session:
    """The session, where the teacher teaches its group."""
    session = queries.sessions_taught_by(request.user, study).filter(pk=key).first()
    if session is None:
        raise Http404
    return session


def expected_or_404(session: Session, code: str) -> Participant:
    """The person of this code, where they are expected at the session."""
    place = queries.expected_at(session).filter(participant__code=code).first()
    if place is None:
        raise Http404
    return place.participant


def to_session(session: Session, part: str = "") -> HttpResponse:
    """Back to a session's page, at one of its parts."""
    answer = redirect("teacher:session", study=session.cohort.study.key, session=session.pk)
    if part:
        answer["Location"] += f"#{part}"
    return answer
