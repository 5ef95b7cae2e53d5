"""Missing occasions: who is missing and why, who they were at the start, and how much it could matter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.describe import summarise
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.estimand import estimand
from pilotage.analysis.recommended.supplementary_results import Lost, Missing, RetainedAndLost, Shifted, TippingPoint
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats import imputation
from pilotage.stats.imputation import IMPUTATIONS, tipping_point

NOBODY = "everyone of the arm with a first score has a last one, so that no shift could matter"


def missing(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> Missing:
    """Everything there is to say of missing occasions in one comparison."""
    main = study.protocol.analysis.outcomes.main
    return Missing(
        comparison=comparison.id,
        estimand=estimand(study, comparison),
        lost=tuple(_lost(study, arm, a) for arm in study.arms for a in comparison.assessments if _asked(study, arm, a)),
        baseline=tuple(_kept_and_lost(study, scores, comparison, o, arm) for o in main for arm in study.arms),
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


def _kept_and_lost(
    study: AnalysisInput, scores: Scores, comparison: AssessmentComparison, outcome: Outcome, arm: str
) -> RetainedAndLost:
    first, last = (scores.of(outcome.scale, comparison.assessments[k]) for k in (0, -1))
    people = [p for p in study.people(arm) if p in first]
    kept, lost = [first[p] for p in people if p in last], [first[p] for p in people if p not in last]
    sd = float(np.std(list(first.values()), ddof=1)) if len(first) > 1 else 0.0
    apart = (float(np.mean(lost)) - float(np.mean(kept))) / sd if kept and lost and sd > 0 else None
    return RetainedAndLost(
        outcome.scale, outcome.label, arm, summarise(kept, len(kept)), summarise(lost, len(lost)), apart
    )


def _tipping_point(
    study: AnalysisInput, scores: Scores, comparison: AssessmentComparison, outcome: Outcome, arm: str
) -> TippingPoint:
    people, values = _with_first(study, scores, outcome.scale, comparison.assessments)
    arms = [study.arm_of[p] for p in people]
    plan, lost = plan_of(study), np.isnan(values[:, -1]).tolist()
    imputed = Counter(a for a, gone in zip(arms, lost, strict=True) if gone)
    result = TippingPoint(
        scale=outcome.scale,
        label=outcome.label,
        arm=arm,
        reference=plan.reference,
        people=dict(Counter(arms)),
        imputed={a: imputed[a] for a in study.arms},
        left_out=len(study.arm_of) - len(people),
        sd=None,
        imputations=IMPUTATIONS,
        seed=plan.seed,
    )
    if not imputed[arm]:
        return replace(result, why_not=NOBODY)
    level = 1 - study.protocol.analysis.significance
    try:
        return _found(result, tipping_point(values, arms, plan.reference, arm, seed=plan.seed, level=level))
    except ValueError as error:
        return replace(result, why_not=str(error))


def _found(result: TippingPoint, found: imputation.TippingPoint) -> TippingPoint:
    """The same, with its shifts also in SDs of the first scores."""
    shifts = tuple(
        Shifted(s.delta, s.delta / found.sd, s.pooled.estimate, s.pooled.p, s.pooled.df) for s in found.shifts
    )
    below, above = (None if d is None else d / found.sd for d in (found.flips_below, found.flips_above))
    return replace(result, sd=found.sd, shifts=shifts, flips_below=below, flips_above=above, method=found.method)


def _with_first(
    study: AnalysisInput, scores: Scores, scale: str, assessments: Sequence[str]
) -> tuple[list[str], NDArray[np.float64]]:
    """Everyone with a first score, and their scores (people, assessments), NaN where there is none."""
    by_assessment = [scores.of(scale, a) for a in assessments]
    people = [p for p in study.arm_of if p in by_assessment[0]]
    rows = [[at.get(p, np.nan) for at in by_assessment] for p in people]
    return people, np.array(rows, dtype=float).reshape(len(people), len(assessments))
