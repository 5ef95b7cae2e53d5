"""Ranks, shifts, superiority, ordered answers and correlations."""

import numpy as np

from pilotage.stats.correlation import pearson, spearman
from pilotage.stats.cumulative_logit import SeparationError
from pilotage.stats.ordinal import proportional_odds
from pilotage.stats.probability_of_superiority import brunner_munzel
from pilotage.stats.rank import (
    hodges_lehmann,
    hodges_lehmann_normal,
    mann_whitney_exact,
    mann_whitney_normal,
)
from tests.calibration.draws import ARMS, TRAINING, before_and_after, ceiling
from tests.calibration.study import AT_LEAST, EXACT, LIBERAL, NEAR, coverage, error, study

PAIR = "25 and 22 people"
NAMES = ARMS.tolist()


@study(
    "Mann-Whitney, with ties",
    (mann_whitney_exact, mann_whitney_normal),
    f"{PAIR}, changes near a ceiling",
    error(AT_LEAST, "type I error, exact"),
    error(AT_LEAST, "type I error, normal, continuity corrected"),
    error(NEAR, "type I error, normal"),
    runs=10_000,
)
def mann_whitney_ties(rng):
    change = np.diff(ceiling(rng), axis=1).ravel()
    pair = change[TRAINING], change[~TRAINING]
    tests = mann_whitney_exact(*pair), mann_whitney_normal(*pair), mann_whitney_normal(*pair, continuity=False)
    return [test.p < 0.05 for test in tests]


@study("Hodges-Lehmann, exact", hodges_lehmann, f"{PAIR}, normal changes", coverage(AT_LEAST), runs=4_000)
def shift_normal(rng):
    found = hodges_lehmann(1 + rng.normal(size=25), rng.normal(size=22))
    return (found.low <= 1 <= found.high,)


@study("Hodges-Lehmann, exact", hodges_lehmann, f"{PAIR}, changes near a ceiling", coverage(AT_LEAST), runs=4_000)
def shift_ties(rng):
    change = np.diff(ceiling(rng), axis=1).ravel()
    found = hodges_lehmann(2 + change[TRAINING], change[~TRAINING])
    return (found.low <= 2 <= found.high,)


@study("Hodges-Lehmann, normal approximation", hodges_lehmann_normal, f"{PAIR}, normal", coverage(NEAR), runs=10_000)
def shift_approximate(rng):
    found = hodges_lehmann_normal(rng.normal(size=25), rng.normal(size=22))
    return (found.low <= 0 <= found.high,)


@study("Brunner-Munzel", brunner_munzel, "30 and 15 people, SDs 1 and 2", error(NEAR), coverage(NEAR), runs=10_000)
def superiority_unequal(rng):
    found = brunner_munzel(rng.normal(size=30), 2 * rng.normal(size=15))
    return found.p < 0.05, found.superiority.low <= 0.5 <= found.superiority.high


@study("Brunner-Munzel", brunner_munzel, f"{PAIR}, normal, true value .69", coverage(LIBERAL), runs=10_000)
def superiority_apart(rng):
    found = brunner_munzel(0.7 + rng.normal(size=25), rng.normal(size=22)).superiority
    return (found.low <= 0.6896918 <= found.high,)  # Phi(.7 / sqrt 2)


@study(
    "proportional odds",
    proportional_odds,
    f"{PAIR}, seven steps",
    error(NEAR, "type I error, likelihood ratio"),
    coverage(NEAR),
    runs=5_000,
)
def odds_seven(rng):
    latent = rng.logistic(size=47)
    found = proportional_odds(np.rint(1.2 * latent).clip(-3, 3), NAMES, "control")
    return found.p < 0.05, found.odds_ratios[0].low <= 1 <= found.odds_ratios[0].high


@study(
    "proportional odds, adjusted",
    proportional_odds,
    f"{PAIR}, true odds ratio 3",
    coverage(LIBERAL),
    runs=4_000,
    refusal=SeparationError,
)
def odds_adjusted(rng):
    before = rng.normal(size=47)
    latent = before + np.log(3) * TRAINING + rng.logistic(size=47)
    ratio = proportional_odds(np.rint(3 * latent), NAMES, "control", before).odds_ratios[0]
    return (ratio.low <= 3 <= ratio.high,)


@study("Pearson's r", pearson, "24 people, normal", error(EXACT), runs=10_000)
def pearson_none(rng):
    return (pearson(*rng.normal(size=(2, 24))).p < 0.05,)


@study("Pearson's r, Fisher interval", pearson, "24 people, normal, r .5", coverage(NEAR), runs=10_000)
def pearson_half(rng):
    found = pearson(*before_and_after(rng, 24, 0.5).T).estimate
    return (found.low <= 0.5 <= found.high,)


@study("Spearman's rho", spearman, "24 people, minutes of practice and change", error(NEAR), runs=10_000)
def spearman_none(rng):
    return (spearman(np.rint(30 * np.exp(0.8 * rng.normal(size=24))), rng.normal(size=24)).p < 0.05,)


@study("Spearman's rho, Bonett-Wright interval", spearman, "24 people, normal, r .5", coverage(NEAR), runs=10_000)
def spearman_half(rng):
    found = spearman(*before_and_after(rng, 24, 0.5).T).estimate
    return (found.low <= 6 / np.pi * np.arcsin(0.25) <= found.high,)
