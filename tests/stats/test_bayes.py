"""What to believe of an effect: conjugate, by quadrature, and with a flat prior."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx
from scipy import integrate
from scipy import stats as scipy_stats

from pilotage.stats.bayes import effect_posterior, sceptical_prior

effects, errors = st.floats(-3, 3), st.floats(0.05, 3)


@given(effects, errors, st.floats(2.5, 200), effects)
def test_with_a_flat_prior_the_posterior_is_the_t_distribution(estimate, se, df, limit):
    found = effect_posterior(estimate, se, df)
    theirs = scipy_stats.t(df, estimate, se)
    assert found.above(limit) == approx(theirs.sf(limit), rel=1e-8, abs=1e-12)
    assert (found.low, found.high) == approx(theirs.interval(0.95), rel=1e-8, abs=1e-9)
    assert found.sd == approx(theirs.std(), rel=1e-9)


@pytest.mark.parametrize(
    ("effect", "flat", "sceptical"),
    [(0.721, (0.96, 0.77), (0.77, 0.25)), (0.686, (0.95, 0.73), (0.75, 0.23)), (0.668, (0.94, 0.71), (0.74, 0.22))],
)
def test_the_papers_effects_under_both_priors(effect, flat, sceptical):
    plain = effect_posterior(effect, 0.30)
    doubting = effect_posterior(effect, 0.30, prior_mean=0.0, prior_sd=0.30)
    assert (plain.above(0.2), plain.above(0.5)) == approx(flat, abs=0.01)
    assert (doubting.above(0.2), doubting.above(0.5)) == approx(sceptical, abs=0.015)
    assert doubting.mean == approx(effect / 2)


@pytest.mark.parametrize(
    ("estimate", "se", "df", "mean", "sd"),
    [(0.72, 0.3, 45, 0.0, 0.3), (3.0, 0.2, 5, 0.0, 0.5), (0.1, 0.4, 8, 0.0, 50.0), (-1.0, 2.0, 3, 0.5, 0.1)],
)
def test_quadrature_is_scipys(estimate, se, df, mean, sd):
    def density(x: float) -> float:
        return scipy_stats.t.pdf(x, df, estimate, se) * scipy_stats.norm.pdf(x, mean, sd)

    def integral(function, low, high):
        marks = [m for m in (mean - sd, mean, mean + sd, estimate - se, estimate, estimate + se) if low < m < high]
        return integrate.quad(function, low, high, points=marks, epsabs=0, epsrel=1e-12, limit=500)[0]

    found = effect_posterior(estimate, se, df, mean, sd)
    ends = min(mean, estimate) - 9 * sd, max(mean, estimate) + 9 * sd
    total = integral(density, *ends)
    assert found.mean == approx(integral(lambda x: x * density(x), *ends) / total, rel=1e-8, abs=1e-9)
    for limit in (estimate, mean, (estimate + mean) / 2, found.high):
        assert found.above(limit) == approx(integral(density, limit, ends[1]) / total, rel=1e-7)
    assert (found.above(found.low), found.above(found.high)) == approx((0.975, 0.025), abs=1e-9)


@given(effects, errors, effects, errors)
def test_with_many_degrees_of_freedom_quadrature_becomes_conjugacy(estimate, se, mean, sd):
    conjugate = effect_posterior(estimate, se, math.inf, mean, sd)
    integrated = effect_posterior(estimate, se, 1e12, mean, sd)
    assert integrated.mean == approx(conjugate.mean, rel=1e-5, abs=1e-6)
    assert integrated.sd == approx(conjugate.sd, rel=1e-5)
    assert min(estimate, mean) - 1e-9 <= conjugate.mean <= max(estimate, mean) + 1e-9


@given(effects, errors, st.floats(3, 60))
def test_a_prior_that_knows_nothing_leaves_the_flat_posterior(estimate, se, df):
    vague = effect_posterior(estimate, se, df, 0.0, 1000.0)
    assert vague.above(0.0) == approx(effect_posterior(estimate, se, df).above(0.0), abs=2e-4)


def test_a_sceptic_gives_a_large_effect_one_chance_in_twenty():
    prior = sceptical_prior(0.5)
    assert scipy_stats.norm.sf(0.5, prior.mean, prior.sd) == approx(0.05)
    assert "0.05" in prior.rule


@pytest.mark.parametrize(
    "job",
    [
        lambda: effect_posterior(1.0, 0.0),
        lambda: effect_posterior(1.0, 0.3, 2.0),
        lambda: effect_posterior(1.0, 0.3, 45, 0.0),
        lambda: effect_posterior(1.0, 0.3, 45, 0.0, 0.0),
        lambda: effect_posterior(1.0, 0.3, level=95),
        lambda: sceptical_prior(0.0),
        lambda: sceptical_prior(0.5, 0.6),
    ],
)
def test_what_makes_no_sense_is_refused(job):
    with pytest.raises(ValueError, match=r"needs|level"):
        job()
