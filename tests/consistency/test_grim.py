"""Samples of whole numbers with a mean and an SD are counted exactly, as going through all of them counts."""

import random
import time
from fractions import Fraction
from itertools import combinations_with_replacement
from statistics import mean, stdev

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.consistency.grim import SampleTarget, solutions
from pilotage.consistency.printed import printed
from pilotage.consistency.sd_bounds import sd_limits, widest_range
from tests.consistency.rows import as_printed


def wanted(n, mean_text, sd_text, low, high, *, attained=True):
    m, s = printed(mean_text), printed(sd_text)
    return SampleTarget(n, low, high, attained, (m.low, m.high), (max(s.low, Fraction(0)), s.high))


def every_sample(one):
    """The slow way: all samples, one by one, in exact arithmetic."""
    for values in combinations_with_replacement(range(one.low, one.high + 1), one.n):
        if one.attained and (values[0], values[-1]) != (one.low, one.high):
            continue
        total, squares = sum(values), sum(v * v for v in values)
        variance = (squares - Fraction(total * total, one.n)) / (one.n - 1)
        if one.mean[0] <= Fraction(total, one.n) <= one.mean[1] and one.sd[0] ** 2 <= variance <= one.sd[1] ** 2:
            yield total, squares


@given(st.data())
@settings(max_examples=150)
def test_the_count_is_that_of_going_through_every_sample(data):
    n = data.draw(st.integers(2, 6))
    low = data.draw(st.integers(-3, 3))
    high = low + data.draw(st.integers(0, 5))
    digits = data.draw(st.integers(0, 2))
    m = as_printed(data.draw(st.floats(low - 0.5, high + 0.5)), digits)
    sd = as_printed(data.draw(st.floats(0, 4)), digits)
    one = wanted(n, m, sd, low, high, attained=data.draw(st.booleans()))
    found = list(every_sample(one))
    counted = solutions(one)
    assert (counted.pairs, counted.samples, counted.exact) == (len(set(found)), len(found), True)
    assert bool(solutions(one, any_will_do=True).pairs) == bool(found)


@pytest.mark.parametrize(
    ("mean_text", "sd_text", "low", "high", "attained", "pairs", "samples"),
    [
        ("8.2", "0.7", 0, 10, False, 5, 26),
        ("8.3", "0.8", 7, 10, True, 6, 21),
        ("8.4", "0.6", 8, 10, True, 3, 3),
        ("3.9", "0.5", 3, 5, True, 2, 2),
        ("7.4", "1.2", 5, 10, True, 6, 143),
        ("3.6", "2.1", 1, 8, True, 10, 3617),
    ],
)
def test_the_papers_six_means_and_sds_have_these_samples(mean_text, sd_text, low, high, attained, pairs, samples):
    found = solutions(wanted(24, mean_text, sd_text, low, high, attained=attained))
    assert (found.pairs, found.samples) == (pairs, samples)


@pytest.mark.parametrize("seed", range(40))
def test_a_sample_too_large_to_count_is_constructed(seed):
    rng = random.Random(seed)
    low, high = 5, 5 + rng.randrange(200, 600)
    values = sorted([low, high, *(rng.randrange(low, high + 1) for _ in range(rng.randrange(10, 60)))])
    one = wanted(len(values), as_printed(mean(values), 1), as_printed(stdev(values), 1), low, high)
    found = solutions(one)
    assert found is not None and not found.exact
    assert (found.example[0], found.example[-1], len(found.example)) == (low, high, len(values))
    assert as_printed(mean(found.example), 1) == as_printed(mean(values), 1)
    assert float(one.sd[0]) - 1e-9 <= stdev(found.example) <= float(one.sd[1]) + 1e-9


def test_what_is_out_of_reach_is_not_decided_and_not_slow():
    started = time.perf_counter()
    assert solutions(wanted(5000, "500", "100", 0, 1000)) is None
    assert solutions(wanted(40, "500000000", "300000000", 0, 10**9)) is None
    assert time.perf_counter() - started < 5


def test_the_limits_of_an_sd_are_those_of_the_samples():
    low, high = sd_limits(6, 3.0, 1, 5, attained=True)
    sds = [stdev(v) for v in combinations_with_replacement(range(1, 6), 6) if sum(v) == 18 and v[0] == 1 and v[-1] == 5]
    assert (low, high) == pytest.approx((min(sds), max(sds)))
    assert sd_limits(6, 5.1, 1, 5, attained=False) is None


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=12))
def test_no_value_lies_beyond_the_widest_range(values):
    low, high = widest_range((mean(values) - 1e-9, mean(values) + 1e-9), stdev(values) + 1e-9, len(values))
    assert low <= min(values) and max(values) <= high
