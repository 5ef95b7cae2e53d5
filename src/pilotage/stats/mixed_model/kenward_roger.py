"""Kenward and Roger's small-sample standard errors and tests, for a covariance linear in its parameters.

With W the covariance of the parameters, P_k the derivatives of X' V^-1 X and Q_kl = X' V^-1 G_k V^-1 G_l V^-1 X (in the
orthonormal coordinates of the whitened effects these are -B_k and sum F' g_k g_l F; see the likelihood),

    Phi_A = Phi + 2 Phi (sum_kl W_kl (Q_kl - P_k Phi P_l)) Phi.

References
----------
Kenward, M. G., & Roger, J. H. (1997). Small sample inference for fixed effects from restricted maximum likelihood.
Biometrics, 53(3), 983-997.
Halekoh, U., & Højsgaard, S. (2014). A Kenward-Roger approximation and parametric bootstrap methods for tests in linear
mixed models: the R package pbkrtest. Journal of Statistical Software, 59(9).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.likelihood import Derivatives, Point
from pilotage.stats.mixed_model.refusal import MixedModelError

Floats = NDArray[np.float64]


def adjusted_vcov(point: Point, slope: Derivatives, w: Floats) -> Floats:
    """Return Phi_A: the covariance of the fixed effects, allowing for the covariance parameters' having been estimated.

    Parameters
    ----------
    point, slope : Point, Derivatives
        The maximum.
    w : array, shape (parameters, parameters)
        Covariance of the covariance parameters.

    Returns
    -------
    array, shape (effects, effects)
    """
    size = len(point.beta)
    squares = (slope.directions @ np.tensordot(slope.directions, w, (1, 0)).transpose(0, 3, 1, 2)).sum(axis=1)
    q = (squares.ravel() @ slope.products).reshape(size + 1, size + 1)[:-1, :-1]
    p = (slope.bends @ np.tensordot(w, slope.bends, 1)).sum(axis=0)
    return symmetric(point.half @ (np.eye(size) + 2 * (q - p)) @ point.half.T)


def denominator(rows: Floats, phi: Floats, phi_slopes: Floats, w: Floats) -> tuple[float, float]:
    """Return the degrees of freedom and the factor that F is multiplied by, for the hypothesis rows @ beta = 0.

    For a single row the factor is 1 and the degrees of freedom are Satterthwaite's at the unadjusted covariance.

    Raises
    ------
    MixedModelError
        When the approximation has no degrees of freedom above 2, as with very few people.
    """
    size = len(rows)
    moves = np.linalg.inv(rows @ phi @ rows.T) @ (rows @ phi_slopes @ rows.T)
    traces = np.trace(moves, axis1=1, axis2=2)
    a1 = float(traces @ w @ traces)
    a2 = float(np.einsum("kl,kij,lji->", w, moves, moves))
    if a2 <= 0:
        raise MixedModelError("Kenward and Roger's degrees of freedom are not defined for this effect")
    return (2 / a2, 1.0) if size == 1 else _matched_moments(a1, a2, size)


def _matched_moments(a1: float, a2: float, size: int) -> tuple[float, float]:
    """Return the F distribution with the mean and variance that the statistic has to the order of the approximation."""
    b = (a1 + 6 * a2) / (2 * size)
    g = ((size + 1) * a1 - (size + 4) * a2) / ((size + 2) * a2)
    d = 3 * size + 2 * (1 - g)
    c1, c2, c3 = g / d, (size - g) / d, (size + 2 - g) / d
    mean = 1 - a2 / size
    rho = mean**2 * (1 + c1 * b) / ((1 - c2 * b) ** 2 * (1 - c3 * b)) / size
    df = 4 + (size + 2) / (size * rho - 1)
    if not (mean > 0 and df > 2):
        raise MixedModelError(f"too few people for Kenward and Roger's test of {size} contrasts at once")
    return df, df * mean / (df - 2)


def symmetric(matrix: Floats) -> Floats:
    """Return a matrix that should be symmetric, without the rounding error by which it is not."""
    evened: Floats = (matrix + matrix.T) / 2
    return evened
