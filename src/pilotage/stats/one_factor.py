"""One common factor by maximum likelihood: Jöreskog's profile of the uniquenesses, by Newton's method.

With the uniquenesses fixed the best loadings are known, so that only k numbers are sought for k items. They are sought
as logarithms x, between R's factanal's lower limit .005 and 1. With g and w the eigenvalues (falling) and eigenvectors
of Psi^-1/2 R Psi^-1/2, and sums over all but the first,

    f = sum_m (g_m - log g_m - 1),    df/dx_i = sum_m (1 - g_m) w_im^2.

References
----------
Jöreskog, K. G. (1967). Some contributions to maximum likelihood factor analysis. Psychometrika, 32(4), 443-482.
Clarke, M. R. B. (1970). A rapidly convergent method for maximum-likelihood factor analysis. British Journal of
Mathematical and Statistical Psychology, 23(1), 43-52.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LEAST_UNIQUENESS = 0.005
_CONVERGED = 1e-10
_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class OneFactor:
    """A fitted one-factor model of a correlation matrix.

    Attributes
    ----------
    loadings, uniquenesses : array, shape (items,)
        Standardised; the loadings' sum is not below 0.
    at_limit : array of bool, shape (items,)
        Items whose uniqueness stopped at .005: a Heywood case.
    gradient_norm : float
        Euclidean, over the uniquenesses (as logarithms) that are not at the limit.
    steps : int
        Newton steps taken.
    """

    loadings: Floats
    uniquenesses: Floats
    at_limit: NDArray[np.bool_]
    gradient_norm: float
    steps: int


@dataclass(frozen=True, slots=True)
class _Point:
    x: Floats
    eigenvalues: Floats
    vectors: Floats
    value: float
    gradient: Floats

    def free(self, low: float) -> NDArray[np.bool_]:
        """Return which are not held at a limit by a gradient that points beyond it."""
        return ~((self.x <= low) & (self.gradient > 0)) & ~((self.x >= 0) & (self.gradient < 0))


def one_factor(correlations: Floats) -> OneFactor:
    """Fit one common factor to a correlation matrix of at least three items.

    Parameters
    ----------
    correlations : array, shape (items, items)
        Of full rank.

    Returns
    -------
    OneFactor

    Raises
    ------
    numpy.linalg.LinAlgError
        When the matrix is singular.
    ArithmeticError
        When the search does not settle.

    Examples
    --------
    >>> loadings = np.array([0.8, 0.7, 0.6, 0.5])
    >>> r = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    >>> one_factor(r).loadings.round(6).tolist()
    [0.8, 0.7, 0.6, 0.5]
    """
    low = float(np.log(LEAST_UNIQUENESS))
    start = np.log((1 - 0.5 / len(correlations)) / np.diag(np.linalg.inv(correlations)))
    point = _at(np.clip(start, low, 0.0), correlations)
    for steps in range(_MOST_STEPS):
        free = point.free(low)
        if np.linalg.norm(point.gradient[free]) < _CONVERGED:
            return _result(point, steps, low)
        following = _step(point, correlations, free, low)
        if following is None:
            break
        point = following
    if np.linalg.norm(point.gradient[point.free(low)]) < 1e-8:
        return _result(point, steps, low)
    raise ArithmeticError("the one-factor model did not settle; its likelihood may have no single highest point")


def _at(x: Floats, correlations: Floats) -> _Point:
    scale = np.exp(-x / 2)
    rising, vectors = np.linalg.eigh(correlations * np.outer(scale, scale))
    eigenvalues, vectors = np.maximum(rising[::-1], 1e-300), vectors[:, ::-1]
    rest = eigenvalues[1:]
    value = float((rest - np.log(rest) - 1).sum())
    gradient: Floats = vectors[:, 1:] ** 2 @ (1 - rest)
    return _Point(x, eigenvalues, vectors, value, gradient)


def _hessian(point: _Point) -> Floats:
    first, rest = point.eigenvalues[0], point.eigenvalues[1:]
    lead, others = point.vectors[:, 0], point.vectors[:, 1:]
    among = (others @ others.T) * ((others * rest) @ others.T)
    mixing = (1 - rest) * (rest + first) / np.maximum(first - rest, 1e-12)
    with_first = ((others * mixing) @ others.T) * np.outer(lead, lead)
    hessian: Floats = among + with_first
    return hessian


def _step(point: _Point, correlations: Floats, free: NDArray[np.bool_], low: float) -> _Point | None:
    """Return the first point along Newton's direction, halving, that is lower enough; None where none is."""
    direction = np.zeros_like(point.x)
    direction[free] = -_descent(_hessian(point)[np.ix_(free, free)], point.gradient[free])
    for halvings in range(40):
        following = _at(np.clip(point.x + direction * 0.5**halvings, low, 0.0), correlations)
        # Near the optimum f no longer tells points apart, and the gradient still does.
        lower = following.value <= point.value + 1e-4 * point.gradient @ (following.x - point.x)
        flat = abs(following.value - point.value) <= 1e-12 * (1 + abs(point.value))
        shrinks = np.linalg.norm(following.gradient[free]) < np.linalg.norm(point.gradient[free])
        if (lower and not flat) or (flat and shrinks):
            return following
    return None


def _descent(hessian: Floats, gradient: Floats) -> Floats:
    """Return Newton's direction, curvature made positive where f bends down, no step above 1 in a logarithm."""
    curvatures, axes = np.linalg.eigh(hessian)
    step: Floats = axes @ ((axes.T @ gradient) / np.maximum(np.abs(curvatures), 1e-6))
    return step / max(float(np.abs(step).max()), 1.0)


def _result(point: _Point, steps: int, low: float) -> OneFactor:
    uniquenesses = np.exp(point.x)
    loadings = np.sqrt(uniquenesses * max(point.eigenvalues[0] - 1, 0.0)) * point.vectors[:, 0]
    if loadings.sum() < 0:
        loadings = -loadings
    norm = float(np.linalg.norm(point.gradient[point.free(low)]))
    return OneFactor(loadings, uniquenesses, point.x <= low, norm, steps)
