"""Results typed by hand, so that one fact can be flipped at a time."""

from dataclasses import replace
from functools import cache

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.describe import NumberSummary
from pilotage.analysis.results import (
    AdverseEvents,
    ArmAttendance,
    ArmScores,
    ComparisonResult,
    CorrelationResult,
    DomainResult,
    IndicatorResult,
    KeyingResult,
    OutcomeResult,
    Practice,
    Provenance,
    ReliabilityDecision,
    Results,
    SessionStates,
)
from pilotage.analysis.scores import Scores
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol, load
from pilotage.report.model.document import Edition
from pilotage.report.sections.context import Context
from pilotage.stats.anova_table import Effect
from pilotage.stats.estimate import Estimate


def estimate(value: float, low: float | None = None, high: float | None = None, n: int = 47) -> Estimate:
    return Estimate(value, low, high, 0.95, n, "typed by hand")


def effect(name: str = "time_by_group", p: float = 0.018, partial: float = 0.119) -> Effect:
    return Effect(name, 1.0, 7.4, 1, 45, 6.08, p, partial, 0.03, 0.098, None, None, None, None)


def arm(name: str, change: float) -> ArmScores:
    return ArmScores(
        name, 25, (3.2, 3.2 + change), (0.6, 0.5), ((3.0, 3.4), (3.0, 3.4)), estimate(change, -0.1, 0.5), 0.4
    )


OUTCOME = OutcomeResult(
    scale="scs-26.total", label="Self-compassion", role="main", better="higher", people=47, n_analysed=47, excluded=(),
    arms=(arm("training", 0.4), arm("control", 0.0)), group=effect("group", 0.5, 0.01), time=effect("time", 0.04, 0.09),
    time_by_group=effect(), adjusted={"main:holm": 0.105}, favours="training",
    intervals=dict.fromkeys(("group", "time", "time_by_group"), estimate(0.119, 0.012, 0.268)),
    sizes=dict.fromkeys(("group", "time", "time_by_group"), "medium"),
)  # fmt: skip

INDICATOR = IndicatorResult(
    domain="acceptability", id="grade", label="Grade", measure="mean", denominator="forms", n=24, of=24,
    estimate=estimate(8.2, 7.9, 8.5), kind="grade", green=">= 7", red="< 6", set_by="us", set_on="2026-11-22", why="",
    light="green", p_green=0.99, p_method="t posterior",
)  # fmt: skip

REACTIONS = AdverseEvents(
    arm="training", people=25, asked=True, events=5, people_with=5, share=estimate(0.2, 0.068, 0.407), by_kind={},
    by_severity={}, by_ascertainment={}, by_relatedness={}, serious=0, seriousness_not_judged=0,
    serious_upper=estimate(0.0, 0.0, 0.113),
)  # fmt: skip

ATTENDANCE = ArmAttendance("training", 25, 9, {9: 25}, 25, 5, 9.0, {1: 25})
SESSIONS = SessionStates(18, {"held": 16, "replaced": 2}, 2, (), 2700, 2700)
PRACTICE = Practice(
    "minutes-home-practice", "Minutes of home practice a week", "training",
    NumberSummary(24, 1, 121.1, 85.0, 100.0, (60.0, 150.0), 15.0, 360.0), (315, 420),
    estimate(0.384, 0.27, 0.5), estimate(0.288, 0.2, 0.37),
)  # fmt: skip
CORRELATION = CorrelationResult(
    "scs-26.total",
    "Self-compassion",
    "training",
    24,
    estimate(0.1, -0.3, 0.5),
    0.6,
    estimate(0.1, -0.3, 0.5),
    0.6,
    0.404,
)
DECISION = ReliabilityDecision("proqol-5.burnout", 0.57, 0.70, False)


KEYING = KeyingResult("pss-10.total", "pre", "declared")


@cache
def protocol() -> LoadedProtocol:
    return load("imp-2020")


def results(*outcomes: OutcomeResult) -> Results:
    comparison = ComparisonResult("pre-post", "Before and after", ("pre", "post"), outcomes or (OUTCOME,))
    domain = DomainResult("acceptability", "Acceptability", "assessed", "", "", (), (INDICATOR,))
    return Results(
        provenance=Provenance("0.1.0", "3.11", {}, "a" * 64, "1", "b" * 64, ""), people={"training": 25, "control": 22},
        flow=(), baseline=(), baseline_compared=(), attendance=(ATTENDANCE,), sessions=SESSIONS, blocks=None,
        practice=(PRACTICE,), diary=(), reactions=(REACTIONS,), forms=(), comments=(), reliability=(),
        reliability_decisions=(DECISION,), keying=(KEYING,), normality=(), comparisons=(comparison,),
        correlations=(CORRELATION,),
        legacy_power=None, feasibility=(domain,), not_collected=(),
    )  # fmt: skip


def context(edition: Edition = "analyst", **changes: object) -> Context:
    """A context of these results, with some facts replaced."""
    scores = Scores(AnalysisInput(protocol(), StudyData.from_tables({})), ())
    return Context(protocol(), replace(results(), **changes), scores, edition, "pilotage report", {})  # type: ignore[arg-type]


def with_outcomes(*outcomes: OutcomeResult) -> Context:
    return context(comparisons=results(*outcomes).comparisons)
