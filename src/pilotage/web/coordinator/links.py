"""Where a person's pages are."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from pilotage.web.records.models import Participant


def url(name: str, person: Participant) -> str:
    """Return the address of one of a person's pages."""
    return reverse(f"coordinator:{name}", kwargs={"study": person.study.key, "code": person.code})


def to_person(person: Participant) -> HttpResponse:
    """Redirect to a person's own page."""
    return redirect(url("person", person))
