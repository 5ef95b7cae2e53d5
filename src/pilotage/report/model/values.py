"""What a cell of a table may hold: numbers as computed, never rounded, with what kind of number each is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilotage.vocabulary import Light

NumberKind = Literal[
    "count",  # whole
    "score",  # scale scores, their means, SDs and differences
    "grade",  # a rating's mean or SD, printed as the paper prints them
    "statistic",  # F, t, W
    "df",
    "p",
    "probability",  # how sure we are that something holds
    "eta",  # proportions of variance, epsilons
    "coefficient",  # alpha, omega, r
    "share",  # fractions of 1, printed as per cent
    "minutes",
    "years",
    "simulated",  # a measure with its Monte Carlo error beside it
]


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a kind; None prints as a dash."""

    value: float | None
    kind: NumberKind


@dataclass(frozen=True, slots=True)
class MeanSd:
    """A mean with its standard deviation."""

    mean: float | None
    sd: float | None
    kind: NumberKind = "score"


@dataclass(frozen=True, slots=True)
class ShareOf:
    """So many of so many, with the per cent."""

    n: int
    of: int


@dataclass(frozen=True, slots=True)
class Interval:
    """The two limits of an interval."""

    low: float | None
    high: float | None
    kind: NumberKind


@dataclass(frozen=True, slots=True)
class Estimated:
    """A value with its interval."""

    value: float | None
    low: float | None
    high: float | None
    kind: NumberKind


@dataclass(frozen=True, slots=True)
class LightCell:
    """A traffic light: never by colour alone."""

    colour: Light


@dataclass(frozen=True, slots=True)
class NotCollected:
    """Nothing was collected: printed in words, never as zero."""

    why: str = ""


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A count too small to share."""

    below: int


Cell = str | Quantity | MeanSd | ShareOf | Interval | Estimated | LightCell | NotCollected | Suppressed | None
