"""The noncentral F and t: against their defining sums, in tails where SciPy's own give nan, and inverted."""

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx
from scipy import special

from pilotage.stats.distributions import t_cdf
from pilotage.stats.noncentral_f import noncentral_f_cdf, noncentral_f_sf, noncentrality_interval_of_f
from pilotage.stats.noncentral_t import noncentral_t_cdf, noncentral_t_sf, noncentrality_interval_of_t


def mixture(f, df1, df2, ncp, tail):
    """The definition, summed over every j that matters, with SciPy's incomplete beta function."""
    j = np.arange(0, 9000)
    log_weight = -ncp / 2 + special.xlogy(j, ncp / 2) - special.gammaln(j + 1)
    return math.fsum(np.exp(log_weight) * tail(df1 / 2 + j, df2 / 2, df1 * f / (df1 * f + df2)))


@settings(max_examples=60)
@given(st.integers(1, 20), st.floats(2, 5000), st.floats(-2, 4), st.floats(-0.6, 0.6))
def test_both_tails_of_noncentral_f_are_their_definition_up_to_noncentrality_10000(df1, df2, log_ncp, log_ratio):
    ncp = 10**log_ncp
    f = (1 + ncp / df1) * 10**log_ratio
    lower, upper = mixture(f, df1, df2, ncp, special.betainc), mixture(f, df1, df2, ncp, special.betaincc)
    assert noncentral_f_cdf(f, df1, df2, ncp) == approx(lower, rel=1e-8, abs=1e-250)
    assert noncentral_f_sf(f, df1, df2, ncp) == approx(upper, rel=1e-8, abs=1e-250)


def test_noncentral_f_without_noncentrality_is_f():
    assert noncentral_f_sf(4.0, 2, 45, 0.0) == approx(special.fdtrc(2, 45, 4.0), rel=1e-13)


def test_a_noncentrality_below_zero_is_refused():
    with pytest.raises(ValueError, match="must not be below 0"):
        noncentral_f_cdf(4.0, 1, 45, -1.0)


@given(st.floats(2, 500), st.floats(-6, 6), st.floats(-3, 3))
def test_noncentral_t_is_scipys_where_scipys_holds(df, ncp, distance):
    t = ncp + distance
    assert noncentral_t_cdf(t, df, ncp) == approx(special.nctdtr(df, ncp, t), abs=1e-11)
    assert noncentral_t_cdf(t, df, ncp) + noncentral_t_sf(t, df, ncp) == approx(1, abs=1e-12)


@given(st.floats(-30, 30), st.floats(1, 500))
def test_noncentral_t_without_noncentrality_is_students_t(t, df):
    assert noncentral_t_cdf(t, df, 0.0) == approx(t_cdf(t, df), rel=1e-9)


@pytest.mark.parametrize(("t", "ncp"), [(6.0, -6.0), (8.0, -8.0), (3.0, -20.0)])
def test_the_far_tail_of_noncentral_t_is_small_positive_and_squares_into_noncentral_f(t, ncp):
    # P(T > t) + P(T < -t) is the tail of a noncentral F at t^2; here the second part is nearly all of it.
    far = noncentral_t_sf(t, 45, ncp)
    assert 0 < far < 1e-20
    assert far + noncentral_t_cdf(-t, 45, ncp) == approx(noncentral_f_sf(t * t, 1, 45, ncp * ncp), rel=1e-10)


def test_the_far_tail_of_noncentral_t_falls_steadily():
    tails = [noncentral_t_sf(t, 45, -6.0) for t in np.linspace(0, 60, 121)]
    assert all(later < earlier for earlier, later in pairwise(tails))


def test_the_f_interval_puts_the_value_at_both_ends():
    low, high = noncentrality_interval_of_f(28.2, 3, 45, 0.90)
    assert noncentral_f_sf(28.2, 3, 45, low) == approx(0.05, rel=1e-12)
    assert noncentral_f_cdf(28.2, 3, 45, high) == approx(0.05, rel=1e-12)


@given(st.floats(-40, 40), st.floats(3, 300))
def test_the_t_interval_puts_the_value_at_both_ends_however_large_t_is(t, df):
    low, high = noncentrality_interval_of_t(t, df, 0.95)
    assert noncentral_t_sf(t, df, low) == approx(0.025, rel=1e-9)
    assert noncentral_t_cdf(t, df, high) == approx(0.025, rel=1e-9)


@pytest.mark.parametrize(("f", "zero_low", "zero_high"), [(0.0, True, True), (0.001, True, True), (1.5, True, False)])
def test_a_limit_is_zero_where_no_noncentrality_reaches_it(f, zero_low, zero_high):
    low, high = noncentrality_interval_of_f(f, 1, 45, 0.90)
    assert (low == 0, high == 0) == (zero_low, zero_high)


def test_a_very_large_f_still_has_an_interval():
    low, high = noncentrality_interval_of_f(9000.0, 1, 500, 0.90)
    assert 7000 < low < 9000 < high < 11000


@pytest.mark.parametrize("df2", [2, 45, 2000])
def test_the_shortcut_for_enormous_f_meets_the_exact_interval_where_it_takes_over(df2):
    exact, quick = (noncentrality_interval_of_f(f, 1, df2, 0.90) for f in (1e6 - 1, 1e6 + 1))
    n = df2 + 2
    assert [ncp / (ncp + n) for ncp in quick] == approx([ncp / (ncp + n) for ncp in exact], abs=1e-6)


@pytest.mark.parametrize("df", [5, 45, 500])
def test_the_shortcut_for_enormous_t_meets_the_exact_interval_where_it_takes_over(df):
    exact, quick = (noncentrality_interval_of_t(t, df, 0.95) for t in (2999.99, 3000.01))
    assert quick == approx(exact, rel=2e-5)


def test_an_f_of_a_million_millions_is_answered_at_once():
    low, high = noncentrality_interval_of_f(1e12, 2, 45, 0.90)
    assert 1e12 < low < high < 1e13
