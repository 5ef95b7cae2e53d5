"""A group's calendar: all days at once, holidays left out; one session moved, cancelled, put off or replaced."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_calendar import ChangeForm, CourseForm
from pilotage.web.coordinator.lookups import cohort_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.sessions import state_of
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Cohort, Session, Study, User

ASKED = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_http_methods(ASKED)
def calendar(request: Any, study: Study, group: str) -> HttpResponse:
    """All sessions of a group; before the first one, all days can be planned anew."""
    found = cohort_or_404(request, study, group)
    form = CourseForm(request.POST if request.method == "POST" else None, cohort=found)
    if perform_form(form, lambda: actions.plan_course(request.user, found, **form.cleaned_data)):
        messages.success(request, _("All sessions are planned anew."))
        return redirect("coordinator:calendar", study=study.key, group=found.key)
    sessions = list(found.sessions.select_related("held"))
    page = {
        "form": form,
        "group": found,
        "sessions": [(one, *state_of(one)) for one in sessions],
        "begun": any(getattr(session, "held", None) for session in sessions),
    }
    return render(request, "coordinator/calendar.html", page)


@staff("coordinator")
@require_http_methods(ASKED)
def session(request: Any, study: Study, group: str, number: int) -> HttpResponse:
    """One session: another day, time or place; cancelled, put off, or replaced; with the reason."""
    found = cohort_or_404(request, study, group)
    planned = _session_or_404(found, number)
    zone = queries.zone_of(study)
    form = ChangeForm(request.POST if request.method == "POST" else None, session=planned, zone=zone)
    if perform_form(form, lambda: _change(request.user, planned, form)):
        messages.success(request, _("Session %(number)s is kept as planned now.") % {"number": number})
        return redirect("coordinator:calendar", study=study.key, group=found.key)
    return render(request, "coordinator/session.html", {"form": form, "group": found, "session": planned})


def _session_or_404(group: Cohort, number: int) -> Session:
    found = group.sessions.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def _change(by: User, session: Session, form: ChangeForm) -> None:
    given = form.cleaned_data
    match given["do"]:
        case "cancel":
            actions.cancel_session(by, session, given["reason"])
        case "put off":
            actions.postpone_session(by, session, given["reason"])
        case "replace":
            actions.replace_session(by, session, given["reason"])
        case _:
            actions.plan_session(by, session, form.start, given["location"], given["reason"], given["video_link"])
