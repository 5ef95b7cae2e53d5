"""Which answers an item allows; said once, for what is imported and for what is checked."""

from __future__ import annotations

import math
from datetime import date

from pilotage.instruments.definition import Instrument
from pilotage.protocol.forms import DateItem, FormItem, FreeText, Number, Rating, SeveralChoices, SingleChoice

Reason = str
"""Why an answer is not allowed, to stand after the answer: ``is not a whole number``; empty where it is."""


def instrument_answer(instrument: Instrument, value: str) -> Reason:
    """Why this is no answer to an item of the instrument."""
    return _whole_between(value, instrument.response.minimum, instrument.response.maximum)


def form_answer(item: FormItem, value: str) -> Reason:
    """Why this is no answer to a form's item."""
    match item:
        case Rating():
            return _whole_between(value, item.from_, item.to)
        case Number():
            return _number(item, value)
        case SingleChoice():
            return _among(value, [option.id for option in item.options])
        case SeveralChoices():
            reasons = (_among(code, [option.id for option in item.options]) for code in value.split())
            return next((reason for reason in reasons if reason), "")
        case DateItem():
            return _day(item, value)
        case FreeText():
            return ""


def as_number(value: str) -> float | None:
    """The number a text is, as a person writes it; None where it is none."""
    try:
        number = float(value) if value.isascii() and "_" not in value else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _whole_between(value: str, low: int, high: int) -> Reason:
    number = as_number(value)
    if number is None:
        return "is not a number"
    if not number.is_integer():
        return "is not a whole number"
    return "" if low <= number <= high else f"is not between {low} and {high}"


def _number(item: Number, value: str) -> Reason:
    number = as_number(value)
    if number is None:
        return "is not a number"
    if item.whole and not number.is_integer():
        return "is not a whole number"
    if item.minimum is not None and number < item.minimum:
        return f"is below {item.minimum:g} {item.unit}"
    if item.maximum is not None and number > item.maximum:
        return f"is above {item.maximum:g} {item.unit}"
    return ""


def _among(code: str, options: list[str]) -> Reason:
    return "" if code in options else f"is not one of {', '.join(options)}"


def _day(item: DateItem, value: str) -> Reason:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return "is not a date such as 2026-03-02"
    if item.earliest and day < item.earliest:
        return f"is before {item.earliest}"
    return f"is after {item.latest}" if item.latest and day > item.latest else ""
