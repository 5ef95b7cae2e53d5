"""The page of a questionnaire: rendered once for everybody, then filled in for one person in a fraction of the time."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pilotage.instruments.shown import ShownCondition, ShownItem, ShownSheet
from pilotage.web.pages import dates
from pilotage.web.pages.slots import Slotted, slot
from pilotage.web.participant.questionnaire.task import AnswerTask
from pilotage.web.participant.unsent import questionnaire_key
from pilotage.web.records import items, queries
from pilotage.web.records.items import LONGEST_COMMENT
from pilotage.web.records.models import Participant

_CHOSEN = ("options", "scale", "choices")


@dataclass(frozen=True)
class Layout:
    """Where a sheet is shown and how; with the sheet itself, all that the fixed part of the page depends on."""

    url: str
    save_url: str
    home_url: str
    purpose: str
    """Of the link by which the person came in: a participant's, or a colleague's."""
    language: str
    study_title: str
    simulated: bool
    blanks: bool
    items_on_a_page: int
    """Zero where all items stand on one page."""

    @classmethod
    def of(cls, task: AnswerTask) -> Layout:
        """Return the layout of a task in the language of the page."""
        study, assessment = task.loaded.protocol.study, task.due.assessment
        return cls(
            url=task.url,
            save_url=task.save_url,
            home_url=task.home_url,
            purpose="participant" if isinstance(task.answered_by, Participant) else "colleague",
            language=translation.get_language() or "en",
            study_title=study.short_title or study.title,
            simulated=task.participant.study.simulated is not None,
            blanks=assessment.blank != "not allowed",
            items_on_a_page=assessment.items_on_a_page if assessment.layout == "paged" else 0,
        )

    def page_of(self, number: int) -> int:
        """Return the page, from 1, on which the item of this number stands."""
        return (number - 1) // self.items_on_a_page + 1 if self.items_on_a_page else 1


@dataclass(frozen=True)
class Filling:
    """What one person sees in the page."""

    answers: Mapping[str, str | None]
    saved: Mapping[str, str | None]
    """Of these answers what the study has; the page sends it back, and so only what differs counts as answered."""
    items_asked: Sequence[str]
    page: int
    csrf: str
    path: str
    key: str
    until: str
    messages: str = ""
    summary: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    blanks_meant: bool = False


def draw(
    request: HttpRequest,
    task: AnswerTask,
    *,
    page: int,
    saved: Mapping[str, str | None] | None = None,
    typed: Mapping[str, str | None] | None = None,
    errors: Mapping[str, str] | None = None,
    summary: str = "",
    blanks_meant: bool = False,
) -> str:
    """Return the HTML of one page for the person who asks for it.

    ``saved`` are the answers as they are now, where the task does not know them yet; ``typed`` stand in their place
    where they could not be saved; ``errors`` are by item.
    """
    saved = task.answers if saved is None else saved
    shown = {**saved, **(typed or {})}
    filling = Filling(
        answers=shown,
        saved=saved,
        items_asked=items.asked(task.source, shown),
        page=page,
        csrf=get_token(request),
        path=request.get_full_path(),
        key=questionnaire_key(task.due),
        until=_until(task),
        messages=_messages(request),
        summary=summary,
        errors=errors or {},
        blanks_meant=blanks_meant,
    )
    layout = Layout.of(task)
    return _fixed_page(task.sheet, layout).filled(_slot_values(task.sheet, layout, filling))


def number_of_pages(task: AnswerTask) -> int:
    """Return how many pages there are."""
    return Layout.of(task).page_of(len(task.sheet.items))


def page_with(task: AnswerTask, item: str) -> int:
    """Return the page on which an item stands."""
    return Layout.of(task).page_of(task.sheet.item(item).number)


def first_page(task: AnswerTask) -> int:
    """Return the first page with an item that is not answered yet, or the last page."""
    unanswered = [item for item in items.asked(task.source, task.answers) if item not in task.answers]
    return page_with(task, unanswered[0]) if unanswered else number_of_pages(task)


def neighbour(task: AnswerTask, page: int, *, back: bool) -> int:
    """Return the next page, or the one before, on which something is asked."""
    # The answers that were just kept decide which items are asked, so they are read again.
    answers = queries.answers_given(queries.administration_of(task.due))
    with_items = sorted({page_with(task, item) for item in items.asked(task.source, answers)})
    if back:
        return max((other for other in with_items if other < page), default=with_items[0])
    return min((other for other in with_items if other > page), default=number_of_pages(task))


def summary(task: AnswerTask, title: str, words: str, item_ids: Sequence[str], tone: str = "bad") -> SafeString:
    """Return a notice of what needs another look, with links to the questions."""
    layout = Layout.of(task)
    shown = [task.sheet.item(item) for item in item_ids]
    place = f"{task.url}?page=" if layout.items_on_a_page else ""
    links = format_html_join(
        "",
        '<li><a href="{}#item-{}">{}. {}</a></li>',
        ((f"{place}{layout.page_of(item.number)}" if place else "", item.id, item.number, item.text) for item in shown),
    )
    return format_html(
        '<div class="notice {}" role="alert" tabindex="-1"><p>{}</p><p>{}</p><ul>{}</ul></div>',
        tone,
        title,
        words,
        links,
    )


def advice(item: ShownItem) -> str:
    """Return what to do about an answer that this item does not take."""
    match item.control:
        case "number":
            return _advice_on_number(item)
        case "date":
            return _advice_on_day(item)
        case "text" if item.example:
            return _("Write the answer as in this example: %(example)s.") % {"example": item.example}
        case "text":
            return _("Write no more than %(most)d characters.") % {"most": LONGEST_COMMENT}
    return _("Choose one of the answers.")


def _advice_on_number(item: ShownItem) -> str:
    kind = _("Enter a whole number in figures.") if item.whole else _("Enter a number in figures.")
    if item.lowest and item.highest:
        between = _("The number is between %(low)s and %(high)s %(unit)s.")
        return f"{kind} {between % {'low': item.lowest, 'high': item.highest, 'unit': item.unit}}"
    if item.lowest:
        return f"{kind} {_('The number is %(low)s %(unit)s or more.') % {'low': item.lowest, 'unit': item.unit}}"
    if item.highest:
        return f"{kind} {_('The number is %(high)s %(unit)s or less.') % {'high': item.highest, 'unit': item.unit}}"
    return kind


def _advice_on_day(item: ShownItem) -> str:
    if item.lowest and item.highest:
        return _("Enter a date from %(first)s to %(last)s.") % {"first": item.lowest, "last": item.highest}
    if item.lowest:
        return _("Enter a date from %(first)s onwards.") % {"first": item.lowest}
    if item.highest:
        return _("Enter a date no later than %(last)s.") % {"last": item.highest}
    return _("Enter a date, such as 2026-03-02.")


@lru_cache(maxsize=256)
def _fixed_page(sheet: ShownSheet, layout: Layout) -> Slotted:
    """Render all of the page that does not differ between people."""
    names = ("messages", "summary", "until", "key", "page", "shown", "blanks_meant", "done", "of")
    hidden = ("next_hidden", "finish_hidden", "back_hidden")
    context = {
        "sheet": sheet,
        "items": [_item_context(item, layout) for item in sheet.items],
        "slot": {name: slot(name) for name in (*names, *hidden)},
        "paged": layout.items_on_a_page > 0,
        "pages": layout.page_of(len(sheet.items)),
        "answered": _("answered"),
        "longest": LONGEST_COMMENT,
        "other_language": sheet.language != layout.language,
        "csrf_token": slot("csrf"),
        "request": SimpleNamespace(get_full_path=slot("path"), link=SimpleNamespace(purpose=layout.purpose)),
        **{name: getattr(layout, name) for name in ("url", "save_url", "home_url", "study_title", "simulated")},
    }
    return Slotted.cut(render_to_string("participant/ask.html", context))


def _item_context(item: ShownItem, layout: Layout) -> dict[str, Any]:
    """Return an item as the template wants it: its own words, and slots for the rest."""
    chosen = item.control in _CHOSEN
    blank = layout.blanks and not item.required and item.control in ("options", "scale")
    return {
        **{name: getattr(item, name) for name in ("id", "number", "text", "ends", "across", "unit", "whole")},
        "kind": item.control,
        "lowest": item.lowest,
        "highest": item.highest,
        "radio": chosen,
        "input": "checkbox" if item.control == "choices" else "radio",
        "page": layout.page_of(item.number),
        "choices": [
            (value, label, option.number if label != value else "", slot(f"checked:{item.id}:{value}"))
            for option, (value, label) in zip(item.options, item.choices, strict=True)
        ],
        "blank": slot(f"blank:{item.id}") if blank else "",
        "value": slot(f"value:{item.id}"),
        "described": slot(f"described:{item.id}"),
        "error": slot(f"error:{item.id}"),
        "hidden": slot(f"hidden:{item.id}"),
        "note": format_html('<p class="help">{}</p>', item.note) if item.note else "",
        "when": _condition_data(item.condition),
        "condition": _condition_words(item),
    }


def _condition_data(when: ShownCondition | None) -> SafeString | str:
    """Return the attributes by which the page's script knows when an item is asked."""
    if when is None:
        return ""
    return format_html(
        ' data-when-item="{}" data-when-relation="{}" data-when-value="{}"', when.item, when.relation, when.value
    )


def _condition_words(item: ShownItem) -> SafeString | str:
    """Return when an item is asked, for whoever sees the page without a script."""
    if item.condition is None:
        return ""
    words = {
        "is": _("Only if you answered “%(answer)s” to question %(number)d."),
        "is not": _("Only if you did not answer “%(answer)s” to question %(number)d."),
        "at least": _("Only if you answered %(answer)s or more to question %(number)d."),
        "at most": _("Only if you answered %(answer)s or less to question %(number)d."),
    }[item.condition.relation]
    answer, number = item.condition.label, item.condition.number
    return format_html('<p class="help condition">{}</p>', words % {"answer": answer, "number": number})


def _slot_values(sheet: ShownSheet, layout: Layout, filling: Filling) -> dict[str, str]:
    last = layout.page_of(len(sheet.items))
    done = sum(item in filling.answers and item not in filling.errors for item in filling.items_asked)
    values = {
        "messages": filling.messages,
        "summary": filling.summary,
        "until": escape(filling.until),
        "key": filling.key,
        "csrf": filling.csrf,
        "path": escape(filling.path),
        "page": str(filling.page),
        "shown": escape(json.dumps(filling.saved, ensure_ascii=False)),
        "done": str(done),
        "of": str(len(filling.items_asked)),
        "blanks_meant": '<input type="hidden" name="blanks-meant" value="1">' if filling.blanks_meant else "",
        "next_hidden": " hidden" if filling.page == last else "",
        "finish_hidden": "" if filling.page == last else " hidden",
        "back_hidden": " hidden" if filling.page == 1 else "",
    }
    for item in sheet.items:
        if layout.page_of(item.number) != filling.page:
            values[f"hidden:{item.id}"] = " hidden"
        if item.id in filling.answers:
            values.update(_answer_values(item, filling.answers[item.id]))
    for item_id, words in filling.errors.items():
        values[f"error:{item_id}"] = format_html('<ul class="error" id="error-{}"><li>{}</li></ul>', item_id, words)
        values[f"described:{item_id}"] = mark_safe(f' aria-invalid="true" aria-describedby="error-{item_id}"')
    return values


def _answer_values(item: ShownItem, value: str | None) -> dict[str, str]:
    if item.control not in _CHOSEN:
        return {f"value:{item.id}": escape(value or "")}
    if value is None:
        return {f"blank:{item.id}": " checked"}
    codes = value.split() if item.control == "choices" else [value]
    return {f"checked:{item.id}:{code}": " checked" for code in codes}


def _until(task: AnswerTask) -> str:
    if task.due.last_day is None:
        return ""
    return _("Open until %(day)s.") % {"day": dates.day(task.due.last_day)}


def _messages(request: HttpRequest) -> str:
    waiting = messages.get_messages(request)
    if not len(waiting):
        return '<div id="messages" class="stack tight" role="status"></div>'
    return render_to_string("parts/messages.html", {"messages": waiting})
