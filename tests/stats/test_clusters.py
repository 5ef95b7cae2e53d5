"""People taught in groups: R's correlations, refusals that explain themselves, and assumed correlations."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from scipy import optimize

from pilotage.stats.clusters import (
    FEWEST_GROUPS,
    TooFewGroupsError,
    anova_icc,
    design_effect,
    reml_icc,
    weighted_mean_size,
)
from pilotage.stats.partially_nested import partially_nested_change, partially_nested_from_summaries
from pilotage.stats.ttests import Summary, student_t
from tests.stats import reference

R = reference.answers("clusters_and_reliable_change")["icc"]
CHANGE = np.array([float(row["change"]) for row in reference.rows("clusters")])
CLUSTER = [row["cluster"] for row in reference.rows("clusters")]


@pytest.mark.parametrize(("icc", "effect"), [(0.01, 1.12), (0.05, 1.58), (0.10, 2.15)])
def test_the_design_effect_of_groups_of_twelve_and_a_half(icc, effect):
    assert design_effect(12.5, icc) == approx(effect, abs=0.0051)


def test_unequal_groups_weigh_by_who_is_in_them():
    assert weighted_mean_size([14, 11]) == 12.68
    assert [round(design_effect(12.68, icc), 2) for icc in (0.02, 0.05, 0.10)] == [1.23, 1.58, 2.17]


def test_the_correlation_by_mean_squares_is_rs():
    found = anova_icc(CHANGE, CLUSTER)
    assert (found.between, found.within, found.mean_size) == approx((R["MSB"], R["MSW"], R["n0"]), rel=1e-9)
    assert (found.f, found.p, found.icc.value) == approx((R["F"], R["p"], R["icc_anova"]), rel=1e-9)
    assert (found.icc.low, found.icc.high) == approx(R["ci_F_searle_n0"], rel=1e-9)


def test_the_correlation_by_restricted_likelihood_is_lmers():
    found = reml_icc(CHANGE, CLUSTER)
    assert found.icc.value == approx(R["icc_reml"], rel=1e-6)
    assert (found.between, found.within) == approx(R["var"], rel=1e-6)
    assert found.mean == approx(R["mean_reml"], rel=1e-6)
    assert abs(found.slope) < 1e-8
    assert not found.boundary


def likelihood(ratio: float, values: np.ndarray, clusters: list[str]) -> float:
    """-2 log restricted likelihood from the full covariance matrix."""
    same = np.equal.outer(clusters, clusters).astype(float)
    V = np.eye(len(values)) + ratio * same
    inverse, one = np.linalg.inv(V), np.ones(len(values))
    information = one @ inverse @ one
    rest = values - one @ inverse @ values / information
    return (len(values) - 1) * math.log(rest @ inverse @ rest) + np.linalg.slogdet(V)[1] + math.log(information)


@pytest.mark.parametrize("seed", range(6))
def test_no_other_ratio_is_likelier(seed):
    random = np.random.default_rng(seed)
    sizes = random.integers(2, 9, 7)
    clusters = [f"g{k}" for k, m in enumerate(sizes) for _ in range(m)]
    values = np.repeat(random.normal(0, 0.2 * seed, 7), sizes) + random.normal(size=sizes.sum())
    found = reml_icc(values, clusters)
    ratio = found.between / found.within
    best = optimize.minimize_scalar(
        lambda log_q: likelihood(math.exp(log_q), values, clusters), bounds=(-15, 6), method="bounded"
    )
    assert likelihood(ratio, values, clusters) <= best.fun + 1e-9
    rise = likelihood(found.icc.high / (1 - found.icc.high), values, clusters) - likelihood(ratio, values, clusters)
    assert rise == approx(3.841458820694124, rel=1e-6)
    assert found.boundary == (ratio == 0)


def test_groups_of_one_size_give_the_same_correlation_by_both_ways():
    random = np.random.default_rng(4)
    values = np.repeat(random.normal(0, 1, 8), 5) + random.normal(size=40)
    clusters = [f"g{k // 5}" for k in range(40)]
    assert reml_icc(values, clusters).icc.value == approx(anova_icc(values, clusters).icc.value, rel=1e-9)


def test_groups_more_alike_than_chance_stop_at_the_boundary_and_say_so():
    values = [1.0, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3.1]
    found = reml_icc(values, [f"g{k // 3}" for k in range(15)])
    assert (found.icc.value, found.icc.low, found.boundary) == (0.0, 0.0, True)
    assert found.slope > 0


@pytest.mark.parametrize("estimator", [anova_icc, reml_icc])
def test_two_groups_are_refused_with_the_reason(estimator):
    with pytest.raises(TooFewGroupsError, match=r"at least 5 groups, and there are 2 groups.* 1 degree of freedom"):
        estimator([1.0, 2, 3, 4], ["a", "a", "b", "b"])
    assert FEWEST_GROUPS == 5


@pytest.mark.parametrize(
    ("t", "p"),
    [(2.4654, (0.024, 0.034, 0.054)), (2.3463, (0.031, 0.043, 0.066)), (2.2854, (0.035, 0.049, 0.073))],
)
def test_the_papers_p_values_under_assumed_correlations(t, p):
    difference = t * math.sqrt(1 / 25 + 1 / 22)
    changes = {"training": Summary(difference, 1.0, 25), "control": Summary(0.0, 1.0, 22)}
    sizes = {"training": [14, 11], "control": [1] * 22}
    found = partially_nested_from_summaries(changes, "control", sizes, [0.02, 0.05, 0.10])
    assert tuple(round(under.p, 3) for under in found.under) == p
    assert {under.df for under in found.under} == {45}
    assert "as if the ICC were known" in found.method


changes = st.lists(st.floats(-3, 3).map(lambda x: round(x, 3)), min_size=12, max_size=12).filter(
    lambda values: np.ptp(values[:6]) > 0.01 and np.ptp(values[6:]) > 0.01
)
ARMS = ["x"] * 6 + ["c"] * 6
GROUPS = ["a", "a", "a", "b", "b", "b"] + [None] * 6


@given(changes)
def test_no_correlation_is_students_t_and_more_of_it_is_never_surer(values):
    found = partially_nested_change(values, ARMS, "c", GROUPS, [0.0, 0.05, 0.3])
    plain = student_t(values[:6], values[6:])
    assert found.under[0].p == approx(plain.p, rel=1e-9)
    assert found.under[0].difference.low == approx(plain.difference.low, rel=1e-9, abs=1e-9)
    assert found.under[0].p <= found.under[1].p + 1e-12 <= found.under[2].p + 2e-12


@given(changes)
def test_the_correlation_up_to_which_it_holds_gives_the_level_itself(values):
    holds = partially_nested_change(values, ARMS, "c", GROUPS).holds_up_to
    if holds is not None and holds < 1:
        assert partially_nested_change(values, ARMS, "c", GROUPS, [holds]).under[0].p == approx(0.05, rel=1e-6)


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (lambda: design_effect(0.5, 0.1), "at least 1"),
        (lambda: design_effect(12, 1.5), "-1 to 1"),
        (lambda: weighted_mean_size([]), "at least one person"),
        (lambda: anova_icc([1.0] * 10, [f"g{k // 2}" for k in range(10)]), "do not differ"),
        (lambda: anova_icc(range(5), list("abcde")), "do not differ"),
        (lambda: anova_icc([1.0, math.nan], ["a", "b"]), "without gaps"),
        (lambda: partially_nested_change(range(6), ["x"] * 6, "x", [None] * 6), "two arms"),
        (lambda: partially_nested_change(range(12), ARMS, "c", GROUPS, [1.2]), "between 0 and 1"),
        (lambda: partially_nested_change(range(12), ARMS, "c", GROUPS[:5]), "do not fit"),
    ],
)
def test_what_makes_no_sense_is_refused(job, said):
    with pytest.raises(ValueError, match=said):
        job()
