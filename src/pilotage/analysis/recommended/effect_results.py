"""Results of the preset `recommended`: differences between arms by several methods, or the reason for none."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pilotage.analysis.recommended.supplementary_results import (
    Clustering,
    FloorAndCeiling,
    IndividualChange,
    MissingData,
    PracticeAndChange,
)
from pilotage.stats.contrast import Contrast
from pilotage.stats.estimate import Estimate

Method = Literal["change", "ancova", "mixed_model", "constrained", "robust", "permutation", "rank", "ordinal"]


@dataclass(frozen=True, slots=True)
class PosteriorSummary:
    """The posterior of a difference under one prior, in the units of the scale.

    ``better`` is the probability that the arm did better than its reference, ``important`` that it did so by at least
    the smallest difference that matters; None where the plan names none.
    """

    prior: Literal["flat", "sceptical"]
    prior_sd: float | None
    mean: float
    sd: float
    low: float
    high: float
    better: float
    important: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One arm less its reference, in change from the first assessment to a later one; None where it could not be had.

    Of ``ancova`` and ``constrained`` the contrast is of scores adjusted for the first one, not of change.
    ``odds_ratio`` is that of a higher score for the same first one, of main outcomes only; ``odds_p`` its Wald test.
    """

    arm: str
    reference: str
    assessment: str
    change: Contrast | None = None
    ancova: Contrast | None = None
    mixed_model: Contrast | None = None
    constrained: Contrast | None = None
    robust: Contrast | None = None
    permutation: Contrast | None = None
    shift: Estimate | None = None
    rank_p: float | None = None
    superiority: Estimate | None = None
    odds_ratio: Estimate | None = None
    odds_p: float | None = None
    hedges_g: Estimate | None = None
    d_ppc2: Estimate | None = None
    joint_p: float | None = None
    adjusted: dict[str, float] = field(default_factory=dict)
    beliefs: tuple[PosteriorSummary, ...] = ()


@dataclass(frozen=True, slots=True)
class Slopes:
    """Whether the first score predicts the later one equally in every arm, at one assessment."""

    assessment: str
    slope: float
    f: float
    p: float


@dataclass(frozen=True, slots=True)
class ModelFit:
    """How the mixed model was fitted, so that a reader can tell whether to trust it."""

    method: str
    people: int
    observations: int
    converged: bool
    boundary: bool


@dataclass(frozen=True, slots=True)
class OutcomeEffects:
    """One outcome by every method; ``why_not`` gives the reason by method, or under 'all' for the whole outcome."""

    scale: str
    label: str
    role: str
    better: str
    important: float | None
    n_complete: int
    n_any: int
    n_adjusted: int
    differences: tuple[Difference, ...] = ()
    slopes: tuple[Slopes, ...] = ()
    fit: ModelFit | None = None
    why_not: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Joint:
    """The test of all outcomes together by relabelling people, keeping each person's outcomes together."""

    n: int
    tests: int
    resamples: int
    seed: int
    mc_error: float | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonEffects:
    """All outcomes over the same assessments."""

    id: str
    label: str
    assessments: tuple[str, ...]
    outcomes: tuple[OutcomeEffects, ...]
    joint: Joint


@dataclass(frozen=True, slots=True)
class RecommendedResults:
    """Everything the preset `recommended` computes; differences are each other arm less ``reference``."""

    reference: str
    comparisons: tuple[ComparisonEffects, ...]
    missing: tuple[MissingData, ...] = ()
    individual: tuple[IndividualChange, ...] = ()
    ceiling: tuple[FloorAndCeiling, ...] = ()
    clustering: tuple[Clustering, ...] = ()
    dose: tuple[PracticeAndChange, ...] = ()
