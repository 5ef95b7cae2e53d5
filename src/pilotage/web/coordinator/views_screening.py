"""Whether someone may take part: screening, the waiting list, and who is admitted from it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.answering import page_of, saved
from pilotage.web.coordinator.forms_screening import ScreeningForm
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.coordinator.rows import person_row
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study

SHOWN_AND_SENT = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def screening(request: Any, study: Study, code: str) -> HttpResponse:
    """Judge the protocol's criteria; the outcome follows from them."""
    person = person_or_404(request, study, code)
    rules = queries.criteria_for(protocols.of(study).protocol, person.arm_sought)
    judged = queries.judged_criteria(person)
    form = ScreeningForm(request.POST or None, rules=rules, judged=judged, today=queries.day_of(study))

    def judge() -> None:
        actions.screen(request.user, person, form.judged, form.cleaned_data.get("reason", ""))

    # A protocol without criteria sends an empty form, which is sound all the same.
    if request.method == "POST" and perform_form(form, judge):
        return saved(request, person)
    return page_of(request, person, "coordinator/screening.html", form)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def wait(request: Any, study: Study, code: str) -> HttpResponse:
    """Put someone eligible on the waiting list."""
    person = person_or_404(request, study, code)
    offered = protocols.of(study).protocol.reasons.waiting
    usual = in_page_language(offered[0]) if offered else _("the group was full")
    form = ReasonForm(request.POST or None, initial={"reason": usual})
    if perform_form(form, lambda: actions.put_on_waiting_list(request.user, person, form.cleaned_data["reason"])):
        return saved(request, person)
    return page_of(request, person, "coordinator/wait.html", form)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def promote(request: Any, study: Study, code: str) -> HttpResponse:
    """Admit someone from the waiting list; before their turn only with a reason."""
    person = person_or_404(request, study, code)
    in_turn = queries.standings(study, [person])[0].next_step == "promote"
    form = ReasonForm(request.POST if request.method == "POST" else None, required=not in_turn)
    if perform_form(form, lambda: actions.promote(request.user, person, form.cleaned_data["reason"])):
        return saved(request, person)
    return page_of(request, person, "coordinator/promote.html", form, in_turn=in_turn)


@staff("coordinator")
@require_safe
def waiting_list(request: Any, study: Study) -> HttpResponse:
    """Show who waits, in order; the first may be admitted."""
    place_in_line = {person.pk: place for place, person in enumerate(queries.waiting(study))}
    standings = queries.standings(study, queries.people_of(request.user, study))
    waiting = [standing for standing in standings if standing.stage == "waiting list"]
    waiting.sort(key=lambda standing: place_in_line[standing.person.pk])
    protocol = protocols.of(study).protocol
    return render(
        request, "coordinator/waiting_list.html", {"rows": [person_row(standing, protocol) for standing in waiting]}
    )
