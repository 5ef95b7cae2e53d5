"""Adverse events: something unpleasant is reported at any time, to whom the person chooses; and what happens next."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.web.accounts.access import participant
from pilotage.web.pages.durations import in_words
from pilotage.web.pages.perform import result_of
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.participant.forms_adverse_event import (
    AdverseEventForm,
    CircleForm,
    circle_words,
    independent_words,
)
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import AdverseEvent, Participant, Study
from pilotage.web.records.queries.safety_circle import HANDLERS


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show whom to call at once and how soon somebody answers; then take the report."""
    loaded = protocols.of(person.study)
    safety = _safety_of(person.study)
    language = translation.get_language() or "en"
    form = AdverseEventForm(person, loaded, safety, language, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        event = result_of(lambda: _report(form, person), partial(form.add_error, None))
        if event is not None:
            return redirect("participant:adverse-event-report", event.pk)
    context = {
        "form": form,
        "earlier": queries.own_reports(person),
        "takes_part": queries.has_taken_part(person),
    }
    return render(request, "participant/adverse_event.html", _contacts(safety, language) | context)


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def reported(request: HttpRequest, person: Participant, report: int) -> HttpResponse:
    """Show what happens next with a report of one's own, and who may know of it, which can be changed."""
    event = queries.own_report(person, report)
    if event is None:
        raise Http404
    safety = _safety_of(person.study)
    form_data = request.POST if request.method == "POST" else None
    form = CircleForm(person, safety, form_data, initial={"may_know": event.may_know})
    if form_data is not None and form.is_valid():
        actions.let_know(person, event, form.cleaned_data["may_know"])
        messages.success(request, _("Saved. From now on, the people you chose may know."))
        return redirect("participant:adverse-event-report", event.pk)
    return render(request, "participant/adverse_event_report.html", _report_context(event, safety, form))


def _safety_of(study: Study) -> Safety:
    """Return the protocol's rules; where it has none, reports go to those there are, and no time is promised."""
    return queries.safety_of(study) or Safety(how_asked="", ascertainment="spontaneous", contact="")


def _report(form: AdverseEventForm, person: Participant) -> AdverseEvent:
    form_data = form.cleaned_data
    return actions.report_event(
        person,
        person,
        source="participant",
        description=form_data["what"],
        answers=form.answers(),
        onset=form_data["onset"],
        may_know=form_data["may_know"],
    )


def _contacts(safety: Safety, language: str) -> dict[str, Any]:
    return {
        "at_once": say(safety.at_once, language),
        "answered_within": in_words(safety.answered_within) if safety.answered_within else "",
        "contact": in_page_language(safety.contact) if isinstance(safety.contact, str) else "",
        "independent": independent_words(safety),
    }


def _report_context(event: AdverseEvent, safety: Safety, form: CircleForm) -> dict[str, Any]:
    chosen = [circle for circle in queries.circles(event.participant) if circle.role in event.may_know]
    answer_by = event.reported_at + safety.answered_within if safety.answered_within else None
    return _contacts(safety, translation.get_language() or "en") | {
        "event": event,
        "form": form,
        "may_know": [circle_words(circle, safety) for circle in chosen],
        "read_by_someone": any(circle.role in HANDLERS for circle in chosen),
        "answer_by": answer_by,
    }
