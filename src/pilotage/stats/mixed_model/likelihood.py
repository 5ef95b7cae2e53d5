"""The restricted likelihood of a covariance linear in its parameters, with its exact gradient and information.

-2 l = (N - p) log 2 pi + log|V| + log|X' V^-1 X| + r' V^-1 r, with r the residuals of generalised least squares.

Everything is computed on whitened rows: with Sigma = L L' of a pattern's block, Z = L^-1 (X, y), F the orthonormal
columns that span the whitened X, e the whitened residuals, g_k = L^-1 G_k L'^-1, and sums over people,

    dl/dtheta_k = 1/2 sum tr g_k (F F' + e e' - 1),
    expected information = 1/2 (sum tr g_k g_l (1 - 2 F F') + tr B_k B_l),             B_k = sum F' g_k F,
    observed information = sum tr g_k g_l e e' - u_k' u_l - expected,                  u_k = sum F' g_k e,

so that an ill-conditioned Sigma costs half the digits that its inverse would.

References
----------
Patterson, H. D., & Thompson, R. (1971). Recovery of inter-block information when block sizes are unequal. Biometrika,
58(3), 545-554.
Harville, D. A. (1977). Maximum likelihood approaches to variance component estimation and to related problems. Journal
of the American Statistical Association, 72(358), 320-338.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, pi

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.patterns import Patterns, triangular_factor

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """The likelihood at one covariance matrix.

    Attributes
    ----------
    sigma : array, shape (occasions, occasions)
    root : array, shape (occasions, occasions)
        L of the whole of Sigma.
    whitener : array, shape (patterns, occasions, occasions)
        L^-1.
    white : array, shape (patterns, rows, occasions, effects + 1)
        Z.
    half : array, shape (effects, effects)
        Turns whitened effects into orthonormal columns; half half' is the covariance of beta were theta known.
    beta : array, shape (effects,)
        Generalised least squares.
    log_likelihood : float
        Restricted.
    """

    sigma: Floats
    root: Floats
    whitener: Floats
    white: Floats
    half: Floats
    beta: Floats
    log_likelihood: float

    @property
    def phi(self) -> Floats:
        """Covariance of beta were theta known: the inverse of X' V^-1 X."""
        return self.half @ self.half.T


@dataclass(frozen=True, slots=True)
class Derivatives:
    """How the restricted likelihood bends at a point.

    Attributes
    ----------
    gradient : array, shape (parameters,)
    expected, observed : array, shape (parameters, parameters)
        Information about theta.
    directions : array, shape (patterns, parameters, occasions, occasions)
        g_k.
    products : array, shape (patterns * occasions^2, (effects + 1)^2)
        Sums over people of the outer products of (F, e) at two occasions.
    bends : array, shape (parameters, effects, effects)
        B_k.
    """

    gradient: Floats
    expected: Floats
    observed: Floats
    directions: Floats
    products: Floats
    bends: Floats


def evaluate(sigma: Floats, data: Patterns) -> Point | None:
    """Return the likelihood at a covariance matrix, or None where it is not positive definite."""
    try:
        root = np.asarray(np.linalg.cholesky(sigma), dtype=float)
        roots = np.linalg.cholesky(np.where(data.pairs, sigma, np.eye(len(sigma))))
        whitener = np.asarray(np.linalg.inv(roots), dtype=float)
        white = whitener[:, None] @ data.rows
        factor = triangular_factor(white.reshape(-1, data.effects + 1))
        half = np.asarray(np.linalg.inv(factor[:-1, :-1]), dtype=float)
    except np.linalg.LinAlgError:
        return None
    log_determinants = 2 * (data.n @ _log_diagonal(roots) + _log_diagonal(np.abs(factor[:-1, :-1])))
    constant = (data.observations - data.effects) * log(2 * pi)
    value = float(-0.5 * (constant + log_determinants + factor[-1, -1] ** 2))
    beta = np.asarray(half @ factor[:-1, -1], dtype=float)
    return Point(sigma, root, whitener, white, half, beta, value) if np.isfinite(value) else None


def derivatives(point: Point, basis: Floats, data: Patterns) -> Derivatives:
    """Return the gradient, expected and observed information at a point, by the multiples of the basis."""
    directions = point.whitener[:, None] @ (basis * data.pairs[:, None]) @ point.whitener.swapaxes(1, 2)[:, None]
    flat = directions.swapaxes(0, 1).reshape(len(basis), -1)
    products = _products(point)
    square = products.reshape(*data.pairs.shape, data.effects + 1, data.effects + 1)
    of_effects, of_residuals = np.trace(square[..., :-1, :-1], axis1=3, axis2=4), square[..., -1, -1]
    identities = data.n[:, None, None] * np.eye(len(point.sigma))
    gradient = flat @ (of_effects + of_residuals - identities).ravel() / 2
    moved = (flat @ products).reshape(-1, data.effects + 1, data.effects + 1)
    bends, towards = moved[:, :-1, :-1], moved[:, :-1, -1]
    within = bends.reshape(len(basis), -1)
    expected = (_traces(directions, flat, identities - 2 * of_effects) + within @ within.T) / 2
    observed = _traces(directions, flat, of_residuals) - towards @ towards.T - expected
    return Derivatives(gradient, expected, observed, directions, products, bends)


def _products(point: Point) -> Floats:
    """Sum over people the outer products of orthonormal effects and residuals, for every two occasions."""
    patterns, rows, occasions, columns = point.white.shape
    turn = np.zeros((columns, columns))
    turn[:-1, :-1], turn[:-1, -1], turn[-1, -1] = point.half, -point.beta, 1.0
    turned = (point.white @ turn).reshape(patterns, rows, occasions * columns)
    grams = (turned.swapaxes(1, 2) @ turned).reshape(patterns, occasions, columns, occasions, columns)
    return grams.swapaxes(2, 3).reshape(-1, columns**2)


def _traces(directions: Floats, flat: Floats, weight: Floats) -> Floats:
    """Sum over patterns of tr(g_k g_l weight), for every k and l."""
    weighted = (weight[:, None] @ directions).swapaxes(0, 1).reshape(flat.shape)
    traces: Floats = weighted @ flat.T
    return (traces + traces.T) / 2


def _log_diagonal(roots: Floats) -> Floats:
    logs: Floats = np.log(np.diagonal(roots, axis1=-2, axis2=-1)).sum(axis=-1)
    return logs
