"""Runs the preset `recommended`: what methodologists ask of a feasibility study, on the same frozen data."""

from __future__ import annotations

from pilotage.analysis.given import Given
from pilotage.analysis.recommended.arms import plan_of
from pilotage.analysis.recommended.ceiling import ceiling
from pilotage.analysis.recommended.clustering import clustering
from pilotage.analysis.recommended.dose import dose
from pilotage.analysis.recommended.effects import effects
from pilotage.analysis.recommended.found import ComparisonEffects, Joint, RecommendedResults
from pilotage.analysis.recommended.gathered import covariates_of, gather
from pilotage.analysis.recommended.individual import individual
from pilotage.analysis.recommended.missing import missing
from pilotage.analysis.recommended.multiplicity import in_families, jointly
from pilotage.analysis.results import ReliabilityDecision, Role
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import Comparison, Outcome


def recommended(given: Given, scores: Scores, decisions: tuple[ReliabilityDecision, ...]) -> RecommendedResults | None:
    """Everything the preset finds; None where the plan does not ask for it, or the reference arm has nobody."""
    plan = given.protocol.analysis
    if "recommended" not in plan.presets or plan_of(given).reference not in given.arms:
        return None
    dropped = {d.scale: d for d in decisions if not d.compared}
    covariates = covariates_of(given)
    return RecommendedResults(
        reference=plan_of(given).reference,
        comparisons=tuple(_comparison(given, scores, c, dropped, covariates) for c in plan.comparisons),
        missing=tuple(missing(given, scores, c) for c in plan.comparisons),
        individual=tuple(one for c in plan.comparisons for one in individual(given, scores, c)),
        ceiling=tuple(ceiling(given, scores, c) for c in plan.comparisons),
        clustering=tuple(clustering(given, scores, c) for c in plan.comparisons),
        dose=tuple(one for c in plan.comparisons for one in dose(given, scores, c)),
    )


def _comparison(
    given: Given,
    scores: Scores,
    comparison: Comparison,
    dropped: dict[str, ReliabilityDecision],
    covariates: dict[str, list[float]],
) -> ComparisonEffects:
    outcomes = [
        (role, outcome, gather(given, scores, outcome.scale, comparison.assessments, covariates))
        for role, outcome in _roles(given)
    ]
    plan = plan_of(given)
    found = ComparisonEffects(
        comparison.id,
        comparison.label,
        tuple(comparison.assessments),
        tuple(effects(given, g, comparison, (role, o), dropped.get(o.scale)) for role, o, g in outcomes),
        Joint(0, 0, plan.resamples, plan.seed, None),
    )
    return in_families(given, jointly(given, found, {o.scale: g for _, o, g in outcomes}))


def _roles(given: Given) -> list[tuple[Role, Outcome]]:
    outcomes = given.protocol.analysis.outcomes
    by_role: dict[Role, list[Outcome]] = {
        "main": outcomes.main,
        "secondary": outcomes.secondary,
        "if_reliable": outcomes.if_reliable,
    }
    return [(role, outcome) for role, members in by_role.items() for outcome in members]
