"""Every test that was run, whatever came of it, so that nobody need guess how many there were."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.analysis.recommended.effect_results import Difference, OutcomeEffects, RecommendedResults
from pilotage.analysis.results import CorrelationResult, EffectResult, LoggedTest, Normality, OutcomeResult, Results

PAPER, OURS = "paper-2020", "recommended"


def tests_run(results: Results) -> tuple[LoggedTest, ...]:
    """The tests behind these results, by preset."""
    found = [
        test for comparison in results.comparisons for o in comparison.outcomes for test in _variance(comparison.id, o)
    ]
    found += [LoggedTest(PAPER, "at the start", "", c.item, "Student's t", c.p) for c in results.baseline_compared]
    found += [test for correlation in results.correlations for test in _practice(correlation)]
    found += [test for normality in results.normality for test in _normality(normality)]
    return (*found, *(_recommended(results.recommended) if results.recommended else ()))


def _variance(comparison: str, outcome: OutcomeResult) -> Iterator[LoggedTest]:
    def run(effect: EffectResult | None, name: str, purpose: str) -> Iterator[LoggedTest]:
        if effect is not None:
            yield LoggedTest(PAPER, purpose, comparison, outcome.scale, f"analysis of variance, {name}", effect.p)

    yield from run(outcome.time_by_group, "time by group", "change between arms")
    yield from run(outcome.group, "group", "other effects")
    yield from run(outcome.time, "time", "other effects")
    if outcome.mauchly_p is not None:
        yield LoggedTest(PAPER, "assumptions", comparison, outcome.scale, "Mauchly", outcome.mauchly_p)


def _practice(found: CorrelationResult) -> Iterator[LoggedTest]:
    for name, p in (("Pearson's r", found.pearson_p), ("Spearman's rho", found.spearman_p)):
        if p is not None:
            yield LoggedTest(PAPER, "practice and change", "", found.scale, name, p)


def _normality(found: Normality) -> Iterator[LoggedTest]:
    for name, p in (("Shapiro-Wilk", found.p), ("Lilliefors", found.lilliefors_p)):
        if p is not None:
            what = f"{found.scale}, {found.variable}, {found.group}"
            yield LoggedTest(PAPER, "assumptions", "", what, name, p)


def _recommended(found: RecommendedResults) -> Iterator[LoggedTest]:
    for comparison in found.comparisons:
        for outcome in comparison.outcomes:
            for difference in outcome.differences:
                yield from _difference(comparison.id, outcome, difference)
            for slopes in outcome.slopes:
                yield LoggedTest(OURS, "assumptions", comparison.id, outcome.scale, "equal slopes", slopes.p)
    for missing in found.missing:
        for point in missing.tipping_points:
            for shift in point.shifts:
                name = f"missing scores {shift.delta_sd:+g} SD beside what was expected"
                yield LoggedTest(OURS, "sensitivity", missing.comparison, point.scale, name, shift.p)
    for clustering in found.clustering:
        for clustered in clustering.outcomes:
            for under in clustered.under:
                name = f"change under an ICC of {under.icc:g}"
                yield LoggedTest(OURS, "sensitivity", clustering.comparison, clustered.scale, name, under.p)
            if clustered.robust is not None:
                where, p = f"{clustered.scale}, {clustered.arm} less {clustered.reference}", clustered.robust.p
                yield LoggedTest(OURS, "sensitivity", clustering.comparison, where, "change, CR2 errors", p)
    for dose in found.dose:
        if dose.p is not None:
            name = f"Spearman's rho, {dose.source}, {dose.kind}"
            yield LoggedTest(OURS, "practice and change", dose.comparison, dose.scale, name, dose.p)


def _difference(comparison: str, outcome: OutcomeEffects, found: Difference) -> Iterator[LoggedTest]:
    where = f"{outcome.scale}, {found.arm} less {found.reference}, {found.assessment}"
    if found.ancova:
        yield LoggedTest(OURS, "change between arms", comparison, where, "analysis of covariance", found.ancova.p)
    others = {
        "change score": found.change,
        "mixed model": found.mixed_model,
        "mixed model, constrained": found.constrained,
        "change, HC3 errors": found.robust,
        "exact permutation": found.permutation,
    }
    for name, contrast in others.items():
        if contrast is not None:
            yield LoggedTest(OURS, "sensitivity", comparison, where, name, contrast.p)
    if found.rank_p is not None:
        yield LoggedTest(OURS, "sensitivity", comparison, where, "Mann-Whitney of change, exact", found.rank_p)
    if found.odds_p is not None:
        yield LoggedTest(OURS, "sensitivity", comparison, where, "proportional odds", found.odds_p)
