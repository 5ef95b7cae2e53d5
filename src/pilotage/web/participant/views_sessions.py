"""The days of the course: what comes, saying that one cannot come, what was, and one's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.vocabulary import AttendanceStatus, SessionState
from pilotage.web.accounts.access import participant
from pilotage.web.pages.address import address_page, make_address
from pilotage.web.pages.perform import perform
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Attendance, Participant
from pilotage.web.records.queries.own_sessions import OwnSession

ATTENDANCE_WORDS: dict[str, str | Promise] = {
    AttendanceStatus.PRESENT: gettext_lazy("You were present."),
    AttendanceStatus.LATE: gettext_lazy("You arrived late."),
    AttendanceStatus.LEFT_EARLY: gettext_lazy("You left early."),
    AttendanceStatus.EXCUSED: gettext_lazy("You could not come."),
    AttendanceStatus.ABSENT: gettext_lazy("You were absent."),
    AttendanceStatus.MADE_UP: gettext_lazy("You made up this session on another day."),
}
CHANGED: dict[str, str | Promise] = {
    SessionState.CANCELLED: pgettext_lazy("session", "cancelled"),
    SessionState.POSTPONED: pgettext_lazy("session", "postponed, new date to follow"),
    SessionState.REPLACED: pgettext_lazy("session", "with a different programme"),
}


@dataclass(frozen=True)
class Day:
    """A session as the page lists it."""

    own: OwnSession
    is_past: bool
    changed: str | Promise
    attendance: str | Promise


@participant
@require_safe
def sessions(request: Any, person: Participant) -> HttpResponse:
    """Show all days of the course; those who follow none, or left it, find nothing."""
    now = timezone.now()
    own_sessions = queries.own_sessions(person, now)
    if not own_sessions and not queries.is_on_course(person):
        raise Http404
    attendance = queries.attendance_of(person)
    days = [_day(own, attendance.get(own.session.pk), now) for own in own_sessions]
    context = {
        "coming": [day for day in days if not day.is_past],
        "past": [day for day in days if day.is_past],
        "certificate": queries.attended(person) is not None,
        "has_recordings": queries.has_recordings(person),
    }
    return render(request, "participant/sessions.html", context)


@participant
@require_POST
def cannot_come(request: Any, person: Participant, session: int) -> HttpResponse:
    """Tell the teachers that the person cannot come, or can after all; until the session starts."""
    followed = queries.session_followed_by(person, session)
    if followed is None:
        raise Http404
    if request.POST.get("do") == "come":
        success = _("Thank you. Your teachers see that you will come.")
        perform(request, lambda: actions.take_back_apology(person, followed), success)
    else:
        success = _("Thank you. Your teachers see that you cannot come.")
        perform(request, lambda: actions.apologise(person, followed), success)
    return redirect("participant:home" if request.POST.get("back") == "home" else "participant:sessions")


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Any, person: Participant) -> HttpResponse:
    """Show or change the private address by which someone's own calendar reads the days of their course."""
    if not queries.is_on_course(person):
        raise Http404
    if request.method == "POST":
        make_address(request, person)
        return redirect("participant:calendar")
    return render(request, "participant/sessions_calendar.html", address_page(request, person))


def _day(own: OwnSession, attendance: Attendance | None, now: datetime) -> Day:
    session = own.session
    over = getattr(session, "held", None) is not None and session.held.ended_at is not None
    # A postponed session is still to come, whatever day stands in the plan: its new day is not known yet.
    is_past = over or (session.planned_start <= now and session.state != SessionState.POSTPONED)
    came = ATTENDANCE_WORDS.get(attendance.status, "") if attendance else ""
    return Day(own, is_past, CHANGED.get(session.state, ""), came)
