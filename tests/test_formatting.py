"""Numbers, counts and lists are written in one place: half up, and plural by their number."""

import doctest

import pytest

from pilotage import formatting
from pilotage.formatting import counted, listed, p_phrase, per_cent, plural, probability, ranged, rounded, shortest


def test_every_example_of_the_module_prints_what_it_says() -> None:
    results = doctest.testmod(formatting)
    assert results.attempted > 12
    assert results.failed == 0


def test_counts_and_lists_follow_their_number() -> None:
    assert [counted(n, "person", "people") for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
    assert counted(2, "session") == "2 sessions"
    assert counted(1200, "row", thousands=True) == "1,200 rows"
    assert counted(1200, "row") == "1200 rows"
    assert [listed(words) for words in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == ["", "a", "a and b", "a, b and c"]


def test_a_verb_follows_its_count() -> None:
    assert [plural(n, "was", "were") for n in (0, 1, 2)] == ["were", "was", "were"]


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0.0176, "p = .018"),
        (0.001, "p = .001"),
        (0.00099, "p < .001"),
        (0.9996, "p > .999"),
        (1.0, "p = 1.000"),
        (0.0495, "p = .050"),
    ],
)
def test_p_values_keep_three_digits_and_never_reach_zero_or_one(value: float, words: str) -> None:
    assert p_phrase(value) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.9999, "> .99"), (0.004, "< .01"), (0.93, ".93"), (0.005, "< .01"), (0.994, ".99"), (1.0, "1.00")],
)
def test_a_probability_is_not_said_to_be_certain_unless_it_is(value: float, words: str) -> None:
    assert probability(value, 2) == words


def test_a_share_is_multiplied_in_decimals_before_it_is_rounded() -> None:
    assert per_cent(0.0285) == "2.9 %"  # 100 × 0.0285 in binary lies below the half
    assert per_cent(0.5785) == "57.9 %"


def test_a_negative_number_that_rounds_to_zero_has_no_sign() -> None:
    assert rounded(-0.001, 2) == "0.00"


def test_ticks_have_as_many_digits_as_they_need() -> None:
    assert [shortest(value) for value in (0.0, 2.5, -10.0, 100.0)] == ["0", "2.5", "−10", "100"]


def test_the_ends_of_a_range_are_said_once_where_they_are_the_same() -> None:
    assert [ranged(2, 2), ranged(2, 5)] == ["2", "2 to 5"]
