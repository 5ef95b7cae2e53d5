"""The proportional-odds model: by hand where two by two, against SciPy's optimiser, and refused where it separates."""

import numpy as np
import pytest
import scipy.optimize
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.cumulative_logit import SeparationError, cumulative_logit
from pilotage.stats.ordinal import proportional_odds
from pilotage.stats.rank import mann_whitney_normal
from tests.stats import reference


def minus_log_likelihood(parameters, y, X):
    """Written as the textbook has it; thresholds first."""
    _, category = np.unique(y, return_inverse=True)
    cuts = category.max()
    levels = np.concatenate([[-np.inf], parameters[:cuts], [np.inf]])
    shift = X @ parameters[cuts:]
    if (np.diff(levels) <= 0).any():
        return np.inf
    upper, lower = (1 / (1 + np.exp(-(levels[category + up] - shift))) for up in (1, 0))
    return -np.log(upper - lower).sum()


def study(seed, n=60):
    rng = np.random.default_rng(seed)
    groups = np.resize(["wait", "course", "app"], n)
    before = rng.normal(size=n)
    after = np.rint(1.5 * (before + (groups == "course") + rng.logistic(size=n))).clip(-4, 4)
    return after, groups, before


PATIENT = {"maxiter": 100_000, "maxfev": 100_000, "xatol": 1e-7, "fatol": 1e-12, "adaptive": True}


@pytest.mark.parametrize("seed", range(3))
def test_it_is_the_maximum_that_a_general_optimiser_finds(seed):
    after, groups, before = study(seed)
    found = proportional_odds(after, groups, "wait", before)
    X = np.column_stack([before - before.mean(), groups == "course", groups == "app"]).astype(float)
    ours = np.array([*found.thresholds, *found.slopes, *(c.estimate for c in found.contrasts)])
    start = ours + 0.01 * np.arange(len(ours))
    theirs = scipy.optimize.minimize(minus_log_likelihood, start, (after, X), "Nelder-Mead", options=PATIENT)
    assert -found.log_likelihood == approx(theirs.fun, rel=1e-10)
    assert ours == approx(theirs.x, abs=1e-4)


def test_its_gradient_and_curvature_are_those_of_the_likelihood():
    after, groups, before = study(5)
    X = np.column_stack([before - before.mean(), groups == "course", groups == "app"]).astype(float)
    found = cumulative_logit(after, X, ("before", "course", "app"))
    at = np.concatenate([found.thresholds, found.slopes])

    def second(i, j, h=1e-3):
        steps = [(1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1)]
        moved = [(at + h * (a * (np.arange(len(at)) == i) + b * (np.arange(len(at)) == j)), s) for a, b, s in steps]
        return sum(s * minus_log_likelihood(x, after, X) for x, s in moved) / (4 * h * h)

    assert scipy.optimize.approx_fprime(at, minus_log_likelihood, 1e-7, after, X) == approx(0, abs=1e-4)
    information = np.array([[second(i, j) for j in range(len(at))] for i in range(len(at))])
    assert found.vcov == approx(np.linalg.inv(information)[-3:, -3:], rel=1e-4)
    assert found.gradient_norm < 1e-10
    assert found.smallest_curvature > 1e-4


def test_two_values_and_two_arms_are_the_odds_ratio_by_hand():
    # a: 6 low, 4 high; b: 3 low, 9 high. log odds ratio log(9/3 * 6/4), variance 1/6 + 1/4 + 1/3 + 1/9.
    found = proportional_odds([0] * 6 + [1] * 4 + [0] * 3 + [1] * 9, ["a"] * 10 + ["b"] * 12, "a")
    (contrast,), (ratio,) = found.contrasts, found.odds_ratios
    se = np.sqrt(1 / 6 + 1 / 4 + 1 / 3 + 1 / 9)
    assert (contrast.estimate, contrast.se) == approx((np.log(4.5), se), rel=1e-9)
    assert (ratio.value, ratio.low) == approx((4.5, 4.5 * np.exp(-1.959963984540054 * se)), rel=1e-9)
    observed, expected = np.array([6, 4, 3, 9]), np.array([90, 130, 108, 156]) / 22
    assert found.chi_square == approx(2 * (observed * np.log(observed / expected)).sum(), rel=1e-9)


@pytest.mark.parametrize("scale", ["FFMQ", "SCS", "EQ", "PSS"])
def test_without_covariates_it_says_what_the_rank_test_says(scale):
    before, after = reference.before_and_after(scale).T
    change, T = (after - before).round(6), reference.TRAINING
    found = proportional_odds(change, reference.GROUPS, "control")
    assert found.p == approx(mann_whitney_normal(change[T], change[~T], continuity=False).p, rel=0.6, abs=0.01)
    assert (found.odds_ratios[0].value > 1) == (mann_whitney_normal(change[T], change[~T]).w > 25 * 22 / 2)


@settings(max_examples=25)
@given(st.integers(0, 10_000))
def test_only_the_order_counts_and_turning_the_scale_turns_the_sign(seed):
    after, groups, before = study(seed)
    one = proportional_odds(after, groups, "wait", before)
    stretched, turned = (proportional_odds(y, groups, "wait", 10 * before + 3) for y in (np.exp(after), -after))
    assert [c.estimate for c in stretched.contrasts] == approx([c.estimate for c in one.contrasts], rel=1e-7, abs=1e-8)
    assert [c.estimate for c in turned.contrasts] == approx([-c.estimate for c in one.contrasts], rel=1e-7, abs=1e-8)
    assert stretched.slopes[0] == approx(one.slopes[0] / 10, rel=1e-7)
    assert (stretched.p, turned.p) == (approx(one.p, rel=1e-6), approx(one.p, rel=1e-6))


def test_as_many_steps_as_people_are_no_hindrance():
    rng = np.random.default_rng(3)
    found = proportional_odds(rng.normal(size=47), ["a"] * 22 + ["b"] * 25, "a")
    assert (found.categories, found.n) == (47, 47)
    assert found.gradient_norm < 1e-10


@pytest.mark.parametrize(
    ("outcome", "covariates", "what"),
    [
        ([1, 1, 2, 2, 3, 3, 4, 4], None, "arm 'b'"),  # everyone of b above everyone of a
        ([1, 1, 2, 2, 2, 3, 3, 2], None, "arm 'b'"),  # they meet in one value only
        ([1, 2, 2, 3, 3, 3, 3, 3], None, "arm 'b'"),  # b all at the ceiling
        ([1, 2, 3, 4, 2, 1, 4, 3], [0.9, 2.2, 3.1, 4.4, 2.0, 1.0, 3.9, 3.3], "covariate 0"),
        ([1, 1, 2, 2, 1, 1, 2, 2], [1, 2, 3, 4, 4, 5, 6, 7], "the predictors together"),
    ],
)
def test_separation_is_refused_with_what_separates(outcome, covariates, what):
    with pytest.raises(SeparationError, match=f"without a fault by {what}"):
        proportional_odds(outcome, list("aaaabbbb"), "a", covariates)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"outcome": [1] * 6}, "not the same for everyone"),
        ({"outcome": [1, 2, 3]}, "one number for each of 6 people"),
        ({"covariates": [1, 1, 1, 1, 1, 1]}, "column 1 of the design is constant"),
        ({"covariates": [1, 1, 1, 2, 2, 2]}, "column 2 of the design"),
        ({"reference": "c"}, "nobody is in the reference group 'c'"),
        ({"level": 0}, "a share between 0 and 1"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(change, message):
    sound = {"outcome": [1, 2, 3, 2, 1, 3], "groups": list("aaabbb"), "reference": "a"}
    with pytest.raises(ValueError, match=message):
        proportional_odds(**(sound | change))
