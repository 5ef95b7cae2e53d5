"""The results of the analysis: frozen, unrounded, and the same keys in every study's ``results.json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pilotage.analysis.delivery_results import (
    Adaptations,
    Contacts,
    DeliveredDose,
    Fidelity,
    PersonDose,
    SessionAttendance,
    SessionDelivery,
)
from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.recommended.effect_results import RecommendedResults
from pilotage.protocol.plan import OutcomeRole
from pilotage.stats.anova_table import Effect
from pilotage.stats.complete_cases import Exclusion
from pilotage.stats.estimate import Estimate
from pilotage.vocabulary import Light


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
class Described:
    """An item described in one group of people: a number's summary, or counts by option (None: withheld)."""

    item: str
    label: str
    group: str
    n: int
    missing: int
    summary: NumberSummary | None
    counts: dict[str, int | None]
    unit: str = ""


@dataclass(frozen=True, slots=True)
class BaselineTest:
    """Two arms compared at baseline by Student's t test, described and not judged."""

    item: str
    t: float
    df: float
    p: float


@dataclass(frozen=True, slots=True)
class ArmAttendance:
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
    summary: NumberSummary
    asked: tuple[int, int] | None
    share_of_least: Estimate | None
    share_of_most: Estimate | None


@dataclass(frozen=True, slots=True)
class DiaryPractice:
    """Minutes a week by kind, from the diary."""

    arm: str
    kind: str
    summary: NumberSummary


@dataclass(frozen=True, slots=True)
class AdverseEvents:
    """Adverse events of an arm: events, people, and how they came to be known (None: withheld).

    ``serious_upper`` is the bound on a rate of which none was seen: None unless every event was judged, none serious.
    """

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
    seriousness_not_judged: int
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
class ReliabilityResult:
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
class KeyingResult:
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

    @property
    def reason(self) -> str:
        """Why the scale is not compared."""
        alpha = "could not be computed" if self.alpha is None else f"is below {self.at_least:g}"
        return f"its alpha {alpha}, by the rule fixed beforehand"


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
    """One outcome of one comparison; ``why_not`` says why nothing was computed where nothing was.

    ``intervals`` holds the interval of each effect's partial eta squared, and ``sizes`` its name by the plan's rule of
    thumb, both by the effect's name.
    """

    scale: str
    label: str
    role: OutcomeRole
    better: str
    people: int
    n_analysed: int
    excluded: tuple[Exclusion, ...]
    arms: tuple[ArmScores, ...] = ()
    group: Effect | None = None
    time: Effect | None = None
    time_by_group: Effect | None = None
    mauchly_w: float | None = None
    mauchly_p: float | None = None
    hedges_g: Estimate | None = None
    d_ppc2: Estimate | None = None
    adjusted: dict[str, float] = field(default_factory=dict)
    favours: str = ""
    why_not: str = ""
    intervals: dict[str, Estimate] = field(default_factory=dict)
    sizes: dict[str, str] = field(default_factory=dict)


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

    @property
    def not_judged(self) -> bool:
        """Whether it has a criterion that these data do not allow to judge; ``not_collected`` says why."""
        return bool(self.green and self.not_collected)


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
    baseline_compared: tuple[BaselineTest, ...]
    attendance: tuple[ArmAttendance, ...]
    sessions: SessionStates | None
    blocks: BlockStates | None
    practice: tuple[Practice, ...]
    diary: tuple[DiaryPractice, ...]
    reactions: tuple[AdverseEvents, ...]
    forms: tuple[Described, ...]
    comments: tuple[CodedComments, ...]
    reliability: tuple[ReliabilityResult, ...]
    reliability_decisions: tuple[ReliabilityDecision, ...]
    keying: tuple[KeyingResult, ...]
    normality: tuple[Normality, ...]
    comparisons: tuple[ComparisonResult, ...]
    correlations: tuple[CorrelationResult, ...]
    legacy_power: LegacyPower | None
    feasibility: tuple[DomainResult, ...]
    not_collected: tuple[str, ...]
    recommended: RecommendedResults | None = None
    tests: tuple[LoggedTest, ...] = ()
    conduct: tuple[ConductEntry, ...] = ()
    sessions_delivered: tuple[SessionDelivery, ...] = ()
    fidelity: Fidelity | None = None
    person_doses: tuple[PersonDose, ...] = ()
    doses: tuple[DeliveredDose, ...] = ()
    session_attendance: tuple[SessionAttendance, ...] = ()
    contacts: tuple[Contacts, ...] = ()
    adaptations: Adaptations | None = None
