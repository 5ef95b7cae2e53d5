"""What a rehearsal aims at: the published figures where there are any, and our own marked so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Duration, Id, Label, ScaleName
from pilotage.vocabulary import FlowStage, Severity
from pilotage.yaml_file import Part

Whose = Literal["published", "ours"]
Record = Literal["attendance", "pairings", "fidelity", "adherence", "home_practice", "deviations"]


class NumberTarget(Part):
    """Numbers with this mean and spread, as printed to so many decimals, and nobody beyond the range."""

    mean: float = Field(description="the mean")
    sd: float = Field(ge=0, description="the standard deviation")
    low: int = Field(description="nobody below")
    high: int = Field(description="nobody above")
    attained: Literal["both", "low", "high", "neither"] = Field(
        "both", description="which ends of the range somebody is known to be at"
    )
    decimals: int = Field(1, ge=0, le=4, description="to how many decimals mean and spread are met")
    whose: Whose = Field("published", description="whose figures these are")


class AnswerTarget(Part):
    """How an item of a form, or a sum of items, is answered: as numbers, or by how many chose each option.

    A target without an arm beside others for each arm says what must hold of all of them together.
    """

    item: str = Field(description="form.item, or the id of a derived sum")
    arm: Id | None = Field(None, description="the arm meant; everyone asked when not said")
    answered: int | None = Field(None, ge=0, description="how many answered; everyone with the form when not said")
    number: NumberTarget | None = Field(None, description="the numbers answered")
    counts: dict[str, int] = Field({}, description="how many chose each option")
    whose: Whose = Field("published", description="whose figures these are")


class ScaleTarget(Part):
    """A scale at the first assessment, its reliability, and its change; where scales overlap, the smallest counts."""

    scale: ScaleName = Field(description="instrument.scale")
    mean: float | None = Field(None, description="the mean at the first assessment")
    sd: float | None = Field(None, gt=0, description="the standard deviation at the first assessment")
    alpha: float | None = Field(None, gt=0, lt=1, description="Cronbach's alpha")
    expected_partial_eta_squared: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="the sample value wanted on average; the true effect is smaller, for it is biased upwards",
    )
    means_whose: Whose = Field("ours", description="whose figures mean and spread are")
    alpha_whose: Whose = Field("published", description="whose figure alpha is")
    effect_whose: Whose = Field("published", description="whose figure the effect is")


class CommentTarget(Part):
    """A comment that some people write, in our own words, with the code a reader gives it."""

    item: str = Field(description="the free-text item, as form.item")
    text: str = Field(description="the comment")
    code: str = Field("", description="the code that a reader gives it")
    times: int = Field(1, ge=1, description="how many people write it")


class ReactionTarget(Part):
    """An adverse event that some people report."""

    description: str = Field(description="what happened")
    kind: Id = Field(description="its kind")
    times: int = Field(1, ge=1, description="how many people report it")
    severity: Severity = Field(Severity.MILD, description="how bad it is")
    serious: bool = Field(False, description="whether it is serious")
    arm: Id | None = Field(
        None, description="the arm it happens in; the first that follows the programme when not said"
    )
    item: str | None = Field(None, description="the free-text item it was told in, as form.item")


class ApproachTarget(Part):
    """How many were approached and did not come in; null where nobody counted."""

    arm: Id = Field(description="the arm they were approached for")
    stage: FlowStage = Field(description="how far they came")
    reason: Label = Field(description="the reason")
    count: int | None = Field(None, description="how many; empty where nobody counted")


class Simulation(Part):
    """The targets of the `paper` scenario; `ordinary` and `troubled` add the usual accidents to them."""

    start: date = Field(description="the first group's first session; ours")
    between_groups: Duration = Field(timedelta(weeks=26), description="from one group's start to the next one's; ours")
    people: dict[Id, list[int]] = Field(description="sizes of the groups of each arm")
    approached: list[ApproachTarget] = Field([], description="those who were approached and did not come in")
    completed: dict[Id, int] = Field({}, description="how many return a form; everyone when not said")
    answers: list[AnswerTarget] = Field([], description="how forms are answered")
    scales: list[ScaleTarget] = Field([], description="how questionnaires are answered")
    stability: float = Field(0.7, ge=0, lt=1, description="correlation of true scores between assessments; ours")
    shared: float = Field(0.4, ge=0, lt=1, description="correlation of true scores between questionnaires; ours")
    retained: float = Field(0.8, ge=0, description="share of the change still there after the second assessment; ours")
    changed: list[Id] = Field([], description="arms whose people change; those with a programme when not said")
    attendance: float = Field(0.93, gt=0, le=1, description="share of the sessions that people come to; ours")
    practised: float = Field(0.6, ge=0, description="share of the home practice asked that a diary shows; ours")
    not_recorded: list[Record] = Field([], description="records of the course that the `paper` scenario leaves out")
    comments: list[CommentTarget] = Field([], description="what people write")
    reactions: list[ReactionTarget] = Field([], description="adverse events that happen")
    notes: list[str] = Field([], description="what to know of the targets")
