"""How a coordinator's views find whom they are about, and say what a rule stands against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pilotage.web.coordinator.labels import url
from pilotage.web.pages.perform import perform
from pilotage.web.records import queries
from pilotage.web.records.models import Cohort, Participant, Study


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


def do_and_return(request: HttpRequest, person: Participant, write: Callable[[], object], said: str) -> HttpResponse:
    """A button of a person's page: done, or what stands against it, on the same page."""
    perform(request, write, said)
    return redirect(url("person", person))
