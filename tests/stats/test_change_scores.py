"""Change scores compared between arms: Student's t, R's, and the mixed analysis of variance's."""

import numpy as np
import pytest
from pytest import approx

from pilotage.stats.anova import mixed_anova
from pilotage.stats.change_scores import change_contrasts
from tests.stats import reference

R = reference.answers("two_groups")["scales"]


@pytest.mark.parametrize("scale", R)
def test_with_two_arms_it_is_rs_t_test_on_the_change(scale):
    (found,), r = (
        change_contrasts(reference.before_and_after(scale), reference.GROUPS, "control"),
        R[scale]["t_change"],
    )
    assert (found.t, found.df, found.p) == approx((r["t"], r["df"], r["p"]), rel=1e-9)
    assert (found.estimate, found.low, found.high) == approx((r["est"][0] - r["est"][1], *r["ci"]), rel=1e-9)


@pytest.mark.parametrize("scale", R)
def test_its_square_is_the_anovas_time_by_group(scale):
    scores = reference.before_and_after(scale)
    (found,) = change_contrasts(scores, reference.GROUPS, "training")
    assert found.t**2 == approx(mixed_anova(scores, reference.GROUPS).time_by_group.f, rel=1e-12)


def test_each_later_occasion_is_compared_with_the_first():
    scores = reference.three_occasions()
    found = change_contrasts(scores, reference.GROUPS, "control")
    assert [c.occasion for c in found] == [1, 2]
    (last,) = change_contrasts(scores[:, [0, 2]], reference.GROUPS, "control")
    assert (found[1].t, found[1].p) == approx((last.t, last.p), rel=1e-12)


def test_three_arms_share_one_error():
    # By hand: changes a 1, 3; b 4, 6; c 0, 2; within squares 2 + 2 + 2 on 3 df, so s^2 = 2 and se = sqrt(2).
    scores = [[0, 1], [0, 3], [0, 4], [0, 6], [0, 0], [0, 2]]
    b, c = change_contrasts(scores, list("aabbcc"), "a")
    assert (b.arm, b.estimate, b.se, b.df) == ("b", 3.0, approx(np.sqrt(2)), 3)
    assert (c.arm, c.estimate, c.t) == ("c", -1.0, approx(-1 / np.sqrt(2)))
    assert (b.low, b.high) == approx((3 - 3.182446305 * np.sqrt(2), 3 + 3.182446305 * np.sqrt(2)), rel=1e-9)


@pytest.mark.parametrize(
    ("scores", "groups", "message"),
    [
        ([[1, 2], [2, 3], [3, 4], [4, 5]], "aabb", "their error is zero"),
        ([[1, 2], [2, 5], [3, 4], [4, float("nan")]], "aabb", "finite number"),
        ([[1], [2], [3], [4]], "aabb", "people by occasions"),
        ([[1, 2], [2, 5], [3, 4], [4, 1]], "aaab", "group 'b' has 1 complete people"),
        ([[1, 2], [2, 5], [3, 4], [4, 1]], "bbcc", "nobody is in the reference group 'a'"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(scores, groups, message):
    with pytest.raises(ValueError, match=message):
        change_contrasts(scores, list(groups), "a")
