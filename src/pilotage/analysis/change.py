"""Change compared between arms: time by group in a mixed analysis of variance, with every exclusion named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.outcome_data import Floats, OutcomeData
from pilotage.analysis.results import ArmScores, ComparisonResult, OutcomeResult, ReliabilityDecision
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome, OutcomeRole
from pilotage.stats import multiplicity
from pilotage.stats.anova import mixed_anova
from pilotage.stats.anova_table import Cells, MixedAnova
from pilotage.stats.effect_size import d_ppc2, hedges_g
from pilotage.stats.estimate import Estimate
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval
from pilotage.stats.rules_of_thumb import COHEN_1988_ETA_SQUARED
from pilotage.stats.ttests import mean_interval

ADJUST = {
    "holm": multiplicity.holm,
    "hochberg": multiplicity.hochberg,
    "hommel": multiplicity.hommel,
    "benjamini-hochberg": multiplicity.benjamini_hochberg,
}


def comparisons(
    study: AnalysisInput, scores: Scores, decisions: Sequence[ReliabilityDecision], seed: int
) -> tuple[ComparisonResult, ...]:
    """Return every comparison of the plan, each with all its outcomes."""
    dropped = {d.scale: d for d in decisions if not d.compared}
    plan = study.protocol.analysis
    results = []
    for comparison in plan.comparisons:
        outcomes = [
            _outcome(study, scores, comparison, outcome, role, dropped.get(outcome.scale), seed)
            for role, outcome in plan.outcomes_by_role()
        ]
        results.append(
            ComparisonResult(comparison.id, comparison.label, tuple(comparison.assessments), _adjusted(study, outcomes))
        )
    return tuple(results)


def _outcome(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    outcome: Outcome,
    role: OutcomeRole,
    dropped: ReliabilityDecision | None,
    seed: int,
) -> OutcomeResult:
    data = scores.outcome(outcome.scale, comparison.assessments).complete
    result = OutcomeResult(
        scale=outcome.scale,
        label=outcome.label,
        role=role,
        better=outcome.better,
        people=len(study.arm_of),
        n_analysed=len(data.people),
        excluded=data.excluded,
    )
    if dropped is not None:
        return replace(result, why_not=f"not compared: {dropped.reason}")
    try:
        return _analysed(study, result, data, seed)
    except ValueError as error:
        return replace(result, why_not=f"not compared: {error}")


def _analysed(study: AnalysisInput, result: OutcomeResult, data: OutcomeData, seed: int) -> OutcomeResult:
    anova = mixed_anova(data.scores, data.arms.tolist())
    by_arm = tuple(_arm_scores(arm, data.in_arm(arm), anova.cells) for arm in study.arms)
    pair = [data.in_arm(arm) for arm in study.arms] if len(study.arms) == 2 else None
    return replace(
        result,
        arms=by_arm,
        group=anova.group,
        time=anova.time,
        time_by_group=anova.time_by_group,
        mauchly_w=anova.mauchly.w if anova.mauchly else None,
        mauchly_p=anova.mauchly.p if anova.mauchly else None,
        hedges_g=hedges_g(_change(pair[0]), _change(pair[1])) if pair else None,
        d_ppc2=_d_ppc2(pair[0], pair[1], seed) if pair else None,
        favours=_favours(by_arm, result.better) if len(by_arm) == 2 else "",
        intervals={e.name: partial_eta_squared_interval(e.f, e.df1, e.df2) for e in anova.effects},
        sizes=_sizes(anova) if study.protocol.analysis.benchmarks else {},
    )


def _d_ppc2(first: Floats, second: Floats, seed: int) -> Estimate | None:
    """Return d_ppc2; None where people are too few for its interval, so that the outcome's other numbers stand."""
    try:
        return d_ppc2(first[:, 0], first[:, -1], second[:, 0], second[:, -1], seed=seed)
    except ValueError:
        return None


def _change(values: Floats) -> Floats:
    """Return the difference score of the 2020 paper: last assessment minus first."""
    return values[:, -1] - values[:, 0]


def _arm_scores(arm: str, values: Floats, cells: Cells) -> ArmScores:
    change, place = _change(values), cells.groups.index(arm)
    # The means are those of the intervals, so that an interval lies around the mean beside it to the last digit.
    means = [mean_interval(values[:, k]) for k in range(values.shape[1])]
    return ArmScores(
        arm=arm,
        n=cells.n[place],
        means=tuple(m.value for m in means),
        sds=cells.sds[place],
        intervals=tuple((m.low, m.high) for m in means if m.low is not None and m.high is not None),
        change=mean_interval(change),
        change_sd=float(change.std(ddof=1)),
    )


def _sizes(anova: MixedAnova) -> dict[str, str]:
    return {effect.name: COHEN_1988_ETA_SQUARED.name(effect.partial_eta_squared) for effect in anova.effects}


def _favours(arms: Sequence[ArmScores], better: str) -> str:
    """Return which of two arms changed more for the better, in the direction that the plan states."""
    sign = 1 if better == "higher" else -1
    first, second = (sign * arm.change.value for arm in arms)
    if first == second:
        return "neither arm"
    return arms[0].arm if first > second else arms[1].arm


def _adjusted(study: AnalysisInput, outcomes: list[OutcomeResult]) -> tuple[OutcomeResult, ...]:
    """Return the outcomes with the p values of time by group adjusted within each family of the plan."""
    adjusted: dict[str, dict[str, float]] = {o.scale: {} for o in outcomes}
    for family in study.protocol.analysis.families:
        tested = [o for o in outcomes if o.role in family.outcomes and o.time_by_group is not None]
        p_values = [o.time_by_group.p for o in tested if o.time_by_group]
        for method in family.adjust:
            for outcome, p in zip(tested, ADJUST[method](p_values) if p_values else [], strict=True):
                adjusted[outcome.scale][f"{family.id}:{method}"] = float(p)
    return tuple(replace(o, adjusted=adjusted[o.scale]) for o in outcomes)
