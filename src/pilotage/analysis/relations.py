"""Normality described, home practice against change, and the legacy power figure of the paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.forms import values_of
from pilotage.analysis.results import ComparisonResult, CorrelationResult, LegacyPower, Normality
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import Outcome
from pilotage.stats.correlation import critical_r, pearson, spearman
from pilotage.stats.distributions import f_quantile
from pilotage.stats.noncentral_f import noncentral_f_sf
from pilotage.stats.normality import lilliefors, shapiro_wilk

Vector = NDArray[np.float64]


def normality(study: AnalysisInput, scores: Scores) -> tuple[Normality, ...]:
    """Return Shapiro-Wilk and Lilliefors of each outcome: as the paper (all together), and of change in each arm."""
    tests: list[Normality] = []
    for comparison in study.protocol.analysis.comparisons[:1]:
        for outcome in study.protocol.analysis.all_outcomes():
            data = scores.outcome(outcome.scale, comparison.assessments).complete
            if not data.people:
                continue
            for k, assessment in enumerate(comparison.assessments):
                tests.append(_normality(outcome.scale, study.assessment_label(assessment), "all", data.scores[:, k]))
            change = data.change()
            tests += [_normality(outcome.scale, "change", arm, change[data.arms == arm]) for arm in study.arms]
    return (*tests, *_practice_normality(study))


def _practice_normality(study: AnalysisInput) -> list[Normality]:
    relation = study.protocol.analysis.practice
    if relation is None:
        return []
    values = values_of(study, relation.variable, relation.assessment)
    numbers = np.array([float(v) for v in values.values()])
    return [_normality(relation.variable, "minutes a week", relation.arm, numbers)] if len(numbers) else []


def _normality(scale: str, variable: str, group: str, values: Vector) -> Normality:
    try:
        shapiro, ks = shapiro_wilk(values), lilliefors(values)
    except ValueError as error:
        return Normality(scale, variable, group, len(values), None, None, None, None, str(error))
    return Normality(scale, variable, group, len(values), shapiro.w, shapiro.p, ks.d, ks.p)


def correlations(study: AnalysisInput, scores: Scores) -> tuple[CorrelationResult, ...]:
    """Return Pearson's r (as the paper) and Spearman's rho of change with home practice, main outcomes, one arm."""
    relation = study.protocol.analysis.practice
    if relation is None:
        return ()
    practice = {
        p: float(v)
        for p, v in values_of(study, relation.variable, relation.assessment).items()
        if study.arm_of.get(p) == relation.arm
    }
    assessments = study.protocol.analysis.comparisons[0].assessments
    main = study.protocol.analysis.outcomes.main
    return tuple(_correlation(scores, outcome, relation.arm, practice, assessments) for outcome in main)


def _correlation(
    scores: Scores,
    outcome: Outcome,
    arm: str,
    practice: dict[str, float],
    assessments: Sequence[str],
) -> CorrelationResult:
    data = scores.outcome(outcome.scale, assessments).complete
    # Means of items carry noise in the last digits, which would break ties between equal changes.
    changes = np.round(data.change(), 9)
    kept = [(practice[p], change) for p, change in zip(data.people, changes, strict=True) if p in practice]
    x, y = np.array(kept, dtype=float).reshape(-1, 2).T
    try:
        r, rho = pearson(x, y), spearman(x, y)
    except ValueError as error:
        return CorrelationResult(outcome.scale, outcome.label, arm, len(x), None, None, None, None, None, str(error))
    return CorrelationResult(
        outcome.scale, outcome.label, arm, len(x), r.estimate, r.p, rho.estimate, rho.p, critical_r(len(x))
    )


def legacy_power(study: AnalysisInput, comparisons: Sequence[ComparisonResult]) -> LegacyPower | None:
    """Return the post hoc power of the largest main effect, as the paper reports it: a function of p, and no more.

    The convention that gives the paper's 0.70: f from the observed partial eta squared, rounded to two digits;
    noncentrality f squared times N; F with 1 and N - 2 degrees of freedom.
    """
    tested = (
        [o for o in comparisons[0].outcomes if o.role == "main" and o.time_by_group and o.time_by_group.df1 == 1]
        if comparisons
        else []
    )
    if not tested or len(study.arms) != 2:
        return None
    largest = max(tested, key=lambda o: o.time_by_group.partial_eta_squared if o.time_by_group else 0.0)
    effect = largest.time_by_group
    if effect is None or effect.partial_eta_squared >= 1:
        return None
    f = round(sqrt(effect.partial_eta_squared / (1 - effect.partial_eta_squared)), 2)
    critical = f_quantile(1 - study.protocol.analysis.significance, effect.df1, effect.df2)
    power = noncentral_f_sf(critical, effect.df1, effect.df2, f * f * largest.n_analysed)
    return LegacyPower(largest.scale, f, largest.n_analysed, power, "noncentrality f squared times N, f to two digits")
