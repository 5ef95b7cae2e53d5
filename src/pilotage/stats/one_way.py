"""Values that come in groups: what a one-way model needs of them, and its restricted likelihood."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.roots import root_between

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Groups:
    """Groups of values, summed up.

    Attributes
    ----------
    sizes, means : array, shape (groups,)
    within : float
        The sum of squares within groups.
    """

    sizes: Floats
    means: Floats
    within: float


class RestrictedProfile:
    """-2 log restricted likelihood by the ratio of both variances, all else at its best; constants left out.

    With w = m / (1 + q m) and the mean weighted by w,
    ``(N - 1) log(SSW + sum w (mean_i - mean)^2) + sum log(1 + q m) + log sum w``.
    """

    def __init__(self, groups: Groups) -> None:
        self.sizes, self._means, self._within = groups.sizes, groups.means, groups.within
        self._df = float(groups.sizes.sum()) - 1

    def _weights(self, ratio: float) -> Floats:
        weights: Floats = self.sizes / (1 + ratio * self.sizes)
        return weights

    def mean(self, ratio: float) -> float:
        """Return the mean of the groups' means, weighted by what each tells."""
        weights = self._weights(ratio)
        return float(weights @ self._means / weights.sum())

    def _squares(self, ratio: float) -> Floats:
        squares: Floats = (self._means - self.mean(ratio)) ** 2
        return squares

    def error(self, ratio: float) -> float:
        """Return the sum of squares that the variance within groups is estimated from."""
        return self._within + float(self._weights(ratio) @ self._squares(ratio))

    def criterion(self, ratio: float) -> float:
        """Return -2 log restricted likelihood."""
        logs = float(np.log1p(ratio * self.sizes).sum())
        return self._df * math.log(self.error(ratio)) + logs + math.log(self._weights(ratio).sum())

    def slope(self, ratio: float) -> float:
        """Return the criterion's derivative by the ratio."""
        weights = self._weights(ratio)
        falls = float(weights**2 @ self._squares(ratio))
        return -self._df * falls / self.error(ratio) + float(weights.sum() - (weights**2).sum() / weights.sum())

    def lowest(self) -> float:
        """Return the ratio at the lowest of all stationary points, or 0."""
        grid = np.concatenate(([0.0], np.geomspace(1e-6, 1e6, 121)))
        slopes = [self.slope(q) for q in grid]
        valleys = [
            root_between(self.slope, float(a), float(b))
            for a, b, down, up in zip(grid[:-1], grid[1:], slopes[:-1], slopes[1:], strict=True)
            if down < 0 <= up
        ]
        return min([0.0, *valleys], key=self.criterion)

    def limits(self, ratio: float, rise: float) -> tuple[float, float]:
        """Return where the criterion lies ``rise`` above its lowest point; 0 or infinite where it never does."""
        floor = self.criterion(ratio)

        def excess(q: float) -> float:
            return self.criterion(q) - floor - rise

        low = root_between(excess, 0.0, ratio) if ratio > 0 and excess(0.0) > 0 else 0.0
        far = max(ratio, 1e-3)
        while excess(far) < 0 and far < 1e12:
            far *= 4
        return low, root_between(excess, ratio, far) if excess(far) > 0 else math.inf
