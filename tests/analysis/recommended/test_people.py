"""Individual change, training groups and practice: from the plan, each with the reason where it cannot be said."""

import numpy as np
import polars as pl
import pytest

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.clustering import NO_GROUPS, clustering
from pilotage.analysis.recommended.dose import dose
from pilotage.analysis.recommended.individual import StatedReliability, individual
from pilotage.analysis.recommended.supplementary_results import Clustering, IndividualChange, PracticeAndChange
from pilotage.analysis.results import Results
from pilotage.analysis.run import analyse
from pilotage.analysis.scores import score_all
from pilotage.data.simulate import simulate
from pilotage.protocol.load import load
from pilotage.stats.reliable_change import Norms
from pilotage.stats.robust import cr2
from tests.analysis.study import analysed, given, given_without, people, rehearsed


def changed(study: AnalysisInput, **extra: object) -> dict[tuple[str, str], IndividualChange]:
    comparison = study.protocol.analysis.comparisons[0]
    rows = individual(study, score_all(study), comparison, **extra)  # type: ignore[arg-type]
    return {(row.scale, row.arm): row for row in rows}


def test_everyone_of_an_arm_is_improved_unchanged_or_deteriorated() -> None:
    for row in changed(given()).values():
        counts = [c.people for c in (row.improved, row.unchanged, row.deteriorated) if c and c.people is not None]
        assert sum(counts) == row.n


def test_fewer_points_of_stress_are_an_improvement() -> None:
    study = given()
    row = changed(study)["pss-10.total", "training"]
    assert row.threshold is not None
    data = score_all(study).outcome("pss-10.total", ("pre", "post"))
    fell = sum(last - first < -row.threshold for first, last in data.in_arm("training"))
    assert row.improved is not None
    assert row.improved.people == fell


def test_the_reliability_used_is_named_and_another_can_be_stated() -> None:
    own = changed(given())["scs-26.total", "training"]
    assert own.whose == "Cronbach's α of this study at “Before the training”, all arms (n = 47)"
    stated = {"scs-26.total": StatedReliability(0.97, "a retest elsewhere")}
    other = changed(given(), stated=stated)["scs-26.total", "training"]
    assert (other.reliability, other.whose) == (0.97, "a retest elsewhere")
    assert other.threshold is not None
    assert own.threshold is not None
    assert other.threshold < own.threshold


def test_recovery_is_judged_only_with_norms() -> None:
    plain = changed(given())["pss-10.total", "training"]
    assert plain.recovered is None
    assert plain.clinical_why_not.startswith("clinically significant change needs norms")
    norms = {"pss-10.total": Norms(22.0, 6.0, 13.0, 6.0, "made up")}
    judged = changed(given(), norms=norms)["pss-10.total", "training"]
    assert judged.recovered is not None
    assert judged.clinical_why_not == ""


def test_without_answers_there_is_no_reliability_and_the_reason_is_given() -> None:
    row = changed(given_without("responses", "administrations"))["scs-26.total", "training"]
    assert row.improved is None
    assert row.why_not == "no answers at Before the training, from which the reliability would be taken"


SIX = pl.format("six-{}", (pl.int_range(pl.len()).over("arm")) % 6)


def clustered(study: AnalysisInput) -> Clustering:
    return clustering(study, score_all(study), study.protocol.analysis.comparisons[0])


def in_cohorts(**cohort_of_arm: pl.Expr) -> AnalysisInput:
    rows = rehearsed().participants
    for arm, cohort in cohort_of_arm.items():
        rows = rows.with_columns(cohort=pl.when(pl.col("arm") == arm).then(cohort).otherwise("cohort"))
    return given(participants=rows)


def test_two_training_groups_give_design_effects_and_no_correlation() -> None:
    found = clustered(given())
    assert {arm: list(sizes.values()) for arm, sizes in found.groups.items()} == {"training": [14, 11]}
    effects = {e.icc: round(e.by_mean_size, 3) for e in found.design_effects["training"]}
    assert effects == {0.01: 1.115, 0.02: 1.23, 0.05: 1.575, 0.1: 2.15}
    for outcome in found.outcomes:
        assert (outcome.icc_anova, outcome.icc_reml) == (None, None)
        assert "at least 5 groups, and there are 2 groups" in outcome.icc_why_not
        ps = [outcome.unadjusted_p or 0.0, *(under.p for under in outcome.under)]
        assert ps == sorted(ps)


def test_a_cohort_whose_dates_the_controls_follow_is_no_group_they_were_taught_in() -> None:
    assert set(clustered(in_cohorts(control=pl.lit("training-1"))).groups) == {"training"}


def test_with_groups_enough_the_correlation_is_estimated_and_the_sensitivity_stays() -> None:
    five = pl.format("group-{}", pl.int_range(pl.len()) % 5)
    for outcome in clustered(in_cohorts(training=five)).outcomes:
        assert outcome.icc_why_not == ""
        assert outcome.icc_anova is not None
        assert outcome.icc_reml is not None
        assert outcome.icc_reml.value >= 0
        assert len(outcome.under) == 4


def test_two_training_groups_are_too_few_for_errors_robust_to_them_and_the_reason_says_so() -> None:
    found = clustered(given()).outcomes
    assert len(found) == 6
    for outcome in found:
        assert outcome.robust is None
        assert "arm 'training' has 2 clusters; cluster-robust errors need 5 in each arm" in outcome.robust_why_not


@pytest.mark.parametrize("controls", [None, "training-1"])
def test_with_groups_enough_errors_are_robust_to_them_and_every_control_stands_alone(controls: str | None) -> None:
    study = in_cohorts(training=SIX, control=pl.lit(controls, pl.String))
    arms = np.array(["training"] * 25 + ["control"] * 22)
    groups = [f"six-{k % 6}" for k in range(25)] + people("control")
    for outcome in clustered(study).outcomes:
        data = score_all(study).outcome(outcome.scale, ("pre", "post"))
        scores = np.vstack([data.in_arm("training"), data.in_arm("control")])
        change = scores[:, 1] - scores[:, 0]
        expected = cr2(np.column_stack([np.ones(47), arms == "training"]), change, groups)
        robust = outcome.robust
        assert robust is not None
        assert (robust.estimate, robust.se, robust.df) == pytest.approx(
            (expected.coefficients[1], expected.se[1], expected.df[1]), rel=1e-9
        )
        assert (robust.n, robust.occasion, outcome.robust_why_not) == (47, 1, "")
        assert robust.method == "change score, CR2 errors, 28 clusters"


def test_errors_robust_to_groups_are_listed_among_the_tests_where_there_are_some() -> None:
    def listed(results: Results) -> int:
        return sum(test.test == "change, CR2 errors" for test in results.tests)

    in_groups = in_cohorts(training=SIX)
    assert listed(analysed()) == 0
    assert listed(analyse(in_groups.loaded, in_groups.data)[0]) == 6


def test_without_recorded_groups_it_is_said_that_there_are_none() -> None:
    found = clustered(in_cohorts(training=pl.lit(None, pl.String)))
    assert (found.outcomes, found.why_not) == ((), NO_GROUPS)


def doses(study: AnalysisInput) -> tuple[PracticeAndChange, ...]:
    return dose(study, score_all(study), study.protocol.analysis.comparisons[0])


def test_without_a_diary_the_recalled_minutes_and_their_parts_stand_in() -> None:
    found = doses(given())
    assert {row.source for row in found} == {"recall"}
    assert list(dict.fromkeys(row.kind for row in found)) == [
        "minutes-home-practice", "evaluation.practice-minutes", "evaluation.study-minutes",
    ]  # fmt: skip
    assert {(row.n, round(row.critical or 0, 3)) for row in found} == {(24, 0.404)}


def test_the_recalled_minutes_are_those_of_the_correlations_table() -> None:
    from pilotage.analysis.relations import correlations

    study = given()
    table = {row.scale: row for row in correlations(study, score_all(study))}
    for row in doses(study):
        if row.kind == "minutes-home-practice":
            theirs = table[row.scale].spearman
            assert theirs is not None
            assert row.rho is not None
            assert row.rho.value == pytest.approx(theirs.value, abs=0.02)


def test_a_diary_keeps_formal_informal_and_study_apart() -> None:
    protocol = load("imp")
    study = AnalysisInput(protocol, simulate(protocol, seed=1, scenario="ordinary"))
    found = doses(study)
    assert {row.source for row in found} == {"diary"}
    assert list(dict.fromkeys(row.kind for row in found)) == ["formal", "informal", "study", "all"]
    assert {row.arm for row in found} == {"training"}
    assert {(row.n, round(row.critical or 0, 3)) for row in found if row.scale == "scs-26.total"} == {(24, 0.404)}


def test_with_nobody_who_practised_the_reason_is_given() -> None:
    forms = rehearsed().responses.filter(pl.col("instrument") != "evaluation")
    assert {row.why_not for row in doses(given(responses=forms))} == {
        "a correlation needs at least 3 people, without missing values"
    }
