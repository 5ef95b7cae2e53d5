"""Whole numbers with a given mean, spread and range, as a report prints them.

The search is that of SPRITE (Heathers, Anaya, van der Zee & Brown 2018, PeerJ Preprints 6:e26968): begin anywhere,
step until the sum fits, then move pairs apart or together, which keeps the sum, until the spread fits.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.protocol.simulation import NumberTarget

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]

NO_SUCH_NUMBERS = kind("SIMULATION-003", "No whole numbers have the mean, spread and range of a target")

BEGINNINGS = 400
STEPS = 3000


def numbers_like(target: NumberTarget, n: int, rng: np.random.Generator) -> Whole:
    """Draw ``n`` whole numbers whose mean, sample SD and range are printed as the target has them.

    Parameters
    ----------
    target : NumberTarget
        The mean and SD agree once rounded to ``target.decimals``; the ends named in ``attained`` occur.
    n : int
        How many numbers.
    rng : numpy.random.Generator
        The same state gives the same numbers.

    Raises
    ------
    ProblemsFound
        When no such numbers were found; with the mean of a small group there often are none.
    """
    if n == 0:
        return np.zeros(0, dtype=np.int64)
    for _ in range(BEGINNINGS):
        values, fixed = _beginning(target, n, rng)
        if _reach_sum(values, fixed, target, rng) and _reach_spread(values, fixed, target, rng):
            rng.shuffle(values)
            return values
    wanted = f"mean {target.mean}, SD {target.sd}, {target.low} to {target.high}"
    message = f"No {n} whole numbers were found with {wanted}."
    raise ProblemsFound([Problem(NO_SUCH_NUMBERS, message, "Check the figures, or say how many people answered.")])


def agrees(values: Whole, target: NumberTarget) -> bool:
    """Return whether numbers have the target's mean, spread and range, as printed."""
    ends = {"both": (True, True), "low": (True, False), "high": (False, True), "neither": (False, False)}
    low, high = ends[target.attained]
    within = values.min() >= target.low and values.max() <= target.high
    at_ends = (not low or values.min() == target.low) and (not high or values.max() == target.high)
    return bool(within and at_ends and _mean_fits(values, target) and _spread_side(values, target) == 0)


def _beginning(target: NumberTarget, n: int, rng: np.random.Generator) -> tuple[Whole, int]:
    """Return a first draw from a scaled beta distribution, with the ends that must occur put in front."""
    width = target.high - target.low
    ends = {"both": [target.low, target.high], "low": [target.low], "high": [target.high], "neither": []}
    fixed = ends[target.attained][:n]
    share = min(max((target.mean - target.low) / max(width, 1), 0.01), 0.99)
    spread = (target.sd / max(width, 1)) ** 2
    concentration = max(share * (1 - share) / spread - 1, 0.05) if spread > 0 else 1e6
    drawn = target.low + width * rng.beta(share * concentration, (1 - share) * concentration, n)
    values = np.clip(np.rint(drawn), target.low, target.high).astype(np.int64)
    values[: len(fixed)] = fixed
    return values, len(fixed)


def _reach_sum(values: Whole, fixed: int, target: NumberTarget, rng: np.random.Generator) -> bool:
    half = 0.5 * 10**-target.decimals
    n = len(values)
    lowest, highest = math.ceil((target.mean - half) * n - 1e-9), math.floor((target.mean + half) * n + 1e-9)
    sums = [s for s in range(lowest, highest + 1) if abs(s / n - target.mean) < half - 1e-9]
    if not sums:
        return False
    wanted = int(rng.choice(sums))
    while (short := wanted - int(values.sum())) != 0:
        step = 1 if short > 0 else -1
        limit = target.high if step > 0 else target.low
        free = fixed + np.flatnonzero(values[fixed:] != limit)
        if not len(free):
            return False
        chosen = rng.choice(free, size=min(len(free), abs(short)), replace=False)
        values[chosen] += step
    return True


def _reach_spread(values: Whole, fixed: int, target: NumberTarget, rng: np.random.Generator) -> bool:
    free = len(values) - fixed
    if free < 2:
        return _spread_side(values, target) == 0
    for first, second in fixed + rng.integers(0, free, size=(STEPS, 2)):
        side = _spread_side(values, target)
        if side == 0:
            return True
        upper, lower = (first, second) if values[first] >= values[second] else (second, first)
        if upper == lower:
            continue
        if side < 0 and values[upper] < target.high and values[lower] > target.low:
            values[upper] += 1
            values[lower] -= 1
        elif side > 0 and values[upper] - values[lower] >= 2:
            values[upper] -= 1
            values[lower] += 1
    return _spread_side(values, target) == 0


def _mean_fits(values: Whole, target: NumberTarget) -> bool:
    return bool(abs(values.mean() - target.mean) < 0.5 * 10**-target.decimals - 1e-9)


def _spread_side(values: Whole, target: NumberTarget) -> int:
    """Return -1 when the spread is too small, 1 when it is too large, 0 when it is printed as wanted."""
    spread = float(values.std(ddof=1)) if len(values) > 1 else 0.0
    half = 0.5 * 10**-target.decimals - 1e-9
    return 0 if abs(spread - target.sd) < half else -1 if spread < target.sd else 1
