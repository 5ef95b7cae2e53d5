"""The words of a table's cell: each kind of number with the digits that it is printed with."""

from __future__ import annotations

from math import isinf, isnan
from typing import assert_never

from pilotage.formatting import DASH, bounded, brackets, per_cent, probability, rounded
from pilotage.report.model.values import (
    Cell,
    Estimated,
    Interval,
    LightCell,
    MeanSd,
    NotCollected,
    NumberKind,
    Quantity,
    ShareOf,
    Suppressed,
)
from pilotage.vocabulary import Light

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
# Bounded by 1 in size, so that journals print no zero before the point.
_BARE: frozenset[NumberKind] = frozenset({"p", "eta", "coefficient"})
# Each with a sign of its own, so that none is told by its colour alone.
LIGHTS: dict[Light, str] = {
    Light.GREEN: "● green",
    Light.AMBER: "▲ amber",
    Light.RED: "■ red",
    Light.NONE: "○ no light",
}


def number(value: float | None, kind: NumberKind) -> str:
    """Write a number rounded to the digits of its kind; shares as per cent; None as a dash."""
    if value is None or isnan(value):
        return DASH
    digits = DIGITS[kind]
    if kind in ("p", "probability"):
        return probability(value, digits)
    if isinf(value):
        return rounded(value, digits)
    if kind == "df" and float(value).is_integer():
        return str(int(value))
    if kind == "share":
        return per_cent(value, digits)
    return bounded(value, digits) if kind in _BARE and abs(value) < 1 else rounded(value, digits)


def say(cell: Cell) -> str:
    """Return the words of a cell."""
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
        case LightCell(colour):
            return LIGHTS[colour]
        case NotCollected(why):
            return f"not collected: {why}" if why else "not collected"
        case Suppressed():
            return "withheld"
        case _:
            assert_never(cell)


def interval(low: float | None, high: float | None, kind: NumberKind) -> str:
    """Write limits in square brackets; nothing where there are none."""
    return "" if low is None and high is None else brackets(number(low, kind), number(high, kind))
