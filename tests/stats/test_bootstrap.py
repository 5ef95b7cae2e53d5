"""The BCa bootstrap: SciPy's limits on the same draws, published ones, and what it refuses."""

from types import SimpleNamespace

import numpy as np
import pytest
import scipy.stats
from pytest import approx

from pilotage.stats.bootstrap import _draws, bca

RNG = np.random.default_rng(12)
SKEWED, OTHER = RNG.gamma(1.5, 4, 25).round(1), RNG.gamma(2, 3, 22).round(1)
PAIRS = np.array([SKEWED, SKEWED * 0.5 + RNG.normal(0, 2, 25)])


def mean_difference(a, b, axis=-1):
    return a.mean(axis=axis) - b.mean(axis=axis)


def log_ratio_of_variances(a, b, axis=-1):
    return np.log(a.var(axis=axis, ddof=1) / b.var(axis=axis, ddof=1))


def scipys(statistic, samples, draws, level):
    """SciPy's BCa on draws given to it."""
    given = SimpleNamespace(bootstrap_distribution=draws)
    options = {"n_resamples": 0, "method": "BCa", "bootstrap_result": given, "vectorized": True}
    return scipy.stats.bootstrap(samples, statistic, confidence_level=level, **options).confidence_interval


@pytest.mark.parametrize("statistic", [mean_difference, log_ratio_of_variances])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_two_groups_have_scipys_limits_on_the_same_draws(statistic, level):
    draws = _draws(statistic, [SKEWED, OTHER], np.random.default_rng(3), 4000)
    ours, theirs = (
        bca(statistic, SKEWED, OTHER, seed=3, resamples=4000, level=level),
        scipys(statistic, (SKEWED, OTHER), draws, level),
    )
    assert (ours.low, ours.high) == approx((theirs.low, theirs.high), rel=1e-9)
    assert ours.value == approx(statistic(SKEWED, OTHER))
    assert (ours.n, ours.level, ours.method) == (47, level, "BCa bootstrap, 4000 resamples, seed 3")


def correlation(pairs, axis=-1):
    x, y = (v - v.mean(axis=-1, keepdims=True) for v in pairs)
    return (x * y).sum(axis=-1) / np.sqrt((x**2).sum(axis=-1) * (y**2).sum(axis=-1))


def test_variables_of_a_person_are_drawn_together_as_scipys_paired_ones():
    ours = bca(correlation, PAIRS, seed=5, resamples=3000)
    draws = _draws(correlation, [PAIRS], np.random.default_rng(5), 3000)
    theirs = scipy.stats.bootstrap(
        tuple(PAIRS),
        lambda x, y, axis: correlation((x, y)),
        paired=True,
        vectorized=True,
        n_resamples=0,
        method="BCa",
        bootstrap_result=SimpleNamespace(bootstrap_distribution=draws),
    ).confidence_interval
    assert (ours.low, ours.high) == approx((theirs.low, theirs.high), rel=1e-9)
    assert ours.low < np.corrcoef(PAIRS)[0, 1] < ours.high


def test_the_spatial_test_data_have_the_published_interval():
    # Efron & Tibshirani (1993), table 14.1 and section 14.3: the plug-in variance of A, 90 %, is 115.8 to 259.6.
    a = [48, 36, 20, 29, 42, 42, 20, 42, 22, 41, 45, 14, 6, 0, 33, 28, 34, 4, 32, 24, 47, 41, 24, 26, 30, 41]
    found = bca(lambda x: x.var(axis=-1), a, seed=1, resamples=50_000, level=0.9)
    assert found.value == approx(171.5, abs=0.05)
    assert found.low == approx(115.8, rel=0.02)
    assert found.high == approx(259.6, rel=0.02)


def test_a_growing_transformation_carries_the_limits_with_it():
    plain = bca(lambda x: x.mean(axis=-1), SKEWED, seed=2, resamples=2000)
    logged = bca(lambda x: np.log(x.mean(axis=-1)), SKEWED, seed=2, resamples=2000)
    # Exactly so but for the acceleration, which the jackknife finds on either scale.
    assert (np.exp(logged.low), np.exp(logged.high)) == approx((plain.low, plain.high), rel=0.02)


def test_the_seed_makes_it_repeatable():
    one, same, other = (bca(mean_difference, SKEWED, OTHER, seed=s, resamples=2000) for s in (1, 1, 2))
    assert one == same
    assert one.low != other.low


@pytest.mark.parametrize(
    ("statistic", "sample", "message"),
    [
        (lambda x: x.mean(axis=-1), [1.0], "at least two people"),
        (lambda x: x.mean(axis=-1), [1.0, float("nan"), 2.0], "without missing values"),
        (lambda x: x.mean(), [1.0, 2.0, 4.0], "one value for each of 1 draws"),
        (lambda x: x.mean(axis=-1), [3.0, 3.0, 3.0], "the same whoever is left out"),
        (lambda x: -x.max(axis=-1), [1.0, 2.0, 4.0, 9.0], None),
    ],
)
def test_what_has_no_interval_is_refused_with_the_reason(statistic, sample, message):
    if message is None:
        assert bca(statistic, sample, seed=1, resamples=500).low >= -9
    else:
        with pytest.raises(ValueError, match=message):
            bca(statistic, sample, seed=1, resamples=500)


def test_a_statistic_that_some_draws_cannot_have_is_refused():
    def ratio(x):
        with np.errstate(divide="ignore"):
            return 1 / x.var(axis=-1)

    with pytest.raises(ValueError, match="not finite in every draw"):
        bca(ratio, [1.0, 2.0, 3.0], seed=1, resamples=500)


def test_draws_on_one_side_of_the_estimate_are_refused():
    with pytest.raises(ValueError, match="one side of the estimate"):
        bca(lambda x: np.abs(x.mean(axis=-1) - PAIRS[1].mean()), PAIRS[1], seed=1, resamples=500)


@pytest.mark.parametrize(("options", "message"), [({"level": 95}, "level is a share"), ({"resamples": 0}, "one draw")])
def test_options_out_of_range_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        bca(lambda x: x.mean(axis=-1), SKEWED, seed=1, **options)
