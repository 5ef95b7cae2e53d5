"""Estimates and tests of combinations of the fixed effects."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Denominator = Callable[[Floats, Floats, Floats, Floats], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Inference:
    """What standard errors and degrees of freedom are made from.

    Attributes
    ----------
    beta : array, shape (effects,)
    vcov, phi : array, shape (effects, effects)
        For standard errors, and as it would be were the covariance parameters known.
    phi_slopes : array, shape (parameters, effects, effects)
        Derivatives of phi by the covariance parameters.
    w : array, shape (parameters, parameters)
        Covariance of the covariance parameters.
    denominator : function
        Degrees of freedom and factor of F.
    """

    beta: Floats
    vcov: Floats
    phi: Floats
    phi_slopes: Floats
    w: Floats
    denominator: Denominator

    def estimate(self, row: Floats) -> tuple[float, float, float]:
        """Return a combination, its standard error and its degrees of freedom."""
        df, _ = self.denominator(row[None, :], self.phi, self.phi_slopes, self.w)
        return float(row @ self.beta), sqrt(float(row @ self.vcov @ row)), df

    def wald(self, rows: Floats) -> tuple[float, int, float]:
        """Return F and its degrees of freedom for the hypothesis that all rows @ beta are 0."""
        df, factor = self.denominator(rows, self.phi, self.phi_slopes, self.w)
        estimates = rows @ self.beta
        f = factor * float(estimates @ np.linalg.solve(rows @ self.vcov @ rows.T, estimates)) / len(rows)
        return f, len(rows), df
