"""Power and sample size: against R's and SciPy's noncentral F, and by identities."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from pilotage.stats.assurance import assurance, sd_posterior, share_posterior
from pilotage.stats.browne import pooled_within, sd_interval, sd_upper_limit
from pilotage.stats.power import (
    ancova_power,
    ancova_power_over_baselines,
    change_power,
    cohen_f,
    f_power,
    post_power,
)
from pilotage.stats.power_conventions import post_hoc_power
from pilotage.stats.precision import (
    PILOT_RULES,
    correlation_half_width,
    people_for_correlation,
    people_for_proportion,
    people_for_sd,
    proportion_half_width,
    sd_half_width,
)
from pilotage.stats.trial_size import (
    Assumed,
    Nested,
    compared_sd_of_change,
    nested_df,
    nested_power,
    size_by_ancova,
    size_by_change,
    size_in_groups,
)
from tests.stats import reference

ETAS = {"scs": 0.119, "eq": 0.109, "pqcf": 0.104}
R_NAMES = {
    "f rounded, times N": "lam_frounded2_N",
    "f times N": "lam_f2N",
    "f times error df": "lam_f2df2",
    "within-between, rho .5": "gpower30_rho5",
}


@pytest.mark.parametrize("outcome", ETAS)
def test_every_convention_agrees_with_r(outcome):
    answers = reference.answers("paper_2020")["power"][outcome]
    found = {power.convention: power for power in post_hoc_power(ETAS[outcome], 47)}
    assert cohen_f(ETAS[outcome]) == pytest.approx(answers["f"], rel=1e-12)
    for ours, theirs in R_NAMES.items():
        assert found[ours].power == pytest.approx(answers[theirs], rel=1e-9)


def test_the_seven_tenths_of_the_paper_is_self_compassion_alone_with_f_rounded():
    rounded = {
        (outcome, found.convention): round(found.power, 2)
        for outcome, eta in ETAS.items()
        for found in post_hoc_power(eta, 47)
    }
    assert [which for which, power in rounded.items() if power == 0.70] == [("scs", "f rounded, times N")]


@given(
    ncp=st.floats(0.001, 60), df1=st.integers(1, 6), df2=st.integers(3, 400), alpha=st.sampled_from([0.01, 0.05, 0.1])
)
def test_power_is_that_of_scipys_noncentral_f(ncp, df1, df2, alpha):  # at 0 itself SciPy 1.17 gives -0.99
    critical = stats.f.isf(alpha, df1, df2)
    assert f_power(ncp, df1, df2, alpha) == pytest.approx(float(stats.ncf.sf(critical, df1, df2, ncp)), abs=1e-9)


@given(n=st.integers(3, 90), m=st.integers(3, 90), difference=st.floats(0.05, 1.2))
def test_the_f_test_of_two_groups_is_the_two_sided_t_test(n, m, difference):
    df, ncp = n + m - 2, difference * math.sqrt(n * m / (n + m))
    critical = stats.t.isf(0.025, df)
    two_sided = float(stats.nct.sf(critical, df, ncp) + stats.nct.cdf(-critical, df, ncp))
    assert post_power(difference, 1.0, n, m) == pytest.approx(two_sided, abs=1e-9)
    assert post_power(difference, 1.0, n, m) == pytest.approx(post_power(-difference, 1.0, m, n), abs=1e-13)


def test_change_and_the_scores_after_are_equally_good_at_a_correlation_of_a_half():
    assert change_power(0.4, 2.0, 0.5, 40, 30) == pytest.approx(post_power(0.4, 2.0, 40, 30), rel=1e-12)


def test_ancova_is_never_worse_than_change_but_for_its_degree_of_freedom():
    for correlation in (0.0, 0.3, 0.6, 0.9):
        assert ancova_power(0.5, 1.0, correlation, 60, 60) > change_power(0.5, 1.0, correlation, 60, 60) - 0.001


def test_ancovas_power_over_baselines_is_what_simulated_trials_find():
    rng, n, trials = np.random.default_rng(5), 8, 60_000
    x = rng.standard_normal((trials, 2 * n))
    y = 0.5 * x + math.sqrt(0.75) * rng.standard_normal((trials, 2 * n))
    y[:, :n] += 1.0
    within = [v - np.repeat(v.reshape(trials, 2, n).mean(2), n, axis=1) for v in (x, y)]
    sxx, sxy, syy = (
        (a * b).sum(1) for a, b in ((within[0], within[0]), (within[0], within[1]), (within[1], within[1]))
    )
    gap = x[:, :n].mean(1) - x[:, n:].mean(1)
    estimate = y[:, :n].mean(1) - y[:, n:].mean(1) - sxy / sxx * gap
    error = np.sqrt((syy - sxy**2 / sxx) / (2 * n - 3) * (2 / n + gap**2 / sxx))
    share = float((np.abs(estimate / error) > stats.t.isf(0.025, 2 * n - 3)).mean())
    exact = ancova_power_over_baselines(1.0, 1.0, 0.5, n, n)
    assert share == pytest.approx(exact, abs=3.5 * math.sqrt(exact * (1 - exact) / trials))
    assert ancova_power(1.0, 1.0, 0.5, n, n) - exact > 0.02  # what ignoring the baselines would promise too much


def test_brownes_factors_are_the_published_ones():
    factors = [sd_upper_limit(1.0, 45, level) for level in (0.80, 0.90, 0.95)]
    assert [round(factor, 3) for factor in factors] == [1.105, 1.162, 1.212]
    assert [round(factor**2, 2) for factor in factors] == [1.22, 1.35, 1.47]


@given(df=st.integers(2, 300), level=st.floats(0.5, 0.99))
def test_an_sds_limits_are_scipys_chi_square(df, level):
    assert sd_upper_limit(3.0, df, level) == pytest.approx(3 * math.sqrt(df / stats.chi2.ppf(1 - level, df)), rel=1e-9)
    both = sd_interval(3.0, df, df + 1, level)
    assert both.low == pytest.approx(3 * math.sqrt(df / stats.chi2.isf((1 - level) / 2, df)), rel=1e-9)


def test_the_pooled_covariance_forgets_how_far_groups_are_apart():
    rng = np.random.default_rng(3)
    values, arms = rng.standard_normal((30, 2)), ["a"] * 12 + ["b"] * 18
    moved = values + np.where(np.array(arms) == "a", 50.0, -4.0)[:, None]
    np.testing.assert_allclose(pooled_within(moved, arms)[0], pooled_within(values, arms)[0], atol=1e-10)
    assert pooled_within(values, arms)[1] == 28


@pytest.mark.parametrize(("difference", "people"), [(0.2, 394), (0.5, 64), (0.8, 26)])
def test_cohens_sizes_per_group_are_found(difference, people):
    by_change = size_by_change(Assumed(difference=difference, sd=1.0, correlation=0.5))
    assert by_change.analysed == (people, people)
    assert by_change.power >= 0.8


def test_attrition_and_unequal_arms_are_counted_and_one_person_fewer_is_too_few():
    assumed = Assumed(difference=0.5, sd=1.0, correlation=0.6, attrition=0.15, power=0.9, ratio=1.5)
    found = size_by_ancova(assumed)
    n, m = found.analysed
    assert m == round(1.5 * n)
    assert found.first == math.ceil(n / 0.85)
    assert found.second == math.ceil(m / 0.85)
    assert found.power == ancova_power_over_baselines(0.5, 1.0, 0.6, n, m) >= 0.9
    assert ancova_power_over_baselines(0.5, 1.0, 0.6, n - 1, round(1.5 * (n - 1))) < 0.9


def test_ancova_needs_about_one_less_the_squared_correlation_of_the_people():
    assumed = Assumed(difference=0.3, sd=1.0, correlation=0.7)
    after = size_by_change(Assumed(difference=0.3, sd=1.0, correlation=0.5)).analysed[0]
    assert size_by_ancova(assumed).analysed[0] == pytest.approx((1 - 0.49) * after, abs=1.5)


def test_the_df_of_a_partially_nested_design_are_those_of_its_few_groups():
    many = Nested(groups=2, size=5_000, controls=100_000, icc=0.1)
    assert nested_df(many) == pytest.approx(1.0, abs=0.05)
    assert Nested(4, 12.5, 50, 0.05).design_effect == pytest.approx(1.575)


def test_clustering_asks_for_more_groups_than_its_absence():
    assumed = Assumed(difference=0.5, sd=1.0, correlation=0.6, attrition=0.1)
    sizes = [
        size_in_groups(assumed, compared_sd_of_change(assumed), icc, 12, "change") for icc in (0.0, 0.01, 0.05, 0.1)
    ]
    assert [size.groups for size in sizes] == sorted(size.groups or 0 for size in sizes)
    assert all(size.power >= 0.8 for size in sizes)
    assert sizes[-1].design_effect == pytest.approx(1 + 9.8 * 0.1)
    last = sizes[-1]
    fewer = Nested((last.groups or 0) - 1, 10.8, math.floor(0.9 * 12 * ((last.groups or 0) - 1)), 0.1)
    assert nested_power(0.5, compared_sd_of_change(assumed), fewer) < 0.8


@pytest.mark.parametrize("half_width", [0.08, 0.15, 0.3])
def test_a_precise_pilot_is_the_smallest_that_is_precise(half_width):
    n = people_for_sd(half_width)
    assert sd_half_width(n - 2) <= half_width < sd_half_width(n - 3)
    n = people_for_proportion(0.8, half_width)
    assert proportion_half_width(0.8, n) <= half_width < proportion_half_width(0.8, n - 1)
    n = people_for_correlation(0.7, half_width)
    assert correlation_half_width(0.7, n, arms=2) <= half_width < correlation_half_width(0.7, n - 1, arms=2)


def test_the_rules_for_pilots_give_their_sources_numbers():
    found = {rule.id: [rule.people(d, 400) for d in (0.1, 0.2, 0.5, 0.8)] for rule in PILOT_RULES}
    assert found["whitehead-2016"] == [(150, 150), (50, 50), (30, 30), (20, 20)]
    assert found["teare-2014-sd"][0] == (70, 70)
    assert found["teare-2014-rate"][0] == (60, 100)
    assert found["cocks-torgerson-2013"][0] == (36, 36)


def test_assurance_is_the_average_power_over_drawn_standard_deviations():
    rng = np.random.default_rng(8)
    drawn = np.sqrt(45 / rng.chisquare(45, 4_000))
    average = float(np.mean([post_power(0.5, sd, 64, 64) for sd in drawn]))
    found = assurance(lambda sd, icc, lost: post_power(0.5, sd, 64, 64), sd_posterior(1.0, 45), [(0.0, 1.0)], [0.0])
    assert found.value == pytest.approx(average, abs=0.005)
    assert found.value < post_power(0.5, 1.0, 64, 64)
    assert found.over == "the SD"


def test_assurance_weighs_beliefs_about_clustering():
    found = assurance(lambda sd, icc, lost: icc, [1.0], [(0.0, 1.0), (1.0, 3.0)], share_posterior(2, 47))
    assert found.value == pytest.approx(0.75)
    assert found.lowest_tenth == 0.0


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        (lambda: cohen_f(1.0), "below 1"),
        (lambda: f_power(-1, 1, 45), "noncentrality"),
        (lambda: sd_upper_limit(0.0, 10), "above 0"),
        (lambda: size_by_change(Assumed(difference=0.0, sd=1.0, correlation=0.5)), "difference"),
        (lambda: nested_power(0.5, 1.0, Nested(1, 12, 12, 0.05)), "2 groups"),
        (lambda: people_for_correlation(1.0, 0.1), "between -1 and 1"),
        (lambda: post_hoc_power(0.1, 2), "3 people"),
    ],
)
def test_what_makes_no_sense_is_refused(wrong, why):
    with pytest.raises(ValueError, match=why):
        wrong()
