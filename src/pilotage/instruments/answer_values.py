"""What is typed or sent as an answer: how it is kept, and why a value is not allowed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a value is not an answer; the braces stand for the item's limits or options."""

    NOT_A_NUMBER = "is not a number"
    NOT_WHOLE = "is not a whole number"
    OUTSIDE = "is not between {} and {}"
    BELOW = "is below {}"
    ABOVE = "is above {}"
    NOT_AN_OPTION = "is not one of {}"
    NOT_A_DATE = "is not a date such as 2026-03-02"
    BEFORE = "is before {}"
    AFTER = "is after {}"
    OTHER = "is not an answer to this item"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an item does not take a value: as data, so that each reader is told in their own language.

    As a string it is English, to stand after the value: ``is not between 0 and 4``.
    """

    reason: Reason
    limits: tuple[str, ...] = ()

    def __str__(self) -> str:
        return self.reason.value.format(*self.limits)


def as_number(text: str) -> float | None:
    """Return the number that a text is, as a person writes it; None where it is none."""
    try:
        # float takes 1_000 and digits of other scripts, which nobody means as an answer
        number = float(text) if text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def kept_number(text: str) -> str:
    """Return a whole number as it is kept, 3 and not 3.0; anything else unchanged."""
    number = as_number(text)
    return f"{number:.0f}" if number is not None and number.is_integer() else text


def refuse_whole(value: str, low: int, high: int) -> Refusal | None:
    """Return why a value is no whole number from ``low`` to ``high``; None where it is one."""
    number = as_number(value)
    if number is None:
        return Refusal(Reason.NOT_A_NUMBER)
    if not number.is_integer():
        return Refusal(Reason.NOT_WHOLE)
    return None if low <= number <= high else Refusal(Reason.OUTSIDE, (str(low), str(high)))
