"""Someone who knows the participant: invited by them, let in by a link, and answering the questions about them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import colleague, participant
from pilotage.web.participant.questionnaire import views
from pilotage.web.participant.questionnaire.task import AnswerTask, find_due
from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Participant, PersonalLink
from pilotage.web.records.queries.home import OpenAssessment

AGREED = "colleague-agreed"
"""In the session: the link whose colleague read what is asked of them and began."""


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def ask_a_colleague(request: HttpRequest, person: Participant, assessment: str) -> HttpResponse:
    """Make a link to give to somebody, and show it as long as it works."""
    open_round = _open_round(person, assessment)
    if open_round is None:
        raise Http404
    if request.method == "POST":
        actions.make_link(person, person, "colleague", assessment, expires_at=open_round.dues[0].closes)
        return redirect("participant:ask-a-colleague", assessment)
    token = queries.token_of(person, "colleague", assessment)
    address = request.build_absolute_uri(reverse("personal-link", args=[token])) if token else ""
    return render(request, "participant/ask_a_colleague.html", {"round": open_round, "address": address})


@colleague
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, link: PersonalLink) -> HttpResponse:
    """Tell a colleague what is asked of them and what happens with their answers; the button begins."""
    open_round = _open_round(link.participant, link.assessment)
    if request.method == "POST" and open_round is not None:
        actions.colleague_agrees(link)
        request.session[AGREED] = link.pk
        return redirect("participant:colleague-ask", open_round.next_due.instrument)
    return render(request, "participant/colleague_start.html", {"round": open_round, "done": _all_done(link)})


@colleague
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any, link: PersonalLink, instrument: str) -> HttpResponse:
    """Show one questionnaire or form to a colleague, or keep what its buttons send."""
    if request.session.get(AGREED) != link.pk:
        return redirect("participant:colleague-form")
    return views.show_or_answer(request, _task(link, instrument))


@colleague
@require_POST
def save_answers(request: Any, link: PersonalLink, instrument: str) -> HttpResponse:
    """Keep a colleague's answers as the page's script sends them."""
    if request.session.get(AGREED) != link.pk:
        raise Http404
    return views.save(request, _task(link, instrument))


def _task(link: PersonalLink, instrument: str) -> AnswerTask:
    due, loaded = find_due(link.participant, link.assessment, instrument, 1)
    if not due.by_someone_else:
        raise Http404
    return AnswerTask(
        due=due,
        loaded=loaded,
        answered_by=audit.Actor("colleague", link.pk),
        url=reverse("participant:colleague-ask", args=[instrument]),
        save_url=reverse("participant:colleague-save", args=[instrument]),
        home_url=reverse("participant:colleague-form"),
        next_url=lambda: _next_url(link),
    )


def _next_url(link: PersonalLink) -> str:
    open_round = _open_round(link.participant, link.assessment)
    return reverse("participant:colleague-ask", args=[open_round.next_due.instrument]) if open_round else ""


def _open_round(person: Participant, assessment: str) -> OpenAssessment | None:
    """Return what is open for a colleague at this assessment."""
    open_assessments = queries.at_home(person).open_assessments(by_someone_else=True)
    return next((open_round for open_round in open_assessments if open_round.assessment.id == assessment), None)


def _all_done(link: PersonalLink) -> bool:
    dues = [due for due in queries.asked_of(link.participant) if due.assessment.id == link.assessment]
    return bool(dues) and all(due.finished for due in dues)
