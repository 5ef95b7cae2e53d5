"""Proportions: every number of successes is gone through, for every share, so that nothing is left to chance."""

import numpy as np

from pilotage.stats.posterior import share_probability
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none, wilson
from tests.calibration.study import AT_LEAST, NEAR, TOLD, Row, enumerated

SHARES = np.arange(0.001, 1.0, 0.001)


def coverages(interval, n):
    """Coverage at each share: the sum of the chances of those counts whose interval holds it."""
    counts = np.arange(n + 1)
    log_choose = np.concatenate([[0.0], np.cumsum(np.log(np.arange(n, 0, -1)) - np.log(np.arange(1, n + 1)))])
    chances = np.exp(log_choose + np.outer(np.log(SHARES), counts) + np.outer(np.log1p(-SHARES), n - counts))
    limits = [interval(int(count), n) for count in counts]
    low, high = (np.array([getattr(limit, end) for limit in limits]) for end in ("low", "high"))
    held = (low <= SHARES[:, None] + 1e-12) & (SHARES[:, None] - 1e-12 <= high)
    return (chances * held).sum(axis=1)


def least_and_mean(interval, n):
    found = coverages(interval, n)
    return found.min(), found.mean()


LEAST, MEAN = "least coverage", "mean coverage"


@enumerated(
    "Clopper-Pearson",
    clopper_pearson,
    "24 people, every share",
    Row(LEAST, 0.95, AT_LEAST),
    Row(MEAN, 0.95, TOLD),
)
def exact_24():
    return least_and_mean(clopper_pearson, 24)


@enumerated(
    "Clopper-Pearson", clopper_pearson, "47 people, every share", Row(LEAST, 0.95, AT_LEAST), Row(MEAN, 0.95, TOLD)
)
def exact_47():
    return least_and_mean(clopper_pearson, 47)


@enumerated("Wilson", wilson, "24 people, every share", Row(MEAN, 0.95, NEAR), Row(LEAST, 0.95, TOLD))
def wilson_24():
    return least_and_mean(wilson, 24)[::-1]


@enumerated("Wilson", wilson, "47 people, every share", Row(MEAN, 0.95, NEAR), Row(LEAST, 0.95, TOLD))
def wilson_47():
    return least_and_mean(wilson, 47)[::-1]


@enumerated("bound where nobody had it", upper_bound_of_none, "25 people, every share", Row(LEAST, 0.95, AT_LEAST))
def none_of():
    bound = upper_bound_of_none(25).high
    return (min(1 - (1 - share) ** 25 if share > bound else 1.0 for share in SHARES),)


@enumerated(
    "certainty about a share",
    share_probability,
    "25 people, the share just at .8",
    Row("certainty above .95", 0.05, TOLD),
)
def share_at_least():
    log_choose = np.concatenate([[0.0], np.cumsum(np.log(np.arange(25, 0, -1)) - np.log(np.arange(1, 26)))])
    chances = np.exp(log_choose + np.arange(26) * np.log(0.8) + np.arange(25, -1, -1) * np.log(0.2))
    certain = [share_probability(count, 25, ">=", 0.8) > 0.95 for count in range(26)]
    return (float(chances[certain].sum()),)
