"""How feasibility is judged: domains, indicators with their denominators, criteria with who set them and why."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import BeforeValidator, Field, WithJsonSchema

from pilotage.protocol.words import Id, Label
from pilotage.vocabulary import (
    DeliveryState,
    DeviationPlanning,
    FlowEvent,
    FlowStage,
    ProgrammePart,
    SessionState,
    values,
)
from pilotage.yaml_file import OrUnknown, Part

_LIMIT = re.compile(r"^(>=|<=|>|<)\s*(\d+(?:\.\d+)?)\s*(%?)$")


class Limit(Part):
    """A limit such as '>= 75%': shares are held as fractions of 1."""

    relation: Literal[">=", "<=", ">", "<"] = Field(description=">=, <=, > or <")
    value: float = Field(description="the number; a percentage is held as a fraction")
    share: bool = Field(description="whether it was written as a percentage")

    def met(self, value: float) -> bool:
        """Return whether a value is on the limit's side."""
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


class ProgressionCriterion(Part):
    """Green from here, red from there, amber between; never without a reason."""

    green: LimitField = Field(description="green from here, such as '>= 75%'")
    red: LimitField = Field(description="red from here; between the two is amber")
    why: str = Field(description="why the limits lie there")
    set_by: str = Field("", description="who set it, where that differs from the others")
    set_on: date | None = Field(None, description="when it was set, where that differs from the others")


class RelativeTo(Part):
    """What a mean is compared with, so that it reads as a share of what was asked."""

    value: float = Field(gt=0, description="the number")
    unit: Label = Field(description="its unit")
    why: str = Field(description="why that number")


Source = Literal[
    "attendance", "sessions", "session minutes", "blocks", "independent ratings", "adaptations", "deviations",
    "administrations", "responses", "flow", "reactions",
]  # fmt: skip
SOURCES: tuple[str, ...] = get_args(Source)
"""What an indicator may be of, besides answers to forms: the study's own records."""

MEANS: tuple[str, ...] = ("session minutes",)
"""The records of which a mean is taken, and nothing else."""

_DEVIATION_WORDS = (*values(ProgrammePart), *values(DeviationPlanning))
COUNTED: dict[str, tuple[str, ...]] = {
    "sessions": values(SessionState),
    "blocks": values(DeliveryState),
    "adaptations": _DEVIATION_WORDS,
    "deviations": _DEVIATION_WORDS,
    "flow": (*values(FlowStage), *values(FlowEvent)),
    "reactions": ("serious",),
}
"""What can be counted of a record, where not everything in it is."""


class Indicator(Part):
    """One number that speaks for a domain: its measure, what it is of, and its denominator in words.

    ``of`` is a form item (``evaluation.grade``), a derived variable, or one of the sources:
    attendance (people attending ``at_least`` sessions), sessions (``counts`` states), session minutes (minutes held
    as a share of those planned, over sessions), blocks (``counts`` done, partly, omitted), independent ratings
    (sessions held that an independent rater rated), deviations (departures noted while the course ran: ``counts``
    core, flexible, planned, ad hoc), adaptations (those, and the differences from the manual), administrations
    (complete at ``assessment``), responses (items answered), flow (``counts`` stages ``out_of`` another stage),
    reactions (people reporting one).
    """

    id: Id
    label: Label = Field(description="its name, as the matrix prints it")
    measure: Literal["mean", "share", "count"] = Field(description="a mean, a share with its denominator, or a count")
    of: str = Field(description="what it is of: form.item, a derived variable, or a record of the study (see above)")
    counts: list[str] = Field([], description="the answers, states or stages that are counted")
    out_of: str | None = Field(None, description="the stage of the flow that is the denominator")
    at_least: int | None = Field(None, description="how many sessions a person must have attended")
    assessment: Id | None = Field(None, description="the assessment meant, where several ask the same")
    arms: list[Id] = Field([], description="the arms meant; all when none is named")
    relative_to: RelativeTo | None = Field(None, description="what a mean is divided by")
    not_counted: Literal["", "planned replacements", "optional blocks"] = Field(
        "", description="what is left out of the count"
    )
    denominator: str = Field(description="the denominator in words")
    criterion: ProgressionCriterion | None = Field(None, description="green and red, with the reason")


class Domain(Part):
    """One of Bowen's areas: assessed by indicators, from the analysis, or not assessed with the reason."""

    id: Id
    label: Label = Field(description="its name")
    status: Literal["assessed", "presumed", "not applicable", "from the analysis"] = Field(
        "assessed", description="whether it is assessed, presumed, not applicable, or judged from the analysis"
    )
    asks: str = Field("", description="the question it asks")
    operationalised: str = Field("", description="how it is made measurable")
    why: str = Field("", description="the reason, required where the domain is not assessed")
    indicators: list[Indicator] = Field([], description="the numbers that speak for it")
    evidence: list[str] = Field([], description="what is said in words, with no number behind it")


class Feasibility(Part):
    """The framework, the domains, and who set the criteria when."""

    framework: str = Field(description="whose domains these are")
    set_by: OrUnknown[str] = Field(description="who set the criteria")
    set_on: OrUnknown[date] = Field(description="when they were set")
    criteria_are: str = Field("", description="whose the criteria are, in words")
    domains: list[Domain] = Field(description="the domains")
