"""Missing occasions: who and why, what is estimated, and how far the missing would have to differ."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.missing import NOBODY, missing
from pilotage.analysis.recommended.supplementary_results import MissingData
from pilotage.analysis.scores import score_all
from pilotage.stats.ttests import student_t
from tests.analysis.study import given, loaded, people, rehearsed


def found(study: AnalysisInput) -> MissingData:
    return missing(study, score_all(study), study.protocol.analysis.comparisons[0])


def without(assessment: str, *persons: str) -> AnalysisInput:
    data = rehearsed()
    gone = (pl.col("assessment") == assessment) & pl.col("participant").is_in(list(persons))
    return given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))


def left(study: AnalysisInput, person: str, why: str) -> AnalysisInput:
    flow = study.data.flow.with_columns(
        study_left_on=pl.when(pl.col("participant") == person).then(pl.date(2018, 1, 1)).otherwise("study_left_on"),
        study_left_why=pl.when(pl.col("participant") == person).then(pl.lit(why)).otherwise("study_left_why"),
    )
    return AnalysisInput(loaded(), replace(study.data, flow=flow))


THREE = ("training", 0), ("training", 4), ("control", 2)


def with_three_missing() -> AnalysisInput:
    gone = [people(arm)[k] for arm, k in THREE]
    return left(without("post", *gone), gone[0], "moved away")


def test_in_a_complete_study_nobody_is_lost_and_no_shift_is_made() -> None:
    result = found(given())
    assert all(row.assessed == row.people and row.reasons == {} for row in result.lost)
    assert {point.why_not for point in result.tipping_points} == {NOBODY}
    assert all(row.lost.n == 0 and row.difference is None for row in result.baseline)


def test_who_is_missing_is_counted_by_arm_occasion_and_reason() -> None:
    rows = {(row.arm, row.assessment): row for row in found(with_three_missing()).lost}
    training = rows["training", "post"]
    assert (training.people, training.assessed) == (25, 23)
    assert training.reasons == {"left the study: moved away": 1, "no answers, and no reason recorded": 1}
    assert rows["training", "pre"].reasons == {}
    assert rows["control", "post"].reasons == {"no answers, and no reason recorded": 1}


def test_the_lost_are_described_beside_the_retained_by_their_first_scores() -> None:
    study = with_three_missing()
    row = next(r for r in found(study).baseline if (r.scale, r.arm) == ("scs-26.total", "training"))
    first = score_all(study).outcome("scs-26.total", ("pre",)).complete
    lost = [float(first.scores[first.people.index(people("training")[k]), 0]) for k in (0, 4)]
    assert (row.retained.n, row.lost.n, row.lost.mean) == (23, 2, pytest.approx(np.mean(lost)))
    kept = row.retained.mean
    assert kept is not None
    assert row.difference == pytest.approx((np.mean(lost) - kept) / np.std(first.scores[:, 0], ddof=1))


def test_the_tipping_point_imputes_who_is_missing_and_shifts_the_arm() -> None:
    point = next(p for p in found(with_three_missing()).tipping_points if p.scale == "scs-26.total")
    assert (point.arm, point.reference, point.imputed) == ("training", "control", {"training": 2, "control": 1})
    assert (point.people, point.left_out, point.seed) == ({"training": 25, "control": 22}, 0, 2020)
    at = {round(s.delta_sd, 6): s for s in point.shifts}
    assert min(at) == -2
    assert max(at) == 2
    assert point.sd is not None
    moved = at[1.0].difference.value - at[0.0].difference.value
    assert moved == pytest.approx(point.sd * 2 / 25)
    low, high = at[0.0].difference.low, at[0.0].difference.high
    assert low is not None
    assert high is not None
    assert low < moved * 0 + at[0.0].difference.value < high


def test_somebody_without_a_first_score_is_left_out_of_the_imputation_and_counted() -> None:
    data = with_three_missing().data
    person = people("control")[9]
    gone = (pl.col("assessment") == "pre") & (pl.col("participant") == person)
    study = given(administrations=data.administrations.filter(~gone), responses=data.responses.filter(~gone))
    point = next(p for p in found(study).tipping_points if p.scale == "scs-26.total")
    assert (point.people["control"], point.left_out) == (21, 1)


def test_too_few_to_learn_from_is_a_reason_and_not_an_error() -> None:
    study = without("post", *people("training")[:20])
    points = found(study).tipping_points
    assert all("can be learnt from 5 people only; at least 7 are needed" in p.why_not for p in points)
    assert all(p.shifts == () for p in points)


def test_the_estimand_says_what_it_cannot_be_read_as_without_chance_and_does_not_with_it() -> None:
    said = found(given()).estimand
    assert said.said == loaded().protocol.analysis.recommended.estimand  # type: ignore[union-attr]
    assert "Chance did not decide" in said.caution
    assert "“Before the training” to “After the training”" in said.variable
    protocol = loaded().protocol
    chance = protocol.model_copy(update={"study": protocol.study.model_copy(update={"randomised": True})})
    assert "Chance decided" in found(AnalysisInput(replace(loaded(), protocol=chance), rehearsed())).estimand.caution


def test_without_a_shift_the_imputed_difference_lies_near_the_complete_one() -> None:
    study = with_three_missing()
    data = score_all(study).outcome("scs-26.total", ("pre", "post")).complete
    change = {arm: data.in_arm(arm)[:, 1] - data.in_arm(arm)[:, 0] for arm in study.arms}
    complete = student_t(change["training"], change["control"]).difference
    point = next(p for p in found(study).tipping_points if p.scale == "scs-26.total")
    plain = next(s for s in point.shifts if s.delta == 0)
    assert complete.low is not None
    assert complete.high is not None
    assert abs(plain.difference.value - complete.value) < (complete.high - complete.low) / 4
