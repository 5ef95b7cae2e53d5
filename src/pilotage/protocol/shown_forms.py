"""A form of the study's own as people meet it, in one language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pilotage.instruments.shown import ResponseFormat, ShownCondition, ShownItem, ShownOption, ShownSheet
from pilotage.protocol.conditions import Condition
from pilotage.protocol.form_items import Bound, FormItem
from pilotage.protocol.forms import Form
from pilotage.protocol.words import say


def shown_form(form: Form, language: str, version: str) -> ShownSheet:
    """Return the form in a language, of this version of the protocol, as pages and paper show it."""
    items: dict[str, ShownItem] = {}
    for number, item in enumerate(form.items, start=1):
        items[item.id] = _item(item, number, language, items)
    return ShownSheet(form.id, version, language, say(form.title, language), "", tuple(items.values()))


def _item(item: FormItem, number: int, language: str, before: Mapping[str, ShownItem]) -> ShownItem:
    numbered = item.response_format is ResponseFormat.RATING
    labels = item.labels(language)
    low, high = item.bounds
    return ShownItem(
        id=item.id,
        number=number,
        text=say(item.ask, language),
        format=item.response_format,
        options=tuple(ShownOption(code, labels.get(code, ""), code if numbered else "") for code in item.answers),
        required=item.required,
        unit=say(item.measured_in, language),
        lowest=_as_kept(low),
        highest=_as_kept(high),
        whole=item.whole_numbers,
        example=item.example,
        condition=_condition(item.show_if, before) if item.show_if else None,
    )


def _condition(condition: Condition, before: Mapping[str, ShownItem]) -> ShownCondition:
    """Return the condition with the number of the item it rests on, and the answer as people read it there."""
    other = before[condition.item]
    label = dict(other.choices).get(condition.value, condition.value)
    return ShownCondition(other.id, other.number, condition.relation, condition.value, label)


def _as_kept(bound: Bound) -> str:
    if bound is None:
        return ""
    return bound.isoformat() if isinstance(bound, date) else f"{bound:g}"
