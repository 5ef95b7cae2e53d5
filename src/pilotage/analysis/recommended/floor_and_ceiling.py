"""Floor and ceiling effects by arm and assessment, change of items, and diagnostics of one common source."""

from __future__ import annotations

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.supplementary_results import (
    AtTheEnds,
    CommonMethod,
    FloorAndCeiling,
    ItemChangeResult,
)
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.stats.common_factor import mean_correlation, single_factor_share, why_no_invariance
from pilotage.stats.estimate import Estimate
from pilotage.stats.floor_and_ceiling import TERWEE_2007_ENDS, floor_ceiling_shares
from pilotage.stats.item_change import item_change


def floor_and_ceiling(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> FloorAndCeiling:
    """Return every outcome's floor and ceiling, the main outcomes' items, and diagnostics of one common source."""
    assessments = comparison.assessments
    main = study.protocol.analysis.outcomes.main
    return FloorAndCeiling(
        comparison=comparison.id,
        ends=tuple(
            _ends(study, scores, outcome, arm, assessment)
            for outcome in study.protocol.analysis.all_outcomes()
            for arm in study.arms
            for assessment in assessments
            if arm in study.protocol.assessment(assessment).arms
        ),
        items=tuple(
            item
            for outcome in main
            for arm in study.arms
            for item in _items(study, scores, outcome, arm, (assessments[0], assessments[-1]))
        ),
        common_method=_common_method(study, scores, comparison),
    )


def _ends(study: AnalysisInput, scores: Scores, outcome: Outcome, arm: str, assessment: str) -> AtTheEnds:
    instrument, _, name = outcome.scale.partition(".")
    definition = study.loaded.instruments[instrument]
    ends = definition.range_of(definition.scale(name))
    values = scores.outcome(outcome.scale, (assessment,)).complete.in_arm(arm)[:, 0]
    facts = (outcome.scale, outcome.label, outcome.better, arm, assessment, len(values), ends)
    try:
        shares = floor_ceiling_shares(values, *ends, outcome.better)
    except ValueError as error:
        return AtTheEnds(*facts, None, None, False, False, None, TERWEE_2007_ENDS.source, str(error))
    return AtTheEnds(
        *facts, shares.at_minimum, shares.at_maximum, shares.floor, shares.ceiling, shares.headroom, shares.rule
    )


def _items(
    study: AnalysisInput, scores: Scores, outcome: Outcome, arm: str, between: tuple[str, str]
) -> list[ItemChangeResult]:
    """Return the items of one outcome in one arm, those that moved most first; none where they cannot be judged."""
    instrument, _, name = outcome.scale.partition(".")
    parts = [scores.part(instrument, assessment) for assessment in between]
    if parts[0] is None or parts[1] is None:
        return []
    scale = parts[0].instrument.scale(name)
    points = [dict(zip(part.participants, part.points(scale), strict=True)) for part in parts if part]
    both = [(points[0][p], points[1][p]) for p in study.people(arm) if all(p in at for at in points)]
    whole = [pair for pair in both if not np.isnan(pair).any()]
    numbers = parts[0].instrument.items_of(scale)
    try:
        drifts = item_change([first for first, _ in whole], [last for _, last in whole])
    except ValueError:
        return []
    return [
        ItemChangeResult(
            outcome.scale,
            numbers[d.item],
            arm,
            d.n,
            d.first,
            d.last,
            d.change,
            d.beyond_scale,
            d.stands_out,
            "" if d.change else "everyone gave the same first answer",
        )
        for d in drifts
    ]


def _common_method(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> CommonMethod | None:
    first = comparison.assessments[0]
    parts = [part for part in scores.parts if part.assessment == first]
    if not parts:
        return None
    everyone = sorted(set.intersection(*(set(part.participants) for part in parts)))
    answers = [dict(zip(part.participants, part.answers, strict=True)) for part in parts]
    items = sum(part.answers.shape[1] for part in parts)
    table = np.array([np.concatenate([of[p] for of in answers]) for p in everyone]).reshape(len(everyone), items)
    table = table[~np.isnan(table).any(axis=1)]
    share, share_why_not = None, ""
    try:
        share = single_factor_share(table).value
    except ValueError as error:
        share_why_not = str(error)
    outcomes = study.protocol.analysis.outcomes.main
    correlation, change_why_not = _change_correlation(study, scores, comparison)
    return CommonMethod(
        assessment=first,
        n=len(table),
        items=items,
        share=share,
        share_why_not=share_why_not,
        mean_change_correlation=correlation,
        outcomes=len(outcomes),
        change_why_not=change_why_not,
        invariance_why_not=why_no_invariance(len(study.assessed[first])),
    )


def _change_correlation(
    study: AnalysisInput, scores: Scores, comparison: AssessmentComparison
) -> tuple[Estimate | None, str]:
    """Correlate the main outcomes' changes for the better within arms, so that the arms' difference adds none."""
    outcomes = study.protocol.analysis.outcomes.main
    measured = [scores.outcome(outcome.scale, comparison.assessments) for outcome in outcomes]
    kept = np.all([data.has_every for data in measured], axis=0)
    table = np.empty((int(kept.sum()), len(outcomes)))
    for k, (outcome, data) in enumerate(zip(outcomes, measured, strict=True)):
        table[:, k] = data.change()[kept] if outcome.better == "higher" else -data.change()[kept]
    arms = measured[0].arms[kept]
    for arm in set(arms.tolist()):
        table[arms == arm] -= table[arms == arm].mean(axis=0)
    try:
        return mean_correlation(table), ""
    except ValueError as error:
        return None, str(error)
