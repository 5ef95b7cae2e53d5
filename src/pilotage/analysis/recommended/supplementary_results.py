"""Results of the preset `recommended` beyond the differences between arms: frozen, unrounded, None with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pilotage.analysis.describe import NumberSummary
from pilotage.stats.contrast import Contrast
from pilotage.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Estimand:
    """What is estimated, in words: in whom, of what, comparing what, whatever happens, summed up how."""

    said: str
    population: str
    variable: str
    treatments: str
    intercurrent: tuple[str, ...]
    summary: str
    caution: str


@dataclass(frozen=True, slots=True)
class Lost:
    """How many of an arm have no answers at an assessment, by reason (a reason's count None: withheld)."""

    arm: str
    assessment: str
    people: int
    assessed: int
    reasons: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class RetainedAndLost:
    """First scores of those with a last score and of those without, in one arm; described, not tested.

    ``difference`` is lost less retained, in SDs of everyone's first scores; None where nobody was lost.
    """

    scale: str
    label: str
    arm: str
    retained: NumberSummary
    lost: NumberSummary
    difference: float | None


@dataclass(frozen=True, slots=True)
class ShiftResult:
    """The difference in change when the missing last scores of the arm lie ``delta`` beside what was expected."""

    delta: float
    delta_sd: float
    difference: Estimate
    p: float
    df: float


@dataclass(frozen=True, slots=True)
class TippingPointResult:
    """How far the missing would have to differ from the others before the conclusion turned.

    ``flips_below`` and ``flips_above`` are the shifts nearest 0, in SDs of first scores, at which the interval and 0
    stand to one another otherwise than without a shift; None where no shift of the grid does it.
    """

    scale: str
    label: str
    arm: str
    reference: str
    people: dict[str, int]
    imputed: dict[str, int]
    left_out: int
    sd: float | None
    imputations: int
    seed: int
    shifts: tuple[ShiftResult, ...] = ()
    flips_below: float | None = None
    flips_above: float | None = None
    method: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class MissingData:
    """Missing occasions of one comparison: the estimand, who is missing and why, and how much it could matter."""

    comparison: str
    estimand: Estimand
    lost: tuple[Lost, ...]
    baseline: tuple[RetainedAndLost, ...]
    tipping_points: tuple[TippingPointResult, ...]


@dataclass(frozen=True, slots=True)
class CountedShare:
    """How many people, and which share of the arm, with an exact interval (people None: withheld)."""

    people: int | None
    share: Estimate | None


@dataclass(frozen=True, slots=True)
class IndividualChange:
    """How many people of an arm changed more than the measure's error explains (Jacobson and Truax).

    ``reliability`` is the one used and ``whose`` says which; ``sd`` is that of everyone's first scores; ``threshold``
    the least change that counts. ``clinical_why_not`` says why recovery is not judged.
    """

    comparison: str
    scale: str
    label: str
    better: str
    arm: str
    n: int
    reliability: float | None
    whose: str
    sd: float | None
    threshold: float | None
    improved: CountedShare | None = None
    unchanged: CountedShare | None = None
    deteriorated: CountedShare | None = None
    recovered: CountedShare | None = None
    clinical_why_not: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class AtTheEnds:
    """How many of an arm have the lowest and the highest possible score, and how much room is left.

    ``headroom`` is the distance of the mean from the better end, in SDs of the arm; the flags follow ``rule``.
    """

    scale: str
    label: str
    better: str
    arm: str
    assessment: str
    n: int
    range: tuple[float, float]
    at_minimum: Estimate | None
    at_maximum: Estimate | None
    floor: bool
    ceiling: bool
    headroom: float | None
    rule: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ItemChangeResult:
    """One item of a scale in one arm: its mean at the first and last assessment and its change in SDs of the first.

    ``beyond_scale`` is its change less that of the scale's items together; ``stands_out`` where an interval made
    wider for the number of items excludes 0.
    """

    scale: str
    item: int
    arm: str
    n: int
    first: float
    last: float
    change: Estimate | None
    beyond_scale: Estimate | None
    stands_out: bool
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class CommonMethod:
    """Whether one source stands behind all answers; refused below a stated number of people, with the reason.

    ``n`` people answered every one of the ``items`` of all questionnaires at the assessment.
    """

    assessment: str
    n: int
    items: int
    share: float | None
    share_why_not: str
    mean_change_correlation: Estimate | None
    outcomes: int
    change_why_not: str
    invariance_why_not: str


@dataclass(frozen=True, slots=True)
class FloorAndCeiling:
    """Floor and ceiling effects, change of the items, and diagnostics of one common source of all answers."""

    comparison: str
    ends: tuple[AtTheEnds, ...]
    items: tuple[ItemChangeResult, ...]
    common_method: CommonMethod | None


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """How much being taught together inflates the variance of the arm's mean, under an assumed ICC."""

    icc: float
    mean_size: float
    by_mean_size: float
    weighted_size: float
    by_weighted_size: float


@dataclass(frozen=True, slots=True)
class UnderIcc:
    """The difference in change if the ICC of those taught together were this."""

    icc: float
    difference: Estimate
    t: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class ClusteredOutcome:
    """One outcome under assumed ICCs, and the ICC itself or the reason why it is not estimated.

    ``holds_up_to`` is the ICC at which p reaches the level of significance; None where p is above it without one.
    ``robust`` is the difference in change with errors robust to groups (CR2), ``robust_why_not`` why there is none.
    """

    scale: str
    label: str
    arm: str
    reference: str
    n: int
    unadjusted_p: float | None
    under: tuple[UnderIcc, ...]
    holds_up_to: float | None
    icc_anova: Estimate | None
    icc_reml: Estimate | None
    icc_why_not: str
    robust: Contrast | None = None
    robust_why_not: str = ""
    method: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Clustering:
    """People taught in groups: the groups' sizes by arm, design effects always, and what they do to each outcome."""

    comparison: str
    groups: dict[str, dict[str, int]]
    design_effects: dict[str, tuple[DesignEffect, ...]]
    outcomes: tuple[ClusteredOutcome, ...]
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class PracticeAndChange:
    """Change of an outcome against minutes a week of one kind of home practice, in one arm.

    Change is last less first, as scored: where lower is better, a negative correlation favours practice. ``kind`` is
    the protocol's, or ``all`` for all kinds together, or the variable's where people recalled it. ``critical`` is the
    smallest correlation this many people can tell from none.
    """

    comparison: str
    scale: str
    label: str
    better: str
    arm: str
    source: Literal["diary", "recall"]
    kind: str
    kind_label: str
    n: int
    rho: Estimate | None
    p: float | None
    critical: float | None
    why_not: str = ""
