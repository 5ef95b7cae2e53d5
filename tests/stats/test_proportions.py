"""Proportions, their intervals, and the probability that a criterion is met."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from scipy import special
from scipy import stats as scipy_stats

from pilotage.stats.posterior import mean_probability, mean_probability_from_summary, share_probability
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none, wilson
from pilotage.stats.ttests import Summary

counts = st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(counts, st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_both_intervals_are_scipys(count, level):
    x, n = count
    test = scipy_stats.binomtest(x, n)
    for found, method in ((clopper_pearson(x, n, level), "exact"), (wilson(x, n, level), "wilson")):
        theirs = test.proportion_ci(level, method)
        assert (found.low, found.high) == approx((theirs.low, theirs.high), rel=1e-9, abs=1e-12)
        assert found.low <= found.value <= found.high


@given(counts)
def test_the_exact_limits_leave_two_and_a_half_percent_beyond(count):
    x, n = count
    found = clopper_pearson(x, n)
    if x > 0:
        assert special.bdtrc(x - 1, n, found.low) == approx(0.025, rel=1e-8)
    if x < n:
        assert special.bdtr(x, n, found.high) == approx(0.025, rel=1e-8)


@given(counts)
def test_counting_the_others_mirrors_the_interval(count):
    x, n = count
    one, other = clopper_pearson(x, n), clopper_pearson(n - x, n)
    assert (one.low, one.high) == approx((1 - other.high, 1 - other.low), abs=1e-12)


@given(st.integers(1, 10_000))
def test_the_bound_when_nothing_occurred_leaves_five_percent_that_nothing_occurs(n):
    bound = upper_bound_of_none(n).high
    assert (1 - bound) ** n == approx(0.05, rel=1e-8)
    assert bound < 3 / n + 1e-12


@given(counts, st.floats(0, 1))
def test_the_posterior_of_a_proportion_is_the_beta_distributions(count, limit):
    x, n = count
    assert share_probability(x, n, ">=", limit) == approx(
        special.betaincc(x + 0.5, n - x + 0.5, limit), rel=1e-9, abs=1e-200
    )
    assert share_probability(x, n, ">=", limit) + share_probability(x, n, "<", limit) == approx(1)


@given(st.floats(-10, 10), st.floats(0.1, 5), st.integers(2, 200), st.floats(-10, 10))
def test_the_posterior_of_a_mean_is_the_t_distributions(mean, sd, n, limit):
    sample = Summary(mean, sd, n)
    theirs = special.stdtr(n - 1, (mean - limit) / (sd / math.sqrt(n)))
    assert mean_probability_from_summary(sample, ">=", limit) == approx(theirs, rel=1e-8, abs=1e-12)
    assert mean_probability_from_summary(sample, "<=", limit) == approx(1 - theirs, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(("relation", "probability"), [(">=", 1.0), (">", 0.0), ("<=", 1.0), ("<", 0.0)])
def test_where_everyone_gives_the_limit_itself_the_posterior_is_certain(relation, probability):
    assert mean_probability([8, 8, 8], relation, 8.0) == probability


@pytest.mark.parametrize(
    "job",
    [
        lambda: clopper_pearson(5, 4),
        lambda: wilson(-1, 4),
        lambda: clopper_pearson(0, 0),
        lambda: clopper_pearson(1, 4, level=95),
        lambda: share_probability(1, 4, ">=", 75),
        lambda: share_probability(1, 4, "=>", 0.75),
        lambda: mean_probability([8], ">=", 8),
    ],
)
def test_what_makes_no_sense_is_refused(job):
    with pytest.raises(ValueError, match=r"needs|must|one of"):
        job()
