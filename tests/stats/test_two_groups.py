"""t tests, correlations and standardised differences, against R."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.correlation import critical_r, pearson, ranks, spearman
from pilotage.stats.distributions import t_two_sided_p
from pilotage.stats.effect_size import d_ppc2, hedges_g, small_sample_factor
from pilotage.stats.ttests import (
    Summary,
    mean_interval,
    paired_t,
    student_t,
    student_t_from_summaries,
    summary,
    welch_t,
)
from tests.stats import reference

R = reference.answers("two_groups")["scales"]
T = reference.TRAINING


def scores(scale):
    both = reference.before_and_after(scale)
    return both[:, 0], both[:, 1], both[:, 1] - both[:, 0]


@pytest.mark.parametrize("scale", R)
def test_t_tests_and_their_intervals_are_rs(scale):
    before, after, change = scores(scale)
    for found, r in (
        (student_t(change[T], change[~T]), R[scale]["t_change"]),
        (welch_t(change[T], change[~T]), R[scale]["welch_change"]),
        (student_t(before[T], before[~T]), R[scale]["t_baseline"]),
        (paired_t(after[T], before[T]), R[scale]["t_paired_training"]),
    ):
        assert (found.t, found.df, found.p) == approx((r["t"], r["df"], r["p"]), rel=1e-9)
        assert (found.difference.low, found.difference.high) == approx(r["ci"], rel=1e-9)


@pytest.mark.parametrize("scale", R)
def test_hedges_g_and_its_exact_interval_are_rs(scale):
    *_, change = scores(scale)
    g, r = hedges_g(change[T], change[~T]), R[scale]["g_change"]
    assert g.value == approx(r["g"], rel=1e-9)
    assert (g.low, g.high) == approx(r["g_ci_exact"], rel=1e-9)
    assert (g.low, g.high) == approx(r["g_ci"], abs=2e-6)
    assert small_sample_factor(45) == approx(r["J_exact"], rel=1e-12)


@pytest.mark.parametrize("scale", R)
def test_d_ppc2_is_rs_and_inside_its_bootstrap_interval(scale):
    before, after, _ = scores(scale)
    d = d_ppc2(before[T], after[T], before[~T], after[~T], seed=20260101, resamples=1000)
    assert d.value == approx(R[scale]["dppc2"], rel=1e-9)
    assert d.low < d.value < d.high


@pytest.mark.parametrize("scale", R)
def test_correlations_with_practice_are_rs(scale):
    *_, change = scores(scale)
    r, rho = pearson(change[T], reference.practice()), spearman(change[T], reference.practice())
    theirs = R[scale]["r_practice"]
    assert (r.estimate.value, r.t, r.p) == approx((theirs["r"], theirs["t"], theirs["p"]), rel=1e-9)
    assert (r.estimate.low, r.estimate.high) == approx(theirs["ci"], rel=1e-12)
    assert (rho.estimate.value, rho.p) == approx(
        (R[scale]["rho_practice"]["rho"], R[scale]["rho_practice"]["p"]), rel=1e-9
    )


def test_spearmans_interval_is_bonett_and_wrights():
    # By hand: rho = .8, n = 5; artanh .8 = 1.098612, standard error sqrt((1 + .64 / 2) / 2) = .812404.
    found = spearman([1, 2, 3, 4, 5], [2, 1, 4, 3, 5]).estimate
    half = 1.959964 * 0.812404
    assert (found.value, found.low, found.high) == approx(
        (0.8, np.tanh(1.098612 - half), np.tanh(1.098612 + half)), abs=1e-6
    )


def test_the_papers_ages_differ_by_this_t():
    ages = student_t_from_summaries(Summary(51.4, 10.8, 25), Summary(47.5, 10.4, 22))
    assert (ages.t, ages.p) == approx((1.257, 0.215), abs=5e-4)


def test_the_bootstrap_is_repeatable_and_names_its_seed():
    before, after, _ = scores("SCS")
    groups = before[T], after[T], before[~T], after[~T]
    one, same, other = (d_ppc2(*groups, seed=seed, resamples=500) for seed in (1, 1, 2))
    assert one == same != other
    assert "seed 1" in one.method


def test_the_bootstrap_interval_is_about_as_wide_as_morriss_variance_says():
    before, after, _ = scores("SCS")
    d = d_ppc2(before[T], after[T], before[~T], after[~T], seed=3)
    assert d.high - d.low == approx(2 * 1.96 * np.sqrt(0.0682), rel=0.35)


samples = st.lists(st.integers(-30, 30), min_size=3, max_size=20).filter(lambda x: len(set(x)) > 1)


@given(samples, samples)
def test_swapping_the_groups_turns_the_sign_and_nothing_else(a, b):
    for test in (student_t, welch_t):
        one, other = test(a, b), test(b, a)
        assert (one.t, one.p, one.difference.low) == approx((-other.t, other.p, -other.difference.high))


@settings(max_examples=40)
@given(samples, samples)
def test_g_excludes_zero_exactly_when_p_is_below_05(a, b):
    g, p = hedges_g(a, b), student_t(a, b).p
    assert (g.low > 0 or g.high < 0) == (p < 0.05)


@given(samples)
def test_the_interval_of_a_mean_is_that_of_the_paired_test_against_zero(values):
    mean, paired = mean_interval(values), paired_t(values, [0] * len(values))
    assert (mean.low, mean.high) == approx((paired.difference.low, paired.difference.high), rel=1e-12, abs=1e-12)


@given(st.integers(3, 500), st.sampled_from([0.01, 0.05, 0.10]))
def test_a_critical_correlation_is_just_significant(n, alpha):
    r = critical_r(n, alpha)
    assert t_two_sided_p(r * np.sqrt((n - 2) / (1 - r * r)), n - 2) == approx(alpha, rel=1e-9)


@given(samples)
def test_ranks_add_up_and_ties_share(values):
    found = ranks(values)
    assert found.sum() == approx(len(values) * (len(values) + 1) / 2)
    assert len(set(found)) == len(set(values))


def test_a_perfect_correlation_has_p_zero_and_no_width():
    r = pearson([1, 2, 3, 4], [2, 4, 6, 8])
    assert (r.estimate.value, r.p, r.estimate.low) == (1.0, 0.0, 1.0)


def test_three_people_have_a_correlation_but_no_interval():
    r = pearson([1, 2, 3], [1, 3, 2])
    assert (r.estimate.low, r.estimate.high) == (None, None)


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (lambda: student_t([1, 1], [2, 2]), "error variance is zero"),
        (lambda: welch_t([1, 1], [2, 2]), "error variance is zero"),
        (lambda: paired_t([1, 2], [1, 2, 3]), "the same people"),
        (lambda: student_t([1], [1, 2]), "at least two finite numbers"),
        (
            lambda: student_t_from_summaries(Summary(1, 1, 1), Summary(1, 1, 9)),
            "at least 2 people in each group, not 1",
        ),
        (lambda: summary([1, float("nan")]), "finite numbers"),
        (lambda: pearson([1, 1, 1], [1, 2, 3]), "the same for everyone"),
        (lambda: pearson([1, 2], [1, 2]), "at least 3 people"),
        (lambda: critical_r(2), "at least 3 people, not 2"),
        (lambda: hedges_g([1, 1], [2, 2]), "nobody differs"),
        (lambda: d_ppc2([1, 1], [1, 2], [3, 3], [1, 2], seed=1), "nobody differs"),
        (lambda: d_ppc2([1, 2], [1], [3, 3], [1, 2], seed=1), "two finite numbers"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(job, message):
    with pytest.raises(ValueError, match=message):
        job()
