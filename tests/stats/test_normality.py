"""Shapiro-Wilk and Lilliefors, against R and SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from scipy import stats as scipy_stats

from pilotage.stats.normality import lilliefors, shapiro_wilk
from tests.stats import reference

R = reference.answers("two_groups")["scales"]
T = reference.TRAINING


@pytest.mark.parametrize("scale", R)
def test_shapiro_wilk_and_lilliefors_are_rs(scale):
    both = reference.before_and_after(scale)
    before, change = both[:, 0], both[:, 1] - both[:, 0]
    for name, values in (
        ("pre", before), ("change", change), ("pre_training", before[T]), ("pre_control", before[~T])
    ):  # fmt: skip
        found, r = shapiro_wilk(values), R[scale]["sw"][name]
        assert found.w == approx(r["W"], rel=1e-8)
        assert found.p == approx(r["p"], rel=1e-6)
    found, r = lilliefors(before), R[scale]["lillie_pre"]
    assert found.d == approx(r["D"], rel=1e-9)
    assert found.p == approx(r["p"], rel=1e-9)


@given(st.integers(3, 300), st.integers(0, 1000), st.sampled_from(["normal", "exponential", "uniform"]))
def test_shapiro_wilk_of_any_size_is_scipys(n, seed, kind):
    values = getattr(np.random.default_rng(seed), kind)(size=n)
    found, theirs = shapiro_wilk(values), scipy_stats.shapiro(values)
    assert found.w == approx(theirs.statistic, rel=1e-8)
    assert found.p == approx(theirs.pvalue, rel=1e-5, abs=1e-12)


@given(st.integers(5, 200), st.integers(0, 1000), st.floats(-5, 5), st.floats(0.1, 9))
def test_shift_and_unit_change_nothing(n, seed, shift, unit):
    values = np.random.default_rng(seed).normal(size=n)
    assert shapiro_wilk(unit * values + shift).w == approx(shapiro_wilk(values).w, rel=1e-9)
    assert lilliefors(unit * values + shift).d == approx(lilliefors(values).d, rel=1e-9)
    assert 0 <= lilliefors(values).p <= 1


def test_skewed_values_are_found_out_and_normal_ones_are_not():
    normal, skewed = np.random.default_rng(7).normal(size=200), np.random.default_rng(7).exponential(size=200)
    assert min(shapiro_wilk(normal).p, lilliefors(normal).p) > 0.05
    assert max(shapiro_wilk(skewed).p, lilliefors(skewed).p) < 0.001


@pytest.mark.parametrize("values", [[1.0, 2.0], [3.0] * 9, [1.0, 2.0, float("nan"), 4.0, 5.0]])
@pytest.mark.parametrize("test", [shapiro_wilk, lilliefors])
def test_what_cannot_be_tested_is_refused(test, values):
    with pytest.raises(ValueError, match=r"normality"):
        test(values)
