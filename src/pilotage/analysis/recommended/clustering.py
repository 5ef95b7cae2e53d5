"""People taught in groups: design effects always, an intraclass correlation where there are groups enough."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.arms import others, reference
from pilotage.analysis.recommended.supplementary_results import ClusteredOutcome, Clustering, DesignEffect, UnderIcc
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats.clusters import ASSUMED_ICCS, anova_icc, design_effect, reml_icc, weighted_mean_size
from pilotage.stats.partially_nested import partially_nested_change
from pilotage.stats.robust import robust_change_contrast

NO_GROUPS = "no training groups are recorded, so that nobody is known to have been taught together"


def clustering(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> Clustering:
    """Return what being taught together may do to each main outcome of a comparison."""
    taught = _taught_in(study)
    groups = {
        arm: dict(sorted(Counter(taught[p] for p in study.people(arm) if p in taught).items())) for arm in study.arms
    }
    groups = {arm: sizes for arm, sizes in groups.items() if sizes}
    if not groups:
        return Clustering(comparison.id, {}, {}, (), NO_GROUPS)
    effects = {arm: _design_effects(list(sizes.values())) for arm, sizes in groups.items()}
    outcomes = tuple(
        _outcome(study, scores, comparison, outcome, arm, taught)
        for outcome in study.protocol.analysis.outcomes.main
        for arm in others(study)
        if arm in groups or reference(study) in groups
    )
    return Clustering(comparison.id, groups, effects, outcomes)


def _taught_in(study: AnalysisInput) -> dict[str, str]:
    """Return everyone's training group; a control's cohort only says whose dates it follows."""
    rows = study.data.participants.select("participant", "arm", "cohort").iter_rows()
    return {person: cohort for person, arm, cohort in rows if cohort and arm in study.programme_arms}


def _design_effects(sizes: Sequence[int]) -> tuple[DesignEffect, ...]:
    mean, weighted = sum(sizes) / len(sizes), weighted_mean_size(sizes)
    return tuple(
        DesignEffect(icc, mean, design_effect(mean, icc), weighted, design_effect(weighted, icc))
        for icc in ASSUMED_ICCS
    )


def _outcome(
    study: AnalysisInput,
    scores: Scores,
    comparison: AssessmentComparison,
    outcome: Outcome,
    arm: str,
    taught: dict[str, str],
) -> ClusteredOutcome:
    data = scores.outcome(outcome.scale, comparison.assessments).complete
    data = data.only(np.isin(data.arms, (arm, reference(study))))
    people, change, arms = data.people, data.change(), data.arms.tolist()
    result = ClusteredOutcome(
        scale=outcome.scale,
        label=outcome.label,
        arm=arm,
        reference=reference(study),
        n=len(people),
        unadjusted_p=None,
        under=(),
        holds_up_to=None,
        icc_anova=None,
        icc_reml=None,
        icc_why_not="",
    )
    groups = [taught.get(p) for p in people]
    result = _icc(result, change, people, taught)
    result = _robust(result, change, arms, _clusters(people, groups), data.scores.shape[1] - 1)
    level = 1 - study.protocol.analysis.significance
    try:
        nested = partially_nested_change(change, arms, reference(study), groups, level=level)
    except ValueError as error:
        return replace(result, why_not=str(error))
    under = tuple(UnderIcc(u.icc, u.difference, u.t, u.df, u.p) for u in nested.under)
    return replace(
        result,
        unadjusted_p=nested.unadjusted.p,
        under=under,
        holds_up_to=nested.holds_up_to,
        method=nested.method,
    )


def _clusters(people: Sequence[str], groups: Sequence[str | None]) -> list[str]:
    """Return each person's training group; who was taught in none is a cluster alone."""
    return [f"group {g}" if g is not None else f"alone {p}" for p, g in zip(people, groups, strict=True)]


def _robust(
    result: ClusteredOutcome, change: NDArray[np.float64], arms: Sequence[str], clusters: Sequence[str], last: int
) -> ClusteredOutcome:
    """Return the difference with errors robust to the groups (CR2), or why they are too few for that."""
    try:
        (contrast,) = robust_change_contrast(change, arms, result.reference, clusters, occasion=last)
    except ValueError as error:
        return replace(result, robust_why_not=str(error))
    return replace(result, robust=contrast)


def _icc(
    result: ClusteredOutcome, change: NDArray[np.float64], people: Sequence[str], taught: dict[str, str]
) -> ClusteredOutcome:
    """Return the correlation of changes within training groups, or why it is not estimated."""
    grouped = [k for k, p in enumerate(people) if p in taught]
    clusters = [taught[people[k]] for k in grouped]
    try:
        return replace(
            result,
            icc_anova=anova_icc(change[grouped], clusters).icc,
            icc_reml=reml_icc(change[grouped], clusters).icc,
        )
    except ValueError as error:
        return replace(result, icc_why_not=str(error))
