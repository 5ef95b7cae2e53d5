"""A session: its parts on one page, begun and ended, and who came in one tap each."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.pages.sessions import state_of
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Session, Study
from pilotage.web.records.queries.days import day_of, zone_of
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.forms import AttendanceForm, EndForm
from pilotage.web.teacher.labels import ONE_TAP, planned, theme_of
from pilotage.web.teacher.lookups import expected_or_404, session_or_404, to_session
from pilotage.web.teacher.sections import sections
from pilotage.web.teacher.sections.attendance import counted

ASKED = ["GET", "HEAD", "POST"]


@staff("teacher")
@require_safe
def session(request: Any, study: Study, session: int) -> HttpResponse:
    """The session's page."""
    found = session_or_404(request, study, session)
    loaded, held = protocols.of(study), getattr(found, "held", None)
    state, tone = state_of(found)
    page = {
        "session": found,
        "group": found.cohort,
        "held": held,
        "minutes": held.minutes if held else None,
        "theme": theme_of(loaded, found),
        "plan": planned(loaded, found),
        "state": state,
        "tone": tone,
        "can_begin": _can_begin(found),
        "overdue": found.planned_start < timezone.now(),
        "sections": sections(found),
    }
    return render(request, "teacher/session.html", page)


@staff("teacher")
@require_POST
def begin(request: Any, study: Study, session: int) -> HttpResponse:
    """The group has begun, or that was pressed by mistake."""
    found = session_or_404(request, study, session)
    if request.POST.get("do") == "undo":
        perform(request, lambda: actions.undo_beginning(request.user, found), _("The session is to come again."))
    else:
        perform(request, lambda: actions.begin_session(request.user, found))
    return to_session(found)


@staff("teacher")
@require_http_methods(ASKED)
def end(request: Any, study: Study, session: int) -> HttpResponse:
    """The session is over; its times can be put right here, also afterwards."""
    found = session_or_404(request, study, session)
    form = EndForm(request.POST if request.method == "POST" else None, session=found, zone=zone_of(study))
    if form.is_valid() and _ended(request, form, found):
        messages.success(request, _("Kept. Thank you for the evening's work."))
        return to_session(found)
    page = {"form": form, "session": found, "group": found.cohort, "ended": _has_ended(found)}
    return render(request, "teacher/end.html", page)


@staff("teacher")
@require_POST
def mark(request: Any, study: Study, session: int, code: str) -> HttpResponse:
    """One tap: whether someone came."""
    found = session_or_404(request, study, session)
    person, status = expected_or_404(found, code), request.POST.get("status")
    if status not in ONE_TAP:
        return HttpResponseBadRequest()
    if not request.htmx:
        perform(request, lambda: actions.mark_attendance(request.user, found, person, status))
        return to_session(found, f"person-{person.code}")
    refused = ""
    try:
        actions.mark_attendance(request.user, found, person, status)
    except ActionRefused as against:
        refused = str(against)
    return _line(request, found, person, refused)


@staff("teacher")
@require_http_methods(ASKED)
def details(request: Any, study: Study, session: int, code: str) -> HttpResponse:
    """Minutes, a session made up on another day, and corrections with their reason."""
    found = session_or_404(request, study, session)
    person = expected_or_404(found, code)
    before = found.attendance.filter(participant=person).first()
    form = AttendanceForm(request.POST if request.method == "POST" else None, attendance=before)
    if form.is_valid() and _marked(request, form, found, person):
        messages.success(request, _("Kept."))
        return to_session(found, f"person-{person.code}")
    page = {"form": form, "session": found, "name": queries.known_as(person)}
    return render(request, "teacher/attendance.html", page)


@staff("teacher")
@require_POST
def rest(request: Any, study: Study, session: int) -> HttpResponse:
    """Everybody who is not marked yet was there."""
    found = session_or_404(request, study, session)
    perform(request, lambda: actions.mark_others_present(request.user, found))
    return to_session(found, "people")


def _line(request: Any, session: Session, person: Participant, refused: str) -> HttpResponse:
    """The person's line anew, and what all lines come to; for a page that has script."""
    said = counted(session)
    row = next(row for row in said["rows"] if row.line.participant == person)
    page = {"said": said, "row": row, "session": session, "refused": refused, "alone": True}
    return render(request, "teacher/sections/attendance_row.html", page)


def _can_begin(session: Session) -> bool:
    today = day_of(session.cohort.study)
    there = session.state in ("planned", "replaced") and getattr(session, "held", None) is None
    return there and day_of(session.cohort.study, session.planned_start) == today


def _has_ended(session: Session) -> bool:
    held = getattr(session, "held", None)
    return held is not None and held.ended_at is not None


def _ended(request: Any, form: EndForm, session: Session) -> bool:
    given = form.cleaned_data
    try:
        actions.end_session(
            request.user,
            session,
            started_at=form.started_at,
            ended_at=form.ended_at,
            teachers=given["teachers"],
            reason=given["reason"],
        )
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _marked(request: Any, form: AttendanceForm, session: Session, person: Participant) -> bool:
    given = form.cleaned_data
    try:
        actions.mark_attendance(request.user, session, person, given["status"], form.there, given["reason"])
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True
