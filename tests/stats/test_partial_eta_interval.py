"""The interval of partial eta squared in both conventions, against R's uniroot."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.distributions import f_sf
from pilotage.stats.noncentral_f import noncentrality_interval_of_f
from pilotage.stats.partial_eta_interval import partial_eta_squared_interval, partial_eta_squared_interval_by_error_df
from tests.stats import reference

R = reference.answers("partial_eta_squared")


@pytest.mark.parametrize("scale", R["scales"])
def test_noncentralities_and_both_conventions_are_rs(scale):
    r = R["scales"][scale]
    for level, ncp, by_n in ((0.90, "exact_ncp90", "exact_ci90_N"), (0.95, "exact_ncp95", "exact_ci95_N")):
        eta = partial_eta_squared_interval(r["F"], 1, 45, level)
        assert noncentrality_interval_of_f(r["F"], 1, 45, level) == approx(r[ncp], rel=1e-7)
        assert (eta.low, eta.high) == approx(r[by_n], rel=1e-7)
        assert eta.value == approx(r["pes"], rel=1e-9)
    other = partial_eta_squared_interval_by_error_df(r["F"], 1, 45)
    assert (other.low, other.high) == approx(r["exact_ci90_dferr"], rel=1e-7)


@pytest.mark.parametrize(
    ("eta", "low", "high"),
    [(0.119, 0.012, 0.268), (0.109, 0.008, 0.257), (0.104, 0.006, 0.251), (0.093, 0.003, 0.237), (0.088, 0.002, 0.231)],
)
def test_the_papers_effects_have_these_intervals(eta, low, high):
    interval = partial_eta_squared_interval(eta / (1 - eta) * 45, 1, 45)
    assert (interval.value, interval.low, interval.high) == approx((eta, low, high), abs=6e-4)
    assert interval.n == 47


def test_the_result_names_its_convention():
    assert "lambda/(lambda+N)" in partial_eta_squared_interval(6.0, 1, 45).method
    assert "lambda/(lambda+df2)" in partial_eta_squared_interval_by_error_df(6.0, 1, 45).method


@given(st.floats(0.01, 100), st.integers(1, 15), st.integers(5, 400))
def test_the_90_percent_interval_excludes_zero_exactly_when_p_is_below_05(f, df1, df2):
    interval = partial_eta_squared_interval(f, df1, df2)
    assert (interval.low > 0) == (f_sf(f, df1, df2) < 0.05)


@given(st.floats(0.01, 1e4), st.integers(1, 15), st.integers(5, 2000), st.sampled_from([0.8, 0.9, 0.95, 0.99]))
def test_limits_are_ordered_and_between_0_and_1(f, df1, df2, level):
    interval = partial_eta_squared_interval(f, df1, df2, level)
    assert 0 <= interval.low <= interval.high < 1


def test_a_negative_f_is_refused():
    with pytest.raises(ValueError, match="F of 0 or more"):
        partial_eta_squared_interval(-1.0, 1, 45)
