"""How a coordinator's views find whom they are about, and say what a rule stands against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pilotage.web.coordinator.labels import url
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant, Study
from pilotage.web.records.queries.days import zone_of
from pilotage.web.records.refused import ActionRefused


def person_or_404(request: Any, study: Study, code: str, *, to_read: bool = False) -> Participant:
    """The person of this code, where the coordinator's centres reach.

    Of someone whose name and key are gone for good there is nothing to change; their page can still be read.
    """
    person = queries.person_for(request.user, study, code)
    if person is None or not (to_read or hasattr(person, "identity")):
        raise Http404
    return person


def cohort_or_404(request: Any, study: Study, group: str) -> Cohort:
    """The group of this key, where the coordinator's centres reach."""
    cohort = queries.cohorts_of(request.user, study).filter(key=group).first()
    if cohort is None:
        raise Http404
    return cohort


def shown(request: HttpRequest, study: Study, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page whose moments are by the study's clock."""
    with timezone.override(zone_of(study)):
        return render(request, template, context)


def done(form: forms.Form, write: Callable[[], object]) -> bool:
    """Whether a sound form's write was done; what stands against it is said in the form, which keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        write()
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def do_and_return(request: HttpRequest, person: Participant, write: Callable[[], object], said: str) -> HttpResponse:
    """A button of a person's page: done, or what stands against it, on the same page."""
    try:
        write()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect(url("person", person))
