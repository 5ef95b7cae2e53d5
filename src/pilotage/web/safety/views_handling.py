"""A report is judged on two pages, acted on, closed, and opened again."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety_circle import HANDLERS
from pilotage.web.safety.forms import ActionForm, JudgementForm, RelationForm, ReopenForm
from pilotage.web.safety.labels import SOURCES
from pilotage.web.safety.lookups import do_and_return, opened_or_404

GET_AND_POST = ["GET", "HEAD", "POST"]


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def judge(request: Any, study: Study, report: int) -> HttpResponse:
    """How severe, whether serious, of what kind, and the screened words; then what it has to do with the course."""
    event = opened_or_404(request, study, report).event
    given = request.POST if request.method == "POST" else None
    form = JudgementForm(event, queries.safety_of(study), translation.get_language() or "en", given)
    if given is not None and perform_form(
        form, lambda: actions.judge_report(request.user, event, form.judgement, form.reason)
    ):
        return redirect("safety:relation", study.key, event.pk)
    return render(request, "safety/judge.html", {"event": event, "form": form})


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def relation(request: Any, study: Study, report: int) -> HttpResponse:
    """What it has to do with the course: without the answers, with what is known of when it began."""
    event = opened_or_404(request, study, report).event
    form = RelationForm(event, request.POST if request.method == "POST" else None)
    if request.method == "POST" and perform_form(
        form, lambda: actions.judge_relation(request.user, event, form.relation, form.reason)
    ):
        messages.success(request, _("Kept: it is judged."))
        return redirect("safety:report", study.key, event.pk)
    context = {"event": event, "form": form, "source": SOURCES[event.source], "sessions": _sessions_around(event)}
    return render(request, "safety/relation.html", context)


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def action(request: Any, study: Study, report: int) -> HttpResponse:
    """What was done, and what became of it."""
    event = opened_or_404(request, study, report).event
    form = ActionForm(event, request.POST if request.method == "POST" else None)
    if request.method == "POST" and perform_form(
        form, lambda: actions.act_on_report(request.user, event, **form.cleaned_data)
    ):
        messages.success(request, _("Kept."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/action.html", {"event": event, "form": form})


@staff(*HANDLERS)
@require_POST
def close(request: Any, study: Study, report: int) -> HttpResponse:
    """Nothing more is to be done."""
    event = opened_or_404(request, study, report).event
    return do_and_return(
        request, study, event.pk, lambda: actions.close_report(request.user, event), _("The report is closed.")
    )


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def reopen(request: Any, study: Study, report: int) -> HttpResponse:
    """It goes on after all, with the reason."""
    event = opened_or_404(request, study, report).event
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and perform_form(
        form, lambda: actions.reopen_report(request.user, event, form.cleaned_data["reason"])
    ):
        messages.success(request, _("The report is open again."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/reopen.html", {"event": event, "form": form})


def _sessions_around(event: Any) -> list[tuple[int, Any]]:
    """The sessions that the person could come to before it was reported: the last three, by number and moment."""
    place = getattr(event.participant, "place", None)
    if place is None or not place.on_course:
        return []
    before = place.cohort.sessions.exclude(state="cancelled").filter(planned_start__lte=event.reported_at)
    return [(session.number, session.planned_start) for session in before.order_by("-planned_start")[:3]]
