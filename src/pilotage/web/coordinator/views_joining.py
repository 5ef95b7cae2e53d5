"""How someone enters the study, by consent on paper, arm and group; and how they leave."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.vocabulary import AllocationMethod
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.answering import page_of, saved
from pilotage.web.coordinator.forms_joining import ArmForm, PaperConsentForm, PlaceForm, RecordLeavingForm
from pilotage.web.coordinator.links import to_person
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.protocol_words import all_in_page_language, arm_choices
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import ConsentText, Study

SHOWN_AND_SENT = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def paper(request: Any, study: Study, code: str) -> HttpResponse:
    """Record a consent that was signed on paper."""
    person = person_or_404(request, study, code)
    texts = queries.consent_texts_for(person)
    text = _chosen(request, texts)
    if text is None:
        messages.error(request, _("The study folder has no consent text yet."))
        return to_person(person)
    form = PaperConsentForm(request.POST or None, statements=text.statements)
    if perform_form(form, lambda: actions.consent_on_paper(request.user, person, text=text, **form.cleaned_data)):
        return saved(request, person)
    return page_of(request, person, "coordinator/paper.html", form, text=text, texts=texts)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def allocate(request: Any, study: Study, code: str) -> HttpResponse:
    """Ask whether it is sure, then assign the arm: chosen, from the list, or opened from the concealed sequence."""
    person = person_or_404(request, study, code)
    protocol = protocols.of(study).protocol
    method, posted = AllocationMethod(protocol.allocation.method), request.POST if request.method == "POST" else None
    by_choice = method is AllocationMethod.BY_CHOICE
    form = ArmForm(posted, protocol=protocol, asks=by_choice, initial={"arm": person.arm_sought})

    def assign() -> None:
        by_list = person.arm_sought if method is AllocationMethod.BY_LIST else ""
        actions.allocate(request.user, person, form.cleaned_data["arm"] if by_choice else by_list)

    to_confirm = form.is_valid() and "sure" not in request.POST
    if not to_confirm and perform_form(form, assign):
        return saved(request, person)
    arm = form.cleaned_data["arm"] if to_confirm and by_choice else person.arm_sought
    label = "" if method is AllocationMethod.BY_CHANCE else dict(arm_choices(protocol)).get(arm, "")
    return page_of(
        request, person, "coordinator/allocate.html", form, method=method, label=label, to_confirm=to_confirm
    )


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def place(request: Any, study: Study, code: str) -> HttpResponse:
    """Give a place in a group, or its schedule alone; beyond the group's size only with a reason."""
    person = person_or_404(request, study, code)
    form = PlaceForm(request.POST or None, cohorts=queries.cohorts_of(request.user, study), person=person)
    if perform_form(form, lambda: actions.give_place(request.user, person, **form.cleaned_data)):
        return saved(request, person)
    return page_of(request, person, "coordinator/place.html", form)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def leaving(request: Any, study: Study, code: str) -> HttpResponse:
    """Record that someone leaves the course, the study or both."""
    person = person_or_404(request, study, code)
    form = RecordLeavingForm(request.POST or None, person=person)

    def leave() -> None:
        actions.leave(request.user, person, form.parts, form.cleaned_data["reason"], form.answers_become)

    if perform_form(form, leave):
        return saved(request, person)
    offered = all_in_page_language(protocols.of(study).protocol.reasons.leaving)
    return page_of(request, person, "coordinator/leaving.html", form, offered=offered)


def _chosen(request: Any, texts: list[ConsentText]) -> ConsentText | None:
    """Return the version on the paper: the one asked for, or the latest."""
    key = request.POST.get("text") or request.GET.get("text")
    return next((text for text in texts if str(text.pk) == key), texts[0] if texts else None)
