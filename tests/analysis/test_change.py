"""Change between arms: everyone left out is named, and what cannot be compared says why."""

from dataclasses import replace

import polars as pl
import pytest

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.change import comparisons
from pilotage.analysis.reliability import decisions, reliability
from pilotage.analysis.results import OutcomeResult, ReliabilityDecision
from pilotage.analysis.scores import score_all
from tests.analysis.study import given, loaded, people, rehearsed


def outcomes(study: AnalysisInput, dropped: tuple[ReliabilityDecision, ...] = ()) -> dict[str, OutcomeResult]:
    return {o.scale: o for o in comparisons(study, score_all(study), dropped, seed=1)[0].outcomes}


def without_post(*persons: str) -> AnalysisInput:
    data = rehearsed()
    gone = (pl.col("assessment") == "post") & pl.col("participant").is_in(list(persons))
    return given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))


def test_everybody_with_both_assessments_is_analysed() -> None:
    found = outcomes(given())["scs-26.total"]
    assert (found.n_analysed, found.excluded) == (47, ())
    assert [(a.arm, a.n) for a in found.arms] == [("training", 25), ("control", 22)]


def test_somebody_without_the_second_assessment_is_named_with_the_reason() -> None:
    person = people("training")[3]
    found = outcomes(without_post(person))["pss-10.total"]
    assert found.n_analysed == 46
    assert [(e.participant, e.reason) for e in found.excluded] == [(person, "no answers at After the training")]


def test_somebody_who_left_the_study_is_said_to_have_left() -> None:
    person = people("control")[0]
    data = rehearsed()
    left = data.flow.with_columns(
        study_left_on=pl.when(pl.col("participant") == person).then(pl.date(2018, 1, 1)).otherwise("study_left_on")
    )
    study = without_post(person)
    found = outcomes(AnalysisInput(loaded(), replace(study.data, flow=left)))["pss-10.total"]
    assert [e.reason for e in found.excluded] == ["left the study; no answers at After the training"]


def test_too_many_blanks_leave_a_person_out_of_that_scale_only() -> None:
    person = people("training")[0]
    blank = (
        (pl.col("participant") == person)
        & (pl.col("assessment") == "pre")
        & (pl.col("instrument") == "pss-10")
        & pl.col("item").is_in(["1", "2", "3"])
    )
    data = rehearsed().responses.with_columns(value=pl.when(blank).then(None).otherwise("value"))
    found = outcomes(given(responses=data))
    assert [e.reason for e in found["pss-10.total"].excluded] == ["too many items blank at Before the training"]
    assert found["ffmq-39.total"].excluded == ()


def test_the_interaction_is_the_t_test_of_change() -> None:
    from pilotage.stats.ttests import student_t

    study = given()
    data = score_all(study).outcome("eq-40.total", ["pre", "post"]).complete
    change = data.scores[:, 1] - data.scores[:, 0]
    arms = [study.arm_of[p] == "training" for p in data.people]
    t = student_t(change[arms], change[[not a for a in arms]]).t
    effect = outcomes(study)["eq-40.total"].time_by_group
    assert effect is not None
    assert effect.f == pytest.approx(t * t, rel=1e-12)


def test_a_scale_below_the_rule_is_not_compared_and_says_so() -> None:
    dropped = ReliabilityDecision("proqol-5.burnout", 0.57, 0.70, False)
    found = outcomes(given(), (dropped,))["proqol-5.burnout"]
    assert found.time_by_group is None
    assert found.why_not == "not compared: its alpha is below 0.7, by the rule fixed beforehand"


def test_the_rule_for_reliability_decides_by_the_assessment_it_names() -> None:
    study = given()
    found = reliability(study, score_all(study))
    at_pre = {r.scale: r.alpha.value for r in found if r.assessment == "pre" and r.alpha}
    for decision in decisions(study, found):
        assert decision.alpha == at_pre[decision.scale]
        assert decision.compared == (at_pre[decision.scale] >= 0.70)


def test_one_person_in_an_arm_cannot_be_compared_and_the_report_goes_on() -> None:
    found = outcomes(without_post(*people("control")[1:]))["scs-26.total"]
    assert found.time_by_group is None
    assert found.why_not.startswith("not compared: ")


def test_two_people_in_an_arm_are_compared_even_where_no_bootstrap_interval_can_be_had() -> None:
    left = outcomes(without_post(*people("training")[2:], *people("control")[2:]))
    for found in left.values():
        assert found.n_analysed == 4
        assert found.time_by_group is not None
        assert found.d_ppc2 is None or found.d_ppc2.low is not None


def test_lower_stress_favours_the_arm_whose_stress_fell_more() -> None:
    found = outcomes(given())["pss-10.total"]
    falls = {arm.arm: -arm.change.value for arm in found.arms}
    assert found.favours == max(falls, key=lambda arm: falls[arm])


def test_adjusted_p_values_are_of_their_family_only() -> None:
    found = outcomes(given())
    assert set(found["scs-26.total"].adjusted) == {
        "main:holm", "main:benjamini-hochberg", "all:holm", "all:benjamini-hochberg",
    }  # fmt: skip
    assert set(found["ffmq-39.observing"].adjusted) == {"all:holm", "all:benjamini-hochberg"}
    effect = found["scs-26.total"].time_by_group
    assert effect is not None
    assert found["scs-26.total"].adjusted["main:holm"] >= effect.p
