"""How the forms of a person's pages are shown, and where they lead once they are saved."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from pilotage.web.coordinator.labels import STAGES
from pilotage.web.coordinator.links import to_person, url
from pilotage.web.records import queries
from pilotage.web.records.models import Participant


def page_of(request: Any, person: Participant, template: str, form: forms.Form, **more: Any) -> HttpResponse:
    """Show a form about a person, with the way back to their page."""
    context = {"form": form, "person": person, "back": url("person", person)}
    return render(request, template, context | more)


def saved(request: Any, person: Participant) -> HttpResponse:
    """Go back to the person's page, saying where they stand now."""
    # The rows have changed since the person was looked up, so they are read anew.
    now = queries.person_for(request.user, person.study, person.code)
    if now is not None:
        stage, _tone = STAGES[queries.standings(person.study, [now])[0].stage]
        messages.success(request, _("%(code)s: %(stage)s.") % {"code": person.code, "stage": stage})
    return to_person(person)
