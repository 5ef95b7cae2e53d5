"""Bayesian summaries: how often an interval holds the truth, over people or over truths drawn from the prior."""

import numpy as np

from pilotage.stats.bayes import effect_posterior
from pilotage.stats.posterior import mean_probability
from tests.calibration.study import EXACT, NEAR, coverage, error, study


def estimate(rng, effect=0.0):
    a, b = effect + rng.normal(size=25), rng.normal(size=22)
    squares = ((a - a.mean()) ** 2).sum() + ((b - b.mean()) ** 2).sum()
    return float(a.mean() - b.mean()), float(np.sqrt(squares / 45 * (1 / 25 + 1 / 22))), 45


@study(
    "posterior, flat prior",
    effect_posterior,
    "25 and 22 people, no difference",
    coverage(EXACT),
    error(EXACT, "P(effect > 0) above .95", 0.05),
    runs=3_000,
)
def flat(rng):
    found = effect_posterior(*estimate(rng))
    return found.low <= 0 <= found.high, found.above(0) > 0.95


@study(
    "posterior, sceptical prior (SD .3)",
    effect_posterior,
    "25 and 22 people, differences drawn from the prior",
    coverage(NEAR),
    runs=1_500,
)
def sceptical(rng):
    effect = 0.3 * rng.normal()
    found = effect_posterior(*estimate(rng, effect), prior_mean=0.0, prior_sd=0.3)
    return (found.low <= effect <= found.high,)


@study(
    "certainty about a mean",
    mean_probability,
    "24 people, the mean just at the criterion",
    error(EXACT, "certainty above .95"),
    runs=10_000,
)
def mean_at_least(rng):
    return (mean_probability(8 + rng.normal(size=24), ">=", 8.0) > 0.95,)
