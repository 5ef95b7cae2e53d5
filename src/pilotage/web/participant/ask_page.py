"""The page of a questionnaire: rendered once for everybody, then filled in for one person in a fraction of the time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.forms import Condition
from pilotage.web.pages.questionnaire import Asked, Sheet
from pilotage.web.pages.slots import Slotted, slot
from pilotage.web.records.items import LONGEST_COMMENT

_CHOSEN = ("options", "scale", "choices")


@dataclass(frozen=True)
class Layout:
    """Where a sheet is shown and how; with the sheet itself, all that the fixed part of the page depends on."""

    here: str
    save_url: str
    home: str
    base_template: str
    purpose: str
    """Of the link by which one came in: a participant's, or a colleague's."""
    language: str
    study_title: str
    simulated: bool
    blanks: bool
    items_on_a_page: int
    """Nought where everything stands on one page."""

    @classmethod
    def pages_of(cls, assessment: Assessment) -> int:
        """How many items of an assessment stand on a page; nought for all of them."""
        return assessment.items_on_a_page if assessment.layout == "paged" else 0


@dataclass(frozen=True)
class Filling:
    """What one person sees in the page."""

    answers: Mapping[str, str | None]
    asked: Sequence[str]
    page: int
    csrf: str
    path: str
    key: str
    until: str
    messages: str = ""
    summary: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    blanks_meant: bool = False


def page_of(number: int, layout: Layout) -> int:
    """On which page, from 1, the item of this number stands."""
    return (number - 1) // layout.items_on_a_page + 1 if layout.items_on_a_page else 1


def pages(sheet: Sheet, layout: Layout) -> int:
    """How many pages there are."""
    return page_of(len(sheet.items), layout)


def filled(sheet: Sheet, layout: Layout, filling: Filling) -> str:
    """The page for one person."""
    return _cut(sheet, layout).filled(_values(sheet, layout, filling))


@lru_cache(maxsize=256)
def _cut(sheet: Sheet, layout: Layout) -> Slotted:
    names = ("messages", "summary", "until", "key", "page", "blanks_meant", "done", "of")
    hidden = ("next_hidden", "finish_hidden", "back_hidden")
    context = {
        "sheet": sheet,
        "items": [_drawn(item, layout) for item in sheet.items],
        "slot": {name: slot(name) for name in (*names, *hidden)},
        "paged": layout.items_on_a_page > 0,
        "pages": pages(sheet, layout),
        "answered": _("answered"),
        "longest": LONGEST_COMMENT,
        "other_language": sheet.language != layout.language,
        "csrf_token": slot("csrf"),
        "request": SimpleNamespace(get_full_path=slot("path"), link=SimpleNamespace(purpose=layout.purpose)),
        **{name: getattr(layout, name) for name in ("here", "save_url", "home", "base_template", "study_title")},
        "simulated": layout.simulated,
    }
    return Slotted.cut(render_to_string("participant/ask.html", context))


def _drawn(item: Asked, layout: Layout) -> dict[str, Any]:
    """An item as the template wants it: its own words, and slots for the rest."""
    chosen = item.kind in _CHOSEN
    blank = layout.blanks and not item.required and item.kind in ("options", "scale")
    return {
        **{name: getattr(item, name) for name in ("id", "number", "text", "kind", "ends", "across", "unit", "whole")},
        "lowest": item.lowest,
        "highest": item.highest,
        "radio": chosen,
        "input": "checkbox" if item.kind == "choices" else "radio",
        "page": page_of(item.number, layout),
        "choices": [(c.value, c.label, c.key, slot(f"checked:{item.id}:{c.value}")) for c in item.choices],
        "blank": slot(f"blank:{item.id}") if blank else "",
        "value": slot(f"value:{item.id}"),
        "described": slot(f"described:{item.id}"),
        "error": slot(f"error:{item.id}"),
        "hidden": slot(f"hidden:{item.id}"),
        "note": format_html('<p class="help">{}</p>', item.note) if item.note else "",
        "when": _when(item.when),
        "condition": _condition(item),
    }


def _when(when: Condition | None) -> SafeString | str:
    if when is None:
        return ""
    return format_html(
        ' data-when-item="{}" data-when-relation="{}" data-when-value="{}"', when.item, when.relation, when.value
    )


def _condition(item: Asked) -> SafeString | str:
    """What says to whoever sees it without script when an item is asked at all."""
    if item.when is None or item.when_words is None:
        return ""
    words = {
        "is": _("Only if you answered “%(answer)s” to question %(number)d."),
        "is not": _("Only if you did not answer “%(answer)s” to question %(number)d."),
        "at least": _("Only if you answered %(answer)s or more to question %(number)d."),
        "at most": _("Only if you answered %(answer)s or less to question %(number)d."),
    }[item.when.relation]
    answer, number = item.when_words
    return format_html('<p class="help condition">{}</p>', words % {"answer": answer, "number": number})


def _values(sheet: Sheet, layout: Layout, filling: Filling) -> dict[str, str]:
    last = pages(sheet, layout)
    done = sum(item in filling.answers and item not in filling.errors for item in filling.asked)
    values = {
        "messages": filling.messages,
        "summary": filling.summary,
        "until": escape(filling.until),
        "key": filling.key,
        "csrf": filling.csrf,
        "path": escape(filling.path),
        "page": str(filling.page),
        "done": str(done),
        "of": str(len(filling.asked)),
        "blanks_meant": '<input type="hidden" name="blanks-meant" value="1">' if filling.blanks_meant else "",
        "next_hidden": " hidden" if filling.page == last else "",
        "finish_hidden": "" if filling.page == last else " hidden",
        "back_hidden": " hidden" if filling.page == 1 else "",
    }
    for item in sheet.items:
        if page_of(item.number, layout) != filling.page:
            values[f"hidden:{item.id}"] = " hidden"
        if item.id in filling.answers:
            values.update(_answered(item, filling.answers[item.id]))
    for item_id, words in filling.errors.items():
        values[f"error:{item_id}"] = format_html('<ul class="error" id="error-{}"><li>{}</li></ul>', item_id, words)
        values[f"described:{item_id}"] = mark_safe(f' aria-invalid="true" aria-describedby="error-{item_id}"')
    return values


def _answered(item: Asked, value: str | None) -> dict[str, str]:
    if item.kind not in _CHOSEN:
        return {f"value:{item.id}": escape(value or "")}
    if value is None:
        return {f"blank:{item.id}": " checked"}
    codes = value.split() if item.kind == "choices" else [value]
    return {f"checked:{item.id}:{code}": " checked" for code in codes}
