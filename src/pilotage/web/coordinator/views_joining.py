"""How someone comes in: screened, waiting, consenting on paper, entering an arm and a group; and how they leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms import ArmForm, LeavingForm, PaperConsentForm
from pilotage.web.coordinator.forms_group import PlaceForm
from pilotage.web.coordinator.forms_screening import ScreeningForm
from pilotage.web.coordinator.labels import row, url
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import ConsentText, Participant, Study
from pilotage.web.records.queries.days import day_of

ASKED = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_http_methods(ASKED)
def screening(request: Any, study: Study, code: str) -> HttpResponse:
    """Judge the protocol's criteria; the outcome follows from them."""
    person = person_or_404(request, study, code)
    rules = queries.criteria_for(protocols.of(study).protocol, person.arm_sought)
    judged = {screening.criterion: screening for screening in person.screenings.all()}
    form = ScreeningForm(request.POST or None, rules=rules, judged=judged, today=day_of(study))

    def write() -> None:
        actions.screen(request.user, person, form.judged, form.cleaned_data.get("reason", ""))

    # A protocol without criteria sends an empty form, which is sound all the same.
    if request.method == "POST" and perform_form(form, write):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/screening.html", form)


@staff("coordinator")
@require_http_methods(ASKED)
def wait(request: Any, study: Study, code: str) -> HttpResponse:
    """Put someone eligible on the waiting list."""
    person = person_or_404(request, study, code)
    form = ReasonForm(request.POST or None, initial={"reason": _("the group was full")})
    if perform_form(form, lambda: actions.put_on_waiting_list(request.user, person, form.cleaned_data["reason"])):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/wait.html", form)


@staff("coordinator")
@require_http_methods(ASKED)
def promote(request: Any, study: Study, code: str) -> HttpResponse:
    """Let someone in from the waiting list; before their turn only with a reason."""
    person = person_or_404(request, study, code)
    in_turn = queries.standings(study, [person])[0].next_step == "promote"
    form = ReasonForm(request.POST if request.method == "POST" else None, required=not in_turn)
    if perform_form(form, lambda: actions.promote(request.user, person, form.cleaned_data["reason"])):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/promote.html", form, in_turn=in_turn)


@staff("coordinator")
@require_http_methods(ASKED)
def paper(request: Any, study: Study, code: str) -> HttpResponse:
    """Write down a consent that was signed on paper."""
    person = person_or_404(request, study, code)
    texts = queries.consent_texts_for(person)
    text = _chosen(request, texts)
    if text is None:
        messages.error(request, _("This study has no consent text in its folder yet."))
        return redirect(url("person", person))
    form = PaperConsentForm(request.POST or None, statements=text.statements)

    def write() -> None:
        actions.consent_on_paper(request.user, person, text=text, **form.cleaned_data)

    if perform_form(form, write):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/paper.html", form, text=text, texts=texts)


@staff("coordinator")
@require_http_methods(ASKED)
def allocate(request: Any, study: Study, code: str) -> HttpResponse:
    """The arm: chosen, taken from the list, or opened from the concealed sequence at this very moment."""
    person = person_or_404(request, study, code)
    protocol = protocols.of(study).protocol
    method = protocol.allocation.method
    posted = request.POST if request.method == "POST" else None
    form = ArmForm(posted, protocol=protocol, asks=method == "by choice", initial={"arm": person.arm_sought})

    def write() -> None:
        arm = {"by choice": form.cleaned_data.get("arm", ""), "by list": person.arm_sought, "by chance": ""}[method]
        actions.allocate(request.user, person, arm)

    if perform_form(form, write):
        return _answered(request, study, person)
    label = {arm.id: arm.label for arm in protocol.arms}.get(person.arm_sought, "")
    return _page(request, person, "coordinator/allocate.html", form, method=method, label=label)


@staff("coordinator")
@require_http_methods(ASKED)
def place(request: Any, study: Study, code: str) -> HttpResponse:
    """A place in a group, or its dates alone; beyond the group's size only with a reason."""
    person = person_or_404(request, study, code)
    form = PlaceForm(request.POST or None, cohorts=queries.cohorts_of(request.user, study), person=person)
    if perform_form(form, lambda: actions.give_place(request.user, person, **form.cleaned_data)):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/place.html", form)


@staff("coordinator")
@require_http_methods(ASKED)
def leaving(request: Any, study: Study, code: str) -> HttpResponse:
    """Write down that someone leaves the course, the study or both."""
    person = person_or_404(request, study, code)
    form = LeavingForm(request.POST or None, person=person)

    def write() -> None:
        actions.leave(request.user, person, form.parts, form.cleaned_data["reason"], form.answers_become)

    if perform_form(form, write):
        return _answered(request, study, person)
    return _page(request, person, "coordinator/leaving.html", form)


def _page(request: Any, person: Participant, template: str, form: Any, **more: Any) -> HttpResponse:
    return render(request, template, {"form": form, "person": person, "back": url("person", person), **more})


def _answered(request: Any, study: Study, person: Participant) -> HttpResponse:
    """Back to the person, saying where they stand now."""
    now = queries.person_for(request.user, study, person.code)
    if now is not None:
        head = row(queries.standings(study, [now])[0])
        messages.success(request, _("%(code)s: %(stage)s.") % {"code": person.code, "stage": head.stage})
    return redirect(url("person", person))


def _chosen(request: Any, texts: list[ConsentText]) -> ConsentText | None:
    """The version on the paper: the one asked for, or the latest."""
    asked = request.POST.get("text") or request.GET.get("text")
    return next((text for text in texts if str(text.pk) == asked), texts[0] if texts else None)
