"""A printed number is every value that rounds to it, by either way of rounding halves."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.consistency.printed import printed
from tests.consistency.rows import ROUNDINGS, as_printed


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=4000), st.integers(0, 4))
def test_a_number_is_among_those_its_rounding_stands_for(value, digits):
    decimal_places = Fraction(round(value * 10**8), 10**8)
    for rounding in ROUNDINGS:
        assert decimal_places in printed(as_printed(float(decimal_places), digits, rounding))


def test_half_way_values_belong_to_both_neighbours():
    assert Fraction("0.125") in printed("0.12")
    assert Fraction("0.125") in printed("0.13")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [(".119", "0.1185", "0.1195"), ("0.70", "0.695", "0.705"), ("0.7", "0.65", "0.75"), ("−2.1", "-2.15", "-2.05")],
)
def test_the_decimals_printed_say_how_much_is_known(text, low, high):
    assert (printed(text).low, printed(text).high) == (Fraction(low), Fraction(high))


def test_a_bound_is_open_at_one_end():
    assert printed("< .001").ends == (float("-inf"), 0.001)
    assert printed(">.99").ends == (0.99, float("inf"))


@pytest.mark.parametrize("text", ["", "ns", "1,5", "1e5", "nan", "٣", ".", "0." + "1" * 60])
def test_what_is_no_number_is_refused_by_name(text):
    with pytest.raises(ValueError, match="is not a number as a paper prints it"):
        printed(text)
