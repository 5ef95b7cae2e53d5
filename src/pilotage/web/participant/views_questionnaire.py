"""Questionnaires and forms, as the participant answers them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import participant
from pilotage.web.participant import answering, asking
from pilotage.web.participant.cards.questionnaires import address as address_of
from pilotage.web.records import queries
from pilotage.web.records.models import Participant


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, person: Participant, assessment: str, instrument: str, number: int) -> HttpResponse:
    """One questionnaire or form: looked at, and answered by its buttons."""
    found = _asking(person, assessment, instrument, number)
    return answering.answer(request, found) if request.method == "POST" else answering.show(request, found)


@participant
@require_POST
def save_answers(
    request: HttpRequest, person: Participant, assessment: str, instrument: str, number: int
) -> HttpResponse:
    """Answers as the page's script sends them, each as it is given."""
    return answering.save(request, _asking(person, assessment, instrument, number))


def _asking(person: Participant, assessment: str, instrument: str, number: int) -> asking.Asking:
    due, loaded = asking.due_or_404(person, assessment, instrument, number)
    if due.by_someone_else:
        raise Http404
    address = [assessment, instrument, number]
    return asking.Asking(
        due=due,
        loaded=loaded,
        by=person,
        here=reverse("participant:ask", args=address),
        save_url=reverse("participant:save-answers", args=address),
        home=reverse("participant:home"),
        go_on=lambda: _next(person),
    )


def _next(person: Participant) -> str:
    """Where the next open questionnaire is answered."""
    rounds = queries.at_home(person).rounds()
    return address_of(rounds[0].next_due) if rounds else ""
