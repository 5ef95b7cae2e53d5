"""Answers as steps of a normal variable, and what sums of such answers have as mean, variance and covariance.

An answer is the highest step that a standard normal variable has passed. For two answers whose variables correlate
by r, the covariance is the series of Hermite coefficients c: sum over k of c_ik c_jk r^k / k! (Mehler's formula), so
that nothing needs to be simulated to know how a scale will behave.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

TERMS = 12
"""Terms of the series; at correlations up to 0.8 the rest is below a thousandth of an item's variance."""

_erf = np.vectorize(math.erf, otypes=[float])


@dataclass(frozen=True)
class GradedSteps:
    """Items answered by steps: ``cuts`` (items, steps) ascending, and what passing each step adds to the points."""

    cuts: Array
    lowest: Array
    jumps: Array

    def shifted(self, shift: Array) -> GradedSteps:
        """Return the items after their variables moved up by ``shift`` (one number an item)."""
        return replace(self, cuts=self.cuts - shift[:, None])

    @cached_property
    def means(self) -> Array:
        """Expected points of each item."""
        expected: Array = self.lowest + (self.jumps * self._passed).sum(axis=1)
        return expected

    @cached_property
    def variances(self) -> Array:
        """Variance of each item's points."""
        doubled = 2 * np.cumsum(self.jumps, axis=1) - self.jumps
        square = (self.jumps * doubled * self._passed).sum(axis=1)
        variance: Array = square - (self.means - self.lowest) ** 2
        return variance

    @cached_property
    def series(self) -> Array:
        """Hermite coefficients over the root of k!, from k = 1: shape (items, TERMS)."""
        density = np.exp(-0.5 * self.cuts**2) / math.sqrt(2 * math.pi)
        before, now = np.zeros_like(self.cuts), np.ones_like(self.cuts)
        terms = []
        for k in range(1, TERMS + 1):
            terms.append((self.jumps * density * now).sum(axis=1))
            # now is He_{k-1} over the root of (k-1)!: scaled step by step, for the factorials grow quickly
            before, now = now, (self.cuts * now - math.sqrt(k - 1) * before) / math.sqrt(k)
        return np.stack(terms, axis=1) / np.sqrt(np.arange(1, TERMS + 1))

    @property
    def _passed(self) -> Array:
        upper: Array = 0.5 * (1 - _erf(self.cuts / math.sqrt(2)))
        return upper


def covariance(first: GradedSteps, second: GradedSteps, correlation: Array) -> Array:
    """Return the covariances of items' points (rows, columns), given their variables' correlations."""
    total = np.zeros_like(correlation)
    power = np.ones_like(correlation)
    for k in range(TERMS):
        power = power * correlation
        total += np.outer(first.series[:, k], second.series[:, k]) * power
    return total


def variance_of_sum(items: GradedSteps, correlation: Array, weights: Array) -> float:
    """Return the variance of a weighted sum of items' points; the correlations' diagonal is not used."""
    between = covariance(items, items, correlation)
    np.fill_diagonal(between, items.variances)
    return float(weights @ between @ weights)
