"""Runs the preset `recommended`: what methodologists ask of a feasibility study, on the same frozen data."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.arms import plan_of
from pilotage.analysis.recommended.clustering import clustering
from pilotage.analysis.recommended.dose import dose
from pilotage.analysis.recommended.effect_results import ComparisonEffects, Joint, RecommendedResults
from pilotage.analysis.recommended.effects import effects
from pilotage.analysis.recommended.floor_and_ceiling import ceiling
from pilotage.analysis.recommended.individual import individual
from pilotage.analysis.recommended.missing import missing
from pilotage.analysis.recommended.multiplicity import in_families, jointly
from pilotage.analysis.recommended.outcome_data import covariates_of, gather
from pilotage.analysis.results import ReliabilityDecision, Role
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome


def recommended(
    study: AnalysisInput, scores: Scores, decisions: tuple[ReliabilityDecision, ...]
) -> RecommendedResults | None:
    """Everything the preset finds; None where the plan does not ask for it, or the reference arm has nobody."""
    plan = study.protocol.analysis
    if "recommended" not in plan.presets or plan_of(study).reference not in study.arms:
        return None
    dropped = {d.scale: d for d in decisions if not d.compared}
    covariates = covariates_of(study)
    return RecommendedResults(
        reference=plan_of(study).reference,
        comparisons=tuple(_comparison(study, scores, c, dropped, covariates) for c in plan.comparisons),
        missing=tuple(missing(study, scores, c) for c in plan.comparisons),
        individual=tuple(one for c in plan.comparisons for one in individual(study, scores, c)),
        ceiling=tuple(ceiling(study, scores, c) for c in plan.comparisons),
        clustering=tuple(clustering(study, scores, c) for c in plan.comparisons),
        dose=tuple(one for c in plan.comparisons for one in dose(study, scores, c)),
    )


def _comparison(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    dropped: dict[str, ReliabilityDecision],
    covariates: dict[str, list[float]],
) -> ComparisonEffects:
    outcomes = [
        (role, outcome, gather(study, scores, outcome.scale, comparison.assessments, covariates))
        for role, outcome in _roles(study)
    ]
    plan = plan_of(study)
    found = ComparisonEffects(
        comparison.id,
        comparison.label,
        tuple(comparison.assessments),
        tuple(effects(study, g, comparison, (role, o), dropped.get(o.scale)) for role, o, g in outcomes),
        Joint(0, 0, plan.resamples, plan.seed, None),
    )
    return in_families(study, jointly(study, found, {o.scale: g for _, o, g in outcomes}))


def _roles(study: AnalysisInput) -> list[tuple[Role, Outcome]]:
    outcomes = study.protocol.analysis.outcomes
    by_role: dict[Role, list[Outcome]] = {
        "main": outcomes.main,
        "secondary": outcomes.secondary,
        "if_reliable": outcomes.if_reliable,
    }
    return [(role, outcome) for role, members in by_role.items() for outcome in members]
