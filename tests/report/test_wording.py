"""Numbers become words in one place: half up, without a nought where a journal prints none."""

import pytest

from pilotage.report.model.values import (
    Estimated,
    Interval,
    LightCell,
    MeanSd,
    NotCollected,
    NumberKind,
    Quantity,
    ShareOf,
    Suppressed,
)
from pilotage.report.model.wording import number, say
from pilotage.vocabulary import Light


@pytest.mark.parametrize(
    ("value", "kind", "words"),
    [
        (2.675, "score", "2.68"),
        (2.665, "score", "2.67"),
        (-2.675, "score", "−2.68"),
        (8.25, "grade", "8.3"),
        (0.5785, "share", "57.9 %"),
        (0.3125, "share", "31.3 %"),
        (0.1195, "eta", ".120"),
    ],
)
def test_a_half_rounds_away_from_nought(value: float, kind: NumberKind, words: str) -> None:
    assert number(value, kind) == words


def test_what_is_bounded_by_one_has_no_nought_before_the_point() -> None:
    assert number(0.119, "eta") == ".119"
    assert number(-0.5, "coefficient") == "−.50"
    assert number(1.0, "coefficient") == "1.00"
    assert number(0.5, "score") == "0.50"


def test_a_negative_number_has_a_true_minus_sign_and_nought_has_none() -> None:
    assert number(-0.25, "score") == "−0.25"
    assert number(-0.001, "score") == "0.00"


def test_degrees_of_freedom_are_whole_where_they_are() -> None:
    assert number(45.0, "df") == "45"
    assert number(38.517, "df") == "38.52"


def test_what_is_missing_is_a_dash_and_never_nought() -> None:
    assert number(None, "score") == "–"
    assert number(float("nan"), "p") == "–"
    assert number(float("inf"), "statistic") == "∞"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        (None, ""),
        ("as written", "as written"),
        (Quantity(47, "count"), "47"),
        (MeanSd(3.2149, 0.605), "3.21 (0.61)"),
        (MeanSd(3.2149, None), "3.21 (–)"),
        (ShareOf(20, 24), "20/24 (83.3 %)"),
        (ShareOf(0, 0), "0/0"),
        (Interval(0.626, 0.9526, "share"), "[62.6 %, 95.3 %]"),
        (Interval(None, None, "share"), ""),
        (Estimated(0.119, 0.0112, 0.2668, "eta"), ".119 [.011, .267]"),
        (Estimated(0.119, None, None, "eta"), ".119"),
        (LightCell(Light.AMBER), "▲ amber"),
        (LightCell(Light.NONE), "○ no light"),
        (NotCollected(), "not collected"),
        (NotCollected("no form"), "not collected: no form"),
        (Suppressed(5), "withheld"),
    ],
)
def test_every_cell_has_its_words(cell: object, words: str) -> None:
    assert say(cell) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.9999, "> .99"), (0.004, "< .01"), (0.93, ".93"), (0.005, "< .01"), (0.994, ".99"), (1.0, "1.00")],
)
def test_a_probability_is_not_said_to_be_certain_unless_it_is(value: float, words: str) -> None:
    assert number(value, "probability") == words
