"""Missing occasions: who is missing and why, who they were at the start, and how much it could matter."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.describe import summarise
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.estimand import estimand
from pilotage.analysis.recommended.supplementary_results import (
    Lost,
    MissingData,
    RetainedAndLost,
    ShiftResult,
    TippingPointResult,
)
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats import imputation
from pilotage.stats.imputation import IMPUTATIONS, tipping_point

NOBODY = "everyone of the arm with a first score has a last one, so that no shift could matter"


def missing(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> MissingData:
    """Return everything there is to say of missing occasions in one comparison."""
    main = study.protocol.analysis.outcomes.main
    return MissingData(
        comparison=comparison.id,
        estimand=estimand(study, comparison),
        lost=tuple(_lost(study, arm, a) for arm in study.arms for a in comparison.assessments if _asked(study, arm, a)),
        baseline=tuple(_kept_and_lost(scores, comparison, o, arm) for o in main for arm in study.arms),
        tipping_points=tuple(_tipping_point(study, scores, comparison, o, arm) for o in main for arm in others(study)),
    )


def _asked(study: AnalysisInput, arm: str, assessment: str) -> bool:
    return arm in study.protocol.assessment(assessment).arms


def _lost(study: AnalysisInput, arm: str, assessment: str) -> Lost:
    people, there = study.people(arm), study.assessed[assessment]
    gone = [p for p in people if p not in there]
    reasons: dict[str, int | None] = dict(Counter(_why(study, p) for p in gone).most_common())
    return Lost(arm, assessment, len(people), len(people) - len(gone), reasons)


def _why(study: AnalysisInput, person: str) -> str:
    why = study.left_study.get(person)
    return f"left the study: {why}" if why else "no answers, and no reason recorded"


def _kept_and_lost(scores: Scores, comparison: AssessmentComparison, outcome: Outcome, arm: str) -> RetainedAndLost:
    data = scores.outcome(outcome.scale, comparison.assessments).with_first
    first, last = data.scores[:, 0], data.scores[:, -1]
    mine = data.arms == arm
    kept, lost = first[mine & ~np.isnan(last)].tolist(), first[mine & np.isnan(last)].tolist()
    sd = float(np.std(first, ddof=1)) if len(first) > 1 else 0.0
    apart = (float(np.mean(lost)) - float(np.mean(kept))) / sd if kept and lost and sd > 0 else None
    return RetainedAndLost(
        outcome.scale, outcome.label, arm, summarise(kept, len(kept)), summarise(lost, len(lost)), apart
    )


def _tipping_point(
    study: AnalysisInput, scores: Scores, comparison: AssessmentComparison, outcome: Outcome, arm: str
) -> TippingPointResult:
    data = scores.outcome(outcome.scale, comparison.assessments).with_first
    arms = data.arms.tolist()
    plan, lost = plan_of(study), np.isnan(data.scores[:, -1]).tolist()
    imputed = Counter(a for a, gone in zip(arms, lost, strict=True) if gone)
    result = TippingPointResult(
        scale=outcome.scale,
        label=outcome.label,
        arm=arm,
        reference=plan.reference,
        people=dict(Counter(arms)),
        imputed={a: imputed[a] for a in study.arms},
        left_out=len(study.arm_of) - len(data.people),
        sd=None,
        imputations=IMPUTATIONS,
        seed=plan.seed,
    )
    if not imputed[arm]:
        return replace(result, why_not=NOBODY)
    level = 1 - study.protocol.analysis.significance
    try:
        return _in_sds(result, tipping_point(data.scores, arms, plan.reference, arm, seed=plan.seed, level=level))
    except ValueError as error:
        return replace(result, why_not=str(error))


def _in_sds(result: TippingPointResult, point: imputation.TippingPoint) -> TippingPointResult:
    """Return the same, with its shifts also in SDs of the first scores."""
    shifts = tuple(
        ShiftResult(s.delta, s.delta / point.sd, s.pooled.estimate, s.pooled.p, s.pooled.df) for s in point.shifts
    )
    below, above = (None if d is None else d / point.sd for d in (point.flips_below, point.flips_above))
    return replace(result, sd=point.sd, shifts=shifts, flips_below=below, flips_above=above, method=point.method)
