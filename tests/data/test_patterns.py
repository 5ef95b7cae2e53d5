"""Which column holds which item: what patterns find, and what they say when they do not."""

import pytest

from pilotage.data.patterns import columns_of_items
from pilotage.problems import ProblemsFound


def said(pattern, columns, n_items):
    with pytest.raises(ProblemsFound) as found:
        columns_of_items(pattern, columns, n_items)
    return found.value.problems


@pytest.mark.parametrize(
    ("pattern", "columns"),
    [
        ("ffmq_{n}", ["ffmq_1", "ffmq_2", "ffmq_3"]),
        ("S{n:02}", ["S01", "S02", "S03"]),
        ("S{n:3}_pre", ["S001_pre", "S002_pre", "S003_pre"]),
        ("p2a, p2b, p2c", ["p2a", "p2b", "p2c"]),
        (["p2a", "with, comma", "p2c"], ["p2a", "with, comma", "p2c"]),
        (r"/^Q(\d+)R?$/", ["Q1", "Q2R", "Q03"]),
    ],
)
def test_a_pattern_finds_each_items_column_in_item_order(pattern, columns):
    found = columns_of_items(pattern, ["id", *reversed(columns)], 3)
    assert list(found.items()) == list(enumerate(columns, 1))


def test_an_absent_column_is_named_with_its_near_miss():
    (problem,) = said("stress_{n}", ["stress_1", "stres_2"], 2)
    assert problem.code == "ITEMS-002"
    assert "no column 'stress_2' for item 2. Did you mean 'stres_2'?" in problem.message


@pytest.mark.parametrize(
    ("meant", "columns"),
    [
        ("q_{n:02}", [f"q_{n:02}" for n in range(1, 13)]),
        ("Q_{n}", [f"Q_{n}" for n in range(1, 13)]),
        ("q.{n}", [f"q.{n}" for n in range(1, 13)]),
    ],
)
def test_many_absent_columns_are_one_problem_that_suggests_the_pattern_meant(meant, columns):
    (problem,) = said("q_{n}", columns, 12)
    assert f"Did you mean '{meant}'?" in problem.message


def test_many_absent_columns_without_a_likely_pattern_are_counted():
    (problem,) = said("q{n}", ["id", "age"], 12)
    assert problem.message.startswith("12 items have no column: 'q1', 'q2', 'q3', 'q4', 'q5' and 7 more.")
    assert "2 columns: id, age" in problem.remedy


def test_an_item_with_two_columns_is_refused_for_each_item():
    problems = said(r"/^Q(\d+)R?$/", ["Q1", "Q1R", "Q2", "Q2R"], 2)
    assert [p.code for p in problems] == ["ITEMS-003", "ITEMS-003"]
    assert problems[0].message == "Item 1 has 2 columns: 'Q1' and 'Q1R'."


def test_an_expression_that_finds_an_item_beyond_the_form_is_refused():
    (problem,) = said(r"/^Q(\d+)$/", ["Q1", "Q2", "Q3"], 2)
    assert problem.message == "The column 'Q3' would be item 3, but the form has items 1 to 2."


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("/^Q(\\d+$/", "not a regular expression"),
        ("/^Q\\d+$/", "no group in brackets"),
        ("/^(Q)\\d+$/", "which is not a number"),
        ("q_{number}", "does not say where"),
        ("", "does not say where"),
        ("a,b", "names 2 columns; the form has 3 items"),
        ("a,b,a", "names the column 'a' more than once"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why(pattern, words):
    (problem,) = said(pattern, ["Q1", "Q2", "Q3"], 3)
    assert problem.code == "ITEMS-001"
    assert words in problem.message


def test_a_filler_without_a_column_is_left_out():
    assert columns_of_items("q{n}", ["q1", "q3"], 3, optional={2}) == {1: "q1", 3: "q3"}
