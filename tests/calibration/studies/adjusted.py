"""Adjusted differences: analysis of covariance."""

import numpy as np

from pilotage.stats.ancova import ancova
from tests.calibration.draws import ARMS, THREE_ARMS, before_and_after, ceiling
from tests.calibration.study import EXACT, NEAR, coverage, error, study


@study(
    "ANCOVA",
    ancova,
    "25 and 22 people, normal, r .6",
    error(EXACT),
    coverage(EXACT),
    error(EXACT, "type I error, slopes"),
    runs=10_000,
)
def two_arms(rng):
    before, after = before_and_after(rng).T
    found = ancova(after, before, ARMS, "control")
    (contrast,) = found.contrasts
    return contrast.p < 0.05, contrast.low <= 0 <= contrast.high, found.slope_homogeneity_p < 0.05


@study(
    "ANCOVA, adjusted mean",
    ancova,
    "25 and 22 people, normal, arms a standard deviation apart",
    coverage(EXACT),
    runs=10_000,
)
def adjusted_mean(rng):
    before, after = before_and_after(rng).T
    apart = ARMS == "training"
    before = before + apart
    found = ancova(after + 0.6 * apart, before, ARMS, "control").adjusted_means["training"]
    truth = 0.6 * before.mean()
    return (found.low <= truth <= found.high,)


@study(
    "ANCOVA with a covariate",
    ancova,
    "16, 16 and 15 people, normal",
    error(EXACT, "type I error, arms together"),
    coverage(EXACT),
    runs=10_000,
)
def three_arms(rng):
    before, after = before_and_after(rng).T
    age = rng.normal(size=47)
    found = ancova(after + 0.3 * age, before, THREE_ARMS, "control", age)
    last = found.contrasts[1]
    return found.p < 0.05, last.low <= 0 <= last.high


@study("ANCOVA", ancova, "25 and 22 people, scores near a ceiling", error(NEAR), coverage(NEAR), runs=10_000)
def near_a_ceiling(rng):
    before, after = ceiling(rng).T
    (found,) = ancova(after, before, ARMS, "control").contrasts
    return found.p < 0.05, found.low <= 0 <= found.high


@study("ANCOVA", ancova, "25 and 22 people, SDs 1 and 1.5", error(NEAR), coverage(NEAR), runs=10_000)
def unequal(rng):
    before, after = before_and_after(rng).T
    after = after + np.where(ARMS == "training", 0, 1) * 0.9 * rng.normal(size=47)
    (found,) = ancova(after, before, ARMS, "control").contrasts
    return found.p < 0.05, found.low <= 0 <= found.high
