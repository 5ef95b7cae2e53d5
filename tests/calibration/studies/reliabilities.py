"""Reliability, drift of items, and what changes have in common."""

import numpy as np

from pilotage.stats.common_factor import mean_correlation
from pilotage.stats.item_change import item_change
from pilotage.stats.reliability import cronbach_alpha
from tests.calibration.study import EXACT, LIBERAL, NEAR, TOLD, coverage, error, study

# Eight items that correlate .3 each: alpha = 8 * .3 / (1 + 7 * .3).
ALPHA = 2.4 / 3.1


def parallel(rng, people=47, items=8):
    return np.sqrt(0.3) * rng.normal(size=(people, 1)) + np.sqrt(0.7) * rng.normal(size=(people, items))


@study("Cronbach's alpha, Feldt", cronbach_alpha, "47 people, 8 normal items alike", coverage(EXACT), runs=5_000)
def feldt(rng):
    found = cronbach_alpha(parallel(rng)).alpha
    return (found.low <= ALPHA <= found.high,)


@study(
    "Cronbach's alpha, Feldt",
    cronbach_alpha,
    "47 people, 8 normal items, loadings .3 to .8",
    coverage(TOLD),
    runs=5_000,
)
def unlike(rng):
    loadings = np.linspace(0.3, 0.8, 8)
    items = loadings * rng.normal(size=(47, 1)) + np.sqrt(1 - loadings**2) * rng.normal(size=(47, 8))
    total = loadings.sum() ** 2 + (1 - loadings**2).sum()
    found = cronbach_alpha(items).alpha
    return (found.low <= 8 / 7 * (1 - 8 / total) <= found.high,)


@study("drift of an item", item_change, "25 people, normal, true value .5", coverage(LIBERAL), runs=3_000)
def drift(rng):
    first, last = parallel(rng, 25, 4), parallel(rng, 25, 4) + np.array([0.5, 0.0, 0.0, 0.0])
    found = next(d for d in item_change(first, last) if d.item == 0).change
    return (found.low <= 0.5 <= found.high,)


@study(
    "drift of an item", item_change, "25 people, 8 items that do not drift", error(NEAR, "familywise error"), runs=2_000
)
def no_drift(rng):
    return (any(d.stands_out for d in item_change(parallel(rng, 25), parallel(rng, 25))),)


@study(
    "mean correlation of changes, jackknife",
    mean_correlation,
    "47 people, six changes, r .3",
    coverage(LIBERAL),
    runs=3_000,
)
def common(rng):
    found = mean_correlation(parallel(rng, 47, 6))
    return (found.low <= 0.3 <= found.high,)
