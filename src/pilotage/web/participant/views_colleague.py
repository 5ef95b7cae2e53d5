"""Someone who knows the participant: asked by them, let in by a link, and answering what is asked about them."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import colleague, participant
from pilotage.web.participant import answering, asking
from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Participant, PersonalLink
from pilotage.web.records.queries.due import Due
from pilotage.web.records.queries.home import Round

AGREED = "colleague-agreed"
_FRAME = "participant/colleague_page.html"


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def ask_a_colleague(request: HttpRequest, person: Participant, assessment: str) -> HttpResponse:
    """A link to give to somebody; made by the button, and shown as long as it works."""
    found = _round(person, assessment)
    if found is None:
        raise Http404
    if request.method == "POST":
        actions.make_link(person, person, "colleague", assessment, expires_at=found.dues[0].closes)
        return redirect("participant:ask-a-colleague", assessment)
    token = queries.token_of(person, "colleague", assessment)
    address = request.build_absolute_uri(reverse("personal-link", args=[token])) if token else ""
    at = queries.at_home(person)
    with timezone.override(at.now.tzinfo):
        return render(request, "participant/ask_a_colleague.html", {"round": found, "address": address})


@colleague
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: Any, link: PersonalLink) -> HttpResponse:
    """What a colleague is asked, and what becomes of it; the button begins."""
    found = _round(link.participant, link.assessment)
    if request.method == "POST" and found is not None:
        actions.colleague_agrees(link)
        request.session[AGREED] = link.pk
        return redirect("participant:colleague-ask", found.next_due.instrument)
    at = queries.at_home(link.participant)
    with timezone.override(at.now.tzinfo):
        return render(request, "participant/colleague_start.html", {"round": found, "done": _all_done(link)})


@colleague
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: Any, link: PersonalLink, instrument: str) -> HttpResponse:
    """One questionnaire or form, answered by a colleague."""
    if request.session.get(AGREED) != link.pk:
        return redirect("participant:colleague-form")
    found = _asking(link, instrument)
    return answering.answer(request, found) if request.method == "POST" else answering.show(request, found)


@colleague
@require_POST
def save_answers(request: Any, link: PersonalLink, instrument: str) -> HttpResponse:
    """A colleague's answers as the page's script sends them."""
    if request.session.get(AGREED) != link.pk:
        raise Http404
    return answering.save(request, _asking(link, instrument))


def _asking(link: PersonalLink, instrument: str) -> asking.Asking:
    due, loaded = asking.due_or_404(link.participant, link.assessment, instrument, 1)
    if not due.by_someone_else:
        raise Http404
    return asking.Asking(
        due=due,
        loaded=loaded,
        by=audit.Actor("colleague", link.pk),
        here=reverse("participant:colleague-ask", args=[instrument]),
        save_url=reverse("participant:colleague-save", args=[instrument]),
        home=reverse("participant:colleague-form"),
        go_on=lambda: _next(link),
        base_template=_FRAME,
    )


def _next(link: PersonalLink) -> str:
    found = _round(link.participant, link.assessment)
    return reverse("participant:colleague-ask", args=[found.next_due.instrument]) if found else ""


def _round(person: Participant, assessment: str) -> Round | None:
    """What is open for a colleague at this assessment."""
    rounds = queries.at_home(person).rounds(by_someone_else=True)
    return next((found for found in rounds if found.assessment.id == assessment), None)


def _all_done(link: PersonalLink) -> bool:
    asked: list[Due] = [due for due in queries.asked_of(link.participant) if due.assessment.id == link.assessment]
    return bool(asked) and all(due.finished for due in asked)
