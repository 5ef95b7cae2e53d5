"""The restricted likelihood of a covariance linear in its parameters, with its exact gradient and information.

With K the inverse of a pattern's covariance block (zero where an occasion was missed), A = X' V^-1 X, Phi = A^-1,
r the residuals and H, R the pattern's products of X weighted by Phi and of r,

    -2 l = (N - p) log 2 pi + log|V| + log|A| + r' V^-1 r,
    dl/dtheta_k = tr(G_k Gamma),   Gamma = 1/2 sum_patterns (K (H + R) K - n K).

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

from pilotage.stats.mixed_model.patterns import Patterns

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Point:
    """The likelihood at one covariance matrix.

    Attributes
    ----------
    theta : array, shape (parameters,)
    sigma : array, shape (occasions, occasions)
    inverses : array, shape (patterns, occasions, occasions)
        K, zero where an occasion was missed.
    beta : array, shape (effects,)
        Generalised least squares.
    phi : array, shape (effects, effects)
        Covariance of beta were theta known.
    log_likelihood : float
        Restricted.
    """

    theta: Floats
    sigma: Floats
    inverses: Floats
    beta: Floats
    phi: Floats
    log_likelihood: float


@dataclass(frozen=True, slots=True)
class Derivatives:
    """How the restricted likelihood bends at a point.

    Attributes
    ----------
    gradient : array, shape (parameters,)
    expected, observed : array, shape (parameters, parameters)
        Information about theta.
    precision : array, shape (parameters, effects, effects)
        Derivatives of X' V^-1 X (P_k of Kenward and Roger).
    """

    gradient: Floats
    expected: Floats
    observed: Floats
    precision: Floats


def evaluate(theta: Floats, basis: Floats, data: Patterns) -> Point | None:
    """The likelihood at parameters, or None where they make no positive definite covariance matrix."""
    sigma = (theta @ basis.reshape(len(theta), -1)).reshape(basis.shape[1:])
    blocks = np.where(data.pairs, sigma, np.eye(len(sigma)))
    try:
        np.linalg.cholesky(sigma)
        roots = np.linalg.cholesky(blocks)
        inverses = np.linalg.inv(blocks) * data.pairs
        products = data.total(inverses)[0]
        precision, towards = products[:-1, :-1], products[:-1, -1]
        root = np.linalg.cholesky(precision)
        phi = np.linalg.inv(precision)
    except np.linalg.LinAlgError:
        return None
    beta = phi @ towards
    residual = products[-1, -1] - towards @ beta
    log_determinants = 2 * (data.n @ _log_diagonal(roots) + _log_diagonal(root))
    constant = (data.observations - data.effects) * log(2 * pi)
    value = -0.5 * (constant + log_determinants + residual)
    return Point(theta, sigma, inverses, beta, phi, float(value)) if np.isfinite(value) else None


def derivatives(point: Point, basis: Floats, data: Patterns) -> Derivatives:
    """Gradient, expected and observed information at a point."""
    k, n = point.inverses, data.n[:, None, None]
    residual = np.append(-point.beta, 1.0)
    of_effects = k @ data.projected(_framed(point.phi)) @ k
    of_residuals = k @ data.projected(np.outer(residual, residual)) @ k
    gradient = basis.reshape(len(basis), -1) @ (of_effects + of_residuals - n * k).sum(axis=0).ravel() / 2
    slopes = -data.total((k[:, None] @ basis @ k[:, None]).swapaxes(0, 1))
    precision, towards = slopes[:, :-1, :-1], slopes[:, :-1] @ residual
    ratios = point.phi @ precision
    flat, turned = ratios.reshape(len(basis), -1), ratios.swapaxes(1, 2).reshape(len(basis), -1)
    expected = (_sandwiches(basis, k, n * k - 2 * of_effects) + flat @ turned.T) / 2
    observed = _sandwiches(basis, k, of_residuals) - towards @ point.phi @ towards.T - expected
    return Derivatives(gradient, expected, observed, precision)


def _framed(phi: Floats) -> Floats:
    """With a row and a column of zeros for the outcome."""
    framed = np.zeros((len(phi) + 1, len(phi) + 1))
    framed[:-1, :-1] = phi
    return framed


def _sandwiches(basis: Floats, left: Floats, right: Floats) -> Floats:
    """Sum over patterns of tr(G_k left G_l right), for every k and l."""
    patterns, occasions, _ = left.shape
    squares = left.reshape(patterns, -1).T @ right.reshape(patterns, -1)
    # From the order (b, c, d, a) of left_bc right_da to (a, b) by (c, d), as in G_k ab and G_l cd.
    ordered = squares.reshape((occasions,) * 4).transpose(3, 0, 1, 2).reshape(occasions**2, occasions**2)
    flat = basis.reshape(len(basis), -1)
    found: Floats = flat @ ordered @ flat.T
    return (found + found.T) / 2


def _log_diagonal(roots: Floats) -> Floats:
    logs: Floats = np.log(np.diagonal(roots, axis1=-2, axis2=-1)).sum(axis=-1)
    return logs
