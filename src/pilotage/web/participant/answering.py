"""Asking and answering: the same for a participant and for a colleague who was asked about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pilotage.web.participant import sent, shown
from pilotage.web.participant.asking import Asking
from pilotage.web.participant.words_against import words_against
from pilotage.web.records import actions
from pilotage.web.records.actions.answers import Unfinished
from pilotage.web.records.refused import ActionRefused


def show(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The page, with what was answered so far; looking at it changes nothing."""
    if asking.closed:
        return shown.closed(request, asking)
    return HttpResponse(shown.drawn(request, asking, page=shown.page_asked_for(request, asking)))


def answer(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Keep a page sent by its button, without any script, and go where the button says."""
    if asking.closed:
        return shown.closed(request, asking)
    answers = sent.by_form(request, asking)
    try:
        saved = actions.save_answers(asking.by, asking.due, answers, asking.language)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
        return redirect(asking.here)
    if saved.refused:
        return shown.again(request, asking, {one.item: one.value for one in answers}, saved.refused)
    if request.POST.get("go") == "finish":
        return _finish(request, asking)
    here = sent.page_number(request.POST.get("page"))
    return redirect(f"{asking.here}?page={shown.turned(asking, here, request.POST.get('go') == 'back')}")


def save(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Keep answers that the page's script sends as they are given.

    It takes ``{"device": "...", "answers": [{"item": "...", "value": "...", "sequence": 1}]}`` and answers with the
    items it could not take and why; 409 where nothing is taken any more.
    """
    answers = sent.by_script(request.body)
    if answers is None:
        return JsonResponse({"words": _("This could not be read.")}, status=400)
    if asking.closed:
        return JsonResponse({"words": _("These questions can no longer be answered.")}, status=409)
    try:
        saved = actions.save_answers(asking.by, asking.due, answers, asking.language)
    except ActionRefused as refused:
        return JsonResponse({"words": str(refused)}, status=409)
    return JsonResponse({"refused": {item: words_against(asking.sheet.item(item)) for item in saved.refused}})


def _finish(request: HttpRequest, asking: Asking) -> HttpResponse:
    try:
        actions.finish(asking.by, asking.due, asking.language, blanks_meant="blanks-meant" in request.POST)
    except Unfinished as unfinished:
        return shown.unfinished(request, asking, unfinished.unanswered)
    except ActionRefused as refused:
        messages.warning(request, str(refused))
    return redirect(asking.here)
