"""Missing last scores: what is drawn, how it is pooled, and where the conclusion turns."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.imputation import DELTAS, FEWEST_RESIDUAL_DF, impute_last, tipping_point
from pilotage.stats.rubin import pool
from pilotage.stats.ttests import student_t
from tests.stats import reference

GROUPS = reference.GROUPS
COMPLETE = reference.before_and_after("SCS")
MISSING = COMPLETE.copy()
MISSING[[0, 3, 9, 17, 30, 41], 1] = np.nan
LOST = np.isnan(MISSING[:, 1])


def by_regression(scores: np.ndarray, arm: str) -> float:
    """The mean last score of an arm, the missing ones as the regression of its people on their first score has them."""
    mine = scores[np.array(GROUPS) == arm]
    there = ~np.isnan(mine[:, 1])
    slope, intercept = np.polyfit(mine[there, 0], mine[there, 1], 1)
    return float(np.where(there, mine[:, 1], intercept + slope * mine[:, 0]).mean())


def test_with_many_imputations_the_mean_is_what_regression_expects():
    drawn = impute_last(MISSING, GROUPS, imputations=20_000)
    for arm in ("training", "control"):
        mine = drawn[:, np.array(GROUPS) == arm].mean(axis=1)
        assert mine.mean() == approx(by_regression(MISSING, arm), abs=4 * mine.std() / math.sqrt(20_000))


def test_draws_vary_as_a_prediction_does_for_parameters_and_for_people():
    """With n known people the predictive t has n - 2 df and the variance s^2 (1 + x' (X'X)^-1 x)."""
    drawn = impute_last(MISSING, GROUPS, imputations=20_000)[:, 0]
    mine = (np.array(GROUPS) == GROUPS[0]) & ~LOST
    X = np.column_stack([np.ones(mine.sum()), MISSING[mine, 0]])
    rest = MISSING[mine, 1] - X @ np.linalg.lstsq(X, MISSING[mine, 1], rcond=None)[0]
    x, df = np.array([1.0, MISSING[0, 0]]), mine.sum() - 2
    expected = rest @ rest / df * (1 + x @ np.linalg.solve(X.T @ X, x)) * df / (df - 2)
    assert drawn.var() == approx(expected, rel=0.05)


def test_who_was_seen_keeps_their_score_in_every_imputation():
    drawn = impute_last(MISSING, GROUPS, imputations=3)
    assert (drawn[:, ~LOST] == MISSING[~LOST, 1]).all()


def test_the_same_seed_draws_the_same_and_the_other_arm_does_not_matter():
    other = MISSING.copy()
    other[np.array(GROUPS) == "control", 1] += 5
    first, second = impute_last(MISSING, GROUPS, seed=7), impute_last(other, GROUPS, seed=7)
    training = np.array(GROUPS) == "training"
    assert (first == impute_last(MISSING, GROUPS, seed=7)).all()
    assert (first[:, training] == second[:, training]).all()
    assert not np.allclose(first[:, LOST], impute_last(MISSING, GROUPS, seed=8)[:, LOST])


def test_a_score_missed_in_between_is_drawn_on_the_way():
    scores = reference.three_occasions("three_occasions_missing")
    drawn = impute_last(scores, GROUPS, imputations=50)
    assert np.isfinite(drawn).all()
    assert (drawn[:, ~np.isnan(scores[:, 2])] == scores[~np.isnan(scores[:, 2]), 2]).all()


def test_with_nobody_missing_it_is_students_t():
    found = tipping_point(COMPLETE, GROUPS, "control", "training").shifts
    change = COMPLETE[:, 1] - COMPLETE[:, 0]
    t = student_t(change[reference.TRAINING], change[~reference.TRAINING])
    for shift in found:
        assert (shift.pooled.t, shift.pooled.df, shift.pooled.p) == approx((t.t, 45, t.p), rel=1e-9)


def test_with_nobody_missing_ancova_is_rs():
    r = reference.answers("ancova_and_ranks")["scales"]["SCS"]["ancova"]
    found = tipping_point(COMPLETE, GROUPS, "control", "training", [0.0], analysis="ancova").shifts[0].pooled
    assert found.estimate.value == approx(r["b"][0], rel=1e-9)
    assert (found.estimate.low, found.estimate.high) == approx(r["ci"], rel=1e-9)


def test_a_shift_moves_the_difference_by_the_share_of_the_arm_that_is_missing():
    found = {
        s.delta: s.pooled.estimate.value for s in tipping_point(MISSING, GROUPS, "control", "training", [-1, 2]).shifts
    }
    share = LOST[reference.TRAINING].mean()
    assert found[-1] - found[0] == approx(-share)
    assert found[2] - found[0] == approx(2 * share)


def test_the_grid_holds_no_shift_and_reaches_two_sds():
    found = tipping_point(MISSING, GROUPS, "control", "training")
    assert [s.delta / found.sd for s in found.shifts] == approx(list(DELTAS), abs=1e-12)
    assert found.imputed == {"training": 4, "control": 2}


def test_where_the_conclusion_turns_is_the_shift_nearest_none():
    found = tipping_point(MISSING, GROUPS, "control", "training", np.linspace(-12, 12, 241))
    at = {round(s.delta, 6): s.verdict for s in found.shifts}
    assert at[0.0] == 1
    assert found.flips_below is not None
    assert at[round(found.flips_below, 6)] != 1
    assert all(verdict == 1 for delta, verdict in at.items() if found.flips_below + 1e-6 < delta <= 0)


def test_a_grid_that_is_too_narrow_says_that_nothing_turned():
    found = tipping_point(COMPLETE, GROUPS, "control", "training", [-0.1, 0.1])
    assert (found.flips_below, found.flips_above) == (None, None)


@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(0.01, 4)), min_size=2, max_size=40), st.floats(5, 300))
def test_pooling_follows_rubin_and_barnard(rows, df):
    estimates, variances = np.array(rows).T
    found = pool(estimates, variances, df, 47)
    m, between = len(rows), estimates.var(ddof=1)
    total = variances.mean() + (1 + 1 / m) * between
    assert found.se**2 == approx(total)
    assert found.df <= df + 1e-9
    if between > 1e-9:
        share = (1 + 1 / m) * between / total  # as in mice's barnard.rubin
        held = (1 - share) * (1 + df) * df
        assert found.df == approx((m - 1) * held / ((df + 3) * (m - 1) + share**2 * held), rel=1e-9)


SHORT = np.array([[1.0, 2], [2, 3], [3, 5], [4, 4], [5, 7], [6, np.nan]])


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (lambda: impute_last(SHORT, ["a"] * 6), f"from 5 people only; at least {FEWEST_RESIDUAL_DF + 2}"),
        (lambda: impute_last(SHORT[:, ::-1], ["a"] * 6), "no first score"),
        (lambda: impute_last(SHORT[:, :1], ["a"] * 6), "two occasions"),
        (lambda: tipping_point(COMPLETE, GROUPS, "control", "nobody"), "'nobody' cannot be compared"),
        (lambda: tipping_point(COMPLETE, GROUPS, "control", "training", analysis="anova"), "one of change, ancova"),
        (lambda: tipping_point(COMPLETE * [0, 1], GROUPS, "control", "training"), "do not differ within arms"),
        (lambda: pool([1.0], [1.0], 45, 47), "at least two"),
        (lambda: pool([1.0, 2.0], [1.0, 0.0], 45, 47), "above 0"),
    ],
)
def test_what_cannot_be_learnt_is_refused(job, said):
    with pytest.raises(ValueError, match=said):
        job()


@pytest.mark.long
def test_intervals_cover_where_who_is_missing_depends_on_the_first_score():
    covered, runs, random = 0, 2000, np.random.default_rng(11)
    arms = np.array(GROUPS)
    for run in range(runs):
        first = random.normal(size=47)
        last = 0.6 * first + random.normal(0, 0.6, 47)
        gone = random.random(47) < 1 / (1 + np.exp(1.3 - first * (arms == "training")))
        scores = np.column_stack([first, np.where(gone, np.nan, last)])
        found = tipping_point(scores, GROUPS, "control", "training", [0.0], seed=run).shifts[0].pooled.estimate
        covered += found.low < 0 < found.high
    assert covered / runs == approx(0.95, abs=0.015)
