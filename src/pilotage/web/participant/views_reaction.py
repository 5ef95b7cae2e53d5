"""Something unpleasant happened: told at any time, to whom the person chooses, and what happens next."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.web.accounts.access import participant
from pilotage.web.pages.durations import in_words
from pilotage.web.participant.forms_reaction import CircleForm, ReactionForm, circle_words, independent_words
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import AdverseEvent, Participant, Study
from pilotage.web.records.queries.safety_circle import HANDLERS, circles
from pilotage.web.records.refused import ActionRefused


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def reaction(request: HttpRequest, person: Participant) -> HttpResponse:
    """Whom to call at once and how soon somebody answers; then the form."""
    loaded = protocols.of(person.study)
    safety = safety_or_plain(person.study)
    language = translation.get_language() or "en"
    form = ReactionForm(person, loaded, safety, language, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        event = _reported(form, person)
        if event is not None:
            return redirect("participant:reaction-told", event.pk)
    earlier = queries.own_reports(person)
    takes_part = person.consents.exists() or hasattr(person, "place")
    context = _words(safety, language) | {"form": form, "earlier": earlier, "takes_part": takes_part}
    with timezone.override(queries.zone_of(person.study)):
        return render(request, "participant/reaction.html", context)


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def reaction_told(request: HttpRequest, person: Participant, report: int) -> HttpResponse:
    """What happens next with a report of one's own, and who may know of it, which can be changed."""
    event = queries.own_reports(person).filter(pk=report).first()
    if event is None:
        raise Http404
    safety = safety_or_plain(person.study)
    given = request.POST if request.method == "POST" else None
    form = CircleForm(person, safety, given, initial={"may_know": event.may_know})
    if given is not None and form.is_valid():
        actions.let_know(person, event, form.cleaned_data["may_know"])
        messages.success(request, _("Kept: from now on these may know."))
        return redirect("participant:reaction-told", event.pk)
    with timezone.override(queries.zone_of(person.study)):
        return render(request, "participant/reaction_told.html", _told(event, safety, form))


def safety_or_plain(study: Study) -> Safety:
    """The protocol's rules; where it has none, reports are told to those there are, and nothing is promised."""
    found = queries.safety_of(study)
    return found or Safety(asked="", ascertainment="spontaneous", contact="")


def _reported(form: ReactionForm, person: Participant) -> AdverseEvent | None:
    said = form.cleaned_data
    try:
        return actions.report_event(
            person,
            person,
            source="participant",
            description=said["what"],
            answers=form.answers(),
            onset=said["onset"],
            may_know=said["may_know"],
        )
    except ActionRefused as why:
        form.add_error(None, str(why))
        return None


def _words(safety: Safety, language: str) -> dict[str, Any]:
    return {
        "at_once": say(safety.at_once, language),
        "answered_within": in_words(safety.answered_within) if safety.answered_within else "",
        "contact": safety.contact if isinstance(safety.contact, str) else "",
        "independent": independent_words(safety),
    }


def _told(event: AdverseEvent, safety: Safety, form: CircleForm) -> dict[str, Any]:
    person = event.participant
    chosen = [circle for circle in circles(person) if circle.role in event.may_know]
    answer_by = event.reported_at + safety.answered_within if safety.answered_within else None
    return _words(safety, translation.get_language() or "en") | {
        "event": event,
        "form": form,
        "who": [circle_words(circle, safety) for circle in chosen],
        "read_by_someone": any(circle.role in HANDLERS for circle in chosen),
        "answer_by": answer_by,
        "people_of_this_study": [c.role for c in chosen if c.names],
    }
