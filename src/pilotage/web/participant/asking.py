"""Asking and answering: the same for a participant and for a colleague who was asked about them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.crypto import salted_hmac
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.pages.questionnaire import Sheet, sheet
from pilotage.web.participant.ask_page import Filling, Layout, filled, page_of, pages
from pilotage.web.participant.words_against import words_against
from pilotage.web.records import audit, items, protocols, reads, writes
from pilotage.web.records.models import Participant
from pilotage.web.records.reads.due import Due
from pilotage.web.records.refused import Refused
from pilotage.web.records.writes.answers import Sent, Unfinished

_MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Asking:
    """One thing that is asked now: what, of whom, by whom it is answered, and where it stands."""

    due: Due
    loaded: LoadedProtocol
    by: audit.By
    here: str
    save_url: str
    home: str
    go_on: Callable[[], str]
    """Where one goes when this is finished; empty where nothing more is asked."""
    base_template: str = "participant/page.html"

    @property
    def participant(self) -> Participant:
        """Whom it is about."""
        return self.due.participant

    @cached_property
    def language(self) -> str:
        """The language it was begun in, else the page's where the study speaks it."""
        if self.due.administration is not None:
            return self.due.administration.language
        spoken, wanted = self.loaded.protocol.study.languages, translation.get_language() or ""
        return wanted if wanted in spoken else spoken[0]

    @cached_property
    def sheet(self) -> Sheet:
        """What is shown, under the version of the protocol that it was begun with."""
        instrument = self.due.instrument
        wording = None
        if instrument in self.loaded.instruments:
            wording = reads.wording_of(self.participant.study, instrument, self.language)
        return sheet(self.loaded, instrument, wording, self.language)

    @property
    def source(self) -> Any:
        """The instrument or the form."""
        return items.source(self.loaded, self.due.instrument)

    @cached_property
    def answers(self) -> Mapping[str, str | None]:
        """What was answered so far."""
        return reads.answers_given(self.due.administration)

    @property
    def layout(self) -> Layout:
        """How it is shown."""
        said, assessment = self.loaded.protocol.study, self.due.assessment
        return Layout(
            here=self.here,
            save_url=self.save_url,
            home=self.home,
            base_template=self.base_template,
            purpose="participant" if isinstance(self.by, Participant) else "colleague",
            language=translation.get_language() or "en",
            study_title=said.short_title or said.title,
            simulated=self.participant.study.simulated is not None,
            blanks=assessment.blank != "not allowed",
            items_on_a_page=Layout.pages_of(assessment),
        )

    @property
    def closed(self) -> str:
        """Why nothing can be answered here now: finished, to come, missed, paper, left; empty where it can."""
        given = self.due.administration
        if self.due.state != "open":
            return self.due.state
        if given is not None and given.consent.ended_at is not None:
            return "left"
        on_paper = self.due.assessment.mode == "paper" or (given is not None and given.mode == "paper")
        return "paper" if on_paper else ""


def queue_key(due: Due) -> str:
    """By what a browser knows the answers it keeps; it tells nothing of whose they are."""
    said = f"{due.participant.pk}/{due.assessment.id}/{due.instrument}/{due.number}"
    return salted_hmac("pilotage.queue", said).hexdigest()[:20]


def due_or_404(participant: Participant, assessment: str, instrument: str, number: int) -> tuple[Due, LoadedProtocol]:
    """What a participant is asked by these names, and the protocol under which; else nothing is found."""
    loaded = protocols.of(participant.study)
    due = reads.one_due(participant, loaded, assessment, instrument, number)
    if due is None:
        raise Http404
    begun = due.administration
    return due, protocols.of_version_key(begun.version_id) if begun else loaded


def show(request: HttpRequest, asking: Asking) -> HttpResponse:
    """The page, with what was answered so far; looking at it changes nothing."""
    if asking.closed:
        return _closed(request, asking)
    return HttpResponse(_page(request, asking, page=_page_asked_for(request, asking)))


def answer(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Keep a page sent by its button, without any script, and go where the button says."""
    if asking.closed:
        return _closed(request, asking)
    sent = _sent_by_form(request, asking)
    try:
        saved = writes.save_answers(asking.by, asking.due, sent, asking.language)
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect(asking.here)
    if saved.refused:
        return _again(request, asking, {one.item: one.value for one in sent}, saved.refused)
    if request.POST.get("go") == "finish":
        return _finish(request, asking)
    here = _number(request.POST.get("page"))
    return redirect(f"{asking.here}?page={_turned(asking, here, request.POST.get('go') == 'back')}")


def save(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Keep answers that the page's script sends as they are given.

    It takes ``{"device": "...", "answers": [{"item": "...", "value": "...", "sequence": 1}]}`` and answers with the
    items it could not take and why; 409 where nothing is taken any more.
    """
    sent = _sent_by_script(request.body)
    if sent is None:
        return JsonResponse({"words": _("This could not be read.")}, status=400)
    if asking.closed:
        return JsonResponse({"words": _("These questions can no longer be answered.")}, status=409)
    try:
        saved = writes.save_answers(asking.by, asking.due, sent, asking.language)
    except Refused as refused:
        return JsonResponse({"words": str(refused)}, status=409)
    return JsonResponse({"refused": {item: words_against(asking.sheet.item(item)) for item in saved.refused}})


def _finish(request: HttpRequest, asking: Asking) -> HttpResponse:
    try:
        writes.finish(asking.by, asking.due, asking.language, blanks_meant="blanks-meant" in request.POST)
    except Unfinished as unfinished:
        return _unfinished(request, asking, unfinished.unanswered)
    except Refused as refused:
        messages.warning(request, str(refused))
    return redirect(asking.here)


def _page(request: HttpRequest, asking: Asking, *, page: int, **more: Any) -> str:
    due, answers = asking.due, more.pop("answers", asking.answers)
    filling = Filling(
        answers=answers,
        asked=items.asked(asking.source, answers),
        page=page,
        csrf=get_token(request),
        path=request.get_full_path(),
        key=queue_key(due),
        until=_until(due, asking.loaded),
        messages=_messages(request),
        **more,
    )
    return filled(asking.sheet, asking.layout, filling)


def _until(due: Due, loaded: LoadedProtocol) -> str:
    if due.last_day is None:
        return ""
    day = due.last_day.astimezone(ZoneInfo(loaded.protocol.study.time_zone))
    return _("Open until %(day)s; what you answer is kept at once.") % {"day": date_format(day, "D j F")}


def _messages(request: HttpRequest) -> str:
    waiting = messages.get_messages(request)
    if not len(waiting):
        return '<div id="messages" class="stack tight" role="status"></div>'
    return render_to_string("parts/messages.html", {"messages": waiting})


def _page_asked_for(request: HttpRequest, asking: Asking) -> int:
    """The page in the address, or the first that has something unanswered."""
    last = pages(asking.sheet, asking.layout)
    if "page" in request.GET:
        return min(_number(request.GET["page"]), last)
    open_items = [i for i in items.asked(asking.source, asking.answers) if i not in asking.answers]
    return page_of(asking.sheet.item(open_items[0]).number, asking.layout) if open_items else last


def _turned(asking: Asking, page: int, back: bool) -> int:
    """The next page, or the one before, on which something is asked."""
    answers = reads.answers_given(reads.administration_of(asking.due))
    asked = [asking.sheet.item(item).number for item in items.asked(asking.source, answers)]
    there = sorted({page_of(number, asking.layout) for number in asked})
    if back:
        return max((other for other in there if other < page), default=there[0])
    return min((other for other in there if other > page), default=pages(asking.sheet, asking.layout))


def _again(
    request: HttpRequest, asking: Asking, typed: Mapping[str, str | None], refused: Sequence[str]
) -> HttpResponse:
    """The page with what was typed, and near each answer that could not be kept why."""
    errors = {item: words_against(asking.sheet.item(item)) for item in refused}
    title = ngettext("One answer needs another look", "%(number)d answers need another look", len(errors))
    summary = _summary(asking, title % {"number": len(errors)}, _("Your other answers are kept."), refused)
    page = page_of(asking.sheet.item(refused[0]).number, asking.layout)
    answers = {**asking.answers, **typed}
    return HttpResponse(_page(request, asking, page=page, answers=answers, errors=errors, summary=summary))


def _unfinished(request: HttpRequest, asking: Asking, lacking: items.Unanswered) -> HttpResponse:
    """The page again, saying which questions have no answer: those that need one, or those that were left blank."""
    answers = reads.answers_given(reads.administration_of(asking.due))
    which = lacking.needed or lacking.asked_again
    page = page_of(asking.sheet.item(which[0]).number, asking.layout)
    if lacking.needed:
        title = ngettext("One question needs an answer", "%(number)d questions need an answer", len(which))
        words = _("All that you answered is kept.")
        errors = {item: _("This one needs an answer.") for item in which}
        summary = _summary(asking, title % {"number": len(which)}, words, which)
        return HttpResponse(_page(request, asking, page=page, answers=answers, errors=errors, summary=summary))
    title = ngettext("You left one question blank", "You left %(number)d questions blank", len(which))
    words = _("Did you mean to? Answer what you like, or send your answers as they are. All that you answered is kept.")
    summary = _summary(asking, title % {"number": len(which)}, words, which, tone="attention")
    last = pages(asking.sheet, asking.layout)
    return HttpResponse(_page(request, asking, page=last, answers=answers, summary=summary, blanks_meant=True))


def _summary(asking: Asking, title: str, words: str, which: Sequence[str], tone: str = "bad") -> str:
    """What to look at again, with links to the questions."""
    shown = [asking.sheet.item(item) for item in which]
    place = f"{asking.here}?page=" if asking.layout.items_on_a_page else ""
    links = format_html_join(
        "",
        '<li><a href="{}#item-{}">{}. {}</a></li>',
        (
            (f"{place}{page_of(item.number, asking.layout)}" if place else "", item.id, item.number, item.text)
            for item in shown
        ),
    )
    return format_html(
        '<div class="notice {}" role="alert" tabindex="-1"><p>{}</p><p>{}</p><ul>{}</ul></div>',
        tone,
        title,
        words,
        links,
    )


def _closed(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Finished, over, or not yet: what is so, what is safe, and where to go on."""
    zone = ZoneInfo(asking.loaded.protocol.study.time_zone)
    context = {
        "why": asking.closed,
        "due": asking.due,
        "title": asking.sheet.title,
        "home": asking.home,
        "base_template": asking.base_template,
        "answered": len(asking.answers),
        "go_on": asking.go_on() if asking.closed == "finished" else "",
        "report": reads.report_behind(asking.due.administration) if asking.by == asking.due.participant else None,
    }
    with timezone.override(zone):
        return render(request, "participant/closed.html", context)


def _sent_by_form(request: HttpRequest, asking: Asking) -> list[Sent]:
    """The answers in a form; of a field that was left empty nothing is said, unless it held something before."""
    sent: list[Sent] = []
    for item in asking.sheet.items:
        values = request.POST.getlist(f"answer-{item.id}")
        blank_on_purpose = values == [""] and item.kind in ("options", "scale")
        said = " ".join(values) if item.kind == "choices" else "".join(values[:1])
        cleared = not said.strip() and asking.answers.get(item.id) and _on_page(request, asking, item.number)
        if said.strip() or blank_on_purpose or (cleared and item.kind not in ("options", "scale")):
            sent.append(Sent(item.id, said or None))
    return sent


def _on_page(request: HttpRequest, asking: Asking, number: int) -> bool:
    return page_of(number, asking.layout) == _number(request.POST.get("page"))


def _sent_by_script(body: bytes) -> list[Sent] | None:
    """The answers in a request of the script; None where it is none that we send."""
    try:
        said = json.loads(body)
        device, answers = said["device"], said["answers"]
        sent = [Sent(one["item"], one["value"], device, one["sequence"]) for one in answers[:_MOST_AT_ONCE]]
    except (ValueError, TypeError, KeyError):
        return None
    sound = isinstance(device, str) and 0 < len(device) <= 40 and all(_sound(one) for one in sent)
    return sent if sound and sent else None


def _sound(one: Sent) -> bool:
    value = one.value is None or (isinstance(one.value, str) and "\x00" not in one.value)
    counted = type(one.sequence) is int and 0 <= one.sequence < 2**53
    return isinstance(one.item, str) and value and counted


def _number(said: Any) -> int:
    """A page's number as an address or a form says it; the first where that is none."""
    return max(int(said), 1) if isinstance(said, str) and said.isdecimal() and len(said) < 6 else 1
