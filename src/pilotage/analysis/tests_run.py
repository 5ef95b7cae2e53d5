"""Every test that was run, whatever came of it, so that nobody need guess how many there were."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.analysis.recommended.effect_results import Difference, OutcomeEffects, RecommendedResults
from pilotage.analysis.results import CorrelationResult, LoggedTest, Normality, OutcomeResult, Results
from pilotage.stats.anova_table import Effect

PAPER, OURS = "paper-2020", "recommended"


def tests_run(results: Results) -> tuple[LoggedTest, ...]:
    """Return the tests behind these results, by preset."""
    tests = [
        test for comparison in results.comparisons for o in comparison.outcomes for test in _variance(comparison.id, o)
    ]
    tests += [LoggedTest(PAPER, "at the start", "", c.item, "Student's t", c.p) for c in results.baseline_compared]
    tests += [test for correlation in results.correlations for test in _practice(correlation)]
    tests += [test for normality in results.normality for test in _normality(normality)]
    return (*tests, *(_recommended(results.recommended) if results.recommended else ()))


def _variance(comparison: str, outcome: OutcomeResult) -> Iterator[LoggedTest]:
    def run(effect: Effect | None, name: str, purpose: str) -> Iterator[LoggedTest]:
        if effect is not None:
            yield LoggedTest(PAPER, purpose, comparison, outcome.scale, f"analysis of variance, {name}", effect.p)

    yield from run(outcome.time_by_group, "time by group", "change between arms")
    yield from run(outcome.group, "group", "other effects")
    yield from run(outcome.time, "time", "other effects")
    if outcome.mauchly_p is not None:
        yield LoggedTest(PAPER, "assumptions", comparison, outcome.scale, "Mauchly", outcome.mauchly_p)


def _practice(correlation: CorrelationResult) -> Iterator[LoggedTest]:
    for name, p in (("Pearson's r", correlation.pearson_p), ("Spearman's rho", correlation.spearman_p)):
        if p is not None:
            yield LoggedTest(PAPER, "practice and change", "", correlation.scale, name, p)


def _normality(normality: Normality) -> Iterator[LoggedTest]:
    for name, p in (("Shapiro-Wilk", normality.p), ("Lilliefors", normality.lilliefors_p)):
        if p is not None:
            what = f"{normality.scale}, {normality.variable}, {normality.group}"
            yield LoggedTest(PAPER, "assumptions", "", what, name, p)


def _recommended(results: RecommendedResults) -> Iterator[LoggedTest]:
    for comparison in results.comparisons:
        for outcome in comparison.outcomes:
            for difference in outcome.differences:
                yield from _difference(comparison.id, outcome, difference)
            for slopes in outcome.slopes:
                yield LoggedTest(OURS, "assumptions", comparison.id, outcome.scale, "equal slopes", slopes.p)
    for missing in results.missing:
        for point in missing.tipping_points:
            for shift in point.shifts:
                name = f"missing scores {shift.delta_sd:+g} SD beside what was expected"
                yield LoggedTest(OURS, "sensitivity", missing.comparison, point.scale, name, shift.p)
    for clustering in results.clustering:
        for clustered in clustering.outcomes:
            for under in clustered.under:
                name = f"change under an ICC of {under.icc:g}"
                yield LoggedTest(OURS, "sensitivity", clustering.comparison, clustered.scale, name, under.p)
            if clustered.robust is not None:
                where, p = f"{clustered.scale}, {clustered.arm} less {clustered.reference}", clustered.robust.p
                yield LoggedTest(OURS, "sensitivity", clustering.comparison, where, "change, CR2 errors", p)
    for dose in results.dose:
        if dose.p is not None:
            name = f"Spearman's rho, {dose.source}, {dose.kind}"
            yield LoggedTest(OURS, "practice and change", dose.comparison, dose.scale, name, dose.p)


def _difference(comparison: str, outcome: OutcomeEffects, difference: Difference) -> Iterator[LoggedTest]:
    where = f"{outcome.scale}, {difference.arm} less {difference.reference}, {difference.assessment}"
    if difference.ancova:
        yield LoggedTest(OURS, "change between arms", comparison, where, "analysis of covariance", difference.ancova.p)
    others = {
        "change score": difference.change,
        "mixed model": difference.mixed_model,
        "mixed model, constrained": difference.constrained,
        "change, HC3 errors": difference.robust,
        "exact permutation": difference.permutation,
    }
    for name, contrast in others.items():
        if contrast is not None:
            yield LoggedTest(OURS, "sensitivity", comparison, where, name, contrast.p)
    if difference.rank_p is not None:
        yield LoggedTest(OURS, "sensitivity", comparison, where, "Mann-Whitney of change, exact", difference.rank_p)
    if difference.odds_p is not None:
        yield LoggedTest(OURS, "sensitivity", comparison, where, "proportional odds", difference.odds_p)
