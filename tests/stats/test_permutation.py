"""The exact permutation test: coin's numbers, plain enumeration, and what it refuses."""

import math
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.permutation import EXCHANGEABLE, RANDOMISED, permutation_change, permutation_contrasts
from pilotage.stats.subset_sums import subset_sums
from tests.stats import reference

R = reference.answers("permutation")["scales"]


def changes_of(scale):
    """Sums of items after less before."""
    return (reference.items(f"{scale}|post") - reference.items(f"{scale}|pre")).sum(axis=1)


@pytest.mark.parametrize("scale", R)
def test_p_is_that_of_coins_exact_distribution(scale):
    test = permutation_change(changes_of(scale), reference.GROUPS, "control")
    assert test.p == approx(R[scale]["p_exact"], rel=1e-9)
    assert test.n == 47


def differences(other, control, shift=0):
    """Every division's difference in sums about its mean, once ``shift`` is taken off the other group."""
    people = [value - shift for value in other] + list(control)
    mean = len(other) * sum(people) / len(people)
    return [sum(people[k] for k in chosen) - mean for chosen in combinations(range(len(people)), len(other))]


answers = st.lists(st.integers(-6, 9), min_size=1, max_size=5)


def divided(other, control, strata=None):
    groups = ["other"] * len(other) + ["control"] * len(control)
    return permutation_change([*other, *control], groups, "control", strata)


@given(answers, answers)
def test_p_is_the_share_of_divisions_as_far_apart(other, control):
    every = differences(other, control)
    observed = abs(every[0])
    assert divided(other, control).p == approx(np.mean([abs(d) >= observed - 1e-9 for d in every]), rel=1e-12)


@given(answers, answers, answers, answers)
def test_with_strata_people_change_places_within_theirs_only(other_a, control_a, other_b, control_b):
    strata = ["a"] * len(other_a) + ["b"] * len(other_b) + ["a"] * len(control_a) + ["b"] * len(control_b)
    test = divided(other_a + other_b, control_a + control_b, strata)
    sums = [a + b for a, b in product(differences(other_a, control_a), differences(other_b, control_b))]
    assert test.p == approx(np.mean([abs(d) >= abs(sums[0]) - 1e-9 for d in sums]), rel=1e-12)
    dummies = np.array([[1, s == "b"] for s in strata], dtype=float)
    arm = np.array([1.0] * len(other_a + other_b) + [0.0] * len(control_a + control_b))
    fitted, *_ = np.linalg.lstsq(np.column_stack([arm, dummies]), [*other_a, *other_b, *control_a, *control_b])
    assert test.estimate == approx(fitted[0], rel=1e-9, abs=1e-9)


def rejected(other, control, shift, tail):
    every = differences(other, control, shift)
    above = np.mean([d >= every[0] - 1e-9 for d in every])
    below = np.mean([d <= every[0] + 1e-9 for d in every])
    return min(above, below) <= tail


@given(st.lists(st.integers(-6, 9), min_size=4, max_size=5), st.lists(st.integers(-6, 9), min_size=4, max_size=5))
def test_the_interval_holds_the_shifts_that_no_one_sided_test_rejects(other, control):
    test = divided(other, control)
    assert test.low <= test.high
    for limit, outside in ((test.low, -1e-4), (test.high, 1e-4)):
        assert not rejected(other, control, limit, 0.025)
        assert rejected(other, control, limit + outside, 0.025)


@given(st.data())
def test_the_interval_of_strata_is_that_of_all_their_divisions(data):
    values = [data.draw(st.lists(st.integers(0, 7), min_size=3, max_size=3)) for _ in range(4)]
    strata = list("aaabbb") * 2
    test = divided(values[0] + values[1], values[2] + values[3], strata)
    swaps = product(*(list(_swaps(values[k], values[k + 2])) for k in (0, 1)))
    every = [((a + b) / (m + k)) if m + k else math.nan for (m, a), (k, b) in swaps]
    moved, nobody = np.sort([d for d in every if not math.isnan(d)]), 1
    reached = (nobody + np.arange(1, len(moved) + 1)) / len(every)
    assert test.low == approx(moved[np.argmax(reached > 0.025)])
    assert test.high == approx(moved[::-1][np.argmax(reached > 0.025)])


def _swaps(other, control):
    for size in range(len(other) + 1):
        for out, come in product(combinations(other, size), combinations(control, size)):
            yield size, sum(out) - sum(come)


def test_the_interval_lies_near_students_and_holds_the_estimate():
    for scale in R:
        test = permutation_change(changes_of(scale), reference.GROUPS, "control")
        items = reference.items(f"{scale}|pre").shape[1]
        known = reference.answers("two_groups")["scales"].get(scale)
        assert test.low < test.estimate < test.high
        if known:
            assert (test.low, test.high) == approx([limit * items for limit in known["t_change"]["ci"]], abs=0.2)


@given(answers, answers, st.integers(-20, 20), st.integers(1, 4))
def test_shifting_scaling_and_turning_the_scores_change_no_p(other, control, shift, factor):
    p = divided(other, control).p
    assert divided([shift - factor * v for v in other], [shift - factor * v for v in control]).p == approx(p, rel=1e-12)
    assert divided(control, other).p == approx(p, rel=1e-12)


def test_one_stratum_for_everyone_is_none():
    change = changes_of("SCS")
    plain = permutation_change(change, reference.GROUPS, "control")
    strata = permutation_change(change, reference.GROUPS, "control", ["here"] * 47)
    assert (strata.p, strata.estimate, strata.low) == (plain.p, plain.estimate, plain.low)


def test_three_arms_are_each_compared_with_the_reference():
    rng = np.random.default_rng(5)
    scores, groups = rng.integers(0, 20, (18, 3)), list("abc") * 6
    found = permutation_contrasts(scores, groups, "b")
    assert [(c.arm, c.reference, c.occasion, c.n) for c in found] == [
        ("a", "b", 1, 12), ("a", "b", 2, 12), ("c", "b", 1, 12), ("c", "b", 2, 12),
    ]  # fmt: skip
    kept = [k for k in range(18) if groups[k] != "a"]
    alone = permutation_change((scores[:, 2] - scores[:, 0])[kept], [groups[k] for k in kept], "b")
    assert (found[3].p, found[3].estimate, found[3].low) == (alone.p, alone.estimate, alone.low)
    assert (found[3].se, found[3].df, found[3].t) == (None, None, None)


def test_the_result_says_what_p_rests_on():
    change = [5, 7, 6, 1, 2, 3]
    assert permutation_change(change, list("aaabbb"), "b").note == EXCHANGEABLE
    assert permutation_change(change, list("aaabbb"), "b", randomised=True).note == RANDOMISED


def test_too_few_people_for_the_level_have_an_endless_interval():
    test = permutation_change([3, 5, 1, 0], list("aabb"), "b")
    assert (test.low, test.high) == (-math.inf, math.inf)
    (contrast,) = permutation_contrasts([[0, 3], [0, 5], [0, 1], [0, 0]], list("aabb"), "b")
    assert (contrast.low, contrast.high) == (None, None)


@pytest.mark.parametrize(
    ("change", "groups", "strata", "message"),
    [
        ([1, 2.5, 3, 4], "aabb", None, "needs whole numbers, and 2.5 is not one"),
        ([1, float("nan"), 3, 4], "aabb", None, "needs whole numbers, and nan is not one"),
        ([1, 2, 3, 4], "aaaa", None, "the groups are a"),
        ([1, 2, 3, 4], "aabc", None, "the groups are a, b, c"),
        ([1, 2, 3, 4], "aabb", ["x", "x", "x", "y"], "stratum 'y' holds people of one group only"),
        ([1, 2, 3], "aabb", None, "3 changes, 4 group labels"),
        ([[1, 2], [3, 4]], "ab", None, "not an array of shape"),
    ],
)
def test_what_has_no_exact_distribution_is_refused_with_the_reason(change, groups, strata, message):
    with pytest.raises(ValueError, match=message):
        permutation_change(change, list(groups), "b", strata)


def test_a_level_that_is_no_share_is_refused():
    with pytest.raises(ValueError, match="the level is a share"):
        permutation_change([1, 2, 3, 4], list("aabb"), "b", level=95)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=9), st.data())
def test_subsets_are_counted_by_size_and_sum(values, data):
    largest = data.draw(st.integers(0, len(values)))
    ways = subset_sums(values, largest)
    for size in range(largest + 1):
        sums = [sum(chosen) for chosen in combinations(values, size)]
        assert ways[size].tolist() == np.bincount(sums, minlength=ways.shape[1]).tolist()


def test_counts_beyond_exact_floats_keep_twelve_digits():
    values = np.random.default_rng(3).integers(0, 9, 200).tolist()
    exact = [[0] * (sum(sorted(values)[-100:]) + 1) for _ in range(101)]
    exact[0][0] = 1
    for value in values:
        for size in range(100, 0, -1):
            above, below = exact[size], exact[size - 1]
            exact[size] = above[:value] + [a + b for a, b in zip(above[value:], below, strict=False)]
    ways = subset_sums(values, 100)[100]
    assert sum(exact[100]) == math.comb(200, 100)
    worst = max(abs(ours / theirs - 1) for ours, theirs in zip(ways, exact[100], strict=True) if theirs)
    assert worst < 1e-13


@pytest.mark.parametrize(
    ("values", "message"),
    [([1, -1], "values from 0 up, not -1"), ([1] * 1001, "up to 1000 people"), ([10**6] * 900, "take minutes")],
)
def test_tables_that_would_overflow_or_never_end_are_refused(values, message):
    with pytest.raises(ValueError, match=message):
        subset_sums(values, len(values) // 2)
