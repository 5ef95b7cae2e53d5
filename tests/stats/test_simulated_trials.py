"""Many trials at once give what one trial at a time gives."""

import math

import numpy as np
import pytest
from scipy import stats

from pilotage.stats.anova import mixed_anova
from pilotage.stats.simulated_trials import Trials, ancova, anova, change, group_means, t_quantiles
from pilotage.stats.ttests import student_t


def some_trials(lost: float = 0.2) -> Trials:
    rng = np.random.default_rng(11)
    before = rng.normal(20, 5, (40, 22))
    after = before * 0.6 + rng.normal(8, 4, (40, 22))
    after[:, :12] += 1.5
    return Trials(before, after, rng.random((40, 22)) >= lost, 12, 3)


TRIALS = some_trials()


def people(k: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    there = TRIALS.there[k]
    return TRIALS.before[k][there], TRIALS.after[k][there], (np.arange(22) < 12)[there]


def test_change_is_students_t_of_those_who_are_there():
    found = change(TRIALS)
    for k in range(40):
        before, after, first = people(k)
        one = student_t((after - before)[first], (after - before)[~first])
        assert found.estimate[k] == pytest.approx(one.difference.value, rel=1e-12)
        assert found.estimate[k] / found.se[k] == pytest.approx(one.t, rel=1e-11)
        assert found.half_width(0.95)[k] == pytest.approx(one.difference.high - one.difference.value, rel=1e-10)


def test_the_anova_is_the_mixed_anovas_time_by_group():
    found = anova(TRIALS)
    for k in range(40):
        before, after, first = people(k)
        one = mixed_anova(np.stack([before, after], axis=1), np.where(first, "a", "b").tolist()).time_by_group
        assert (found.estimate[k] / found.se[k]) ** 2 == pytest.approx(one.f, rel=1e-10)
        assert found.df[k] == one.df2


def test_ancova_is_least_squares_with_a_common_slope():
    found = ancova(TRIALS)
    for k in range(40):
        before, after, first = people(k)
        x = np.stack([np.ones(len(before)), first.astype(float), before], axis=1)
        inverse = np.linalg.inv(x.T @ x)
        b = inverse @ x.T @ after
        s2 = float(((after - x @ b) ** 2).sum()) / (len(before) - 3)
        assert found.estimate[k] == pytest.approx(b[1], rel=1e-9)
        assert found.se[k] == pytest.approx(math.sqrt(s2 * inverse[1, 1]), rel=1e-9)


def test_means_of_groups_are_welchs_t_of_group_means_against_people():
    everyone = Trials(TRIALS.before, TRIALS.after, np.ones_like(TRIALS.there), 12, 3)
    found = group_means(everyone)
    for k in range(40):
        d = everyone.after[k] - everyone.before[k]
        one = stats.ttest_ind(d[:12].reshape(3, 4).mean(axis=1), d[12:], equal_var=False)
        assert found.estimate[k] / found.se[k] == pytest.approx(float(one.statistic), rel=1e-10)
        assert found.df[k] == pytest.approx(float(one.df), rel=1e-10)


def test_a_trial_that_cannot_be_analysed_is_empty_and_not_nought():
    there = TRIALS.there.copy()
    there[0, :12] = False
    there[1, 13:] = False
    nobody = Trials(TRIALS.before, TRIALS.after, there, 12, 3)
    for method in (change, anova, ancova, group_means):
        assert np.isnan(method(nobody).se[:2]).all()
    assert np.isnan(group_means(Trials(TRIALS.before, TRIALS.after, TRIALS.there, 12, 1)).se).all()


def test_quantiles_between_whole_degrees_of_freedom_are_near_the_exact_ones():
    df = np.concatenate([np.linspace(1.01, 60, 500), [45.0, 3.0]])
    np.testing.assert_allclose(t_quantiles(0.975, df), stats.t.isf(0.025, df), rtol=2e-5)
    assert t_quantiles(0.975, np.array([45.0]))[0] == pytest.approx(float(stats.t.isf(0.025, 45)), rel=1e-12)
