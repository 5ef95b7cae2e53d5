"""The recommended effects: every method on the same people, and a reason wherever there is none."""

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import polars as pl
import pytest

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.outcome_data import OutcomeData
from pilotage.analysis.recommended.contrasts import compare_by_every_method, denominator
from pilotage.analysis.recommended.effect_results import Difference, OutcomeEffects, RecommendedResults
from pilotage.analysis.run import analyse
from pilotage.analysis.scores import score_all
from pilotage.protocol.plan import ImportantDifference
from pilotage.stats.estimate import Estimate
from pilotage.stats.ordinal import proportional_odds
from tests.analysis.study import analysed, given, loaded, people


def found(study: AnalysisInput) -> RecommendedResults:
    results = analyse(study.loaded, study.data)[0].recommended
    assert results is not None
    return results


@cache
def whole() -> RecommendedResults:
    results = analysed().recommended
    assert results is not None
    return results


def outcome(results: RecommendedResults, scale: str) -> OutcomeEffects:
    return next(o for o in results.comparisons[0].outcomes if o.scale == scale)


def only(results: RecommendedResults, scale: str) -> Difference:
    (difference,) = outcome(results, scale).differences
    return difference


def with_plan(study: AnalysisInput, **plan: Any) -> AnalysisInput:
    """The study with values of its analysis plan replaced; those of ``recommended`` by a dictionary."""
    analysis = study.protocol.analysis
    if plan.get("recommended"):
        assert analysis.recommended is not None
        plan["recommended"] = analysis.recommended.model_copy(update=plan["recommended"])
    protocol = study.protocol.model_copy(update={"analysis": analysis.model_copy(update=plan)})
    return AnalysisInput(replace(study.loaded, protocol=protocol), study.data)


def without_post(*persons: str) -> AnalysisInput:
    data = given().data
    gone = (pl.col("assessment") == "post") & pl.col("participant").is_in(list(persons))
    return given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))


@pytest.mark.parametrize("scale", ["ffmq-39.total", "scs-26.total", "pss-10.total"])
def test_on_complete_data_change_and_mixed_model_are_the_papers_interaction(scale: str) -> None:
    results = analysed()
    paper = next(o for o in results.comparisons[0].outcomes if o.scale == scale).time_by_group
    assert paper and results.recommended
    d = only(results.recommended, scale)
    assert d.change and d.change.t and d.mixed_model and d.mixed_model.df and d.mixed_model.t
    assert d.change.t**2 == pytest.approx(paper.f, rel=1e-10)
    assert d.mixed_model.t**2 == pytest.approx(paper.f, rel=1e-9)
    assert d.mixed_model.df == pytest.approx(45, abs=1e-8)


def test_the_exact_test_is_run_on_sums_and_on_means_of_items() -> None:
    for scale in ("eq-40.total", "scs-26.total"):
        d = only(whole(), scale)
        assert d.permutation and d.change
        assert d.permutation.estimate == pytest.approx(d.change.estimate, abs=1e-9)


def test_the_denominator_is_the_smallest_that_makes_scores_whole() -> None:
    assert denominator(np.array([[3.0, 4.0]])) == 1
    assert denominator(np.array([[3.25, 2.5], [4.0, 1.2]])) == 20
    assert denominator(np.array([[np.pi, 1.0]])) is None


def test_a_model_that_only_chance_would_allow_is_refused_with_the_reason() -> None:
    o = outcome(whole(), "scs-26.total")
    assert o.differences[0].constrained is None
    assert o.why_not["constrained"].endswith("people were not allocated by chance")
    drawn = loaded().protocol.study.model_copy(update={"randomised": True})
    protocol = loaded().protocol.model_copy(update={"study": drawn})
    random = found(AnalysisInput(replace(loaded(), protocol=protocol), given().data))
    assert only(random, "scs-26.total").constrained is not None
    assert "constrained" not in outcome(random, "scs-26.total").why_not


def test_everyone_with_any_score_stays_in_the_mixed_model() -> None:
    o = outcome(found(without_post(people("training")[0], people("control")[0])), "scs-26.total")
    d = o.differences[0]
    assert d.mixed_model and d.change and d.ancova
    assert (o.n_any, o.n_complete) == (47, 45)
    assert (d.mixed_model.n, d.change.n, d.ancova.n) == (47, 45, 45)


def test_the_reference_arm_turns_the_sign() -> None:
    turned = found(with_plan(given(), recommended={"reference": "training"}))
    one, other = only(whole(), "pss-10.total"), only(turned, "pss-10.total")
    assert one.ancova and other.ancova
    assert (other.arm, other.reference) == ("control", "training")
    assert other.ancova.estimate == pytest.approx(-one.ancova.estimate, rel=1e-9)
    assert [b.better for b in other.beliefs] == pytest.approx([1 - b.better for b in one.beliefs], abs=1e-7)


def test_a_covariate_that_somebody_left_blank_leaves_them_out_of_the_adjusted_difference_only() -> None:
    data = given().data
    age = (pl.col("participant") == people("training")[0]) & (pl.col("item") == "age")
    blank = data.responses.with_columns(value=pl.when(age).then(None).otherwise("value"))
    d = only(found(given(responses=blank)), "scs-26.total")
    assert d.ancova and d.change and d.mixed_model
    assert (d.ancova.n, d.change.n, d.mixed_model.n) == (46, 47, 47)


def test_for_the_better_is_down_where_lower_is_better() -> None:
    for scale in ("scs-26.total", "pss-10.total"):
        o, d = outcome(whole(), scale), only(whole(), scale)
        assert d.ancova
        gain = d.ancova.estimate if o.better == "higher" else -d.ancova.estimate
        flat = next(b for b in d.beliefs if b.prior == "flat")
        assert (flat.better > 0.5) == (gain > 0)


def test_a_sceptic_believes_less_and_what_matters_needs_a_plan() -> None:
    d = only(whole(), "scs-26.total")
    flat, sceptical = d.beliefs
    assert abs(sceptical.mean) < abs(flat.mean)
    assert flat.important is None
    outcomes = loaded().protocol.analysis.outcomes
    main = [
        o.model_copy(update={"minimal_important_difference": ImportantDifference(value=0.2, why="ours")})
        for o in outcomes.main
    ]
    planned = found(with_plan(given(), outcomes=outcomes.model_copy(update={"main": main})))
    named = only(planned, "scs-26.total").beliefs[0]
    assert named.important is not None and named.important < named.better


def in_two_arms(later: list[float], first: list[float]) -> OutcomeData:
    arms = np.array(["control", "training"] * (len(later) // 2))
    scores = np.array([first, later]).T
    return OutcomeData(tuple(map(str, range(len(later)))), arms, scores)


FIRST = [1.0, 3, 2, 2, 4, 1, 3, 5, 2, 4, 5, 3]
LATER = [1.0, 3, 2, 4, 4, 2, 2, 4, 3, 3, 4, 4]


def odds(later: list[float]) -> Estimate:
    found = compare_by_every_method(in_two_arms(later, FIRST), "control", randomised=False, ordinal=True)
    ratio, p = found.odds_at("training", 1)
    assert ratio and p is not None
    return ratio


def test_the_odds_ratio_takes_nothing_but_the_order_of_the_later_scores() -> None:
    assert odds([10**x for x in LATER]) == odds(LATER)
    assert odds(LATER).value > 1
    reversed_ = odds([-x for x in LATER])
    assert reversed_.value == pytest.approx(1 / odds(LATER).value, rel=1e-6)


def test_where_the_arms_part_the_scores_without_a_fault_there_is_no_odds_ratio_and_the_reason_is_given() -> None:
    apart = [x + 10 * (k % 2) for k, x in enumerate(LATER)]
    found = compare_by_every_method(in_two_arms(apart, FIRST), "control", randomised=False, ordinal=True)
    assert found.odds_at("training", 1) == (None, None)
    assert "separation" in found.why_not["ordinal"]
    assert found.at("change", "training", 1) is not None


def test_odds_ratios_are_of_main_outcomes_only_adjusted_for_the_first_score_and_listed() -> None:
    results = analysed()
    assert results.recommended
    by_role: dict[str, list[Difference]] = {"main": [], "secondary": [], "if_reliable": []}
    for o in results.recommended.comparisons[0].outcomes:
        by_role[o.role] += o.differences
        assert "ordinal" not in o.why_not
    assert all(d.odds_ratio and d.odds_ratio.n == 47 for d in by_role["main"])
    assert not any(d.odds_ratio for role, ds in by_role.items() if role != "main" for d in ds)
    told = [t.p for t in results.tests if (t.test, t.purpose) == ("proportional odds", "sensitivity")]
    assert told == [d.odds_p for d in by_role["main"]]
    data = score_all(given()).outcome("scs-26.total", ("pre", "post"))
    first, last = np.vstack([data.in_arm("training"), data.in_arm("control")]).round(9).T
    expected = proportional_odds(last, ["training"] * 25 + ["control"] * 22, "control", first).odds_ratios[0]
    ratio = only(results.recommended, "scs-26.total").odds_ratio
    assert ratio and (ratio.value, ratio.low) == pytest.approx((expected.value, expected.low), rel=1e-6)


def test_joint_p_values_are_never_below_those_of_one_test() -> None:
    for o in whole().comparisons[0].outcomes:
        for d in o.differences:
            assert d.joint_p is not None and d.permutation is not None
            assert d.joint_p >= d.permutation.p - 0.02


def test_families_correct_the_adjusted_differences_of_their_own_outcomes() -> None:
    assert set(only(whole(), "ffmq-39.observing").adjusted) == {"all:holm", "all:benjamini-hochberg"}
    d = only(whole(), "scs-26.total")
    assert d.ancova and d.adjusted["main:holm"] >= d.ancova.p


def test_strata_of_one_arm_only_are_refused_and_say_so() -> None:
    data = given().data
    own = data.participants.with_columns(cohort=pl.when(pl.col("arm") == "control").then(pl.lit("controls"))
                                         .otherwise("cohort"))  # fmt: skip
    results = found(with_plan(given(participants=own), recommended={"strata": "cohort"}))
    o = outcome(results, "eq-40.total")
    assert o.differences[0].permutation is None
    assert "one group only" in o.why_not["permutation"]
    assert "one group only" in results.comparisons[0].joint.why_not


def test_a_plan_without_the_preset_finds_nothing_of_it() -> None:
    study = with_plan(given(), presets=["paper-2020"], recommended=None)
    assert analyse(study.loaded, study.data)[0].recommended is None


def test_every_test_of_the_results_is_listed() -> None:
    results = analysed()
    assert results.recommended
    listed = sorted(t.p for t in results.tests)
    for o in results.recommended.comparisons[0].outcomes:
        for d in o.differences:
            for contrast in (d.change, d.ancova, d.mixed_model, d.robust, d.permutation):
                assert contrast and contrast.p in listed
    for o in results.comparisons[0].outcomes:
        if o.time_by_group:
            assert {o.time_by_group.p, o.group.p if o.group else 0, o.time.p if o.time else 0} <= set(listed)


def test_the_same_seed_gives_the_same_results() -> None:
    assert found(given()) == whole()
