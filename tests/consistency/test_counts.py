"""Percentages, counts and denominators: what they stand for, and what cannot be."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pilotage.consistency.checks.breakdowns import possible_counts
from pilotage.consistency.printed import printed
from tests.consistency.rows import ROUNDINGS, as_printed, findings, only


@given(st.lists(st.integers(0, 40), min_size=2, max_size=5).filter(sum), st.integers(0, 2), st.sampled_from(ROUNDINGS))
def test_percentages_of_real_counts_are_consistent_and_the_counts_are_among_those_found(counts, digits, rounding):
    n = sum(counts)
    names = [f"answer {i}" for i in range(len(counts))]
    shares = {name: as_printed(100 * c / n, digits, rounding) for name, c in zip(names, counts, strict=True)}
    found = findings(breakdowns=[{"n": n, "percentages": shares}])
    assert [f.sentence for f in found if f.verdict == "inconsistent"] == []
    possible = only(found, "breakdown.percentages").numbers["counts"]
    assert all(possible[name][0] <= count <= possible[name][1] for name, count in zip(names, counts, strict=True))


def test_percentages_that_no_counts_give_are_said():
    found = findings(breakdowns=[{"n": 24, "percentages": {"a": "86", "b": "14"}}])
    finding = only(found, "breakdown.percentages")
    assert (finding.verdict, finding.sentence) == (
        "inconsistent", "No counts that sum to 24 give 86 % and 14 %. 86 % and 14 % fit no count of 24 at all.",
    )  # fmt: skip


def test_shares_that_each_fit_but_do_not_add_up_are_inconsistent():
    found = findings(breakdowns=[{"n": 24, "percentages": {"a": "50", "b": "25"}}])
    assert only(found, "breakdown.percentages").verdict == "inconsistent"
    assert only(found, "breakdown.sum").sentence == "50 + 25 = 75 and not 100, more than rounding explains."


def test_counts_that_do_not_add_up_are_inconsistent():
    found = findings(breakdowns=[{"n": 22, "counts": {"a": "17", "b": "4"}}])
    assert only(found, "breakdown.counts").sentence == "17 + 4 = 21, but n = 22."


def test_more_answers_than_people_asked_are_inconsistent():
    found = findings(breakdowns=[{"n": 26, "asked": 25, "counts": {"a": "20", "b": "6"}}])
    assert only(found, "breakdown.asked").verdict == "inconsistent"


def test_a_wrong_percentage_names_the_denominators_that_would_fit():
    found = findings(proportions=[{"count": 4, "of": 46, "percent": "8.5", "of_between": [40, 54]}])
    finding = only(found, "proportion.percent")
    assert (finding.verdict, finding.numbers["fitting"]) == ("inconsistent", [47])


def test_none_of_n_has_a_one_sided_bound():
    found = findings(proportions=[{"count": 0, "of": 25}])
    assert only(found, "proportion.interval").numbers["one_sided_high"] == pytest.approx(0.1129, abs=5e-5)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=4).filter(sum), st.integers(0, 1))
def test_the_counts_found_are_exactly_those_that_can_be(counts, digits):
    n = sum(counts)
    printed_shares = [printed(as_printed(100 * c / n, digits)) for c in counts]
    shares = {str(i): share for i, share in enumerate(printed_shares)}
    sets = [c for c in product(range(n + 1), repeat=len(counts)) if sum(c) == n
            and all(Fraction(100 * x, n) in p for x, p in zip(c, printed_shares, strict=True))]  # fmt: skip
    expected = [sorted({c[i] for c in sets}) for i in range(len(counts))]
    assert [list(found) for found in possible_counts(shares, n).values()] == expected


def test_a_census_is_as_quick_as_a_class():
    shares = {f"answer {i}": "20" for i in range(5)}
    found = findings(breakdowns=[{"n": 1_000_000, "percentages": shares}])
    assert only(found, "breakdown.percentages").numbers["counts"]["answer 0"] == [195_000, 205_000]
