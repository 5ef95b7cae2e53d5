"""Changes to the data that must change the answer in a known way, or not at all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.mixed_model import mmrm
from tests.stats.mixed_model import data

seeds = st.integers(0, 10_000)
structures = st.sampled_from(["unstructured", "compound symmetry"])
choices = st.fixed_dictionaries(
    {
        "covariance": structures,
        "baseline": st.sampled_from(["outcome", "covariate", "constrained"]),
        "ddf": st.sampled_from(["kenward-roger", "satterthwaite"]),
        "information": st.sampled_from(["expected", "observed"]),
    }
)
few = settings(max_examples=40)


def assert_same_tests(ours, theirs):
    for a, b in zip(ours.contrasts, theirs.contrasts, strict=True):
        assert (a.t, a.df, a.p) == (approx(b.t, rel=1e-6, abs=1e-8), approx(b.df, rel=1e-6), approx(b.p, rel=1e-6))
    for name in ("group", "time", "time_by_group"):
        a, b = getattr(ours.tests, name), getattr(theirs.tests, name)
        if a is not None:
            assert (a.f, a.df2) == (approx(b.f, rel=1e-6, abs=1e-9), approx(b.df2, rel=1e-6))


@few
@given(seeds, choices, st.floats(-1e4, 1e4))
def test_a_constant_added_to_every_score_changes_no_test(seed, chosen, shift):
    scores, groups = data.simulated(seed)
    ours, theirs = mmrm(scores + shift, groups, "arm 0", **chosen), mmrm(scores, groups, "arm 0", **chosen)
    assert_same_tests(ours, theirs)
    assert ours.covariance == approx(theirs.covariance, rel=1e-5, abs=1e-8)


@few
@given(seeds, choices, st.floats(-8, 8))
def test_the_unit_of_the_scores_changes_no_test(seed, chosen, magnitude):
    scores, groups = data.simulated(seed)
    unit = 10**magnitude
    ours, theirs = mmrm(scores * unit, groups, "arm 0", **chosen), mmrm(scores, groups, "arm 0", **chosen)
    assert_same_tests(ours, theirs)
    assert ours.covariance / unit**2 == approx(theirs.covariance, rel=1e-6, abs=1e-9)
    for a, b in zip(ours.contrasts, theirs.contrasts, strict=True):
        assert a.estimate / unit == approx(b.estimate, rel=1e-6, abs=1e-8)


@few
@given(seeds, choices)
def test_a_reversed_scale_reverses_the_sign(seed, chosen):
    scores, groups = data.simulated(seed)
    ours, theirs = mmrm(-scores, groups, "arm 0", **chosen), mmrm(scores, groups, "arm 0", **chosen)
    for a, b in zip(ours.contrasts, theirs.contrasts, strict=True):
        assert (a.estimate, a.p) == (approx(-b.estimate, rel=1e-7, abs=1e-9), approx(b.p, rel=1e-7))


@few
@given(seeds, choices)
def test_the_other_arm_as_reference_reverses_the_sign(seed, chosen):
    scores, groups = data.simulated(seed)
    ours, theirs = mmrm(scores, groups, "arm 1", **chosen), mmrm(scores, groups, "arm 0", **chosen)
    for a, b in zip(ours.contrasts, theirs.contrasts, strict=True):
        assert (a.estimate, a.low) == (approx(-b.estimate, rel=1e-7, abs=1e-9), approx(-b.high, rel=1e-7, abs=1e-7))
        assert (a.df, a.p) == (approx(b.df, rel=1e-7), approx(b.p, rel=1e-6))


@few
@given(seeds, choices, st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(seed, chosen, random):
    scores, groups = data.simulated(seed, arms=3)
    order = list(range(len(groups)))
    random.shuffle(order)
    ours = mmrm(scores[order], [groups[k] for k in order], "arm 1", **chosen)
    theirs = mmrm(scores, groups, "arm 1", **chosen)
    found, expected = ({c.arm + str(c.occasion): c.p for c in m.contrasts} for m in (ours, theirs))
    assert found == {key: approx(p, rel=1e-6) for key, p in expected.items()}


@few
@given(seeds, choices)
def test_somebody_without_a_score_changes_nothing(seed, chosen):
    scores, groups = data.simulated(seed)
    more = np.vstack([np.full(3, np.nan), scores])
    ours, theirs = mmrm(more, ["arm 1", *groups], "arm 0", **chosen), mmrm(scores, groups, "arm 0", **chosen)
    assert ours.contrasts == theirs.contrasts
    assert ours.n == theirs.n
    assert ours.analysed == tuple(k + 1 for k in theirs.analysed)


@few
@given(seeds, st.sampled_from(["unstructured", "compound symmetry"]))
def test_the_order_of_later_occasions_does_not_matter(seed, covariance):
    scores, groups = data.simulated(seed)
    ours = mmrm(scores[:, [0, 2, 1]], groups, "arm 0", covariance=covariance).contrasts
    theirs = mmrm(scores, groups, "arm 0", covariance=covariance).contrasts
    assert [c.p for c in ours] == [approx(c.p, rel=1e-6) for c in theirs[::-1]]


@few
@given(seeds, st.floats(-4, 4), st.floats(-100, 100))
def test_the_unit_of_a_covariate_changes_no_contrast(seed, magnitude, shift):
    scores, groups = data.simulated(seed)
    age = np.random.default_rng(seed).normal(size=len(groups))
    ours = mmrm(scores, groups, "arm 0", covariates=(age + shift) * 10**magnitude)
    theirs = mmrm(scores, groups, "arm 0", covariates=age)
    assert_same_tests(ours, theirs)


@pytest.mark.parametrize("seed", range(20))
def test_a_group_effect_added_to_the_scores_is_added_to_the_contrast(seed):
    scores, groups = data.simulated(seed)
    moved = scores + np.outer([group == "arm 1" for group in groups], [0.0, 2.0, 5.0])
    for ours, theirs, added in zip(
        mmrm(moved, groups, "arm 0").contrasts, mmrm(scores, groups, "arm 0").contrasts, (2, 5), strict=True
    ):
        assert ours.estimate == approx(theirs.estimate + added, rel=1e-9)
        assert ours.se == approx(theirs.se, rel=1e-9)
