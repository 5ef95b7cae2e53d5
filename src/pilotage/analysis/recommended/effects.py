"""Differences between arms in one outcome, by every method of the preset; what cannot be had says why."""

from __future__ import annotations

from dataclasses import replace

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.contrasts import Asked, ask
from pilotage.analysis.recommended.effect_results import Difference, Fit, OutcomeEffects, Slopes
from pilotage.analysis.recommended.outcome_data import Gathered
from pilotage.analysis.recommended.posterior import beliefs
from pilotage.analysis.results import ReliabilityDecision, Role
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats.effect_size import d_ppc2, hedges_g

RESAMPLES = 2_000
"""Of the interval of d_ppc2: enough for two digits, and quick."""


def effects(
    study: AnalysisInput,
    gathered: Gathered,
    comparison: AssessmentComparison,
    outcome: tuple[Role, Outcome],
    dropped: ReliabilityDecision | None,
) -> OutcomeEffects:
    """One outcome of one comparison by every method."""
    role, measured = outcome
    least = measured.minimal_important_difference
    result = OutcomeEffects(
        scale=measured.scale,
        label=measured.label,
        role=role,
        better=measured.better,
        important=least.value if least else None,
        n_complete=int(gathered.complete.sum()),
        n_any=len(gathered.people),
        n_adjusted=int(gathered.paired(len(comparison.assessments) - 1).sum()),
    )
    if dropped is not None:
        alpha = "could not be computed" if dropped.alpha is None else f"is below {dropped.at_least:g}"
        return replace(result, why_not={"all": f"its alpha {alpha}, by the rule fixed beforehand"})
    return _compared(study, gathered, result, comparison.assessments)


def _compared(
    study: AnalysisInput, gathered: Gathered, result: OutcomeEffects, assessments: list[str]
) -> OutcomeEffects:
    randomised, ordinal = study.protocol.study.randomised, result.role == "main"
    asked = ask(gathered, plan_of(study).reference, randomised=randomised, ordinal=ordinal)
    differences = [
        _difference(study, gathered, result, asked, (arm, k, assessments[k]))
        for arm in others(study)
        for k in range(1, len(assessments))
    ]
    slopes = [
        Slopes(assessments[k], a.slope, a.slope_homogeneity_f, a.slope_homogeneity_p)
        for k, a in enumerate(asked.ancovas, 1)
    ]
    return replace(result, differences=tuple(differences), slopes=tuple(slopes), fit=_fit(asked), why_not=asked.why_not)


def _fit(asked: Asked) -> Fit | None:
    model = asked.model
    if model is None:
        return None
    return Fit(model.method, model.n, model.n_observations, model.converged, model.boundary)


def _difference(
    study: AnalysisInput, gathered: Gathered, result: OutcomeEffects, asked: Asked, which: tuple[str, int, str]
) -> Difference:
    arm, occasion, assessment = which
    plan = plan_of(study)
    found = asked.difference((arm, plan.reference), occasion, assessment)
    try:
        found = _standardised(found, gathered.only(gathered.complete), occasion, plan.seed)
    except ValueError as error:
        asked.why_not["standardised"] = str(error)
    if found.ancova is None:
        return found
    return replace(found, beliefs=beliefs(plan, gathered, result, found.ancova))


def _standardised(found: Difference, whole: Gathered, occasion: int, seed: int) -> Difference:
    """Hedges's g of change, and d on the SD before: of people with every score."""
    (before, after), (control_before, control_after) = (
        whole.scores[whole.arms == arm][:, [0, occasion]].T for arm in (found.arm, found.reference)
    )
    return replace(
        found,
        hedges_g=hedges_g(after - before, control_after - control_before),
        d_ppc2=d_ppc2(before, after, control_before, control_after, seed=seed, resamples=RESAMPLES),
    )
