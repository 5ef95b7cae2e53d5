"""What an instrument answers about itself: ranges, reversed items, points, and blanks that a rule allows."""

import pytest

from pilotage.instruments.catalogue import load
from pilotage.instruments.definition import MissingRule, Scale


@pytest.mark.parametrize(
    ("items", "most"), [(1, 0), (2, 0), (4, 0), (5, 1), (8, 1), (9, 1), (10, 2), (15, 3), (35, 7), (39, 7), (60, 12)]
)
def test_a_fifth_may_be_blank(items: int, most: int) -> None:
    assert MissingRule(rule="prorate", at_most=0.2).most_blanks(items) == most


def test_complete_lets_nothing_be_blank() -> None:
    assert MissingRule(rule="complete").most_blanks(40) == 0


@pytest.mark.parametrize(
    ("name", "scale", "ends"),
    [
        ("ffmq-39", "nonreactivity", (7, 35)),
        ("scs-26", "total_sum_of_subscales", (6, 30)),
        ("proqol-5", "compassion_fatigue", (20, 100)),
        ("who-5", "index", (0, 100)),
        ("eq-60", "total", (0, 80)),
    ],
)
def test_the_range_of_a_scale_follows_from_its_items(name: str, scale: str, ends: tuple[int, int]) -> None:
    instrument = load(name)
    assert instrument.range_of(instrument.scale(scale)) == ends


def test_a_scale_times_less_than_nothing_still_has_its_low_end_first() -> None:
    who = load("who-5")
    assert who.range_of(Scale(id="ill_being", items="all", times=-1)) == (-25, 0)


def test_subscales_of_self_compassion_are_not_reversed_and_the_total_is() -> None:
    scs = load("scs-26")
    assert scs.reversed_in(scs.scale("self_judgment")) == ()
    assert scs.reversed_in(scs.scale("total")) == tuple(scs.reverse)


def test_a_composite_is_reversed_where_its_parts_are() -> None:
    proqol = load("proqol-5")
    assert proqol.reversed_in(proqol.scale("compassion_fatigue")) == (1, 4, 15, 17, 29)


def test_a_switch_changes_one_items_points() -> None:
    eq = load("eq-40")
    agreed, disagreed = eq.keying(), eq.keying({"item-23": "disagree"})
    assert (agreed[23], disagreed[23]) == ("agree", "disagree")
    assert {n for n in agreed if agreed[n] != disagreed[n]} == {23}


def test_fillers_are_not_among_all_items() -> None:
    eq = load("eq-60")
    assert len(eq.items_of(eq.scale("total"))) == 40


def test_an_unknown_scale_is_the_callers_mistake() -> None:
    with pytest.raises(ValueError, match="ffmq-39 has no scale 'observe'; it has observing, describing"):
        load("ffmq-39").scale("observe")
