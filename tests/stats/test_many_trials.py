"""Thousands of trials at once: the same F as one at a time, and draws of the size they are said to have."""

import numpy as np
import pytest
from pytest import approx

from pilotage.stats.anova import mixed_anova
from pilotage.stats.distributions import f_quantile
from pilotage.stats.many_trials import interaction_f, simulated_interaction_f

RNG = np.random.default_rng(9)


@pytest.mark.parametrize(("n1", "n2"), [(25, 22), (2, 2), (3, 9)])
def test_each_f_is_that_of_the_mixed_anova(n1, n2):
    pre, post = RNG.normal(50, 10, (2, 600, n1 + n2))
    found, groups = interaction_f(pre, post, n1), ["a"] * n1 + ["b"] * n2
    for trial in (0, 1, 511, 512, 599):
        alone = mixed_anova(np.column_stack([pre[trial], post[trial]]), groups).time_by_group.f
        assert found[trial] == approx(alone, rel=1e-9)


def test_scores_far_from_nought_lose_no_digits():
    pre, post = RNG.normal(0, 1, (2, 50, 10))
    assert interaction_f(pre, post + 1e6, 5) == approx(interaction_f(pre, post, 5), rel=1e-8, abs=1e-9)


def test_what_is_given_is_not_overwritten():
    pre, post = RNG.normal(0, 1, (2, 5, 6))
    copies = pre.copy(), post.copy()
    interaction_f(pre, post, 3)
    assert (pre == copies[0]).all()
    assert (post == copies[1]).all()


def test_without_an_effect_one_in_twenty_is_significant():
    f = simulated_interaction_f(40_000, (25, 22), effect=0.0, correlation=0.5, seed=3)
    assert (f > f_quantile(0.95, 1, 45)).mean() == approx(0.05, abs=0.004)


def test_power_is_that_of_the_noncentral_f():
    # d on the changes is effect / sqrt(2 (1 - r)); .61244 is R's pf for d = 2 / 3.
    f = simulated_interaction_f(40_000, (25, 22), effect=2 / 3, correlation=0.5, seed=4)
    assert (f > f_quantile(0.95, 1, 45)).mean() == approx(0.61244, abs=0.01)


def test_the_seed_makes_it_repeatable():
    one, same, other = (
        simulated_interaction_f(700, (5, 4), effect=0.3, correlation=0.2, seed=seed) for seed in (1, 1, 2)
    )
    assert (one == same).all()
    assert (one != other).all()


def test_a_trial_in_which_everyone_changes_alike_has_no_f():
    f = interaction_f([[1, 2, 3, 4], [1, 2, 3, 4]], [[2, 3, 4, 5], [3, 4, 4, 5]], 2)
    assert np.isnan(f[0])
    assert np.isinf(f[1])


@pytest.mark.parametrize(
    ("pre", "post", "n1", "message"),
    [
        ([[1, 2, 3, 4]], [[1, 2, 3]], 2, "not \\(1, 4\\) and \\(1, 3\\)"),
        ([1, 2, 3, 4], [1, 2, 3, 4], 2, "trials by people"),
        ([[1, 2, 3, 4]], [[1, 2, 3, 4]], 3, "at least 2 people, not 3 and 1"),
    ],
)
def test_what_does_not_fit_is_refused(pre, post, n1, message):
    with pytest.raises(ValueError, match=message):
        interaction_f(pre, post, n1)


def test_an_impossible_correlation_is_refused():
    with pytest.raises(ValueError, match="between -1 and 1, not at 2"):
        simulated_interaction_f(5, (3, 3), effect=0, correlation=2, seed=1)
