"""A participant's first page: what there is to do now, what comes, and the ways to other pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import participant
from pilotage.web.participant.questionnaire.task import address_of, save_address_of
from pilotage.web.participant.unsent import diary_key, questionnaire_key
from pilotage.web.records import queries
from pilotage.web.records.models import Participant
from pilotage.web.records.queries.home import AtHome, OpenAssessment

RECORDING_ASKED_FOR = timedelta(days=14)
"""How long the first page asks about a recording; who has not answered by then is not reminded. Our choice."""

Kind = Literal["consent", "new consent", "not asked", "questionnaires", "practice", "colleague", "session", "recording"]


@dataclass(frozen=True)
class Card:
    """One thing to do or to know.

    Attributes
    ----------
    key : str
        Unique on the page.
    to_do : bool
        Whether something is to be done now: the first such card of a page has its main button.
    """

    key: str
    kind: Kind
    to_do: bool = False
    content: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class PageLink:
    """A link to a further page."""

    url: str
    label: str


@participant
@require_safe
def home(request: HttpRequest, person: Participant) -> HttpResponse:
    """Show what there is to do now first; then what there is to know."""
    at = queries.at_home(person)
    cards = [card for make in CARDS for card in make(at)]
    context = {
        "greeting": _greeting(at.now),
        "cards": cards,
        "to_do": next((card for card in cards if card.to_do), None),
        "opening": at.next_opening,
        "coming_session": at.next_session,
        "stage": at.stage,
        "consented": at.consent is not None,
        "awaits_arm": at.consent is not None and not hasattr(person, "allocation"),
        "links": _links(at),
        "unsent": _unsent(at),
    }
    return render(request, "participant/home.html", context)


def consent_card(at: AtHome) -> list[Card]:
    """Invite to read and decide, once more where the text changed; tell those who are not asked how things stand."""
    if queries.newer_text(at.participant, get_language() or "en") is not None:
        return [Card("consent", "new consent", to_do=True)]
    if at.stage == "eligible":
        return [Card("consent", "consent", to_do=True)]
    if at.consent is not None or at.stage in ("course only", "left the study", "left the course", "erased"):
        return []
    return [Card("consent", "not asked", content={"stage": at.stage})]


def questionnaire_cards(at: AtHome) -> list[Card]:
    """Return a card for each assessment that is open and not done."""
    return [_questionnaire_card(assessment) for assessment in at.open_assessments()]


def practice_card(at: AtHome) -> list[Card]:
    """Offer the first kind of practice by its buttons; it is to do until something is noted today."""
    practice = queries.practice_card(at.participant, at.now)
    if practice is None:
        return []
    return [Card("practice", "practice", to_do=not practice.day.noted, content={"practice": practice})]


def colleague_cards(at: AtHome) -> list[Card]:
    """Return a card for each assessment that waits for the answers of someone who knows the participant."""
    return [
        Card(
            f"colleague-{assessment.assessment.id}",
            "colleague",
            content={
                "round": assessment,
                "last_day": assessment.dues[0].last_day,
                "url": reverse("participant:ask-a-colleague", args=[assessment.assessment.id]),
            },
        )
        for assessment in at.open_assessments(by_someone_else=True)
    ]


def session_card(at: AtHome) -> list[Card]:
    """Say when and where the group meets next, and offer to say that one cannot come."""
    coming = queries.own_next_session(at.participant, at.now)
    return [Card("session", "session", content={"coming": coming})] if coming else []


def recording_card(at: AtHome) -> list[Card]:
    """Ask whether the group may hear new recordings: one card for all of them, and none once they are old."""
    voices = queries.voices_not_answered(at.participant, since=at.now - RECORDING_ASKED_FOR)
    return [Card("recording", "recording", content={"voices": voices})] if voices else []


# What there is to do comes first; what is only to be looked at comes last.
CARDS: tuple[Callable[[AtHome], list[Card]], ...] = (
    consent_card,
    questionnaire_cards,
    practice_card,
    colleague_cards,
    session_card,
    recording_card,
)


def _questionnaire_card(assessment: OpenAssessment) -> Card:
    content = {
        "round": assessment,
        "last_day": assessment.dues[0].last_day,
        "url": address_of(assessment.next_due),
        "begun": assessment.done > 0 or any(due.begun for due in assessment.dues),
    }
    key = f"{assessment.assessment.id}-{assessment.number}"
    return Card(key, "questionnaires", to_do=True, content=content)


def _greeting(now: datetime) -> str:
    if 5 <= now.hour < 12:
        return _("Good morning")
    return _("Good afternoon") if 12 <= now.hour < 18 else _("Good evening")


def _links(at: AtHome) -> list[PageLink]:
    """Return the further pages, shown below what is to be done."""
    links = []
    if at.on_course:
        links.append(PageLink(reverse("participant:sessions"), _("All sessions")))
        links.append(PageLink(reverse("participant:materials"), _("Materials")))
    if queries.has_recordings(at.participant):
        links.append(PageLink(reverse("participant:recordings"), _("Recordings of my group")))
    if at.consent is not None:
        links.append(PageLink(reverse("participant:consent-copy"), _("My consent form")))
    if at.consent is not None or at.on_course:
        links.append(PageLink(reverse("participant:leave"), _("Leave the course or the study")))
    return links


def _unsent(at: AtHome) -> list[dict[str, str]]:
    """Return by which keys a browser may still keep entries of this person, and where each is sent."""
    diary = {"key": diary_key(at.participant), "url": reverse("participant:save-practice")}
    open_now = [due for assessment in at.open_assessments() for due in assessment.dues if due.state == "open"]
    return [
        *([diary] if queries.practice_card(at.participant, at.now) else []),
        *({"key": questionnaire_key(due), "url": save_address_of(due)} for due in open_now),
    ]
