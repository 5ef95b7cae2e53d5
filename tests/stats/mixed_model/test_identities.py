"""What the mixed model must equal: simpler methods where they apply, and the same model written the long way."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.anova import mixed_anova
from pilotage.stats.mixed_model import mmrm
from pilotage.stats.mixed_model.likelihood import derivatives, evaluate
from pilotage.stats.mixed_model.patterns import patterns
from pilotage.stats.mixed_model.structures import basis, nearest
from pilotage.stats.ttests import student_t
from tests.stats import reference
from tests.stats.mixed_model import data
from tests.stats.mixed_model.dense import Dense

CONTROL = np.array([group == "control" for group in reference.GROUPS])
STRUCTURES = ("unstructured", "compound symmetry")


@pytest.mark.parametrize("scale", reference.SCALES)
@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("information", ["expected", "observed"])
def test_two_complete_occasions_give_the_anovas_interaction_with_45_df(scale, structure, information):
    scores = reference.before_and_after(scale)
    anova = mixed_anova(scores, reference.GROUPS).time_by_group
    model = mmrm(scores, reference.GROUPS, "control", covariance=structure, information=information)
    assert model.tests.time_by_group.df2 == approx(45, rel=1e-8)
    assert model.tests.time_by_group.f == approx(anova.f, rel=1e-9, abs=1e-11)
    assert model.tests.time_by_group.p == approx(anova.p, rel=1e-9)
    change = scores[:, 1] - scores[:, 0]
    t, [contrast] = student_t(change[~CONTROL], change[CONTROL]), model.contrasts
    assert (contrast.t, contrast.df) == (approx(t.t, rel=1e-9, abs=1e-11), approx(45, rel=1e-8))
    assert (contrast.low, contrast.high) == (approx(t.difference.low, rel=1e-9), approx(t.difference.high, rel=1e-9))


def test_complete_compound_symmetry_is_the_mixed_anova_at_three_occasions():
    scores = reference.three_occasions()
    anova = mixed_anova(scores, reference.GROUPS)
    tests = mmrm(scores, reference.GROUPS, "control", covariance="compound symmetry").tests
    for name in ("group", "time", "time_by_group"):
        ours, theirs = getattr(tests, name), getattr(anova, name)
        assert (ours.f, ours.df2) == (approx(theirs.f, rel=1e-9), approx(theirs.df2, rel=1e-8))


def test_complete_unstructured_covariance_is_that_pooled_within_groups():
    scores = reference.three_occasions()
    residuals = scores.copy()
    for rows in (CONTROL, ~CONTROL):
        residuals[rows] -= scores[rows].mean(axis=0)
    model = mmrm(scores, reference.GROUPS, "control")
    assert model.covariance == approx(residuals.T @ residuals / 45, rel=1e-9)


@pytest.mark.parametrize("occasions", [2, 3])
def test_baseline_as_covariate_is_ancova_at_each_occasion_where_nobody_is_missing(occasions):
    scores = reference.three_occasions()[:, :occasions]
    model = mmrm(scores, reference.GROUPS, "control", baseline="covariate")
    x = np.column_stack([np.ones(47), ~CONTROL, scores[:, 0]])
    for contrast in model.contrasts:
        y = scores[:, contrast.occasion]
        beta, [ss], *_ = np.linalg.lstsq(x, y)
        se = np.sqrt(ss / 44 * np.linalg.inv(x.T @ x)[1, 1])
        assert contrast.estimate == approx(beta[1], rel=1e-9)
        assert (contrast.se, contrast.df) == (approx(se, rel=1e-9), approx(44, rel=1e-8))
    slopes = dict(zip(model.fixed.names, model.fixed.estimates, strict=True))
    first = np.linalg.lstsq(x, scores[:, 1])[0]
    assert slopes["baseline"] == approx(first[2], rel=1e-9)


def test_tests_of_time_are_absent_where_one_occasion_is_left():
    tests = mmrm(reference.before_and_after("SCS"), reference.GROUPS, "control", baseline="covariate").tests
    assert tests.time is None
    assert tests.time_by_group is None
    assert tests.group.df2 == approx(44, rel=1e-8)


def test_a_constrained_baseline_has_one_mean_and_the_ancovas_difference_where_nobody_is_missing():
    scores = reference.three_occasions()
    constrained = mmrm(scores, reference.GROUPS, "control", baseline="constrained")
    before = {m.group: m.mean for m in constrained.marginal_means if m.occasion == 0}
    assert before["control"] == before["training"] == approx(scores[:, 0].mean(), rel=1e-9)
    assert constrained.tests.group is None
    adjusted = mmrm(scores, reference.GROUPS, "control", baseline="covariate").contrasts
    for ours, theirs in zip(constrained.contrasts, adjusted, strict=True):
        assert ours.estimate == approx(theirs.estimate, rel=1e-9)


def test_marginal_means_are_the_means_where_nobody_is_missing():
    scores = reference.three_occasions()
    for mean in mmrm(scores, reference.GROUPS, "control").marginal_means:
        seen = scores[CONTROL if mean.group == "control" else ~CONTROL, mean.occasion]
        assert mean.mean == approx(seen.mean(), rel=1e-12)
        assert mean.df == approx(45, rel=1e-8)


def test_a_combination_is_a_contrast_when_its_weights_are():
    model = mmrm(data.scores("three_occasions_missing"), reference.GROUPS, "control")
    found = model.combination([[1, 0, -1], [-1, 0, 1]])
    contrast = model.contrasts[1]
    assert (found.estimate, found.p) == (approx(contrast.estimate, rel=1e-12), approx(contrast.p, rel=1e-12))


def variances_of_mean_and_rest(sigma):
    return [sigma[0].sum(), sigma[0, 0] - sigma[0, 1]]


def interaction_rows(arms, occasions):
    """Cell-mean coding, arm by arm."""
    change = np.eye(occasions)[1:] - np.eye(occasions)[0]
    against = np.eye(arms)[1:] - np.eye(arms)[0]
    return np.kron(against, change)


@pytest.mark.parametrize("structure", STRUCTURES)
@pytest.mark.parametrize("information", ["expected", "observed"])
@pytest.mark.parametrize(("occasions", "arms", "people"), [(2, 2, 18), (3, 2, 30), (4, 3, 50), (5, 4, 60)])
def test_patterns_are_the_model_written_the_long_way(structure, information, occasions, arms, people):
    scores, groups = data.simulated(seed=occasions, people=people, occasions=occasions, arms=arms)
    model = mmrm(scores, groups, "arm 0", covariance=structure, information=information)
    dense, sigma = Dense(scores, groups, structure), model.covariance
    theta = sigma[np.triu_indices(occasions)] if structure == "unstructured" else variances_of_mean_and_rest(sigma)
    assert model.log_likelihood == approx(dense.at(theta)[0], rel=1e-10)
    f, df, p = dense.kenward_roger(theta, interaction_rows(arms, occasions), information)
    test = model.tests.time_by_group
    assert (test.f, test.df2, test.p) == (approx(f, rel=1e-7), approx(df, rel=1e-7), approx(p, rel=1e-6))


@given(st.integers(0, 10_000), st.sampled_from(STRUCTURES))
def test_gradient_and_information_are_the_long_ones_and_finite_differences(seed, structure):
    scores, groups = data.simulated(seed, people=16)
    dense, matrices = Dense(scores, groups, structure), basis(structure, 3)
    cells = np.eye(6).reshape(2, 3, 6)
    people = patterns(scores, cells[[int(group == groups[1]) for group in groups]])
    root = np.random.default_rng(seed).normal(size=(3, 3))
    sigma = nearest(root @ root.T + np.eye(3), structure)
    theta = sigma[np.triu_indices(3)] if structure == "unstructured" else variances_of_mean_and_rest(sigma)
    point = evaluate(sigma, people)
    slope = derivatives(point, matrices, people)
    assert point.log_likelihood == approx(dense.at(theta)[0], rel=1e-9)
    assert slope.expected == approx(dense.expected(theta), rel=1e-6, abs=1e-9)
    assert slope.observed == approx(dense.observed(theta), rel=1e-6, abs=1e-8)
    for k, direction in enumerate(1e-5 * np.eye(len(theta))):
        ahead, behind = dense.at(theta + direction)[0], dense.at(theta - direction)[0]
        assert slope.gradient[k] == approx((ahead - behind) / 2e-5, rel=1e-4, abs=1e-4)
