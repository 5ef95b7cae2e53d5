"""Rank methods against R's coin and wilcox.test, against SciPy, and by going through every division."""

from itertools import combinations

import numpy as np
import pytest
import scipy.stats
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.probability_of_superiority import NoOverlapError, brunner_munzel
from pilotage.stats.rank import (
    hodges_lehmann,
    hodges_lehmann_normal,
    mann_whitney_exact,
    mann_whitney_normal,
    rank_change_contrast,
)
from tests.stats import reference

R = {scale: both["mwu"] for scale, both in reference.answers("ancova_and_ranks")["scales"].items()}
T = reference.TRAINING

tied = st.lists(st.integers(-4, 4), min_size=2, max_size=7)
spread = st.lists(st.floats(-9, 9), min_size=2, max_size=8)


def changes(scale):
    before, after = reference.before_and_after(scale).T
    return (after - before)[T], (after - before)[~T]


@pytest.mark.parametrize("scale", R)
def test_w_and_p_are_rs_exact_and_approximate(scale):
    a, b = changes(scale)
    exact, corrected, plain = (
        mann_whitney_exact(a, b),
        mann_whitney_normal(a, b),
        mann_whitney_normal(a, b, continuity=False),
    )
    assert exact.w == corrected.w == plain.w == R[scale]["W"]
    assert exact.p == approx(R[scale]["p_exact_coin"], rel=1e-9)
    assert (corrected.p, plain.p) == approx((R[scale]["p_cc"], R[scale]["p_asym_coin"]), rel=1e-9)


@settings(max_examples=30)
@given(tied, tied)
def test_the_exact_p_is_that_of_every_division_ties_and_all(a, b):
    pooled = scipy.stats.rankdata([*a, *b])
    middle = len(a) * (len(pooled) + 1) / 2
    sums = np.array([pooled[list(who)].sum() for who in combinations(range(len(pooled)), len(a))])
    share = np.mean(np.abs(sums - middle) >= abs(pooled[: len(a)].sum() - middle) - 1e-9)
    assert mann_whitney_exact(a, b).p == approx(share, rel=1e-12)


@given(tied, tied)
def test_swapping_the_groups_changes_no_p(a, b):
    one, other = mann_whitney_exact(a, b), mann_whitney_exact(b, a)
    assert (one.w + other.w, one.p) == (len(a) * len(b), approx(other.p))


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.integers(4, 9), st.integers(4, 9))
def test_the_exact_interval_holds_the_shifts_that_the_exact_test_keeps(seed, m, n):
    rng = np.random.default_rng(seed)
    a, b = rng.normal(1, 1, m), rng.normal(0, 2, n)
    shift = hodges_lehmann(a, b)
    small = 1e-9
    for inside, outside in ((shift.low + small, shift.low - small), (shift.high - small, shift.high + small)):
        assert mann_whitney_exact(a - inside, b).p > 0.05 >= mann_whitney_exact(a - outside, b).p
    assert shift.value == approx(np.median([x - y for x in a for y in b]))


def test_groups_too_small_to_reject_have_a_shift_and_no_limits():
    shift = hodges_lehmann([1, 2, 3], [4, 5, 6])  # 20 divisions: the least p is .10
    assert (shift.value, shift.low, shift.high) == (-3.0, None, None)
    assert "too few people" in shift.method
    at_90 = hodges_lehmann([1, 2, 3], [4, 5, 6], level=0.90)
    assert (at_90.low, at_90.high) == (-5.0, -1.0)


def test_the_interval_by_the_normal_approximation_is_near_the_exact_one_and_says_so():
    rng = np.random.default_rng(2)
    a, b = rng.normal(1, 1, 60), rng.normal(0, 1, 50)
    exact, normal = hodges_lehmann(a, b), hodges_lehmann_normal(a, b)
    assert (normal.low, normal.high) == approx((exact.low, exact.high), abs=0.03)
    assert ("exact" in exact.method, "normal approximation" in normal.method) == (True, True)


@given(spread, spread)
def test_brunner_munzel_is_scipys(a, b):
    try:
        found = brunner_munzel(a, b)
    except NoOverlapError:
        reject()  # counted by Hypothesis, which complains when hardly any samples overlap
    theirs = scipy.stats.brunnermunzel(b, a)
    assert (found.t, found.p) == approx((theirs.statistic, theirs.pvalue), rel=1e-8, abs=1e-9)
    wins = np.mean([(x > y) + (x == y) / 2 for x in a for y in b])
    assert found.superiority.value == approx(wins, rel=1e-12)


@pytest.mark.parametrize("scale", R)
def test_the_probability_of_superiority_is_w_over_pairs_and_its_interval_agrees_with_p(scale):
    a, b = changes(scale)
    found = brunner_munzel(a, b)
    assert found.superiority.value == approx(R[scale]["W"] / (25 * 22), rel=1e-12)
    assert (found.superiority.low > 0.5 or found.superiority.high < 0.5) == (found.p < 0.05)
    assert 0 <= found.superiority.low < found.superiority.high <= 1


@settings(max_examples=40)
@given(tied, tied)
def test_only_the_order_counts(a, b):
    def stretched(values):
        return np.exp(np.asarray(values, dtype=float))

    one, other = mann_whitney_exact(a, b), mann_whitney_exact(stretched(a), stretched(b))
    assert (one.w, one.p) == (other.w, approx(other.p))


def test_each_arm_is_compared_with_the_reference_alone():
    values, arms = [1, 2, 3, 4, 5, 5, 6, 7, 8, 8, 9, 9], [*"aaaa", *"bbbb", *"cccc"]
    b, c = rank_change_contrast(values, arms, "a")
    assert (b.arm, c.arm, b.reference) == ("b", "c", "a")
    assert b.test == mann_whitney_exact(values[4:8], values[:4])
    assert c.shift == hodges_lehmann(values[8:], values[:4])
    assert c.brunner_munzel is None  # nobody of c lies below anybody of a


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (lambda: mann_whitney_exact([1, float("nan")], [1]), "finite numbers"),
        (lambda: mann_whitney_exact([], [1]), "finite numbers"),
        (lambda: mann_whitney_normal([1, 1], [1, 1]), "all values are the same"),
        (lambda: hodges_lehmann([1, 2], [3], level=95), "a share between 0 and 1, not 95"),
        (lambda: brunner_munzel([1, 2], [3, 4]), "do not overlap"),
        (lambda: brunner_munzel([1], [3, 4]), "at least 2 people, not 1 and 2"),
        (lambda: rank_change_contrast([1, 2, 3], list("aab"), "a"), "group 'b' has 1 complete people"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(job, message):
    with pytest.raises(ValueError, match=message):
        job()
