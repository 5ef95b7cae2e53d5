"""How feasibility is judged: domains, indicators with their denominators, criteria with who set them and why."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.protocol.words import Id
from pilotage.yaml_file import Part, Said

_LIMIT = re.compile(r"^(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*(%?)$")


class Limit(Part):
    """A limit such as '>= 75%': shares are held as fractions of 1."""

    relation: Literal[">=", "<=", ">", "<"]
    value: float
    share: bool

    def met(self, value: float) -> bool:
        """Whether a value is on the limit's side."""
        match self.relation:
            case ">=":
                return value >= self.value
            case "<=":
                return value <= self.value
            case ">":
                return value > self.value
        return value < self.value

    def __str__(self) -> str:
        number = self.value * 100 if self.share else self.value
        return f"{self.relation} {number:g}{' %' if self.share else ''}"


def _limit(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    match = _LIMIT.match(value.strip())
    if match is None:
        raise ValueError(f"'{value}' is not a limit.\nWrite it as '>= 75%', '< 6' or the like.")
    share = match[3] == "%"
    return {"relation": match[1], "value": float(match[2]) / (100 if share else 1), "share": share}


LimitField = Annotated[Limit, BeforeValidator(_limit), WithJsonSchema({"type": "string", "pattern": _LIMIT.pattern})]


class Criterion(Part):
    """Green from here, red from there, amber between; never without a reason."""

    green: LimitField
    red: LimitField
    why: str
    set_by: str = ""
    set_on: date | None = None


class RelativeTo(Part):
    """What a mean is compared with, so that it reads as a share of what was asked."""

    value: float = Field(gt=0)
    unit: str
    why: str


Source = Literal["attendance", "sessions", "blocks", "administrations", "responses", "flow", "reactions"]
SOURCES: tuple[str, ...] = get_args(Source)
"""What an indicator may be of, besides answers to forms: the study's own records."""

COUNTED: dict[str, tuple[str, ...]] = {
    "sessions": ("planned", "held", "cancelled", "truncated", "postponed", "replaced"),
    "blocks": ("done", "partly", "omitted", "moved"),
    "flow": (
        *("approached", "no reply", "not eligible", "declined", "waiting list"),
        *("screened", "consented", "allocated", "left the course", "left the study"),
    ),
    "reactions": ("serious",),
}
"""What can be counted of a record, where not everything in it is."""


class Indicator(Part):
    """One number that speaks for a domain: its measure, what it is of, and its denominator in words.

    ``of`` is a form item (``evaluation.grade``), a derived variable, or one of the sources:
    attendance (people attending ``at_least`` sessions), sessions (``counts`` states), blocks (``counts``
    done, partly, omitted), administrations (complete at ``assessment``), responses (items answered),
    flow (``counts`` stages ``out_of`` another stage), reactions (people reporting one).
    """

    id: Id
    label: str
    measure: Literal["mean", "share", "count"]
    of: str
    counts: list[str] = []
    out_of: str | None = None
    at_least: int | None = None
    assessment: Id | None = None
    arms: list[Id] = []
    relative_to: RelativeTo | None = None
    not_counted: Literal["", "planned replacements"] = ""
    denominator: str
    criterion: Criterion | None = None


class Domain(Part):
    """One of Bowen's areas: assessed by indicators, from the analysis, or not assessed with the reason."""

    id: Id
    label: str
    status: Literal["assessed", "presumed", "not applicable", "from the analysis"] = "assessed"
    asks: str = ""
    operationalised: str = ""
    why: str = Field("", description="the reason, required where the domain is not assessed")
    indicators: list[Indicator] = []
    evidence: list[str] = Field([], description="what is said in words, with no number behind it")


class Feasibility(Part):
    """The framework, the domains, and who set the criteria when."""

    framework: str
    set_by: Said[str]
    set_on: Said[date]
    criteria_are: str = ""
    domains: list[Domain]
