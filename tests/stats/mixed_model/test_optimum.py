"""The fit is the highest point, or it is refused with the reason."""

import numpy as np
import pytest
from pytest import approx
from scipy import optimize

from pilotage.stats.mixed_model import MixedModelError, mmrm
from pilotage.stats.mixed_model.fit import _climb
from pilotage.stats.mixed_model.patterns import patterns
from tests.stats.mixed_model import data
from tests.stats.mixed_model.dense import Dense

STRUCTURES = ("unstructured", "compound symmetry")


@pytest.mark.parametrize("seed", [*range(4), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(4, 12))])
@pytest.mark.parametrize("structure", STRUCTURES)
def test_a_general_optimiser_finds_nothing_higher(seed, structure):
    scores, groups = data.simulated(seed, people=14, missed=0.35)
    ours, dense = mmrm(scores, groups, "arm 0", covariance=structure).log_likelihood, Dense(scores, groups, structure)
    rng = np.random.default_rng(seed)

    def below(numbers):
        if structure == "unstructured":
            root = np.zeros((3, 3))
            root[np.tril_indices(3)] = numbers
            theta = (root @ root.T + 1e-9 * np.eye(3))[np.triu_indices(3)]
        else:
            theta = np.exp(numbers)
        return -dense.at(theta)[0]

    size = 6 if structure == "unstructured" else 2
    found = [
        optimize.minimize(below, rng.normal(size=size) + 0.5, method="Nelder-Mead", options={"maxiter": 3000}).fun
        for _ in range(3)
    ]
    assert ours >= -min(found) - 1e-6


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("structure", STRUCTURES)
def test_what_is_returned_is_a_proven_maximum(seed, structure):
    scores, groups = data.simulated(seed, people=30, missed=0.3)
    model = mmrm(scores, groups, "arm 0", covariance=structure)
    assert model.converged
    assert model.gradient_norm < 1e-8
    assert model.smallest_curvature > 0


def test_wild_starts_come_to_the_same_top():
    scores, groups = data.simulated(3)
    cells = np.eye(6).reshape(2, 3, 6)
    seen = patterns(scores, cells[[int(group == "arm 1") for group in groups]])
    rng = np.random.default_rng(11)
    tops = []
    for _ in range(20):
        root = rng.normal(size=(3, 3)) * 10 ** rng.uniform(-2, 2, size=(3, 1))
        tops.append(_climb(root @ root.T + 1e-3 * np.eye(3), "unstructured", seen, ()))
    assert [top.trouble for top in tops] == [None] * 20
    assert [top.height for top in tops] == [approx(tops[0].height, rel=1e-12)] * 20


def cluster_like(between):
    """People whose scores at two occasions correlate by a chosen sign."""
    rng = np.random.default_rng(5)
    person, noise = rng.normal(size=(30, 1)), rng.normal(size=(30, 2))
    return person * [1.0, between] + 0.5 * noise, ["a", "b"] * 15


def test_a_negative_covariance_is_estimated_and_said():
    scores, groups = cluster_like(-1.0)
    model = mmrm(scores, groups, "a", covariance="compound symmetry")
    assert model.covariance[0, 1] < 0
    assert model.boundary
    assert model.gradient_norm < 1e-8


def test_a_positive_covariance_is_no_boundary():
    scores, groups = cluster_like(1.0)
    assert not mmrm(scores, groups, "a", covariance="compound symmetry").boundary
    assert not mmrm(scores, groups, "a").boundary


def test_a_nearly_singular_covariance_is_said():
    scores, groups = cluster_like(1.0)
    scores[:, 1] = scores[:, 0] + 1e-3 * scores[:, 1]
    assert mmrm(scores, groups, "a").boundary


def test_a_singular_covariance_is_refused():
    scores, groups = cluster_like(1.0)
    scores[:, 1] = 2 * scores[:, 0]
    with pytest.raises(MixedModelError, match="singular covariance"):
        mmrm(scores, groups, "a")


def test_fewer_people_than_the_covariance_needs_are_refused():
    scores, groups = data.simulated(1, people=6, occasions=5, missed=0.0)
    with pytest.raises(MixedModelError, match="singular covariance"):
        mmrm(scores, groups, "arm 0")


def test_occasions_nobody_has_both_of_are_refused_by_name():
    scores, groups = data.simulated(1, people=30, missed=0.0)
    scores[::2, 1], scores[1::2, 2] = np.nan, np.nan
    with pytest.raises(MixedModelError, match="both occasion 1 and occasion 2"):
        mmrm(scores, groups, "arm 0")
    assert mmrm(scores, groups, "arm 0", covariance="compound symmetry").converged


def test_one_score_a_person_gives_no_compound_symmetry():
    scores = np.where(np.eye(2)[np.arange(20) // 2 % 2] > 0, np.random.default_rng(0).normal(size=(20, 2)), np.nan)
    with pytest.raises(MixedModelError, match="nobody has scores at both"):
        mmrm(scores, ["a", "b"] * 10, "a", covariance="compound symmetry")


def test_high_correlations_cost_few_digits():
    scores, groups = data.simulated(2, missed=0.2)
    alike = scores[:, :1] + 1e-3 * scores
    ours, theirs = mmrm(alike, groups, "arm 0"), mmrm(alike + 7.0, groups, "arm 1")
    for a, b in zip(ours.contrasts, theirs.contrasts, strict=True):
        assert (a.estimate, a.se) == (approx(-b.estimate, rel=1e-7), approx(b.se, rel=1e-7))
        assert a.df == approx(b.df, rel=1e-6)
