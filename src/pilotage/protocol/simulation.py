"""What a rehearsal aims at: the published figures where there are any, and our own marked so."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Duration, Id, ScaleName
from pilotage.yaml_file import Part

Whose = Literal["published", "ours"]
Record = Literal["attendance", "pairings", "fidelity", "home_practice", "deviations"]


class NumberTarget(Part):
    """Numbers with this mean and spread, as printed to so many decimals, and nobody beyond the range."""

    mean: float
    sd: float = Field(ge=0)
    low: int
    high: int
    attained: Literal["both", "low", "high", "neither"] = Field(
        "both", description="which ends of the range somebody is known to be at"
    )
    decimals: int = Field(1, ge=0, le=4)
    whose: Whose = "published"


class AnswerTarget(Part):
    """How an item of a form, or a sum of items, is answered: as numbers, or by how many chose each option.

    A target without an arm beside others for each arm says what must hold of all of them together.
    """

    item: str = Field(description="form.item, or the id of a derived sum")
    arm: Id | None = None
    answered: int | None = Field(None, ge=0, description="how many answered; everyone with the form when not said")
    number: NumberTarget | None = None
    counts: dict[str, int] = {}
    whose: Whose = "published"


class ScaleTarget(Part):
    """A scale at the first assessment, its reliability, and its change; where scales overlap, the smallest counts."""

    scale: ScaleName
    mean: float | None = None
    sd: float | None = Field(None, gt=0)
    alpha: float | None = Field(None, gt=0, lt=1)
    expected_partial_eta_squared: float | None = Field(
        None,
        ge=0,
        lt=1,
        description="the sample value wanted on average; the true effect is smaller, for it is biased upwards",
    )
    means_whose: Whose = "ours"
    alpha_whose: Whose = "published"
    effect_whose: Whose = "published"


class CommentTarget(Part):
    """A comment that some people write, in our own words, with the code a reader gives it."""

    item: str
    text: str
    code: str = ""
    times: int = Field(1, ge=1)


class ReactionTarget(Part):
    """An adverse reaction that some people report."""

    description: str
    kind: Id
    times: int = Field(1, ge=1)
    severity: Literal["mild", "moderate", "severe", "not graded"] = "mild"
    serious: bool = False
    arm: Id | None = Field(
        None, description="the arm it happens in; the first that follows the programme when not said"
    )
    item: str | None = Field(None, description="the free-text item it was told in, as form.item")


class ApproachTarget(Part):
    """How many were approached and did not come in; null where nobody counted."""

    arm: Id
    stage: Literal["approached", "no reply", "not eligible", "declined", "waiting list"]
    reason: str
    count: int | None = None


class Simulation(Part):
    """The targets of the `paper` scenario; `ordinary` and `troubled` add the usual accidents to them."""

    start: date = Field(description="the first group's first session; ours")
    between_groups: Duration = Field(timedelta(weeks=26), description="from one group's start to the next one's; ours")
    people: dict[Id, list[int]] = Field(description="sizes of the groups of each arm")
    approached: list[ApproachTarget] = []
    completed: dict[Id, int] = Field({}, description="how many return a form; everyone when not said")
    answers: list[AnswerTarget] = []
    scales: list[ScaleTarget] = []
    stability: float = Field(0.7, ge=0, lt=1, description="correlation of true scores between assessments; ours")
    shared: float = Field(0.4, ge=0, lt=1, description="correlation of true scores between questionnaires; ours")
    retained: float = Field(0.8, ge=0, description="share of the change still there after the second assessment; ours")
    changed: list[Id] = Field([], description="arms whose people change; those with a programme when not said")
    attendance: float = Field(0.93, gt=0, le=1, description="share of the sessions that people come to; ours")
    practised: float = Field(0.6, ge=0, description="share of the home practice asked that a diary shows; ours")
    not_recorded: list[Record] = Field([], description="records of the course that the `paper` scenario leaves out")
    comments: list[CommentTarget] = []
    reactions: list[ReactionTarget] = []
    notes: list[str] = []
