"""Tail probabilities and quantiles, against SciPy and by what must hold of any distribution."""

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from scipy import special

from pilotage.stats import distributions as own
from pilotage.stats.incomplete import beta_tails, gamma_tails
from pilotage.stats.roots import root_between, root_of_decreasing

shapes = st.floats(0.1, 3000)
dfs = st.floats(1, 5000)
shares = st.floats(1e-6, 1 - 1e-6)


@given(shapes, shapes, st.floats(0.001, 0.999))
def test_the_incomplete_beta_function_is_scipys_in_both_tails(a, b, x):
    lower, upper = beta_tails(a, b, x, 1 - x)
    assert lower == approx(special.betainc(a, b, x), rel=1e-8, abs=1e-250)
    assert upper == approx(special.betaincc(a, b, x), rel=1e-8, abs=1e-250)


@given(st.integers(1, 120), st.integers(1, 120), st.fractions(Fraction(1, 50), Fraction(49, 50), max_denominator=64))
def test_the_incomplete_beta_function_is_the_exact_binomial_sum_in_both_tails(a, b, x):
    n = a + b - 1
    terms = [math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(n + 1)]
    lower, upper = beta_tails(float(a), float(b), float(x), float(1 - x))
    assert lower == approx(float(sum(terms[a:])), rel=1e-12)
    assert upper == approx(float(sum(terms[:a])), rel=1e-12)


@given(shapes, st.floats(0.01, 5))
def test_the_incomplete_gamma_function_is_scipys_in_both_tails(a, ratio):
    lower, upper = gamma_tails(a, a * ratio)
    assert lower == approx(special.gammainc(a, a * ratio), rel=1e-8, abs=1e-250)
    assert upper == approx(special.gammaincc(a, a * ratio), rel=1e-8, abs=1e-250)


@given(st.floats(0.001, 1000), dfs, dfs)
def test_f_probabilities_are_scipys(f, df1, df2):
    # SciPy's far tail holds to about 1e-9: see the exact sums above for ours.
    assert own.f_sf(f, df1, df2) == approx(special.fdtrc(df1, df2, f), rel=1e-8, abs=1e-250)
    assert own.f_cdf(f, df1, df2) == approx(special.fdtr(df1, df2, f), rel=1e-8, abs=1e-250)


def test_a_tail_probability_of_1e_300_keeps_its_digits():
    # Closed form: for 2 and d degrees of freedom the tail of F is (1 + 2 f / d)^(-d / 2).
    assert own.f_sf(2.5e4, 2, 140) == approx((1 + 5e4 / 140) ** -70, rel=1e-12)
    assert own.f_sf(1.5e6, 2, 150) == approx((1 + 3e6 / 150) ** -75, rel=1e-12)


@given(shares, dfs, dfs)
def test_an_f_quantile_leaves_its_share_below(p, df1, df2):
    assert own.f_cdf(own.f_quantile(p, df1, df2), df1, df2) == approx(p, rel=1e-11)


@given(shares, st.floats(1, 1e5))
def test_a_t_quantile_leaves_its_share_below(p, df):
    assert own.t_cdf(own.t_quantile(p, df), df) == approx(p, rel=1e-10)


@given(shares, st.floats(0.5, 500), st.floats(0.5, 500))
def test_a_beta_quantile_is_scipys(p, a, b):
    assert own.beta_quantile(p, a, b) == approx(special.betaincinv(a, b, p), rel=1e-9)


@given(st.floats(0.01, 300), st.floats(1, 200))
def test_chi_square_probabilities_are_scipys(x, df):
    assert own.chi_square_sf(x, df) == approx(special.chdtrc(df, x), rel=1e-8, abs=1e-250)


@given(st.floats(-37, 37))
def test_normal_probabilities_are_scipys_far_into_the_tail(z):
    assert own.normal_cdf(z) == approx(special.ndtr(z), rel=1e-12)


@given(st.floats(0, 50), dfs)
def test_the_tails_of_t_mirror_each_other(t, df):
    assert own.t_sf(t, df) == own.t_cdf(-t, df)


@pytest.mark.parametrize("p", [0, 1, -0.1, math.nan])
def test_a_quantile_of_no_share_is_refused(p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        own.f_quantile(p, 1, 45)


def test_degrees_of_freedom_of_zero_are_refused():
    with pytest.raises(ValueError, match="degrees of freedom above 0"):
        own.f_sf(1.0, 1, 0)


def test_a_root_needs_a_change_of_sign():
    with pytest.raises(ValueError, match="no change of sign"):
        root_between(lambda x: x * x + 1, -1, 1)
    with pytest.raises(ValueError, match="no change of sign"):
        root_of_decreasing(lambda x: 1 + math.exp(-x), 0.0)


@given(st.floats(-1000, 1000))
def test_a_root_is_found_wherever_it_lies(zero):
    assert root_of_decreasing(lambda x: zero**3 - x**3, 0.5) == approx(zero, abs=1e-6)
