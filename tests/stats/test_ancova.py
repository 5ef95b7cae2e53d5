"""Analysis of covariance against R (lm, car, emmeans), and against what must hold whatever the data are."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.ancova import ancova
from pilotage.stats.ttests import student_t
from tests.stats import reference

R = {scale: both["ancova"] for scale, both in reference.answers("ancova_and_ranks")["scales"].items()}


def of_scale(scale, reference_arm="control", covariates=None):
    before, after = reference.before_and_after(scale).T
    return ancova(after, before, reference.GROUPS, reference_arm, covariates)


@pytest.mark.parametrize("scale", R)
def test_the_adjusted_difference_its_error_test_and_interval_are_rs(scale):
    (found,), r = of_scale(scale).contrasts, R[scale]
    assert (found.estimate, found.se, found.t, found.p) == approx(r["b"], rel=1e-9)
    assert (found.low, found.high) == approx(r["ci"], rel=1e-9)
    assert (found.arm, found.reference, found.df, found.n, found.occasion) == ("training", "control", 44, 47, 1)


@pytest.mark.parametrize("scale", R)
def test_slope_f_and_partial_eta_squared_are_rs(scale):
    found, r = of_scale(scale), R[scale]
    assert (found.slope, found.slope_se) == approx(r["b_pre"][:2], rel=1e-9)
    assert (found.f, found.partial_eta_squared) == approx((r["F"], r["pes"]), rel=1e-9)
    assert (found.slope_homogeneity_f, found.slope_homogeneity_p) == approx((r["slopes_F"], r["slopes_p"]), rel=1e-9)
    assert found.slope_homogeneity_df == 43


@pytest.mark.parametrize("scale", R)
def test_adjusted_means_are_those_of_emmeans(scale):
    means, r = of_scale(scale).adjusted_means, R[scale]
    assert list(means) == r["emm_level"]
    assert [m.value for m in means.values()] == approx(r["emm"], rel=1e-9)
    t = 2.0153675744437649  # the .975 quantile of t on 44 df
    assert [(m.high - m.low) / 2 / t for m in means.values()] == approx(r["emm_se"], rel=1e-9)


def three_arms(rng, n=36):
    groups = np.resize(["wait", "course", "app"], n)
    before = rng.normal(50, 10, n)
    after = 20 + 0.6 * before + 3 * (groups == "course") + rng.normal(0, 5, n)
    return after, before, groups, rng.normal(45, 9, n)


def test_with_three_arms_each_is_compared_with_the_reference_on_a_common_error():
    after, before, groups, age = three_arms(np.random.default_rng(4))
    found = ancova(after, before, groups, "wait", age)
    assert [(c.arm, c.reference) for c in found.contrasts] == [("course", "wait"), ("app", "wait")]
    assert {c.df for c in found.contrasts} == {36 - 5}
    means = {arm: mean.value for arm, mean in found.adjusted_means.items()}
    assert [means[c.arm] - means["wait"] for c in found.contrasts] == approx([c.estimate for c in found.contrasts])


def test_changing_the_reference_changes_the_contrasts_and_not_the_test_of_the_arms():
    after, before, groups, age = three_arms(np.random.default_rng(4))
    one, other = ancova(after, before, groups, "wait", age), ancova(after, before, groups, "app", age)
    assert (one.f, one.p, one.slope_homogeneity_f) == approx((other.f, other.p, other.slope_homogeneity_f), rel=1e-10)
    assert one.contrasts[1].estimate == approx(-other.contrasts[0].estimate, rel=1e-10)
    for arm, mean in one.adjusted_means.items():
        assert mean.value == approx(other.adjusted_means[arm].value, rel=1e-12)


def test_a_covariate_enters_with_one_slope():
    # Checked by residuals (Frisch, Waugh and Lovell): regress everything on the covariate, then leave it out.
    after, before, groups, age = three_arms(np.random.default_rng(9))
    other = np.column_stack([np.ones(36), age])

    def residual(values):
        return values - other @ np.linalg.lstsq(other, values, rcond=None)[0]

    columns = np.column_stack([residual(before), residual(groups == "course"), residual(groups == "app")])
    b = np.linalg.lstsq(columns, residual(after), rcond=None)[0]
    found = ancova(after, before, groups, "wait", age)
    assert [found.slope, *(c.estimate for c in found.contrasts)] == approx(b.tolist(), rel=1e-10)


def test_with_as_good_a_start_in_both_arms_it_is_nearly_the_difference_afterwards():
    before = [1, 2, 3, 4, 1, 2, 3, 4]
    after = [2, 2, 4, 5, 3, 5, 5, 7]
    (found,) = ancova(after, before, ["a"] * 4 + ["b"] * 4, "a").contrasts
    assert found.estimate == approx(student_t(after[4:], after[:4]).difference.value)


def test_lords_paradox_no_change_at_all_and_yet_an_adjusted_difference():
    # Nobody changes on average; b starts higher, and each arm returns towards its own mean.
    rng = np.random.default_rng(1)
    n = 4000
    level = np.repeat([50.0, 60.0], n)
    true = level + rng.normal(0, 7, 2 * n)
    before, after = true + rng.normal(0, 7, 2 * n), true + rng.normal(0, 7, 2 * n)
    groups = ["a"] * n + ["b"] * n
    change = student_t((after - before)[n:], (after - before)[:n]).difference
    (adjusted,) = ancova(after, before, groups, "a").contrasts
    assert change.low < 0 < change.high
    assert adjusted.estimate == approx(5.0, abs=0.5)  # (1 - reliability .5) times the 10 points at the start


@settings(max_examples=40)
@given(st.integers(0, 10_000), st.floats(-50, 50), st.floats(0.1, 10))
def test_shifting_or_stretching_the_scale_leaves_f_alone(seed, shift, stretch):
    after, before, groups, age = three_arms(np.random.default_rng(seed))
    one = ancova(after, before, groups, "wait", age)
    two = ancova(shift + stretch * after, shift + stretch * before, groups, "wait", -age)
    assert (two.f, two.slope, two.slope_homogeneity_f) == approx(
        (one.f, one.slope, one.slope_homogeneity_f), rel=1e-8, abs=1e-10
    )
    assert two.contrasts[0].estimate == approx(stretch * one.contrasts[0].estimate, rel=1e-8)


SOUND = {"post": [3, 5, 4, 7, 8, 9], "pre": [1, 2, 3, 1, 2, 4], "groups": list("aaabbb"), "reference": "a"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"reference": "c"}, "nobody is in the reference group 'c'; the groups are a, b"),
        ({"groups": list("aaaaaa")}, "there is only 'a'"),
        ({"groups": list("aaaaab")}, "group 'b' has 1 complete people"),
        ({"pre": [1, 2, 3, 1, 2, float("nan")]}, "the score before has missing values"),
        ({"post": [1, 2, 3]}, "the score after must be one number for each of 6 people"),
        ({"pre": [2, 2, 2, 2, 2, 2]}, "column 1 of the design is constant"),
        ({"covariates": [2, 4, 6, 2, 4, 8]}, "column 2 of the design"),
        ({"covariates": [1, 2, 3]}, "one row for each of 6 people"),
        ({"covariates": [1, 2, 3, 4, 5, float("inf")]}, "a covariate has missing values"),
        ({"post": [1, 2, 3, 2, 3, 5]}, "without error"),
        ({"level": 1.5}, "a share between 0 and 1"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(change, message):
    with pytest.raises(ValueError, match=message):
        ancova(**(SOUND | change))
