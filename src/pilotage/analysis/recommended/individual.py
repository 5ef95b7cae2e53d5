"""Individual change: how many people of each arm changed more than the measure's error explains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.supplementary_results import CountedShare, IndividualChange
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats.reliability import cronbach_alpha
from pilotage.stats.reliable_change import (
    Better,
    Counted,
    NoNormsError,
    Norms,
    clinically_significant_change,
    reliable_change,
)


@dataclass(frozen=True, slots=True)
class StatedReliability:
    """A reliability taken from elsewhere, and whose it is."""

    value: float
    whose: str


def individual(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    stated: Mapping[str, StatedReliability] | None = None,
    norms: Mapping[str, Norms] | None = None,
) -> tuple[IndividualChange, ...]:
    """Count reliable change from the first to the last assessment, for each main outcome and arm.

    The reliability is the one ``stated`` for the scale, or else alpha at the assessment that the plan's rule names.
    Recovery is judged only where ``norms`` has the scale.
    """
    stated, norms = stated or {}, norms or {}
    return tuple(
        change
        for outcome in study.protocol.analysis.outcomes.main
        for change in _outcome(study, scores, comparison, outcome, stated.get(outcome.scale), norms.get(outcome.scale))
    )


def _outcome(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    outcome: Outcome,
    stated: StatedReliability | None,
    norms: Norms | None,
) -> list[IndividualChange]:
    data = scores.outcome(outcome.scale, comparison.assessments)
    first = data.with_first.scores[:, 0]
    sd = float(np.std(first, ddof=1)) if len(first) > 1 else None
    reliability, problem = (stated, "") if stated else _alpha(study, scores, outcome.scale)
    results = []
    for arm in study.arms:
        mine = data.complete.in_arm(arm)
        result = IndividualChange(
            comparison=comparison.id,
            scale=outcome.scale,
            label=outcome.label,
            better=outcome.better,
            arm=arm,
            n=len(mine),
            reliability=reliability.value if reliability else None,
            whose=reliability.whose if reliability else "",
            sd=sd,
            threshold=None,
            why_not=problem,
        )
        results.append(_judged(result, mine[:, 0], mine[:, -1], norms) if reliability and sd is not None else result)
    return results


def _alpha(study: AnalysisInput, scores: Scores, scale: str) -> tuple[StatedReliability | None, str]:
    """Return alpha over all arms at the assessment of the plan's rule, or the reason why there is none."""
    at = study.protocol.analysis.reliability.at
    instrument, _, name = scale.partition(".")
    part = scores.part(instrument, at)
    if part is None:
        return None, f"no answers at {study.assessment_label(at)}, from which the reliability would be taken"
    points = part.points(part.instrument.scale(name))
    points = points[~np.isnan(points).any(axis=1)]
    try:
        alpha = cronbach_alpha(points).alpha
    except ValueError as error:
        return None, str(error)
    label = study.assessment_label(at)
    return StatedReliability(alpha.value, f"Cronbach's α of this study at “{label}”, all arms (n = {alpha.n})"), ""


def _judged(result: IndividualChange, pre: np.ndarray, post: np.ndarray, norms: Norms | None) -> IndividualChange:
    better: Better = "lower" if result.better == "lower" else "higher"
    try:
        changed = reliable_change(pre, post, result.reliability or 0.0, result.sd or 0.0, better)
    except ValueError as error:
        return replace(result, why_not=str(error))
    recovered, why_not = None, ""
    try:
        recovered = _share(clinically_significant_change(pre, post, changed, norms))
    except NoNormsError as error:
        why_not = str(error)
    return replace(
        result,
        threshold=changed.threshold,
        improved=_share(changed.improved),
        unchanged=_share(changed.unchanged),
        deteriorated=_share(changed.deteriorated),
        recovered=recovered,
        clinical_why_not=why_not,
    )


def _share(counted: Counted) -> CountedShare:
    return CountedShare(counted.people, counted.share)
