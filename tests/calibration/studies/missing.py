"""Missed occasions: mixed models for repeated measures, and multiple imputation."""

import numpy as np

from pilotage.stats.imputation import tipping_point
from pilotage.stats.mixed_model import MixedModelError, mmrm
from pilotage.stats.ttests import student_t
from tests.calibration.draws import ARMS, TRAINING, before_and_after
from tests.calibration.study import EXACT, LIBERAL, NEAR, TOLD, coverage, error, study

NAMES = ARMS.tolist()
LOST = "25 and 22 people, apart at the second occasion only; losses after it, the lower the likelier"
FEW = np.repeat(["control", "training"], [8, 9])
BOTH = error(NEAR), coverage(NEAR)


def three_times(rng, people=47):
    """The last two scores hang together more than the first two, so that who is low at the second changes less."""
    return rng.normal(size=(people, 3)) @ np.linalg.cholesky([[1, 0.4, 0.3], [0.4, 1, 0.8], [0.3, 0.8, 1]]).T


def with_losses(scores, rng):
    """Some without the last score, the likelier the lower the one before: missing at random."""
    lost = rng.random(len(scores)) < 1 / (1 + np.exp(1.5 + 2 * scores[:, -2]))
    scores[lost, -1] = np.nan
    return scores


def lost_after_a_rise(rng, arms=ARMS):
    """Three occasions; the training arm is a standard deviation higher at the second, and so loses fewer people."""
    rise = np.outer(arms == "training", [0.0, 1.0, 0.0])
    return with_losses(three_times(rng, len(arms)) + rise, rng)


def last(model):
    found = model.contrasts[-1]
    return found.p < 0.05, found.low <= 0 <= found.high


@study(
    "MMRM, Kenward-Roger", mmrm, "25 and 22 people, two occasions, complete", error(EXACT), coverage(EXACT), runs=1_500
)
def complete(rng):
    return last(mmrm(before_and_after(rng), NAMES, "control"))


@study("MMRM, Kenward-Roger, expected information", mmrm, LOST, *BOTH, runs=2_500, refusal=MixedModelError)
def expected(rng):
    return last(mmrm(lost_after_a_rise(rng), NAMES, "control"))


@study("MMRM, Kenward-Roger, observed information", mmrm, LOST, *BOTH, runs=2_500, refusal=MixedModelError)
def observed(rng):
    return last(mmrm(lost_after_a_rise(rng), NAMES, "control", information="observed"))


@study("MMRM, Satterthwaite", mmrm, LOST, *BOTH, runs=2_500, refusal=MixedModelError)
def satterthwaite(rng):
    return last(mmrm(lost_after_a_rise(rng), NAMES, "control", ddf="satterthwaite"))


@study("MMRM, first score as covariate", mmrm, LOST, *BOTH, runs=2_500, refusal=MixedModelError)
def adjusted(rng):
    return last(mmrm(lost_after_a_rise(rng), NAMES, "control", baseline="covariate"))


@study("MMRM, constrained first score", mmrm, LOST, *BOTH, runs=2_500, refusal=MixedModelError)
def constrained(rng):
    return last(mmrm(lost_after_a_rise(rng), NAMES, "control", baseline="constrained"))


@study(
    "MMRM, Kenward-Roger, time by group",
    mmrm,
    "25 and 22 people, alike throughout, losses after the second occasion",
    error(NEAR, "type I error, F"),
    runs=2_500,
    refusal=MixedModelError,
)
def joint(rng):
    return (mmrm(with_losses(three_times(rng), rng), NAMES, "control").tests.time_by_group.p < 0.05,)


@study(
    "MMRM, compound symmetry",
    mmrm,
    "the same losses, correlations all .5",
    *BOTH,
    runs=2_500,
    refusal=MixedModelError,
)
def symmetric(rng):
    scores = np.sqrt(0.5) * (rng.normal(size=(47, 3)) + rng.normal(size=(47, 1)))
    return last(mmrm(with_losses(scores, rng), NAMES, "control", covariance="compound symmetry"))


@study(
    "MMRM, Kenward-Roger, expected information",
    mmrm,
    "9 and 8 people, the same rise and losses",
    error(LIBERAL),
    coverage(LIBERAL),
    runs=2_500,
    refusal=MixedModelError,
)
def few(rng):
    return last(mmrm(lost_after_a_rise(rng, FEW), FEW.tolist(), "control"))


@study("Student's t on change, complete cases", student_t, LOST, error(TOLD), coverage(TOLD), runs=2_500)
def complete_cases(rng):
    scores = lost_after_a_rise(rng)
    change, there = scores[:, 2] - scores[:, 0], np.isfinite(scores[:, 2])
    found = student_t(change[there & TRAINING], change[there & ~TRAINING])
    return found.p < 0.05, found.difference.low <= 0 <= found.difference.high


@study("multiple imputation, no shift", tipping_point, LOST, *BOTH, runs=2_500)
def imputed(rng):
    scores, seed = lost_after_a_rise(rng), int(rng.integers(2**31))
    found = tipping_point(scores, NAMES, "control", "training", [0.0], imputations=50, seed=seed)
    pooled = found.shifts[0].pooled
    return pooled.p < 0.05, pooled.estimate.low <= 0 <= pooled.estimate.high
