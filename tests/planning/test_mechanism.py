"""The simulated scores have the moments that the model says, and the groups and lights that were asked for."""

import math

import numpy as np
import pytest
from scipy import stats

from pilotage.planning.data_generation import TrialShape, by_items, by_moments
from pilotage.planning.mechanism import Mechanism, mechanism_of, moments, with_difference, with_icc
from pilotage.planning.progression_criteria import (
    at_least,
    criteria,
    decisions,
    draw_lights,
    light_probabilities,
)
from pilotage.problems import ProblemsFound
from pilotage.protocol.load import load
from pilotage.vocabulary import JUDGED_LIGHTS

STUDY = load("imp-2020")
SHAPE = TrialShape(trials=3_000, groups=4, size=8, others=32)


def taught(scale: str, difference: float, icc: float) -> Mechanism:
    return with_icc(with_difference(mechanism_of(STUDY, scale), difference, scale), icc)


@pytest.mark.parametrize(
    ("scale", "difference"), [("pss-10.total", -2.0), ("scs-26.total", 0.3), ("proqol-5.compassion_fatigue", -4.0)]
)
def test_drawn_answers_have_the_moments_that_were_computed(scale, difference):
    mechanism = taught(scale, difference, 0.08)
    said = moments(mechanism)
    before, after = by_items(mechanism, SHAPE, np.random.default_rng(20))
    n = before.size
    assert before.mean() == pytest.approx(said.mean, abs=4 * said.sd / math.sqrt(n))
    assert before.std() == pytest.approx(said.sd, rel=0.012)
    gain = after[:, :32].mean() - before[:, :32].mean()
    assert gain == pytest.approx(difference, abs=5 * said.sd * math.sqrt(1.2 / SHAPE.trials / 32 * 2))
    assert np.corrcoef(before[:, 32:].ravel(), after[:, 32:].ravel())[0, 1] == pytest.approx(said.correlation, abs=0.01)
    assert between_groups(after) == pytest.approx(0.08, abs=0.012)
    assert between_groups(before) == pytest.approx(0.0, abs=0.012)


def between_groups(scores: np.ndarray) -> float:
    """The share of the taught arm's variance that lies between groups, by mean squares over all trials."""
    grouped = scores[:, :32].reshape(-1, 8)
    within = grouped.var(axis=1, ddof=1).mean()
    between = grouped.mean(axis=1).var(ddof=1) - within / 8
    return float(between / (between + within))


def test_scores_are_whole_and_end_where_the_scale_ends():
    before, after = by_items(taught("pss-10.total", -6.0, 0.0), SHAPE, np.random.default_rng(1))
    said = moments(taught("pss-10.total", -6.0, 0.0))
    assert (said.lowest, said.highest) == (0.0, 40.0)
    assert np.all(np.abs(after - np.rint(after)) < 1e-9)
    assert before.min() >= -1e-9
    assert after[:, :32].min() >= -1e-9


def test_what_a_group_shares_leaves_spread_and_reliability_alone():
    alone, grouped = moments(taught("scs-26.total", 0.3, 0.0)), moments(taught("scs-26.total", 0.3, 0.1))
    assert (alone.sd, alone.sd_after, alone.correlation) == (grouped.sd, grouped.sd_after, grouped.correlation)
    assert grouped.icc_after == pytest.approx(0.1, abs=1e-8)
    assert grouped.icc_change > grouped.icc_after  # change varies less, and groups differ as much


def test_normal_scores_have_the_same_moments_as_the_items():
    said = moments(taught("pss-10.total", -2.0, 0.08))
    before, after = by_moments(said, SHAPE, np.random.default_rng(4))
    assert before.std() == pytest.approx(said.sd, rel=0.012)
    assert after[:, :32].std() == pytest.approx(said.sd_after, rel=0.012)
    assert np.corrcoef(before[:, 32:].ravel(), after[:, 32:].ravel())[0, 1] == pytest.approx(said.correlation, abs=0.01)
    assert between_groups(after) == pytest.approx(0.08, abs=0.012)


def test_more_clustering_than_an_occasion_holds_is_refused():
    with pytest.raises(ProblemsFound, match="EVALUATE-002"):
        taught("pss-10.total", 0.0, 0.6)


def test_a_difference_beyond_the_scales_end_is_refused():
    with pytest.raises(ProblemsFound, match="EVALUATE-003"):
        taught("pss-10.total", -30.0, 0.0)


def test_lights_come_out_as_often_as_the_binomial_distribution_says():
    found, left = criteria(STUDY, attrition=0.12)
    there = np.random.default_rng(2).random((20_000, 48)) >= 0.12
    lights = draw_lights(found, there, 24, np.random.default_rng(3))
    assert "Sessions cancelled, truncated or postponed" in left
    for k, criterion in enumerate(found):
        if criterion.kind == "mean":
            continue
        exact = light_probabilities(criterion, criterion.truth, criterion.people(24, 48))
        assert sum(exact.values()) == pytest.approx(1.0)
        for c, colour in enumerate(JUDGED_LIGHTS):
            share = float((lights[:, k] == c).mean())
            assert share == pytest.approx(exact[colour], abs=4 * math.sqrt(0.25 / 20_000))


def test_completion_is_a_tail_of_the_binomial_distribution():
    assert at_least(5, 9, 0.6) == pytest.approx(float(stats.binom.sf(4, 9, 0.6)), rel=1e-10)
    assert (at_least(0, 9, 0.6), at_least(10, 9, 0.6)) == (1.0, 0.0)


def test_one_red_light_stops_and_all_green_ones_go():
    lights = np.array([[0, 0, 0], [0, 1, 0], [1, 2, 0]])
    assert decisions(lights).tolist() == [0, 1, 2]


def test_a_value_on_the_limit_is_judged_as_the_protocol_writes_it():
    retained = next(c for c in criteria(STUDY, 0.1)[0] if c.kind == "retained")  # green >= 85 %, red < 70 %
    assert retained.lights(np.array([0.85, 0.8499, 0.70, 0.6999])).tolist() == [0, 1, 1, 2]
