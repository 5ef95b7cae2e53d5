"""The page on what few people cannot tell prints what the statistics give and refuse."""

import importlib
from pathlib import Path

import numpy as np
import pytest

from pilotage.stats.bayes import effect_posterior, sceptical_prior
from pilotage.stats.correlation import critical_r
from pilotage.stats.distributions import f_quantile
from pilotage.stats.partially_nested import partially_nested_from_summaries
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none
from pilotage.stats.ttests import Summary

PAGE = (Path(__file__).resolve().parents[2] / "docs/explanation/what-47-people-cannot-tell.md").read_text()
FLOWING = " ".join(PAGE.split())


def short(value: float, digits: int = 2) -> str:
    return f"{value:.{digits}f}".replace("0.", ".", 1).replace("-", "−")


@pytest.mark.parametrize(
    ("constant", "said"),
    [
        ("clusters.FEWEST_GROUPS", "{} groups"),
        ("robust.FEWEST_CLUSTERS", "{} clusters"),
        ("robust.FEWEST_CLUSTERS_IN_AN_ARM", "{} in each arm"),
        ("common_factor.FEWEST_FOR_FACTORS", "{} people"),
        ("common_factor.FEWEST_PER_ITEM", "{} for each item"),
        ("imputation.FEWEST_RESIDUAL_DF", "{} residual df"),
        ("item_change.FEWEST_PEOPLE", "{} people"),
    ],
)
def test_every_limit_in_the_table_is_the_constant_it_names(constant, said):
    module, name = constant.split(".")
    value = getattr(importlib.import_module(f"pilotage.stats.{module}"), name)
    row = next(line for line in PAGE.splitlines() if f"`{constant}`" in line)
    assert said.format(value) in row


@pytest.mark.parametrize("groups", [2, 3, 5, 6, 10, 20])
def test_the_intervals_of_the_correlation_by_number_of_groups(groups):
    size, icc = 12, 0.05
    expected = 1 + size * icc / (1 - icc)
    df = groups - 1, groups * size - groups
    ratios = expected / f_quantile(0.975, *df), expected / f_quantile(0.025, *df)
    low, high = ((ratio - 1) / (ratio + size - 1) for ratio in ratios)
    assert f"| {groups} | {short(low)} to {short(high)} |" in PAGE


def test_the_papers_difference_under_assumed_correlations():
    changes = {"training": Summary(0.7207, 1.0, 25), "control": Summary(0.0, 1.0, 22)}
    sizes = {"training": [14, 11], "control": [1] * 22}
    found = partially_nested_from_summaries(changes, "control", sizes, [0.02, 0.05, 0.10])
    a, b, c = (short(under.p, 3) for under in found.under)
    assert f"p = {a} with an ICC of .02, {b} with .05 and {c} with .10" in FLOWING
    assert f"up to an ICC of {short(found.holds_up_to)}" in FLOWING
    assert f"(p = {short(found.unadjusted.p, 3)})" in FLOWING


def test_shares_correlations_and_beliefs():
    five = clopper_pearson(5, 25)
    assert f"from {five.low:.0%} to {five.high:.0%}".replace("%", " %") in FLOWING
    four = clopper_pearson(4, 25)
    assert f"from {four.low:.0%} to {four.high:.0%}".replace("%", " %") in FLOWING
    none = clopper_pearson(0, 25).high, upper_bound_of_none(47).high
    assert (
        f"None of 25 is up to {none[0]:.0%} (two-sided), none of 47 up to {none[1]:.0%}".replace("%", " %") in FLOWING
    )
    few, more = short(critical_r(24), 3), short(critical_r(47), 3)
    assert f"below {few} is not statistically significant, with 47 one below {more}" in FLOWING
    flat = effect_posterior(0.72, 0.30).above(0.5)
    sceptical = effect_posterior(0.72, 0.30, prior_mean=0.0, prior_sd=0.30).above(0.5)
    assert f"{short(flat)} under the flat prior and {short(sceptical)} under the sceptical one" in FLOWING
    assert f"has an SD of {short(sceptical_prior(0.5).sd)}" in FLOWING


def test_a_first_factor_is_large_by_chance():
    random = np.random.default_rng(1)

    def share(n: int, items: int) -> float:
        draws = (np.linalg.eigvalsh(np.corrcoef(random.normal(size=(n, items)), rowvar=False))[-1] for _ in range(30))
        return float(np.mean(list(draws))) / items

    assert round(100 * share(47, 39)) == 8
    assert round(145 * share(47, 145)) == 7
    assert round(39 * share(5 * 39, 39)) == 2
