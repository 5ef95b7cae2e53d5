"""What a rehearsal aims at: the published figures where there are any, and our own marked so."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from pilotage.protocol.words import Id, ScaleName
from pilotage.yaml_file import Part

Whose = Literal["published", "ours"]


class NumberTarget(Part):
    """A number answered with this mean, spread and range."""

    mean: float
    sd: float
    low: float
    high: float
    whose: Whose = "published"


class AnswerTarget(Part):
    """How an item of a form is answered: by a number's target, or by how many chose each option."""

    item: str
    arm: Id | None = None
    answered: int | None = None
    number: NumberTarget | None = None
    counts: dict[str, int] = {}
    whose: Whose = "published"


class ScaleTarget(Part):
    """A scale at the first assessment, its reliability, and its true change."""

    scale: ScaleName
    mean: float
    sd: float
    alpha: float | None = None
    expected_partial_eta_squared: float | None = Field(
        None, description="the sample value wanted on average; the true effect is smaller, for it is biased upwards"
    )
    means_whose: Whose = "ours"
    alpha_whose: Whose = "published"


class CommentTarget(Part):
    """A comment that some people write, in our own words, with the code a reader gives it."""

    item: str
    text: str
    code: str
    times: int = 1


class ReactionTarget(Part):
    """An adverse reaction that some people report."""

    description: str
    kind: Id
    times: int = 1
    severity: Literal["mild", "moderate", "severe"] = "mild"
    serious: bool = False


class Simulation(Part):
    """The targets of the `paper` scenario; `ordinary` and `troubled` add the usual accidents to them."""

    start: date
    people: dict[Id, list[int]] = Field(description="sizes of the groups of each arm")
    answers: list[AnswerTarget] = []
    scales: list[ScaleTarget] = []
    stability: float = Field(0.7, ge=0, lt=1, description="correlation of true scores between assessments; ours")
    comments: list[CommentTarget] = []
    reactions: list[ReactionTarget] = []
    notes: list[str] = []
