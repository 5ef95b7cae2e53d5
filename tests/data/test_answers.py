"""Answers as arrays and columns: who was asked, in which order, and blanks that stay blanks."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from pilotage.data.answers import answers, derived, first_assessment_with, item_values
from pilotage.data.study_data import StudyData
from tests.data.small_study import rows, small_study

ASKED = """
participant assessment instrument number
P2          pre        calm-3     1
P1          pre        calm-3     1
P3          pre        calm-3     1
P1          post       calm-3     1
P1          pre        about-you  1
P2          pre        about-you  1
P1          evaluation evaluation 1
P2          evaluation evaluation 1
"""
GIVEN = """
participant assessment instrument number item       value
P1          pre        calm-3     1      3          4
P1          pre        calm-3     1      1          0
P1          pre        calm-3     1      2          1
P2          pre        calm-3     1      1          2
P2          pre        calm-3     1      2          -
P1          post       calm-3     1      1          3
P1          pre        about-you  1      age        41.5
P1          pre        about-you  1      trained-on 2026-02-01
P1          evaluation evaluation 1      grade      8
P1          evaluation evaluation 1      sitting    90
P1          evaluation evaluation 1      walking    30.5
P2          evaluation evaluation 1      sitting    60
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return small_study(tmp_path_factory.mktemp("study"))


@pytest.fixture(scope="module")
def data():
    given, asked = pl.DataFrame(rows(GIVEN)), pl.DataFrame(rows(ASKED))
    comments = given.head(1).drop("value").with_columns(
        assessment=pl.lit("evaluation"), instrument=pl.lit("evaluation"), item=pl.lit("missed"), text=pl.lit("Tea.")
    )  # fmt: skip
    return StudyData.from_tables({"administrations": asked, "responses": given, "comments": comments})


def test_answers_are_by_person_and_item_and_nan_where_blank(data, study):
    people, array = answers(data, study.instruments["calm-3"], "pre")
    assert people == ["P1", "P2", "P3"]
    nan = np.nan
    np.testing.assert_array_equal(array, [[0, 1, 4], [2, nan, nan], [nan, nan, nan]])


def test_an_occasion_nobody_came_to_has_no_rows(data, study):
    people, array = answers(data, study.instruments["calm-3"], "evaluation")
    assert people == []
    assert array.shape == (0, 3)


@pytest.mark.parametrize(
    ("name", "assessment", "values"),
    [
        ("about-you.age", "pre", [41.5, None]),
        ("about-you.trained-on", "pre", [date(2026, 2, 1), None]),
        ("evaluation.grade", "evaluation", [8, None]),
        ("evaluation.missed", "evaluation", ["Tea.", None]),
    ],
)
def test_a_forms_item_is_typed_by_its_kind_and_null_where_blank(data, study, name, assessment, values):
    form, _, item = name.partition(".")
    frame = item_values(data, study.protocol.form(form), item, assessment)
    assert frame["participant"].to_list() == ["P1", "P2"]
    assert frame["value"].to_list() == values


def test_an_item_the_form_does_not_have_is_the_callers_mistake(data, study):
    with pytest.raises(ValueError, match="no item 'weight'"):
        item_values(data, study.protocol.form("about-you"), "weight", "pre")


def test_a_derived_sum_with_a_blank_part_is_blank(data, study):
    frame = derived(data, study.protocol, "practice", "evaluation")
    assert frame.rows() == [("P1", 1, 120.5), ("P2", 1, None)]


def test_the_first_assessment_that_asks_a_form_may_differ_by_arm(study):
    assert first_assessment_with(study.protocol, "about-you") == "pre"
    assert first_assessment_with(study.protocol, "evaluation", arm="control") is None
