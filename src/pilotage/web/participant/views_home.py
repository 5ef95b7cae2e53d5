"""A participant's first page, the course's calendar and its materials."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.participant.asking import queue_key
from pilotage.web.participant.cards import cards
from pilotage.web.participant.views_practice import queue_key as practice_key
from pilotage.web.records import reads
from pilotage.web.records.models import Participant
from pilotage.web.records.reads.home import AtHome


@dataclass(frozen=True)
class Way:
    """A link to a further page."""

    url: str
    label: str


@participant
@require_safe
def home(request: HttpRequest, person: Participant) -> HttpResponse:
    """What there is to do now and nothing else first; then what there is to know."""
    at = reads.at_home(person)
    found = cards(at)
    context = {
        "greeting": _greeting(at.now),
        "cards": found,
        "to_do": next((card for card in found if card.to_do), None),
        "opening": at.next_opening,
        "coming_session": at.next_session,
        "stage": at.stage,
        "consented": at.consent is not None,
        "awaits_arm": at.consent is not None and not hasattr(person, "allocation"),
        "ways": _ways(at),
        "leftover": _leftover(at),
    }
    with timezone.override(at.now.tzinfo):
        return render(request, "participant/home.html", context)


@participant
@require_safe
def course(request: HttpRequest, person: Participant) -> HttpResponse:
    """When the group meets, and what was given out; for those who are on the course."""
    at = reads.at_home(person)
    if not at.on_course:
        raise Http404
    context = {
        "sessions": at.sessions,
        "cohort": person.place.cohort,
        "now": at.now,
        "materials": reads.materials_of(person, translation.get_language() or "en"),
    }
    with timezone.override(at.now.tzinfo):
        return render(request, "participant/course.html", context)


@participant
@require_safe
def material(request: HttpRequest, person: Participant, material: str) -> HttpResponse:
    """A material's file, once it was given out."""
    if not reads.at_home(person).on_course:
        raise Http404
    given = reads.materials_of(person, translation.get_language() or "en")
    file = next((one.file for one in given if one.material.id == material), None)
    if file is None:
        raise Http404
    return FileResponse(file.open("rb"), filename=file.name)  # type: ignore[return-value]  # it streams, else it is one


def _greeting(now: datetime) -> str:
    if 5 <= now.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= now.hour < 18 else _("Good evening")


def _ways(at: AtHome) -> list[Way]:
    """Further pages, below what is to be done."""
    ways = [Way(reverse("participant:course"), _("Calendar and materials"))] if at.on_course else []
    if at.consent is not None:
        ways.append(Way(reverse("participant:consent-copy"), _("What you agreed to")))
    if at.consent is not None or at.on_course:
        ways.append(Way(reverse("participant:leave"), _("Leave the course or the study")))
    return ways


def _leftover(at: AtHome) -> list[dict[str, str]]:
    """What of this person's a browser may still keep, by keys that tell nothing, and where it is sent."""
    open_now = [due for found in at.rounds() for due in found.dues if due.state == "open"]
    diary = {"key": practice_key(at.participant), "url": reverse("participant:save-practice")}
    return [
        *([diary] if reads.practice_card(at.participant, at.now) else []),
        *(
            {
                "key": queue_key(due),
                "url": reverse("participant:save-answers", args=[due.assessment.id, due.instrument, due.number]),
            }
            for due in open_now
        ),
    ]
