"""A participant's first page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.participant.asking import queue_key
from pilotage.web.participant.cards import cards
from pilotage.web.participant.views_practice import queue_key as practice_key
from pilotage.web.records import queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.home import AtHome


@dataclass(frozen=True)
class Way:
    """A link to a further page."""

    url: str
    label: str


@participant
@require_safe
def home(request: HttpRequest, person: Participant) -> HttpResponse:
    """What there is to do now and nothing else first; then what there is to know."""
    at = queries.at_home(person)
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


def _greeting(now: datetime) -> str:
    if 5 <= now.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= now.hour < 18 else _("Good evening")


def _ways(at: AtHome) -> list[Way]:
    """Further pages, below what is to be done."""
    ways = []
    if at.on_course:
        ways.append(Way(reverse("participant:sessions"), _("All sessions")))
        ways.append(Way(reverse("participant:materials"), _("Materials")))
    if queries.voices_of(at.participant).exists() or (
        at.on_course and queries.recordings_heard_by(at.participant).exists()
    ):
        ways.append(Way(reverse("participant:recordings"), _("Recordings of my group")))
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
        *([diary] if queries.practice_card(at.participant, at.now) else []),
        *(
            {
                "key": queue_key(due),
                "url": reverse("participant:save-answers", args=[due.assessment.id, due.instrument, due.number]),
            }
            for due in open_now
        ),
    ]
