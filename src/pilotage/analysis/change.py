"""Change compared between arms: time by group in a mixed analysis of variance, with everyone left out named."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import (
    ArmScores,
    ComparisonResult,
    EffectResult,
    Exclusion,
    OutcomeResult,
    ReliabilityDecision,
    Role,
)
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats import multiplicity
from pilotage.stats.anova import mixed_anova
from pilotage.stats.anova_table import Effect
from pilotage.stats.effect_size import d_ppc2, hedges_g
from pilotage.stats.estimate import Estimate
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval
from pilotage.stats.rules_of_thumb import COHEN_1988_ETA_SQUARED
from pilotage.stats.ttests import mean_interval

Floats = NDArray[np.float64]

ADJUST = {
    "holm": multiplicity.holm,
    "hochberg": multiplicity.hochberg,
    "hommel": multiplicity.hommel,
    "benjamini-hochberg": multiplicity.benjamini_hochberg,
}


def comparisons(
    study: AnalysisInput, scores: Scores, decisions: Sequence[ReliabilityDecision], seed: int
) -> tuple[ComparisonResult, ...]:
    """Every comparison of the plan, each with all its outcomes."""
    dropped = {d.scale: d for d in decisions if not d.compared}
    found = []
    for comparison in study.protocol.analysis.comparisons:
        outcomes = [
            _outcome(study, scores, comparison, outcome, role, dropped.get(outcome.scale), seed)
            for role, outcome in _roles(study)
        ]
        found.append(
            ComparisonResult(comparison.id, comparison.label, tuple(comparison.assessments), _adjusted(study, outcomes))
        )
    return tuple(found)


def _roles(study: AnalysisInput) -> list[tuple[Role, Outcome]]:
    outcomes = study.protocol.analysis.outcomes
    roles: list[tuple[Role, Outcome]] = [("main", o) for o in outcomes.main]
    roles += [("secondary", o) for o in outcomes.secondary]
    return roles + [("if_reliable", o) for o in outcomes.if_reliable]


def _outcome(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    outcome: Outcome,
    role: Role,
    dropped: ReliabilityDecision | None,
    seed: int,
) -> OutcomeResult:
    people, values, excluded = complete(study, scores, outcome.scale, comparison.assessments)
    result = OutcomeResult(
        scale=outcome.scale,
        label=outcome.label,
        role=role,
        better=outcome.better,
        people=len(study.arm_of),
        n_analysed=len(people),
        excluded=excluded,
    )
    if dropped is not None:
        alpha = "could not be computed" if dropped.alpha is None else f"is below {dropped.at_least:g}"
        return replace(result, why_not=f"not compared: its alpha {alpha}, by the rule fixed beforehand")
    arms = np.array([study.arm_of[p] for p in people], dtype=np.str_)
    try:
        return _analysed(study, result, values, arms, seed)
    except ValueError as error:
        return replace(result, why_not=f"not compared: {error}")


def complete(
    study: AnalysisInput, scores: Scores, scale: str, assessments: Sequence[str]
) -> tuple[list[str], Floats, tuple[Exclusion, ...]]:
    """Who has a score at every assessment, their scores (people, assessments), and who is left out and why."""
    by_assessment = {a: scores.of(scale, a) for a in assessments}
    people = [p for p in study.arm_of if all(p in at for at in by_assessment.values())]
    rows = [[at[p] for at in by_assessment.values()] for p in people]
    values = np.array(rows, dtype=float).reshape(len(people), len(assessments))
    kept = set(people)
    returned = {a: scores.blanks(scale, a).keys() for a in assessments}
    left = [p for p in study.arm_of if p not in kept]
    return people, values, tuple(Exclusion(p, _why(study, by_assessment, returned, p)) for p in left)


def _why(
    study: AnalysisInput, scored: Mapping[str, Collection[str]], returned: Mapping[str, Collection[str]], person: str
) -> str:
    """The first reason, in order of time, for which a person has no score at one of the assessments."""
    assessment = next(a for a, people in scored.items() if person not in people)
    label = study.assessment_label(assessment)
    if person in returned[assessment]:
        return f"too many items blank at {label}"
    if person in study.left_study:
        return f"left the study; no answers at {label}"
    return f"no answers at {label}"


def _analysed(
    study: AnalysisInput,
    result: OutcomeResult,
    values: Floats,
    arms: NDArray[np.str_],
    seed: int,
) -> OutcomeResult:
    anova = mixed_anova(values, arms.tolist())
    benchmark = bool(study.protocol.analysis.benchmarks)
    by_arm = tuple(_arm_scores(arm, values[arms == arm]) for arm in study.arms)
    pair = [values[arms == arm] for arm in study.arms] if len(study.arms) == 2 else None
    return replace(
        result,
        arms=by_arm,
        group=_effect(anova.group, benchmark),
        time=_effect(anova.time, benchmark),
        time_by_group=_effect(anova.time_by_group, benchmark),
        mauchly_w=anova.mauchly.w if anova.mauchly else None,
        mauchly_p=anova.mauchly.p if anova.mauchly else None,
        hedges_g=hedges_g(_change(pair[0]), _change(pair[1])) if pair else None,
        d_ppc2=_d_ppc2(pair[0], pair[1], seed) if pair else None,
        favours=_favours(by_arm, result.better) if len(by_arm) == 2 else "",
    )


def _d_ppc2(first: Floats, second: Floats, seed: int) -> Estimate | None:
    """None where there are too few people for its interval; everything else of the outcome stands."""
    try:
        return d_ppc2(first[:, 0], first[:, -1], second[:, 0], second[:, -1], seed=seed)
    except ValueError:
        return None


def _change(values: Floats) -> Floats:
    """The difference score of the paper: last assessment minus first."""
    return values[:, -1] - values[:, 0]


def _arm_scores(arm: str, values: Floats) -> ArmScores:
    change = _change(values)
    means = [mean_interval(values[:, k]) for k in range(values.shape[1])]
    return ArmScores(
        arm=arm,
        n=len(values),
        means=tuple(m.value for m in means),
        sds=tuple(float(sd) for sd in values.std(axis=0, ddof=1)),
        intervals=tuple((m.low, m.high) for m in means if m.low is not None and m.high is not None),
        change=mean_interval(change),
        change_sd=float(change.std(ddof=1)),
    )


def _effect(effect: Effect, benchmark: bool) -> EffectResult:
    return EffectResult(
        f=effect.f,
        df1=effect.df1,
        df2=effect.df2,
        p=effect.p,
        partial_eta_squared=effect.partial_eta_squared,
        partial_eta_squared_interval=partial_eta_squared_interval(effect.f, effect.df1, effect.df2),
        generalised_eta_squared=effect.generalised_eta_squared,
        omega_squared=effect.omega_squared_partial,
        epsilon_gg=effect.epsilon_gg,
        p_gg=effect.p_gg,
        epsilon_hf=effect.epsilon_hf,
        p_hf=effect.p_hf,
        size=COHEN_1988_ETA_SQUARED.name(effect.partial_eta_squared) if benchmark else "",
    )


def _favours(arms: Sequence[ArmScores], better: str) -> str:
    """Which of two arms changed more for the better, in the direction the plan gives."""
    sign = 1 if better == "higher" else -1
    first, second = (sign * arm.change.value for arm in arms)
    if first == second:
        return "neither arm"
    return arms[0].arm if first > second else arms[1].arm


def _adjusted(study: AnalysisInput, outcomes: list[OutcomeResult]) -> tuple[OutcomeResult, ...]:
    """The same outcomes with the p values of time by group adjusted within each family of the plan."""
    adjusted: dict[str, dict[str, float]] = {o.scale: {} for o in outcomes}
    for family in study.protocol.analysis.families:
        tested = [o for o in outcomes if o.role in family.outcomes and o.time_by_group is not None]
        p_values = [o.time_by_group.p for o in tested if o.time_by_group]
        for method in family.adjust:
            for outcome, p in zip(tested, ADJUST[method](p_values) if p_values else [], strict=True):
                adjusted[outcome.scale][f"{family.id}:{method}"] = float(p)
    return tuple(replace(o, adjusted=adjusted[o.scale]) for o in outcomes)
