"""Families of tests: how often anything at all is found where there is nothing."""

import numpy as np

from pilotage.stats.max_t import max_t
from pilotage.stats.multiplicity import benjamini_hochberg, bonferroni, hochberg, holm, hommel
from pilotage.stats.ttests import student_t
from tests.calibration.draws import ARMS, TRAINING
from tests.calibration.study import AT_LEAST, TOLD, error, study

FAMILY = "six outcomes correlated .5, no differences"
ADJUSTMENTS = (bonferroni, holm, hochberg, hommel, benjamini_hochberg)


def changes(rng):
    return np.sqrt(0.5) * (rng.normal(size=(47, 6)) + rng.normal(size=(47, 1)))


@study(
    "families of six",
    ADJUSTMENTS,
    FAMILY,
    error(TOLD, "familywise error, unadjusted"),
    *(error(AT_LEAST, f"familywise error, {f.__name__.replace('_', '-').title()}") for f in ADJUSTMENTS),
    runs=2_500,
)
def none_true(rng):
    drawn = changes(rng)
    p = [student_t(column[TRAINING], column[~TRAINING]).p for column in drawn.T]
    return [min(p) < 0.05, *(min(adjust(p)) < 0.05 for adjust in ADJUSTMENTS)]


@study(
    "families of six",
    benjamini_hochberg,
    "six outcomes correlated .5, two of them differ by .8",
    error(AT_LEAST, "false discovery rate"),
    runs=2_500,
)
def two_true(rng):
    drawn = changes(rng)
    drawn[np.ix_(TRAINING, [0, 1])] += 0.8
    p = [student_t(column[TRAINING], column[~TRAINING]).p for column in drawn.T]
    found = np.array(benjamini_hochberg(p)) < 0.05
    return (found[2:].sum() / max(found.sum(), 1),)


@study("maxT, 999 divisions", max_t, FAMILY, error(AT_LEAST, "familywise error"), runs=2_500)
def max_t_none_true(rng):
    found = max_t(changes(rng), ARMS.tolist(), "control", seed=int(rng.integers(2**31)), resamples=999)
    return (min(found.adjusted) < 0.05,)


@study(
    "maxT, 999 divisions",
    max_t,
    "the same, two outcomes differ by .8",
    error(AT_LEAST, "familywise error among the rest"),
    runs=2_500,
)
def max_t_two_true(rng):
    drawn = changes(rng)
    drawn[np.ix_(TRAINING, [0, 1])] += 0.8
    found = max_t(drawn, ARMS.tolist(), "control", seed=int(rng.integers(2**31)), resamples=999)
    return (min(found.adjusted[2:]) < 0.05,)
