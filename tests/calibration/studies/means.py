"""Differences in means: t tests, the mixed analysis of variance, standardised differences."""

import numpy as np

from pilotage.stats.anova import mixed_anova
from pilotage.stats.browne import sd_interval, sd_upper_limit
from pilotage.stats.change_scores import change_contrasts
from pilotage.stats.effect_size import d_ppc2, hedges_g
from pilotage.stats.partial_eta_interval import (
    partial_eta_squared_interval,
    partial_eta_squared_interval_by_error_df,
)
from pilotage.stats.ttests import mean_interval, paired_t, student_t, welch_t
from tests.calibration.draws import ARMS, THREE_ARMS, TRAINING, before_and_after, ceiling, occasions
from tests.calibration.study import EXACT, LIBERAL, NEAR, TOLD, coverage, error, study

PAIR = "25 and 22 people"
DELTA = 0.7


def verdict(test):
    return test.p < 0.05, test.difference.low <= 0 <= test.difference.high


@study("Student's t", student_t, f"{PAIR}, normal changes", error(EXACT), coverage(EXACT), runs=10_000)
def student_normal(rng):
    return verdict(student_t(rng.normal(size=25), rng.normal(size=22)))


@study("Student's t", student_t, f"{PAIR}, changes near a ceiling", error(NEAR), coverage(NEAR), runs=10_000)
def student_ceiling(rng):
    change = np.diff(ceiling(rng), axis=1).ravel()
    return verdict(student_t(change[TRAINING], change[~TRAINING]))


@study("Student's t", student_t, "30 and 15 people, SDs 1 and 2", error(TOLD), coverage(TOLD), runs=10_000)
def student_unequal(rng):
    return verdict(student_t(rng.normal(size=30), 2 * rng.normal(size=15)))


@study("Welch's t", welch_t, f"{PAIR}, normal changes", error(NEAR), coverage(NEAR), runs=10_000)
def welch_normal(rng):
    return verdict(welch_t(rng.normal(size=25), rng.normal(size=22)))


@study("Welch's t", welch_t, "30 and 15 people, SDs 1 and 2", error(NEAR), coverage(NEAR), runs=10_000)
def welch_unequal(rng):
    return verdict(welch_t(rng.normal(size=30), 2 * rng.normal(size=15)))


@study("paired t", paired_t, "25 people, normal", error(EXACT), coverage(EXACT), runs=10_000)
def paired_normal(rng):
    scores = before_and_after(rng, 25)
    return verdict(paired_t(scores[:, 1], scores[:, 0]))


@study("interval of a mean", mean_interval, "24 people, normal", coverage(EXACT), runs=10_000)
def mean_normal(rng):
    found = mean_interval(rng.normal(size=24))
    return (found.low <= 0 <= found.high,)


@study("interval of a mean", mean_interval, "24 people, minutes (log-normal, SD .8)", coverage(TOLD), runs=10_000)
def mean_skewed(rng):
    found = mean_interval(np.exp(0.8 * rng.normal(size=24)))
    return (found.low <= np.exp(0.32) <= found.high,)


@study("change contrasts", change_contrasts, "16, 16 and 15 people, normal", error(EXACT), coverage(EXACT), runs=10_000)
def change_three_arms(rng):
    found = change_contrasts(before_and_after(rng), THREE_ARMS, "control")[1]
    return found.p < 0.05, found.low <= 0 <= found.high


@study(
    "mixed ANOVA, two occasions",
    mixed_anova,
    f"{PAIR}, normal",
    error(EXACT, "type I error, group"),
    error(EXACT, "type I error, time"),
    error(EXACT, "type I error, time by group"),
    runs=10_000,
)
def anova_two(rng):
    return [effect.p < 0.05 for effect in mixed_anova(before_and_after(rng), ARMS).effects]


@study(
    "mixed ANOVA, three occasions",
    mixed_anova,
    f"{PAIR}, correlations .7 and .49",
    error(TOLD, "type I error, time by group, uncorrected"),
    error(NEAR, "type I error, time by group, Greenhouse-Geisser"),
    error(NEAR, "type I error, time by group, Huynh-Feldt"),
    error(NEAR, "type I error, time, Greenhouse-Geisser"),
    runs=10_000,
)
def anova_three(rng):
    found = mixed_anova(occasions(rng), ARMS)
    both = found.time_by_group
    return both.p < 0.05, both.p_gg < 0.05, both.p_hf < 0.05, found.time.p_gg < 0.05


@study("Mauchly's test", mixed_anova, f"{PAIR}, three occasions alike", error(NEAR), runs=10_000)
def mauchly(rng):
    scores = rng.normal(size=(47, 3)) + rng.normal(size=(47, 1))
    return (mixed_anova(scores, ARMS).mauchly.p < 0.05,)


@study("Hedges's g", hedges_g, f"{PAIR}, true value .7", coverage(NEAR), runs=5_000)
def g(rng):
    found = hedges_g(DELTA + rng.normal(size=25), rng.normal(size=22))
    return (found.low <= DELTA <= found.high,)


@study("d_ppc2, BCa bootstrap", d_ppc2, f"{PAIR}, true value .7", coverage(LIBERAL), runs=1_500)
def ppc2(rng):
    treated, control = before_and_after(rng, 25), before_and_after(rng, 22)
    seed = int(rng.integers(2**31))
    found = d_ppc2(treated[:, 0], DELTA + treated[:, 1], control[:, 0], control[:, 1], seed=seed, resamples=999)
    return (found.low <= DELTA <= found.high,)


@study(
    "partial eta squared",
    (partial_eta_squared_interval, partial_eta_squared_interval_by_error_df),
    f"{PAIR}, noncentrality 6",
    coverage(EXACT, 0.90),
    coverage(EXACT, 0.90),
    runs=4_000,
)
def partial_eta(rng):
    difference = np.sqrt(6 * (1 / 25 + 1 / 22))
    t = student_t(difference + rng.normal(size=25), rng.normal(size=22)).t
    by_n = partial_eta_squared_interval(t * t, 1, 45)
    by_df = partial_eta_squared_interval_by_error_df(t * t, 1, 45)
    return by_n.low <= 6 / 53 <= by_n.high, by_df.low <= 6 / 51 <= by_df.high


@study(
    "standard deviation",
    (sd_interval, sd_upper_limit),
    "47 people, normal",
    coverage(EXACT),
    coverage(EXACT, 0.80),
    runs=10_000,
)
def spread(rng):
    sd = float(rng.normal(size=47).std(ddof=1))
    both = sd_interval(sd, 46, 47)
    return both.low <= 1 <= both.high, sd_upper_limit(sd, 46) >= 1
