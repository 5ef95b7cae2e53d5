"""maxT: plain enumeration, exact p values, what gaps and strata do, and what it refuses."""

import math
from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.max_t import max_t
from pilotage.stats.multiplicity import holm
from pilotage.stats.permutation import permutation_change
from pilotage.stats.permutations import random_divisions
from pilotage.stats.ttests import student_t
from tests.stats import reference

SCALES = ("EQ", "PSS", "SCS.iso", "PQL.bo")
CHANGES = np.column_stack(
    [(reference.items(f"{scale}|post") - reference.items(f"{scale}|pre")).sum(axis=1) for scale in SCALES]
)
OTHER = reference.TRAINING


def test_each_p_is_the_exact_one_but_for_monte_carlo_error():
    found = max_t(CHANGES, reference.GROUPS, "control", seed=4)
    for k, scale in enumerate(SCALES):
        exact = reference.answers("permutation")["scales"][scale]["p_exact"]
        assert abs(found.p[k] - exact) < 4 * math.sqrt(exact * (1 - exact) / found.resamples)
        assert found.statistics[k] == approx(student_t(CHANGES[OTHER, k], CHANGES[~OTHER, k]).t, rel=1e-10)


def enumerated(changes, size):
    """Single step and step-down over every division, by the definition."""
    people = range(len(changes))
    every = [np.isin(people, chosen) for chosen in combinations(people, size)]
    t = np.array([[abs(student_t(c[m], c[~m]).t) for c in changes.T] for m in every])
    observed, order = t[0], np.argsort(-t[0])
    single = (t.max(axis=1)[:, None] >= observed - 1e-9).mean(axis=0)
    down = [(t[:, order[k:]].max(axis=1) >= observed[order[k]] - 1e-9).mean() for k in range(len(order))]
    adjusted = np.empty(len(order))
    adjusted[order] = np.maximum.accumulate(down)
    return single, adjusted


def test_adjusted_p_values_are_those_of_every_division():
    changes = np.array([[9, 4, 2], [7, 5, 1], [8, 1, 4], [6, 6, 0], [2, 3, 3], [5, 1, 1], [1, 2, 5], [3, 0, 2]])
    single, down = enumerated(changes, 4)
    found = max_t(changes, list("aaaabbbb"), "b", seed=8, resamples=200_000)
    assert found.single_step == approx(single, abs=0.005)
    assert found.adjusted == approx(down, abs=0.005)


def test_step_down_lies_between_each_p_and_the_single_step_and_mostly_below_holm():
    found = max_t(CHANGES, reference.GROUPS, "control", seed=1, resamples=20_000)
    assert all(p <= down <= single for p, down, single in zip(found.p, found.adjusted, found.single_step, strict=True))
    assert all(ours <= theirs + 0.01 for ours, theirs in zip(found.adjusted, holm(found.p), strict=True))


def test_an_outcome_given_twice_costs_nothing():
    once = max_t(CHANGES[:, :1], reference.GROUPS, "control", seed=3, resamples=5000)
    twice = max_t(CHANGES[:, [0, 0]], reference.GROUPS, "control", seed=3, resamples=5000)
    assert twice.adjusted == once.adjusted * 2
    assert once.adjusted == once.single_step == once.p


def test_the_seed_makes_it_repeatable_and_blocks_make_no_difference_to_the_total():
    one = max_t(CHANGES, reference.GROUPS, "control", seed=3, resamples=9000)
    assert one == max_t(CHANGES, reference.GROUPS, "control", seed=3, resamples=9000)
    assert one.p != max_t(CHANGES, reference.GROUPS, "control", seed=4, resamples=9000).p
    assert all(1 / 9001 <= p <= 1 for p in one.p + one.adjusted)
    assert one.mc_error[0] == approx(math.sqrt(one.adjusted[0] * (1 - one.adjusted[0]) / 9000))


def test_a_gap_leaves_the_person_out_of_that_outcome_only():
    gappy = CHANGES.astype(float)
    gappy[[0, 30, 46], 1] = np.nan
    found, whole = (max_t(c, reference.GROUPS, "control", seed=2, resamples=30_000) for c in (gappy, CHANGES))
    assert found.n == (47, 44, 47, 47)
    assert (found.p[0], found.statistics[0]) == (whole.p[0], approx(whole.statistics[0], rel=1e-12))
    kept = np.isfinite(gappy[:, 1])
    assert found.statistics[1] == approx(student_t(gappy[OTHER & kept, 1], gappy[~OTHER & kept, 1]).t, rel=1e-10)
    groups = [g for g, k in zip(reference.GROUPS, kept, strict=True) if k]
    exact = permutation_change(gappy[kept, 1], groups, "control").p
    # The sizes of the groups among those present vary from draw to draw, so it is near the exact test, not that test.
    assert found.p[1] == approx(exact, abs=0.02)


def test_with_strata_t_is_that_of_a_regression_and_people_stay_within():
    strata = ["north" if k % 3 else "south" for k in range(47)]
    found = max_t(CHANGES, reference.GROUPS, "control", seed=6, resamples=40_000, strata=strata)
    X = np.column_stack([OTHER, np.array(strata) == "north", np.array(strata) == "south"]).astype(float)
    coefficients, residual, *_ = np.linalg.lstsq(X, CHANGES)
    se = np.sqrt(residual / 44 * np.linalg.inv(X.T @ X)[0, 0])
    assert found.statistics == approx(coefficients[0] / se, rel=1e-9)
    exact = permutation_change(CHANGES[:, 0], reference.GROUPS, "control", strata).p
    assert found.p[0] == approx(exact, abs=0.004)
    assert "within 2 strata" in found.method


@given(st.lists(st.integers(1, 9), min_size=1, max_size=3), st.data())
def test_divisions_keep_the_sizes_within_each_stratum(strata, data):
    sizes = [data.draw(st.integers(0, people)) for people in strata]
    starts = np.cumsum([0, *strata])
    places = [np.arange(a, b) for a, b in pairwise(starts)]
    masks = random_divisions(np.random.default_rng(1), 20, places, sizes)
    for place, size in zip(places, sizes, strict=True):
        assert (masks[:, place].sum(axis=1) == size).all()


def test_every_division_is_equally_likely():
    masks = random_divisions(np.random.default_rng(7), 60_000, [np.arange(6)], [3])
    _, counts = np.unique(masks @ 2 ** np.arange(6), return_counts=True)
    assert len(counts) == 20
    assert ((counts - 3000) ** 2 / 3000).sum() < 43.8  # the 99.9th percentile of chi square on 19


def test_an_outcome_nearly_empty_is_nought_where_a_group_has_no_value():
    changes = np.array([[1.0, 5], [2, np.nan], [4, np.nan], [3, 1], [6, 2], [5, np.nan]])
    found = max_t(changes, list("aaabbb"), "b", seed=1, resamples=2000)
    assert found.n == (6, 3)
    assert all(0 < p <= 1 for p in found.adjusted)


@pytest.mark.parametrize(
    ("changes", "groups", "strata", "message"),
    [
        ([[1], [2], [3], [4]], "aaaa", None, "the groups are a"),
        ([[1], [2], [3], [4]], "aab", None, "3 group labels do not fit"),
        ([[1], [2], [3], [4]], "aabb", list("xxxy"), "stratum 'y' holds people of one group only"),
        ([[1], [2], [3], [4]], "aabb", list("xyx"), "3 strata do not fit 4 people"),
        ([[1, 1], [2, 1], [3, 1], [4, 1]], "aabb", None, "outcome 2 has no t"),
        ([[1], [1], [2], [2]], "aabb", None, "outcome 1 has no t"),
        ([[0.1], [0.1], [0.1], [0.3]], "aaab", None, "outcome 1 has no t"),
        ([[1], [math.nan], [math.nan], [4]], "aabb", None, "outcome 1 has no t"),
        ([[1, 3], [2, 7], [3, math.nan], [5, math.nan]], "aabb", None, "outcome 2 has no t"),
        ([[1, 3], [2, 7], [4, 5], [5, math.nan]], "aaab", None, "outcome 2 has no t"),
    ],
)
def test_what_cannot_be_tested_is_refused_with_the_reason(changes, groups, strata, message):
    with pytest.raises(ValueError, match=message):
        max_t(changes, list(groups), "b", seed=1, strata=strata, resamples=10)


def test_no_divisions_are_refused():
    with pytest.raises(ValueError, match="at least one division"):
        max_t([[1], [2], [3], [5]], list("aabb"), "b", seed=1, resamples=0)
