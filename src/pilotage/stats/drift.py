"""Which items of a scale moved, and which moved otherwise than their scale."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import t_quantile
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]

FEWEST_PEOPLE = 5
"""People below which the items' changes are refused."""


@dataclass(frozen=True, slots=True)
class ItemDrift:
    """One item before and after.

    Attributes
    ----------
    item : int
        Its position, from 0.
    n : int
    first, last : float
        Means.
    change : Estimate or None
        Mean change in SDs of the first answers; None where all first answers are the same.
    beyond_scale : Estimate or None
        That change less the mean of all the scale's items, each in its own SDs.
    stands_out : bool
        Whether the interval of ``beyond_scale``, widened for the number of items (Bonferroni), excludes 0.
    """

    item: int
    n: int
    first: float
    last: float
    change: Estimate | None
    beyond_scale: Estimate | None
    stands_out: bool


def item_drift(first: ArrayLike, last: ArrayLike, level: float = 0.95) -> tuple[ItemDrift, ...]:
    """Mean change of each item in SDs of its first answers, those that moved most first.

    ``d = mean change / SD_first``, with ``SE^2 = SD_change^2 / (n SD_first^2) + d^2 / (2 (n - 1))`` (delta method, mean
    and SD taken as independent) and n - 1 degrees of freedom. An item that moves otherwise than its scale may have come
    to mean something else to people; with few people it may as well have done so by chance.

    Parameters
    ----------
    first, last : array, shape (people, items)
        The same people's answers, keyed so that all items point one way, without missing values; at least two items.
    level : float
        Coverage of each interval.

    Raises
    ------
    ValueError
        When the tables do not fit, a value is missing, there are fewer than two items or fewer than five people.

    References
    ----------
    Becker, B. J. (1988). Synthesizing standardized mean-change measures. British Journal of Mathematical and
    Statistical Psychology, 41(2), 257-278. (The same quantity, with equal variances at both occasions.)

    Examples
    --------
    >>> first = [[1, 3], [2, 2], [3, 4], [4, 3], [5, 5], [3, 4]]
    >>> last = [[3, 3], [3, 2], [5, 3], [5, 4], [5, 5], [4, 4]]
    >>> [(drift.item, round(drift.change.value, 2)) for drift in item_drift(first, last)]
    [(0, 0.82), (1, 0.0)]
    """
    before, after = _checked(first, last)
    n, items = before.shape
    sds = before.std(axis=0, ddof=1)
    moved = after - before
    varies = sds > 0
    standard = moved[:, varies] / sds[varies]
    scale_change = standard.mean(axis=1) if varies.any() else np.zeros(n)
    found = []
    for item in range(items):
        change = beyond = None
        stands_out = False
        if varies[item]:
            own = moved[:, item] / sds[item]
            change = _standardised(own, level)
            beyond, stands_out = _against(own - scale_change, level, items)
        means = float(before[:, item].mean()), float(after[:, item].mean())
        found.append(ItemDrift(item, n, *means, change, beyond, stands_out))
    return tuple(sorted(found, key=lambda drift: -abs(drift.change.value) if drift.change else 0.0))


def _standardised(moved: Floats, level: float) -> Estimate:
    """The mean of changes in first SDs, with an interval that knows the SD to be an estimate."""
    n, value = len(moved), float(moved.mean())
    se = math.sqrt(float(moved.var(ddof=1)) / n + value**2 / (2 * (n - 1)))
    half = t_quantile((1 + level) / 2, n - 1) * se
    method = "mean change in SDs of the first answers, delta method"
    return Estimate(value, value - half, value + half, level, n, method)


def _against(moved: Floats, level: float, items: int) -> tuple[Estimate, bool]:
    n, value = len(moved), float(moved.mean())
    se = float(moved.std(ddof=1)) / math.sqrt(n)
    half = t_quantile((1 + level) / 2, n - 1) * se
    widest = t_quantile(1 - (1 - level) / (2 * items), n - 1) * se
    method = "change less that of the scale's items together, in SDs of the first answers, t interval"
    return Estimate(value, value - half, value + half, level, n, method), bool(abs(value) > widest)


def _checked(first: ArrayLike, last: ArrayLike) -> tuple[Floats, Floats]:
    before, after = np.asarray(first, dtype=float), np.asarray(last, dtype=float)
    if before.ndim != 2 or before.shape != after.shape or before.shape[1] < 2:
        raise ValueError(f"drift needs the same people and at least two items twice, not {before.shape}, {after.shape}")
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        raise ValueError("drift needs answers without missing values")
    if len(before) < FEWEST_PEOPLE:
        raise ValueError(f"the drift of items needs at least {FEWEST_PEOPLE} people, not {len(before)}")
    return before, after
