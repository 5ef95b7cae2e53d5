"""A group's calendar: all days planned at once; one session moved, cancelled, postponed or replaced."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_calendar import CourseForm, SessionForm
from pilotage.web.coordinator.lookups import cohort_or_404, session_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.sessions import state_of
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Session, Study, User

SHOWN_AND_SENT = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def calendar(request: Any, study: Study, group: str) -> HttpResponse:
    """Show all sessions of a group; before the first one is held, plan all days again."""
    cohort = cohort_or_404(request, study, group)
    form = CourseForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if perform_form(form, lambda: actions.plan_course(request.user, cohort, **form.cleaned_data)):
        messages.success(request, _("All sessions were rescheduled."))
        return redirect("coordinator:calendar", study=study.key, group=cohort.key)
    sessions = queries.sessions_of(cohort)
    context = {
        "form": form,
        "group": cohort,
        "sessions": [(session, *state_of(session)) for session in sessions],
        "begun": any(getattr(session, "held", None) for session in sessions),
    }
    return render(request, "coordinator/calendar.html", context)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def session(request: Any, study: Study, group: str, number: int) -> HttpResponse:
    """Change one session: its date, time or place; or cancel, postpone or replace it; with the reason."""
    cohort = cohort_or_404(request, study, group)
    planned = session_or_404(cohort, number)
    posted = request.POST if request.method == "POST" else None
    form = SessionForm(posted, session=planned, zone=queries.zone_of(study))
    if perform_form(form, lambda: _change(request.user, planned, form)):
        messages.success(request, _("Session %(number)s was updated.") % {"number": number})
        return redirect("coordinator:calendar", study=study.key, group=cohort.key)
    return render(request, "coordinator/session.html", {"form": form, "group": cohort, "session": planned})


def _change(by: User, session: Session, form: SessionForm) -> None:
    values = form.cleaned_data
    match values["do"]:
        case "cancel":
            actions.cancel_session(by, session, values["reason"])
        case "put off":
            actions.postpone_session(by, session, values["reason"])
        case "replace":
            actions.replace_session(by, session, values["reason"])
        case _:
            actions.plan_session(by, session, form.start, values["location"], values["reason"], values["video_link"])
