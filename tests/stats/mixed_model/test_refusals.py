"""What the mixed model does not accept, and how it says so."""

import doctest
import importlib
import pkgutil
import subprocess
import sys

import numpy as np
import pytest

from pilotage.stats import mixed_model
from pilotage.stats.mixed_model import MixedModelError, mmrm

SCORES = np.random.default_rng(4).normal(size=(12, 3))
GROUPS = ["a", "b"] * 6
MODULES = [module.name for module in pkgutil.iter_modules(mixed_model.__path__, "pilotage.stats.mixed_model.")]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scores": SCORES[:, 0]}, "people by at least two occasions"),
        ({"scores": SCORES[:5]}, "5 people do not fit 12 group labels"),
        ({"scores": np.full((12, 3), np.inf)}, "finite numbers"),
        ({"groups": ["a"] * 12}, "only 'a'"),
        ({"reference": "c"}, "'c' is not among 'a', 'b'"),
        ({"covariance": "toeplitz"}, "'toeplitz'"),
        ({"baseline": "change"}, "'change'"),
        ({"ddf": "residual"}, "'residual'"),
        ({"information": "average"}, "'average'"),
        ({"covariates": np.ones(3)}, "12 rows"),
        ({"level": 95}, "between 0 and 1"),
    ],
)
def test_a_callers_mistake_is_named(change, words):
    with pytest.raises(ValueError, match=words):
        mmrm(**{"scores": SCORES, "groups": GROUPS, "reference": "a", **change})


@pytest.mark.parametrize(
    ("covariates", "words"),
    [
        (np.full(12, 3.0), "the same for everyone"),
        (np.array([1.0, 0.0] * 6), "cannot be told apart"),
        (np.column_stack([np.arange(12), 2 * np.arange(12) + 1]), "cannot be told apart"),
    ],
)
def test_a_covariate_without_a_slope_of_its_own_is_refused(covariates, words):
    with pytest.raises(MixedModelError, match=words):
        mmrm(SCORES, GROUPS, "a", covariates=covariates)


def test_a_group_unseen_at_an_occasion_is_refused_by_name():
    scores = SCORES.copy()
    scores[1::2, 2] = np.nan
    with pytest.raises(MixedModelError, match="group 'b' has a usable score at occasion 2"):
        mmrm(scores, GROUPS, "a")


def test_a_group_without_any_score_is_refused_and_not_forgotten():
    with pytest.raises(MixedModelError, match="group 'c'"):
        mmrm(np.vstack([SCORES, np.full(3, np.nan)]), [*GROUPS, "c"], "a")


def test_scores_that_the_means_explain_are_refused():
    with pytest.raises(MixedModelError, match="no variance is left"):
        mmrm(np.tile([[1.0, 2.0], [3.0, 5.0]], (6, 1)), GROUPS, "a")


def test_whoever_has_no_baseline_is_not_analysed_where_it_is_a_covariate_and_is_otherwise():
    scores = SCORES.copy()
    scores[3, 0] = np.nan
    assert 3 not in mmrm(scores, GROUPS, "a", baseline="covariate").analysed
    assert mmrm(scores, GROUPS, "a").n == 12


def test_weights_that_do_not_fit_are_refused():
    model = mmrm(SCORES, GROUPS, "a")
    with pytest.raises(ValueError, match=r"of shape \(2, 3\)"):
        model.combination([1.0, 0.0])
    with pytest.raises(ValueError, match="combine nothing"):
        model.combination(np.zeros((2, 3)))


def test_the_method_names_its_choices():
    model = mmrm(SCORES, GROUPS, "a", ddf="satterthwaite", information="observed", baseline="covariate")
    expected = "MMRM by REML, unstructured covariance, Satterthwaite, observed information, baseline as covariate"
    assert model.method == expected == model.contrasts[0].method


@pytest.mark.parametrize("name", MODULES)
def test_every_example_runs(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_no_mixed_model_imports_scipy():
    script = f"import sys, {', '.join(MODULES)}; print([m for m in sys.modules if m.startswith('scipy')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
