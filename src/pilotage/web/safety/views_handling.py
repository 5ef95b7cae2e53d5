"""What is done with a safety report: judged on two pages, acted on, closed, and reopened."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety_circle import HANDLERS
from pilotage.web.safety.forms import ActionForm, JudgementForm, RelationForm, ReopenForm
from pilotage.web.safety.labels import SOURCES
from pilotage.web.safety.lookups import opened_or_404

GET_AND_POST = ["GET", "HEAD", "POST"]


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def judge(request: Any, study: Study, report: int) -> HttpResponse:
    """Judge severity, seriousness, kind and the screened words; the relation to the course comes next."""
    event = opened_or_404(request, study, report).event
    form_data = request.POST if request.method == "POST" else None
    form = JudgementForm(event, queries.safety_of(study), translation.get_language() or "en", form_data)
    if perform_form(form, lambda: actions.judge_report(request.user, event, form.judgement, form.reason)):
        return redirect("safety:relation", study.key, event.pk)
    return render(request, "safety/judge.html", {"event": event, "form": form})


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def relation(request: Any, study: Study, report: int) -> HttpResponse:
    """Judge the relation to the course: without the answers, with what is known of when it began."""
    event = opened_or_404(request, study, report).event
    form = RelationForm(event, request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.judge_relation(request.user, event, form.relation, form.reason)):
        messages.success(request, _("Assessment saved."))
        return redirect("safety:report", study.key, event.pk)
    context = {
        "event": event,
        "form": form,
        "source": SOURCES[event.source],
        "sessions": queries.sessions_before(event),
    }
    return render(request, "safety/relation.html", context)


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def action(request: Any, study: Study, report: int) -> HttpResponse:
    """Enter the action that was taken, and the outcome."""
    event = opened_or_404(request, study, report).event
    form = ActionForm(event, request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.act_on_report(request.user, event, **form.cleaned_data)):
        messages.success(request, _("Action and outcome saved."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/action.html", {"event": event, "form": form})


@staff(*HANDLERS)
@require_POST
def close(request: Any, study: Study, report: int) -> HttpResponse:
    """Close the report: nothing more is to be done."""
    event = opened_or_404(request, study, report).event
    perform(request, lambda: actions.close_report(request.user, event), _("The report is closed."))
    return redirect("safety:report", study.key, event.pk)


@staff(*HANDLERS)
@require_http_methods(GET_AND_POST)
def reopen(request: Any, study: Study, report: int) -> HttpResponse:
    """Reopen the report, with the reason."""
    event = opened_or_404(request, study, report).event
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.reopen_report(request.user, event, form.cleaned_data["reason"])):
        messages.success(request, _("The report has been reopened."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/reopen.html", {"event": event, "form": form})
