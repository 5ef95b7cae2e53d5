"""Differences between arms in one outcome, by every method of the preset; what cannot be computed has its reason."""

from __future__ import annotations

from dataclasses import replace

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.outcome_data import OutcomeData
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.contrasts import MethodResults, compare_by_every_method
from pilotage.analysis.recommended.effect_results import Difference, ModelFit, OutcomeEffects, Slopes
from pilotage.analysis.recommended.posterior import posterior_summaries
from pilotage.analysis.results import ReliabilityDecision
from pilotage.protocol.plan import AssessmentComparison, Outcome, OutcomeRole
from pilotage.stats.effect_size import d_ppc2, hedges_g

RESAMPLES = 2_000
"""Of the interval of d_ppc2: enough for two digits, and quick."""


def effects(
    study: AnalysisInput,
    data: OutcomeData,
    comparison: AssessmentComparison,
    outcome: tuple[OutcomeRole, Outcome],
    dropped: ReliabilityDecision | None,
) -> OutcomeEffects:
    """Return one outcome of one comparison by every method."""
    role, measured = outcome
    least = measured.minimal_important_difference
    result = OutcomeEffects(
        scale=measured.scale,
        label=measured.label,
        role=role,
        better=measured.better,
        important=least.value if least else None,
        n_complete=int(data.has_every.sum()),
        n_any=len(data.people),
        n_adjusted=int(data.paired(len(comparison.assessments) - 1).sum()),
    )
    if dropped is not None:
        return replace(result, why_not={"all": dropped.reason})
    return _compared(study, data, result, comparison.assessments)


def _compared(
    study: AnalysisInput, data: OutcomeData, result: OutcomeEffects, assessments: list[str]
) -> OutcomeEffects:
    randomised, ordinal = study.protocol.study.randomised, result.role == "main"
    methods = compare_by_every_method(data, plan_of(study).reference, randomised=randomised, ordinal=ordinal)
    differences = [
        _difference(study, data, result, methods, (arm, k, assessments[k]))
        for arm in others(study)
        for k in range(1, len(assessments))
    ]
    slopes = [
        Slopes(assessments[k], a.slope, a.slope_homogeneity_f, a.slope_homogeneity_p)
        for k, a in enumerate(methods.ancovas, 1)
    ]
    return replace(
        result, differences=tuple(differences), slopes=tuple(slopes), fit=_fit(methods), why_not=methods.why_not
    )


def _fit(methods: MethodResults) -> ModelFit | None:
    model = methods.model
    if model is None:
        return None
    return ModelFit(model.method, model.n, model.n_observations, model.converged, model.boundary)


def _difference(
    study: AnalysisInput,
    data: OutcomeData,
    result: OutcomeEffects,
    methods: MethodResults,
    which: tuple[str, int, str],
) -> Difference:
    arm, occasion, assessment = which
    plan = plan_of(study)
    difference = methods.difference((arm, plan.reference), occasion, assessment)
    try:
        difference = _standardised(difference, data.complete, occasion, plan.seed)
    except ValueError as error:
        methods.why_not["standardised"] = str(error)
    if difference.ancova is None:
        return difference
    return replace(difference, beliefs=posterior_summaries(plan, data, result, difference.ancova))


def _standardised(difference: Difference, complete: OutcomeData, occasion: int, seed: int) -> Difference:
    """Add Hedges's g of change, and d on the SD before, of people with every score."""
    (before, after), (control_before, control_after) = (
        complete.in_arm(arm)[:, [0, occasion]].T for arm in (difference.arm, difference.reference)
    )
    return replace(
        difference,
        hedges_g=hedges_g(after - before, control_after - control_before),
        d_ppc2=d_ppc2(before, after, control_before, control_after, seed=seed, resamples=RESAMPLES),
    )
