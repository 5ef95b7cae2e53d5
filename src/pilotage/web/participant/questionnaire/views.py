"""The views of a questionnaire: shown, saved and finished alike by a participant and by a colleague they asked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from pilotage.web.accounts.access import participant
from pilotage.web.pages.perform import result_of
from pilotage.web.participant.questionnaire import page
from pilotage.web.participant.questionnaire.task import AnswerTask, address_of, find_due, save_address_of
from pilotage.web.records import actions, items, queries
from pilotage.web.records.actions.answers import Saved, Sent, Unfinished
from pilotage.web.records.models import Participant
from pilotage.web.records.refused import ActionRefused


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, person: Participant, assessment: str, instrument: str, number: int) -> HttpResponse:
    """Show one questionnaire or form, or keep what its buttons send."""
    return show_or_answer(request, _task(person, assessment, instrument, number))


@participant
@require_POST
def save_answers(
    request: HttpRequest, person: Participant, assessment: str, instrument: str, number: int
) -> HttpResponse:
    """Keep answers as the page's script sends them."""
    return save(request, _task(person, assessment, instrument, number))


def show_or_answer(request: HttpRequest, task: AnswerTask) -> HttpResponse:
    """Show the page with the answers so far; keep those that a button sends, and go where the button says.

    This is how a questionnaire is answered without any script. Looking at it changes nothing.
    """
    if task.closed:
        return _show_closed(request, task)
    if request.method != "POST":
        return HttpResponse(page.draw(request, task, page=_requested_page(request, task)))
    answers = _answers_in_form(request, task)
    saved = result_of(lambda: _save(task, answers), partial(messages.warning, request))
    if saved is None:
        return redirect(task.url)
    if saved.refused:
        typed = {answer.item: answer.value for answer in answers if answer.item in saved.refused}
        return _show_refused(request, task, typed)
    button, shown = request.POST.get("go"), _page_number(request.POST.get("page"))
    if button == "finish":
        return _finish(request, task)
    return redirect(f"{task.url}?page={page.neighbour(task, shown, back=button == 'back')}")


def save(request: HttpRequest, task: AnswerTask) -> HttpResponse:
    """Keep answers that the page's script sends as they are given.

    It takes ``{"device": "...", "answers": [{"item": "...", "value": "...", "sequence": 1}]}`` and answers with the
    items it could not take and why; 409 where nothing is taken now, ``final`` where nothing ever will be.
    """
    answers = _answers_in_json(request.body)
    if answers is None:
        return JsonResponse({"words": _("This request could not be read.")}, status=400)
    if task.closed:
        # A window moves with its session, and so one that is not open may open yet.
        final = task.closed not in ("to come", "missed")
        words = _("These questions can no longer be answered.")
        return JsonResponse({"closed": True, "final": final, "words": words}, status=409)
    try:
        saved = _save(task, answers)
    except ActionRefused as refusal:
        return JsonResponse({"words": str(refusal)}, status=409)
    return JsonResponse({"refused": {item: page.advice(task.sheet.item(item)) for item in saved.refused}})


def _task(person: Participant, assessment: str, instrument: str, number: int) -> AnswerTask:
    due, loaded = find_due(person, assessment, instrument, number)
    if due.by_someone_else:
        raise Http404
    return AnswerTask(
        due=due,
        loaded=loaded,
        answered_by=person,
        url=address_of(due),
        save_url=save_address_of(due),
        home_url=reverse("participant:home"),
        next_url=lambda: _next_url(person),
    )


def _next_url(person: Participant) -> str:
    open_assessments = queries.at_home(person).open_assessments()
    return address_of(open_assessments[0].next_due) if open_assessments else ""


def _save(task: AnswerTask, answers: list[Sent]) -> Saved:
    return actions.save_answers(task.answered_by, task.due, answers, task.language)


def _finish(request: HttpRequest, task: AnswerTask) -> HttpResponse:
    try:
        actions.finish(task.answered_by, task.due, task.language, blanks_meant="blanks-meant" in request.POST)
    except Unfinished as unfinished:
        return _show_unfinished(request, task, unfinished.unanswered)
    except ActionRefused as refusal:
        messages.warning(request, str(refusal))
    return redirect(task.url)


def _show_refused(request: HttpRequest, task: AnswerTask, typed: Mapping[str, str | None]) -> HttpResponse:
    """Show what was typed and could not be kept, and near it what to do about it."""
    refused = list(typed)
    title = ngettext("Look at one answer again", "Look at %(number)d answers again", len(refused))
    summary = page.summary(task, title % {"number": len(refused)}, _("Your other answers are saved."), refused)
    html = page.draw(
        request,
        task,
        page=page.page_with(task, refused[0]),
        saved=queries.answers_given(queries.administration_of(task.due)),
        typed=typed,
        errors={item: page.advice(task.sheet.item(item)) for item in refused},
        summary=summary,
    )
    return HttpResponse(html)


def _show_unfinished(request: HttpRequest, task: AnswerTask, unanswered: items.Unanswered) -> HttpResponse:
    """Show which questions have no answer: those that need one, else those that were left blank."""
    answers = queries.answers_given(queries.administration_of(task.due))
    if unanswered.needed:
        needed = unanswered.needed
        title = ngettext("One question needs an answer", "%(number)d questions need an answer", len(needed))
        html = page.draw(
            request,
            task,
            page=page.page_with(task, needed[0]),
            saved=answers,
            errors={item: _("This question needs an answer.") for item in needed},
            summary=page.summary(task, title % {"number": len(needed)}, _("All your answers are saved."), needed),
        )
        return HttpResponse(html)
    blank = unanswered.left_blank
    title = ngettext("You left one question blank", "You left %(number)d questions blank", len(blank))
    words = _("If you meant to, send your answers. Otherwise answer it first. All your answers are saved.")
    summary = page.summary(task, title % {"number": len(blank)}, words, blank, tone="attention")
    last = page.number_of_pages(task)
    return HttpResponse(page.draw(request, task, page=last, saved=answers, summary=summary, blanks_meant=True))


def _show_closed(request: HttpRequest, task: AnswerTask) -> HttpResponse:
    """Show why nothing can be answered now, what is safe, and where to go on."""
    context = {
        "why": task.closed,
        "due": task.due,
        "title": task.sheet.title,
        "home": task.home_url,
        "answered": len(task.answers),
        "next_url": task.next_url() if task.closed == "finished" else "",
        "report": queries.report_behind(task.due.administration) if task.answered_by == task.participant else None,
    }
    return render(request, "participant/closed.html", context)


def _requested_page(request: HttpRequest, task: AnswerTask) -> int:
    if "page" in request.GET:
        return min(_page_number(request.GET["page"]), page.number_of_pages(task))
    return page.first_page(task)


def _page_number(text: Any) -> int:
    """Return a page's number as an address or a form has it; 1 where it is none."""
    return max(int(text), 1) if isinstance(text, str) and text.isdecimal() and len(text) < 6 else 1


def _answers_in_form(request: HttpRequest, task: AnswerTask) -> list[Sent]:
    """Return the answers in a form that differ from those with which its page was drawn.

    What the page did not show cannot have been changed on it: it may have been saved since, from another device.
    """
    shown = _shown_answers(request.POST.get("shown", ""))
    answers: list[Sent] = []
    for item in task.sheet.items:
        values = request.POST.getlist(f"answer-{item.id}")
        if not values and item.control != "choices":
            continue  # only boxes of which none is ticked are a field that a form leaves out
        text = " ".join(values) if item.control == "choices" else values[0]
        was, now = (items.normalised(task.source, item.id, value) for value in (shown.get(item.id), text))
        blank_on_purpose = item.control in ("options", "scale") and now is None and item.id not in shown
        if now != was or blank_on_purpose:
            answers.append(Sent(item.id, text or None))
    return answers


def _shown_answers(text: str) -> dict[str, str | None]:
    """Return the saved answers with which a page was drawn, as it sends them back; none where it does not."""
    try:
        answers = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return answers if isinstance(answers, dict) and all(map(_is_value, answers.values())) else {}


def _answers_in_json(body: bytes) -> list[Sent] | None:
    """Return the answers in a request of the page's script; None where the request is not one of ours."""
    try:
        payload = json.loads(body)
        device, rows = payload["device"], payload["answers"]
        answers = [Sent(row["item"], row["value"], device, row["sequence"]) for row in rows]
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    named = isinstance(device, str) and 0 < len(device) <= 40 and device.isprintable()
    sound = named and all(_is_sound(answer) for answer in answers)
    return answers if sound and answers else None


def _is_sound(answer: Sent) -> bool:
    # JavaScript counts no further than 2**53.
    counted = type(answer.sequence) is int and 0 <= answer.sequence < 2**53
    return isinstance(answer.item, str) and _is_value(answer.value) and counted


def _is_value(value: Any) -> bool:
    return value is None or isinstance(value, str)
