"""Ends of scales, drift of items and one source for all answers, as the study has them."""

import numpy as np
import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.recommended.floor_and_ceiling import floor_and_ceiling
from pilotage.analysis.recommended.supplementary_results import FloorAndCeiling
from pilotage.analysis.scores import score_all
from tests.analysis.study import given, given_without, people, rehearsed


def found(study: AnalysisInput) -> FloorAndCeiling:
    return floor_and_ceiling(study, score_all(study), study.protocol.analysis.comparisons[0])


def calm(persons: list[str]) -> AnalysisInput:
    """The study had these people been without any stress before the training."""
    turned = [str(n) for n in rehearsed_pss().reverse]
    mine = pl.col("participant").is_in(persons) & (pl.col("instrument") == "pss-10") & (pl.col("assessment") == "pre")
    none = pl.when(pl.col("item").is_in(turned)).then(pl.lit("4")).otherwise(pl.lit("0"))
    return given(responses=rehearsed().responses.with_columns(value=pl.when(mine).then(none).otherwise("value")))


def rehearsed_pss():
    return given().loaded.instruments["pss-10"]


def test_every_outcome_is_judged_in_every_arm_and_assessment() -> None:
    ends = found(given()).ends
    assert len(ends) == 19 * 2 * 2
    assert {row.range for row in ends if row.scale == "scs-26.total"} == {(1.0, 5.0)}
    assert {row.range for row in ends if row.scale == "eq-40.total"} == {(0.0, 80.0)}


def test_from_fifteen_percent_at_an_end_on_it_is_flagged_and_the_rule_named() -> None:
    few, enough = people("training")[:3], people("training")[:4]
    for persons, flagged in ((few, False), (enough, True)):
        row = next(
            r
            for r in found(calm(persons)).ends
            if (r.scale, r.arm, r.assessment) == ("pss-10.total", "training", "pre")
        )
        assert row.at_minimum is not None
        assert row.at_minimum.value == len(persons) / 25
        assert (row.floor, row.ceiling) == (flagged, False)
        assert "Terwee" in row.rule


def test_headroom_for_stress_is_the_distance_to_none() -> None:
    study = given()
    values = score_all(study).outcome("pss-10.total", ("pre",)).in_arm("control")[:, 0]
    row = next(r for r in found(study).ends if (r.scale, r.arm, r.assessment) == ("pss-10.total", "control", "pre"))
    assert row.headroom is not None
    assert abs(row.headroom - np.mean(values) / np.std(values, ddof=1)) < 1e-12


def test_every_item_of_a_main_outcome_is_shown_by_its_number_in_each_arm() -> None:
    items = [row for row in found(given()).items if row.scale == "pss-10.total" and row.arm == "training"]
    assert sorted(row.item for row in items) == list(range(1, 11))
    assert {row.n for row in items} == {25}
    sizes = [abs(row.change.value) for row in items if row.change]
    assert sizes == sorted(sizes, reverse=True)


def test_47_people_are_too_few_for_a_common_factor_and_for_invariance_and_it_says_so() -> None:
    common = found(given()).common_method
    assert common is not None
    assert (common.share, common.n, common.items) == (None, 47, 145)
    assert "needs at least 725 people" in common.share_why_not
    assert "at least 150 people, and there are 47" in common.invariance_why_not
    assert common.mean_change_correlation is not None
    assert -1 < common.mean_change_correlation.value < 1
    assert common.outcomes == 6


def test_without_answers_nothing_is_said_of_a_common_source() -> None:
    empty = found(given_without("responses", "administrations"))
    assert empty.common_method is None
    assert empty.items == ()
    assert all(row.why_not for row in empty.ends)
