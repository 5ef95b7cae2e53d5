"""The pages of a questionnaire: as it stands, with what needs another look, and once nothing is taken any more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.participant.ask_page import Filling, filled, page_of, pages
from pilotage.web.participant.asking import Asking, queue_key
from pilotage.web.participant.sent import page_number
from pilotage.web.participant.words_against import words_against
from pilotage.web.records import items, queries
from pilotage.web.records.queries.due import Due


def drawn(request: HttpRequest, asking: Asking, *, page: int, **more: Any) -> str:
    """The page for this person, with a summary, errors or answers of its own where they are given."""
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


def page_asked_for(request: HttpRequest, asking: Asking) -> int:
    """The page in the address, or the first that has something unanswered."""
    last = pages(asking.sheet, asking.layout)
    if "page" in request.GET:
        return min(page_number(request.GET["page"]), last)
    open_items = [i for i in items.asked(asking.source, asking.answers) if i not in asking.answers]
    return page_of(asking.sheet.item(open_items[0]).number, asking.layout) if open_items else last


def turned(asking: Asking, page: int, back: bool) -> int:
    """The next page, or the one before, on which something is asked."""
    answers = queries.answers_given(queries.administration_of(asking.due))
    asked = [asking.sheet.item(item).number for item in items.asked(asking.source, answers)]
    there = sorted({page_of(number, asking.layout) for number in asked})
    if back:
        return max((other for other in there if other < page), default=there[0])
    return min((other for other in there if other > page), default=pages(asking.sheet, asking.layout))


def again(
    request: HttpRequest, asking: Asking, typed: Mapping[str, str | None], refused: Sequence[str]
) -> HttpResponse:
    """The page with what was typed, and near each answer that could not be kept why."""
    errors = {item: words_against(asking.sheet.item(item)) for item in refused}
    title = ngettext("One answer needs another look", "%(number)d answers need another look", len(errors))
    summary = _summary(asking, title % {"number": len(errors)}, _("Your other answers are kept."), refused)
    page = page_of(asking.sheet.item(refused[0]).number, asking.layout)
    answers = {**asking.answers, **typed}
    return HttpResponse(drawn(request, asking, page=page, answers=answers, errors=errors, summary=summary))


def unfinished(request: HttpRequest, asking: Asking, lacking: items.Unanswered) -> HttpResponse:
    """The page again, saying which questions have no answer: those that need one, or those that were left blank."""
    answers = queries.answers_given(queries.administration_of(asking.due))
    which = lacking.needed or lacking.asked_again
    page = page_of(asking.sheet.item(which[0]).number, asking.layout)
    if lacking.needed:
        title = ngettext("One question needs an answer", "%(number)d questions need an answer", len(which))
        words = _("All that you answered is kept.")
        errors = {item: _("This one needs an answer.") for item in which}
        summary = _summary(asking, title % {"number": len(which)}, words, which)
        return HttpResponse(drawn(request, asking, page=page, answers=answers, errors=errors, summary=summary))
    title = ngettext("You left one question blank", "You left %(number)d questions blank", len(which))
    words = _("Did you mean to? Answer what you like, or send your answers as they are. All that you answered is kept.")
    summary = _summary(asking, title % {"number": len(which)}, words, which, tone="attention")
    last = pages(asking.sheet, asking.layout)
    return HttpResponse(drawn(request, asking, page=last, answers=answers, summary=summary, blanks_meant=True))


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


def closed(request: HttpRequest, asking: Asking) -> HttpResponse:
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
        "report": queries.report_behind(asking.due.administration) if asking.by == asking.due.participant else None,
    }
    with timezone.override(zone):
        return render(request, "participant/closed.html", context)
