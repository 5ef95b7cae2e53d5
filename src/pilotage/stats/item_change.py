"""Which items of a scale moved, and which moved otherwise than their scale."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import t_quantile
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]

FEWEST_PEOPLE = 5
"""People below which the items' changes are refused."""

CHANGE = "mean change in SDs of the first answers, delta method"
BEYOND = "change less that of the scale's items together, in SDs of the first answers, delta method"


@dataclass(frozen=True, slots=True)
class ItemChange:
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


def item_change(first: ArrayLike, last: ArrayLike, level: float = 0.95) -> tuple[ItemChange, ...]:
    """Return the mean change of each item in SDs of its first answers, those that moved most first.

    ``d = mean change / SD_first``. The SD is an estimate too: person i pulls at d by ``c_i / SD - d - d (z_i^2 - mean
    z^2) / 2``, with c the change and z the standardised first answer, and the standard error is the SD of these pulls
    over sqrt(n) (delta method, no distribution assumed), with n - 1 degrees of freedom. An item that moves otherwise
    than its scale may have come to mean something else to people; with few people it may as well be chance.

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
    >>> [(moved.item, round(moved.change.value, 2)) for moved in item_change(first, last)]
    [(0, 0.82), (1, 0.0)]
    """
    before, after = _checked(first, last)
    n, items = before.shape
    sds = before.std(axis=0, ddof=1)
    varies = np.flatnonzero(sds > 0)
    own, pulls = _standardised(before[:, varies], (after - before)[:, varies], sds[varies])
    changes = [
        ItemChange(k, n, float(before[:, k].mean()), float(after[:, k].mean()), None, None, False) for k in range(items)
    ]
    for place, item in enumerate(varies):
        beyond = float(own[place] - own.mean()), pulls[:, place] - pulls.mean(axis=1)
        changes[item] = replace(
            changes[item],
            change=_estimate(float(own[place]), pulls[:, place], level, CHANGE),
            beyond_scale=_estimate(*beyond, level, BEYOND),
            stands_out=not _holds_zero(_estimate(*beyond, 1 - (1 - level) / items, BEYOND)),
        )
    return tuple(sorted(changes, key=lambda item: -abs(item.change.value) if item.change else 0.0))


def _standardised(before: Floats, moved: Floats, sds: Floats) -> tuple[Floats, Floats]:
    """Return each item's change in SDs of its first answers, and how each person pulls at it (people, items)."""
    change: Floats = moved.mean(axis=0) / sds
    spread = ((before - before.mean(axis=0)) / sds) ** 2
    pulls: Floats = moved / sds - change - change * (spread - spread.mean(axis=0)) / 2
    return change, pulls


def _estimate(value: float, pulls: Floats, level: float, method: str) -> Estimate:
    n = len(pulls)
    half = t_quantile((1 + level) / 2, n - 1) * float(pulls.std(ddof=1)) / math.sqrt(n)
    return Estimate(value, value - half, value + half, level, n, method)


def _holds_zero(estimate: Estimate) -> bool:
    return estimate.low is not None and estimate.high is not None and estimate.low <= 0 <= estimate.high


def _checked(first: ArrayLike, last: ArrayLike) -> tuple[Floats, Floats]:
    before, after = np.asarray(first, dtype=float), np.asarray(last, dtype=float)
    if before.ndim != 2 or before.shape != after.shape or before.shape[1] < 2:
        raise ValueError(
            f"item change needs the same people and at least two items twice, not {before.shape}, {after.shape}"
        )
    if not (np.isfinite(before).all() and np.isfinite(after).all()):
        raise ValueError("item change needs answers without missing values")
    if len(before) < FEWEST_PEOPLE:
        raise ValueError(f"item change needs at least {FEWEST_PEOPLE} people, not {len(before)}")
    return before, after
