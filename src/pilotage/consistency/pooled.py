"""The mean and SD of groups taken together, over everything that rounds to what is printed of each."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product

from pilotage.consistency.paper import PrintedMoments

Ends = tuple[float, float]


def pooled_mean(groups: Sequence[PrintedMoments]) -> tuple[float, Ends]:
    """Return the mean of all, weighted by size: at the printed numbers, and its lowest and highest value."""
    people = sum(group.n for group in groups)
    low, high = (sum(group.n * group.mean.ends[end] for group in groups) / people for end in (0, 1))
    return sum(group.n * float(group.mean.value) for group in groups) / people, (low, high)


def pooled_sd(groups: Sequence[PrintedMoments]) -> tuple[float, Ends]:
    """Return the SD (n - 1) of all: from the squares within groups, and those between the groups' means.

    SD^2 = (sum (n_i - 1) s_i^2 + sum n_i (m_i - m)^2) / (N - 1)
    """
    df = sum(group.n for group in groups) - 1
    within = [sum((group.n - 1) * sd**2 for group, sd in zip(groups, sds, strict=True)) for sds in _sds(groups)]
    between = _squares(groups, [float(group.mean.value) for group in groups]), _nearest(groups), _furthest(groups)
    value, low, high = (math.sqrt((w + b) / df) for w, b in zip(within, between, strict=True))
    return value, (low, high)


def _sds(groups: Sequence[PrintedMoments]) -> tuple[list[float], list[float], list[float]]:
    printed = [float(group.sd.value) for group in groups]
    return printed, [max(group.sd.ends[0], 0.0) for group in groups], [group.sd.ends[1] for group in groups]


def _squares(groups: Sequence[PrintedMoments], means: Sequence[float]) -> float:
    people = sum(group.n for group in groups)
    middle = sum(group.n * mean for group, mean in zip(groups, means, strict=True)) / people
    return sum(group.n * (mean - middle) ** 2 for group, mean in zip(groups, means, strict=True))


def _nearest(groups: Sequence[PrintedMoments]) -> float:
    """Return the squares between groups with the means as near to one another as rounding lets them be."""
    low, high = (side(group.mean.ends[end] for group in groups) for end, side in ((0, min), (1, max)))
    for _ in range(200):  # halving, for the pull on the middle falls as the middle rises
        middle = (low + high) / 2
        pull = sum(group.n * (_clipped(middle, group.mean.ends) - middle) for group in groups)
        low, high = (middle, high) if pull > 0 else (low, middle)
    return sum(group.n * (_clipped(low, group.mean.ends) - low) ** 2 for group in groups)


def _furthest(groups: Sequence[PrintedMoments]) -> float:
    """Return the squares between groups with the means as far apart as rounding lets them be.

    They are convex in the means, so they are largest where each mean is at one of its ends.
    """
    return max(_squares(groups, means) for means in product(*(group.mean.ends for group in groups)))


def _clipped(value: float, ends: Ends) -> float:
    return min(max(value, ends[0]), ends[1])
