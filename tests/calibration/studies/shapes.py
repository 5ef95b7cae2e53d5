"""Tests of normality, on normal scores."""

from pilotage.stats.normality import lilliefors, shapiro_wilk
from tests.calibration.study import NEAR, error, study


@study(
    "normality",
    (shapiro_wilk, lilliefors),
    "24 people, normal",
    error(NEAR, "type I error, Shapiro-Wilk"),
    error(NEAR, "type I error, Lilliefors"),
    runs=10_000,
)
def two_dozen(rng):
    drawn = rng.normal(size=24)
    return shapiro_wilk(drawn).p < 0.05, lilliefors(drawn).p < 0.05


@study(
    "normality",
    (shapiro_wilk, lilliefors),
    "47 people, normal",
    error(NEAR, "type I error, Shapiro-Wilk"),
    error(NEAR, "type I error, Lilliefors"),
    runs=10_000,
)
def both_arms(rng):
    drawn = rng.normal(size=47)
    return shapiro_wilk(drawn).p < 0.05, lilliefors(drawn).p < 0.05
