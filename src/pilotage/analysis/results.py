"""What the analysis found: frozen, unrounded, and the same keys in every study's ``results.json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pilotage.stats.estimate import Estimate

if TYPE_CHECKING:
    from pilotage.analysis.delivery_results import (
        Adaptations,
        Contacts,
        DeliveredDose,
        Fidelity,
        PersonDose,
        SessionAttendance,
        SessionDelivered,
    )
    from pilotage.analysis.recommended.effect_results import RecommendedResults

Light = Literal["green", "amber", "red", "none"]
Role = Literal["main", "secondary", "if_reliable"]


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Someone left out of an analysis, and why."""

    participant: str
    reason: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Which protocol, data and programs the results come from."""

    pilotage: str
    python: str
    packages: dict[str, str]
    protocol: str
    protocol_version: str
    data: str
    simulated: str
    first_answer: str = ""


@dataclass(frozen=True, slots=True)
class ArmFlow:
    """How one arm's people went through the study; None where it was not recorded, or a reason is withheld."""

    arm: str
    label: str
    planned: int | None
    approached: int | None
    not_included: dict[str, int | None]
    consented: int | None
    in_study: int
    cohorts: dict[str, int]
    left_course: int
    left_course_why: dict[str, int | None]
    left_study: int
    left_study_why: dict[str, int | None]
    course_recorded: bool
    assessed: dict[str, int]


@dataclass(frozen=True, slots=True)
class Summary:
    """A number described: how many said it, its mean, SD, median, quartiles and range."""

    n: int
    missing: int
    mean: float | None
    sd: float | None
    median: float | None
    quartiles: tuple[float, float] | None
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Described:
    """An item described in one group of people: a number's summary, or counts by option (None: withheld)."""

    item: str
    label: str
    group: str
    n: int
    missing: int
    summary: Summary | None
    counts: dict[str, int | None]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two arms compared at baseline by Student's t test, described and not judged."""

    item: str
    t: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class Attendance:
    """How many sessions people of an arm came to."""

    arm: str
    people: int
    sessions: int
    by_sessions_attended: dict[int, int]
    completed: int
    at_least: int
    mean: float
    by_session: dict[int, int]


@dataclass(frozen=True, slots=True)
class SessionStates:
    """What became of the planned sessions."""

    planned: int
    by_state: dict[str, int]
    planned_replacements: int
    departures: tuple[tuple[str, int, str, str], ...]
    minutes_planned: int | None
    minutes_held: int | None


@dataclass(frozen=True, slots=True)
class BlockStates:
    """How far the blocks of the sessions were done."""

    rated: int
    by_state: dict[str, int]


@dataclass(frozen=True, slots=True)
class Practice:
    """Home practice of an arm: minutes a week, and as a share of what was asked."""

    variable: str
    label: str
    arm: str
    summary: Summary
    asked: tuple[int, int] | None
    share_of_least: Estimate | None
    share_of_most: Estimate | None


@dataclass(frozen=True, slots=True)
class DiaryPractice:
    """Minutes a week by kind, from the diary."""

    arm: str
    kind: str
    summary: Summary


@dataclass(frozen=True, slots=True)
class Reactions:
    """Adverse reactions of an arm: events, people, and how they came to be known (None: withheld)."""

    arm: str
    people: int
    asked: bool
    events: int
    people_with: int
    share: Estimate | None
    by_kind: dict[str, int | None]
    by_severity: dict[str, int | None]
    by_ascertainment: dict[str, int | None]
    by_relatedness: dict[str, int | None]
    serious: int
    serious_upper: Estimate | None


@dataclass(frozen=True, slots=True)
class CodedComments:
    """How often readers gave each code to an item's comments (None: withheld)."""

    item: str
    label: str
    forms: int
    comments: int
    by_code: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class ScaleReliability:
    """Internal consistency of a scale at an assessment, over all arms."""

    scale: str
    assessment: str
    n: int
    left_out: int
    items: int
    alpha: Estimate | None
    omega: float | None
    omega_note: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Keying:
    """Which keying of a scale its data favour: the declared one, or the one without any reversal."""

    scale: str
    assessment: str
    favours: str


@dataclass(frozen=True, slots=True)
class ReliabilityDecision:
    """Whether a scale is compared, by the rule fixed beforehand."""

    scale: str
    alpha: float | None
    at_least: float
    compared: bool


@dataclass(frozen=True, slots=True)
class Normality:
    """Shapiro-Wilk of a variable in one group; a description, not a gate."""

    scale: str
    variable: str
    group: str
    n: int
    w: float | None
    p: float | None
    lilliefors_d: float | None
    lilliefors_p: float | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class EffectResult:
    """One effect of the mixed analysis of variance."""

    f: float
    df1: float
    df2: float
    p: float
    partial_eta_squared: float
    partial_eta_squared_interval: Estimate
    generalised_eta_squared: float
    omega_squared: float
    epsilon_gg: float | None
    p_gg: float | None
    epsilon_hf: float | None
    p_hf: float | None
    size: str = ""


@dataclass(frozen=True, slots=True)
class ArmScores:
    """One arm's scores at each assessment of a comparison, and its change from the first to the last."""

    arm: str
    n: int
    means: tuple[float, ...]
    sds: tuple[float, ...]
    intervals: tuple[tuple[float, float], ...]
    change: Estimate
    change_sd: float


@dataclass(frozen=True, slots=True)
class OutcomeResult:
    """One outcome of one comparison; ``why_not`` says why nothing was computed where nothing was."""

    scale: str
    label: str
    role: Role
    better: str
    people: int
    n_analysed: int
    excluded: tuple[Exclusion, ...]
    arms: tuple[ArmScores, ...] = ()
    group: EffectResult | None = None
    time: EffectResult | None = None
    time_by_group: EffectResult | None = None
    mauchly_w: float | None = None
    mauchly_p: float | None = None
    hedges_g: Estimate | None = None
    d_ppc2: Estimate | None = None
    adjusted: dict[str, float] = field(default_factory=dict)
    favours: str = ""
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """All outcomes over the same assessments."""

    id: str
    label: str
    assessments: tuple[str, ...]
    outcomes: tuple[OutcomeResult, ...]


@dataclass(frozen=True, slots=True)
class CorrelationResult:
    """Change of an outcome against home practice, in one arm."""

    scale: str
    label: str
    arm: str
    n: int
    pearson: Estimate | None
    pearson_p: float | None
    spearman: Estimate | None
    spearman_p: float | None
    critical: float | None
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class LegacyPower:
    """The power the paper prints, reproduced as its legacy figure only."""

    scale: str
    f_effect: float
    n: int
    power: float
    convention: str


@dataclass(frozen=True, slots=True)
class IndicatorResult:
    """One indicator of feasibility with its denominator, interval, light and certainty."""

    domain: str
    id: str
    label: str
    measure: str
    denominator: str
    n: int | None
    of: int | None
    estimate: Estimate | None
    kind: Literal["share", "grade", "minutes", "count"]
    green: str
    red: str
    set_by: str
    set_on: str
    why: str
    light: Light
    p_green: float | None
    p_method: str
    not_collected: str = ""


@dataclass(frozen=True, slots=True)
class DomainResult:
    """One domain: its status, the reason where it is not assessed, and its indicators."""

    id: str
    label: str
    status: str
    why: str
    operationalised: str
    evidence: tuple[str, ...]
    indicators: tuple[IndicatorResult, ...]


@dataclass(frozen=True, slots=True)
class ConductEntry:
    """Something that someone of the team did or saw: who by role and number, and on which day (ISO)."""

    date: str
    kind: str
    who: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class LoggedTest:
    """One test that was run, whatever came of it; ``purpose`` is the kind of question it was for."""

    preset: str
    purpose: str
    comparison: str
    what: str
    test: str
    p: float


@dataclass(frozen=True, slots=True)
class Results:
    """Everything the plan asked for, from one frozen set of data."""

    provenance: Provenance
    people: dict[str, int]
    flow: tuple[ArmFlow, ...]
    baseline: tuple[Described, ...]
    baseline_compared: tuple[Compared, ...]
    attendance: tuple[Attendance, ...]
    sessions: SessionStates | None
    blocks: BlockStates | None
    practice: tuple[Practice, ...]
    diary: tuple[DiaryPractice, ...]
    reactions: tuple[Reactions, ...]
    forms: tuple[Described, ...]
    comments: tuple[CodedComments, ...]
    reliability: tuple[ScaleReliability, ...]
    reliability_decisions: tuple[ReliabilityDecision, ...]
    keying: tuple[Keying, ...]
    normality: tuple[Normality, ...]
    comparisons: tuple[ComparisonResult, ...]
    correlations: tuple[CorrelationResult, ...]
    legacy_power: LegacyPower | None
    feasibility: tuple[DomainResult, ...]
    not_collected: tuple[str, ...]
    recommended: RecommendedResults | None = None
    tests: tuple[LoggedTest, ...] = ()
    conduct: tuple[ConductEntry, ...] = ()
    sessions_delivered: tuple[SessionDelivered, ...] = ()
    fidelity: Fidelity | None = None
    person_doses: tuple[PersonDose, ...] = ()
    doses: tuple[DeliveredDose, ...] = ()
    session_attendance: tuple[SessionAttendance, ...] = ()
    contacts: tuple[Contacts, ...] = ()
    adaptations: Adaptations | None = None
