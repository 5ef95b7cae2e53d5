"""The highest point of the restricted likelihood, from several starts, and the proof that it is one.

Fisher scoring first, Newton's method once the surface bends down everywhere, every step halved until the likelihood
rises. Tolerances are in the parameters' own standard errors, so that units do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.likelihood import Derivatives, Point, derivatives, evaluate
from pilotage.stats.mixed_model.patterns import Patterns
from pilotage.stats.mixed_model.refusal import MixedModelError
from pilotage.stats.mixed_model.structures import nearest

Floats = NDArray[np.float64]

NEAR_SINGULAR = 1e-6
"""The smallest eigenvalue of the correlation matrix below which a covariance is said to lie at its boundary."""
SINGULAR = 1e-10
"""Below which it is refused."""
_SETTLED = 1e-10
_ACCEPTED = 1e-8
_LEAST_CURVATURE = 1e-8
_MOST_STEPS = 200
_MOST_HALVINGS = 40


@dataclass(frozen=True, slots=True)
class Fit:
    """A maximum.

    Attributes
    ----------
    point : Point
    derivatives : Derivatives
    gradient_norm : float
        sqrt(g' I^-1 g), I the expected information: how far the top may still be, in standard errors.
    smallest_curvature : float
        The smallest eigenvalue of the observed information relative to the expected.
    """

    point: Point
    derivatives: Derivatives
    gradient_norm: float
    smallest_curvature: float


@dataclass(frozen=True, slots=True)
class _Climb:
    """Where one start led; a trouble is a reason not to call it a maximum."""

    point: Point
    slope: Derivatives | None
    trouble: str | None


def fit(residuals: Floats, basis: Floats, data: Patterns, occasions: tuple[int, ...]) -> Fit:
    """Maximise the restricted likelihood.

    Parameters
    ----------
    residuals : array, shape (people, occasions)
        Of ordinary least squares, NaN where missed: where to start.
    basis : array, shape (parameters, occasions, occasions)
    data : Patterns
        Of the same residuals, so that their variance is near 1.
    occasions : tuple of int
        What a refusal calls them.

    Raises
    ------
    MixedModelError
        When occasions were never attended together, no start settles, the highest point found is not a maximum, or the
        likelihood rises towards a singular covariance matrix.
    """
    _refuse_never_seen(basis, data, occasions)
    climbs = [_climb(theta, basis, data) for theta in _starts(residuals, basis)]
    best = max(climbs, key=lambda climb: climb.point.log_likelihood)
    # A start that failed within rounding error of one that settled is the same top.
    settled = [c for c in climbs if c.trouble is None and _as_high(c.point, best.point)]
    if not settled:
        raise MixedModelError(f"the mixed model has no maximum to report: {best.trouble}")
    return _proven(max(settled, key=lambda climb: climb.point.log_likelihood))


def smallest_correlation_eigenvalue(sigma: Floats) -> float:
    """How far a covariance matrix is from singular, whatever its units: from 1 (uncorrelated) to 0."""
    scale = 1 / np.sqrt(np.diagonal(sigma))
    return float(np.linalg.eigvalsh(sigma * np.outer(scale, scale))[0])


def _refuse_never_seen(basis: Floats, data: Patterns, occasions: tuple[int, ...]) -> None:
    """Each covariance needs somebody who was seen at both of its occasions."""
    seen: NDArray[np.bool_] = np.any(data.pairs, axis=0)
    for matrix in basis:
        rows, columns = np.nonzero(np.triu(matrix, 1))
        if len(rows) and not seen[rows, columns].any():
            raise MixedModelError(
                f"nobody has scores at both occasion {occasions[rows[0]]} and occasion {occasions[columns[0]]}, so "
                "that their covariance cannot be estimated"
            )


def _as_high(point: Point, best: Point) -> bool:
    return point.log_likelihood >= best.log_likelihood - 1e-8 * (1 + abs(best.log_likelihood))


def _starts(residuals: Floats, basis: Floats) -> list[Floats]:
    """From the moments, from no correlation, and from a high one."""
    seen = np.isfinite(residuals)
    values = np.where(seen, residuals, 0.0)
    together = np.maximum(seen.T.astype(float) @ seen, 1.0)
    moments = values.T @ values / together
    variances = np.maximum(np.diagonal(moments), 1e-3)
    alone = np.diag(variances)
    alike = 0.9 * np.sqrt(np.outer(variances, variances)) + 0.1 * alone
    return [nearest(start, basis) for start in (_positive(moments, alone), alone, alike)]


def _positive(moments: Floats, alone: Floats) -> Floats:
    """Pairwise moments need not make a covariance matrix: drawn towards no correlation until they do."""
    for weight in (0.0, 0.1, 0.3, 0.6):
        mixed: Floats = (1 - weight) * moments + weight * alone
        if np.diagonal(mixed).min() > 0 and smallest_correlation_eigenvalue(mixed) > 0.02:
            return mixed
    return alone


def _climb(theta: Floats, basis: Floats, data: Patterns) -> _Climb:
    start = evaluate(theta, basis, data)
    if start is None:
        raise MixedModelError("the fixed effects cannot be told apart: a covariate is a sum of other effects")
    point = start
    for _ in range(_MOST_STEPS):
        slope = derivatives(point, basis, data)
        step, distance = _direction(slope)
        if step is None:
            return _Climb(point, slope, _UNIDENTIFIED)
        if smallest_correlation_eigenvalue(point.sigma) < SINGULAR:
            return _Climb(point, slope, _TOWARDS_SINGULAR)
        following = None if distance < _SETTLED else _rise(point, slope, step, basis, data)
        if following is None:
            return _Climb(point, slope, None if distance < _ACCEPTED else _stuck(distance))
        point = following
    return _Climb(point, None, f"it did not settle within {_MOST_STEPS} steps")


_UNIDENTIFIED = "the scores seen do not determine every variance and covariance"
_TOWARDS_SINGULAR = (
    "the likelihood rises towards a singular covariance matrix; there are too few people seen often enough for this "
    "structure, or one occasion's scores determine another's"
)


def _stuck(distance: float) -> str:
    return f"no step raises the likelihood although its gradient is {distance:.1e} standard errors from zero"


def _direction(slope: Derivatives) -> tuple[Floats | None, float]:
    """Newton's step where the likelihood bends down everywhere, else Fisher's; and the gradient's size."""
    scale = np.diagonal(slope.expected)
    if not (scale > 0).all():
        return None, np.inf
    scale = 1 / np.sqrt(scale)
    gradient, units = slope.gradient * scale, np.outer(scale, scale)
    values, axes = np.linalg.eigh(slope.expected * units)
    if values[0] < 1e-12:
        return None, np.inf
    along = axes.T @ gradient
    distance = float(np.sqrt((along**2 / values).sum()))
    try:
        np.linalg.cholesky(slope.observed * units)
        return scale * np.linalg.solve(slope.observed * units, gradient), distance
    except np.linalg.LinAlgError:
        return scale * (axes @ (along / values)), distance


def _rise(point: Point, slope: Derivatives, step: Floats, basis: Floats, data: Patterns) -> Point | None:
    """The first point along the step, halving, that lies higher; near the top, whose gradient is smaller."""
    flat = 1e-11 * (1 + abs(point.log_likelihood))
    promised = float(slope.gradient @ step)
    for halvings in range(_MOST_HALVINGS):
        share = 0.5**halvings
        following = evaluate(point.theta + share * step, basis, data)
        if following is None:
            continue
        gain = following.log_likelihood - point.log_likelihood
        if gain >= 1e-4 * share * promised and gain > flat:
            return following
        if abs(gain) <= flat and promised <= 1e3 * flat and _smaller(following, slope, basis, data):
            return following
    return None


def _smaller(following: Point, slope: Derivatives, basis: Floats, data: Patterns) -> bool:
    """The likelihood no longer tells the points apart, and the gradient still does."""
    return _direction(derivatives(following, basis, data))[1] < 0.5 * _direction(slope)[1]


def _proven(climb: _Climb) -> Fit:
    assert climb.slope is not None
    root = np.linalg.inv(np.linalg.cholesky(climb.slope.expected))
    curvature = float(np.linalg.eigvalsh(root @ climb.slope.observed @ root.T)[0])
    if curvature < _LEAST_CURVATURE:
        raise MixedModelError(
            "the mixed model has no maximum to report: where the gradient is zero the likelihood does not bend down "
            f"in every direction (smallest relative curvature {curvature:.1e})"
        )
    return Fit(climb.point, climb.slope, _direction(climb.slope)[1], curvature)
