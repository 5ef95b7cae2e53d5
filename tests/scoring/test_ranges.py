"""Answers that are no response codes are refused before anything is reversed, with the place and the likely reason."""

import numpy as np
import pytest

from pilotage.instruments.catalogue import load
from pilotage.problems import ProblemsFound
from pilotage.scoring.ranges import Places, out_of_range
from pilotage.scoring.score import score

PSS = load("pss-10")


def answers(people=30, low=0, high=4):
    return np.random.default_rng(7).integers(low, high + 1, (people, 10)).astype(float)


def refused(instrument, given, **more):
    with pytest.raises(ProblemsFound) as found:
        score(instrument, given, **more)
    return found.value.problems


def test_sound_answers_have_no_problems():
    assert out_of_range(PSS, answers()) == []


def test_a_file_coded_one_to_five_is_refused_with_that_reason_and_never_shifted():
    problems = refused(PSS, answers(low=1, high=5))
    assert problems[0].remedy.startswith("All answers lie between 1 and 5: the file seems coded 1-5, where 0-4 is")


def test_a_file_coded_from_zero_where_one_is_declared_is_refused_with_that_reason():
    problems = refused(load("ffmq-15"), np.tile([0.0, 1, 2, 3, 4], (4, 3)))
    assert "the file seems coded 0-4, where 1-5 is declared" in problems[0].remedy


def test_each_answer_out_of_range_is_named_by_item_row_person_and_value():
    given = answers(3)
    given[1, 6] = 44
    places = Places("people.csv", rows=[2, 4, 5], people=["a", "b", "c"], columns={7: "S7"})
    (problem,) = refused(PSS, given, places=places)
    assert problem.message == "Row 4, person 'b', item 7 (column 'S7'): the answer is 44; pss-10 has 0 to 4."
    assert problem.remedy == "Perhaps a key was struck twice. Correct the cell or leave it empty."
    assert (problem.file, problem.line, problem.path) == ("people.csv", 4, "S7")


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (2.5, "whole numbers"),
        (-99, "say --blank -99"),
        (9, "say --blank 9"),
        (7, "Correct the cell"),
        (np.inf, "whole numbers"),
        (1e300, "Correct"),
    ],
)
def test_the_likely_reason_goes_by_the_value(value, words):
    given = answers(3)
    given[0, 0] = value
    (problem,) = refused(PSS, given)
    assert words in problem.remedy


def test_the_first_twenty_are_listed_and_the_rest_counted():
    given = answers(30)
    given[:, 2:4] = 7
    problems = refused(PSS, given)
    assert len(problems) == 21
    assert problems[-1].message == "... and 40 more answers out of range, 30 rows in all."


@pytest.mark.parametrize("kind", [np.int8, np.int16, np.int64, np.uint8, np.float32])
@pytest.mark.parametrize("value", [5, 127])
def test_every_kind_of_number_is_checked(kind, value):
    given = answers(5000).astype(kind)
    given[4999, 9] = value
    (problem,) = refused(PSS, given)
    assert problem.message.startswith("Row 5000, item 10: the answer is")


@pytest.mark.parametrize("kind", [np.int8, np.int64, float])
@pytest.mark.parametrize("value", [-1, -128])
def test_what_is_below_the_lowest_code_does_not_wrap_round(kind, value):
    given = answers(10).astype(kind)
    given[3, 3] = value
    assert len(refused(PSS, given)) == 1
    assert len(refused(PSS, given, blank=-99)) == 1


def test_a_large_integer_that_would_wrap_into_the_range_is_refused():
    given = answers(10).astype(np.int64)
    given[3, 3] = 257
    assert len(refused(PSS, given)) == 1


def test_a_zero_among_blanks_is_not_taken_for_one():
    given = np.full((4, 15), 3.0)
    given[0, 0], given[1, 1] = np.nan, 0
    (problem,) = refused(load("ffmq-15"), given)
    assert problem.message == "Row 2, item 2: the answer is 0; ffmq-15 has 1 to 5."
