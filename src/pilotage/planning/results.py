"""What the next study can be planned on: frozen, unrounded."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.planning.differences import TargetDifference
from pilotage.stats.assurance import Assurance
from pilotage.stats.estimate import Estimate
from pilotage.stats.power_conventions import ConventionalPower
from pilotage.stats.trial_size import TrialSize


@dataclass(frozen=True, slots=True)
class UpperLimit:
    """An SD that the true one is below with this probability (Browne 1995)."""

    level: float
    sd: float


@dataclass(frozen=True, slots=True)
class PilotEstimates:
    """What the study says of one outcome's spread: pooled within arms, of people with both scores.

    ``correlation`` is of the first with the last assessment of the plan's first comparison.
    """

    scale: str
    label: str
    n: int
    df: int
    sd: Estimate
    upper: tuple[UpperLimit, ...]
    sd_after: Estimate
    sd_change: Estimate
    correlation: Estimate
    lost: Estimate


@dataclass(frozen=True, slots=True)
class TaughtGroups:
    """What is known of people taught in groups, and what is assumed where that is nothing."""

    groups: int
    sizes: tuple[int, ...]
    group_size: int
    estimate: Estimate | None
    why_not: str
    assumed: tuple[float, ...]
    design_effects: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """One sample size of the definitive trial: on which SD, for which power, by which method."""

    sd: float
    sd_is: str
    power: float
    icc: float | None
    size: TrialSize


@dataclass(frozen=True, slots=True)
class Definitive:
    """The definitive trial, for one justified difference."""

    difference: TargetDifference
    standardised: float
    known: PilotEstimates
    sizes: tuple[Size, ...]
    assurance: tuple[tuple[Size, Assurance], ...]


@dataclass(frozen=True, slots=True)
class PilotSize:
    """People a pilot needs for one estimate to be so precise."""

    what: str
    half_width: float
    people: int
    method: str


@dataclass(frozen=True, slots=True)
class ProposedSize:
    """What a published rule proposes for the pilot of this trial."""

    rule: str
    says: str
    source: str
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Legacy:
    """The post hoc power that the study's publication reports, under every convention."""

    scale: str
    label: str
    partial_eta_squared: float
    people: int
    powers: tuple[ConventionalPower, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything `pilotage plan` says."""

    study: str
    protocol: str
    data: str
    simulated: str
    people: dict[str, int]
    assessments: tuple[str, str]
    alpha: float
    powers: tuple[float, ...]
    ratio: float
    known: tuple[PilotEstimates, ...]
    not_known: dict[str, str]
    clustering: TaughtGroups
    definitive: tuple[Definitive, ...]
    pilot: tuple[PilotSize, ...]
    proposed: tuple[ProposedSize, ...]
    legacy: tuple[Legacy, ...]
