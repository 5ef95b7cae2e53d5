"""Runs the preset `recommended`: what methodologists ask of a feasibility study, on the same frozen data."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.adjustment import adjustable, covariates_of
from pilotage.analysis.recommended.arms import plan_of
from pilotage.analysis.recommended.clustering import clustering
from pilotage.analysis.recommended.dose import dose
from pilotage.analysis.recommended.effect_results import ComparisonEffects, Joint, RecommendedResults
from pilotage.analysis.recommended.effects import effects
from pilotage.analysis.recommended.floor_and_ceiling import floor_and_ceiling
from pilotage.analysis.recommended.individual import individual
from pilotage.analysis.recommended.missing import missing
from pilotage.analysis.recommended.multiplicity import in_families, jointly
from pilotage.analysis.results import ReliabilityDecision
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison


def recommended(
    study: AnalysisInput, scores: Scores, decisions: tuple[ReliabilityDecision, ...]
) -> RecommendedResults | None:
    """Return all the preset computes; None where the plan does not ask for it, or nobody is in the reference arm."""
    plan = study.protocol.analysis
    if "recommended" not in plan.presets or plan_of(study).reference not in study.arms:
        return None
    dropped = {d.scale: d for d in decisions if not d.compared}
    covariates = covariates_of(study)
    return RecommendedResults(
        reference=plan_of(study).reference,
        comparisons=tuple(_comparison(study, scores, c, dropped, covariates) for c in plan.comparisons),
        missing=tuple(missing(study, scores, c) for c in plan.comparisons),
        individual=tuple(change for c in plan.comparisons for change in individual(study, scores, c)),
        ceiling=tuple(floor_and_ceiling(study, scores, c) for c in plan.comparisons),
        clustering=tuple(clustering(study, scores, c) for c in plan.comparisons),
        dose=tuple(relation for c in plan.comparisons for relation in dose(study, scores, c)),
    )


def _comparison(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    dropped: dict[str, ReliabilityDecision],
    covariates: dict[str, list[float]],
) -> ComparisonEffects:
    outcomes = [
        (role, outcome, adjustable(study, scores.outcome(outcome.scale, comparison.assessments), covariates))
        for role, outcome in study.protocol.analysis.outcomes_by_role()
    ]
    plan = plan_of(study)
    compared = ComparisonEffects(
        comparison.id,
        comparison.label,
        tuple(comparison.assessments),
        tuple(effects(study, data, comparison, (role, o), dropped.get(o.scale)) for role, o, data in outcomes),
        Joint(0, 0, plan.resamples, plan.seed, None),
    )
    return in_families(study, jointly(study, compared, {o.scale: data for _, o, data in outcomes}))
