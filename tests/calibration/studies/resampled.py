"""Permutation tests and the bootstrap."""

import numpy as np

from pilotage.stats.bootstrap import bca
from pilotage.stats.permutation import permutation_change
from tests.calibration.draws import ARMS, TRAINING, ceiling
from tests.calibration.study import AT_LEAST, LIBERAL, coverage, error, study

NAMES = ARMS.tolist()


@study(
    "exact permutation of change",
    permutation_change,
    "25 and 22 people, changes near a ceiling",
    error(AT_LEAST),
    coverage(AT_LEAST),
    runs=6_000,
)
def permutation(rng):
    change = np.diff(ceiling(rng), axis=1).ravel() + 2 * TRAINING
    null = permutation_change(change - 2 * TRAINING, NAMES, "control")
    found = permutation_change(change, NAMES, "control")
    return null.p < 0.05, found.low <= 2 <= found.high


@study(
    "exact permutation of change, by site",
    permutation_change,
    "two sites that differ, one with two in three trained",
    error(AT_LEAST),
    runs=2_500,
)
def permutation_strata(rng):
    sites = np.repeat(["north", "south"], [24, 21])
    arms = ["training", "training", "control"] * 8 + ["training", "control", "control"] * 7
    change = np.rint(4 * rng.normal(size=45) + 5 * (sites == "north")).astype(int)
    return (permutation_change(change, arms, "control", sites.tolist()).p < 0.05,)


@study(
    "BCa of a mean", bca, "24 people, minutes (log-normal, SD .8)", coverage(LIBERAL, known_broken=True), runs=10_000
)
def bca_skewed(rng):
    drawn = np.exp(0.8 * rng.normal(size=24))
    found = bca(lambda x: x.mean(axis=-1), drawn, seed=int(rng.integers(2**31)), resamples=1_999)
    return (found.low <= np.exp(0.32) <= found.high,)


@study("BCa of a difference", bca, "25 and 22 people, normal changes", coverage(LIBERAL), runs=10_000)
def bca_difference(rng):
    seed = int(rng.integers(2**31))
    pair = rng.normal(size=25), rng.normal(size=22)
    found = bca(lambda a, b: a.mean(axis=-1) - b.mean(axis=-1), *pair, seed=seed, resamples=1_999)
    return (found.low <= 0 <= found.high,)
