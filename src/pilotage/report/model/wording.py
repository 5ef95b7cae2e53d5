"""The only place where numbers become words: rounding, p values, intervals, counts in sentences."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from math import isinf, isnan
from typing import assert_never

from pilotage.report.model.values import (
    Cell,
    Estimated,
    Interval,
    Light,
    MeanSd,
    NotCollected,
    NumberKind,
    Quantity,
    ShareOf,
    Suppressed,
)

DIGITS: dict[NumberKind, int] = {
    "count": 0,
    "score": 2,
    "grade": 1,
    "statistic": 2,
    "df": 2,
    "p": 3,
    "probability": 2,
    "eta": 3,
    "coefficient": 2,
    "share": 1,
    "minutes": 1,
    "years": 1,
    "simulated": 4,
}
DASH = "–"
MINUS = "−"
# Bounded by 1 in size, so that journals print no nought before the point.
_BARE: frozenset[NumberKind] = frozenset({"p", "eta", "coefficient"})
_LIGHTS = {"green": "● green", "amber": "▲ amber", "red": "■ red", "none": "○ no light"}


def number(value: float | None, kind: NumberKind) -> str:
    """A number rounded half up to the digits of its kind; shares as per cent; None as a dash."""
    if value is None or isnan(value):
        return DASH
    if kind in ("p", "probability"):
        return _bounded(value, DIGITS[kind])
    if isinf(value):
        return "∞" if value > 0 else f"{MINUS}∞"
    if kind == "df" and float(value).is_integer():
        return str(int(value))
    text = _rounded(value, DIGITS[kind], times=100 if kind == "share" else 1)
    if kind in _BARE and abs(value) < 1:
        text = text.replace("0.", ".", 1)
    return f"{text} %" if kind == "share" else text


def p_value(value: float) -> str:
    """A p value to three digits without the nought; ``< .001`` and ``> .999`` at the ends."""
    return _bounded(value, DIGITS["p"])


def _bounded(value: float, digits: int) -> str:
    """A probability, which is never said to be nought or certain unless it is."""
    least = Decimal(1).scaleb(-digits)
    if value < least:
        return f"< {least}".replace("0.", ".", 1)
    text = _rounded(value, digits)
    if value < 1 <= float(text):
        return f"> {1 - least}".replace("0.", ".", 1)
    return text.replace("0.", ".", 1) if value < 1 else text


def p_phrase(value: float) -> str:
    """A p value for a sentence: ``p = .018`` or ``p < .001``."""
    text = p_value(value)
    return f"p {text}" if text.startswith(("<", ">")) else f"p = {text}"


def _rounded(value: float, digits: int, *, times: int = 1) -> str:
    # repr first: 2.675 is meant as written, not as its binary neighbour; half up, as journals round.
    step = Decimal(1).scaleb(-digits)
    text = str((Decimal(repr(float(value))) * times).quantize(step, rounding=ROUND_HALF_UP))
    if text.startswith("-"):
        return text[1:] if not text.strip("-0.") else MINUS + text[1:]
    return text


def say(cell: Cell) -> str:
    """The words of a cell."""
    match cell:
        case None:
            return ""
        case str():
            return cell
        case Quantity(value, kind):
            return number(value, kind)
        case MeanSd(mean, sd, kind):
            return f"{number(mean, kind)} ({number(sd, kind)})"
        case ShareOf(n, of):
            return f"{n}/{of} ({number(n / of, 'share')})" if of else f"{n}/{of}"
        case Interval(low, high, kind):
            return interval(low, high, kind)
        case Estimated(value, low, high, kind):
            return f"{number(value, kind)} {interval(low, high, kind)}".strip()
        case Light(colour):
            return _LIGHTS[colour]
        case NotCollected(why):
            return f"not collected: {why}" if why else "not collected"
        case Suppressed():
            return "withheld"
        case _:
            assert_never(cell)


def interval(low: float | None, high: float | None, kind: NumberKind) -> str:
    """Limits in square brackets; empty where there are none."""
    if low is None and high is None:
        return ""
    return f"[{number(low, kind)}, {number(high, kind)}]"


def listed(words: Sequence[str]) -> str:
    """Words as a list in a sentence: ``a, b and c``."""
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun: ``1 person``, ``2 people``."""
    return f"{n} {one if n == 1 else many or one + 's'}"


def tick(value: float) -> str:
    """A round number on an axis, with as many digits as it has."""
    return f"{value:g}".replace("-", MINUS)
