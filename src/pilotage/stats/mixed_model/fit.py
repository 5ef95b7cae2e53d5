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
class _Place:
    """A point, how the likelihood bends there, and where that says to go; no step where the bend does not say."""

    point: Point
    slope: Derivatives
    step: Floats | None
    distance: float


@dataclass(frozen=True, slots=True)
class _Climb:
    """Where one start led; a trouble is a reason not to call it a maximum."""

    place: _Place
    trouble: str | None

    @property
    def height(self) -> float:
        return self.place.point.log_likelihood


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
    climbs: list[_Climb] = []
    for theta in _starts(residuals, basis):
        climbs.append(_climb(theta, basis, data, tuple(climb.place for climb in climbs if climb.trouble is None)))
    best = max(climbs, key=lambda climb: climb.height)
    # A start that failed within rounding error of one that settled is the same top.
    settled = [climb for climb in climbs if climb.trouble is None and climb.height >= best.height - _rounding(best)]
    if not settled:
        raise MixedModelError(f"the mixed model has no maximum to report: {best.trouble}")
    return _proven(max(settled, key=lambda climb: climb.height).place)


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


def _rounding(climb: _Climb) -> float:
    return 1e-8 * (1 + abs(climb.height))


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


def _climb(theta: Floats, basis: Floats, data: Patterns, tops: tuple[_Place, ...]) -> _Climb:
    """Climb until the gradient is zero, a top already known is reached, or no further."""
    start = evaluate(theta, basis, data)
    if start is None:
        raise MixedModelError("the fixed effects cannot be told apart: a covariate is a sum of other effects")
    place = _place(start, basis, data)
    for _ in range(_MOST_STEPS):
        if place.step is None:
            return _Climb(place, _UNIDENTIFIED)
        if smallest_correlation_eigenvalue(place.point.sigma) < SINGULAR:
            return _Climb(place, _TOWARDS_SINGULAR)
        for top in tops:
            if _joined(place, top):
                return _Climb(top, None)
        following = None if place.distance < _SETTLED else _rise(place, place.step, basis, data)
        if following is None:
            return _Climb(place, None if place.distance < _ACCEPTED else _stuck(place.distance))
        place = following
    return _Climb(place, f"it did not settle within {_MOST_STEPS} steps")


_UNIDENTIFIED = "the scores seen do not determine every variance and covariance"
_TOWARDS_SINGULAR = (
    "the likelihood rises towards a singular covariance matrix; there are too few people seen often enough for this "
    "structure, or one occasion's scores determine another's"
)


def _stuck(distance: float) -> str:
    return f"no step raises the likelihood although its gradient is {distance:.1e} standard errors from zero"


def _joined(place: _Place, top: _Place) -> bool:
    """Within a hundredth of a standard error of a top, where the likelihood is its parabola."""
    apart = place.point.theta - top.point.theta
    return float(apart @ top.slope.observed @ apart) < 1e-4 and place.distance < 0.02


def _place(point: Point, basis: Floats, data: Patterns) -> _Place:
    slope = derivatives(point, basis, data)
    return _Place(point, slope, *_direction(slope))


def _direction(slope: Derivatives) -> tuple[Floats | None, float]:
    """Newton's step where the likelihood bends down everywhere, else Fisher's; and the gradient's size."""
    variances = np.diagonal(slope.expected)
    if not (variances > 0).all():
        return None, np.inf
    scale = 1 / np.sqrt(variances)
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


def _rise(place: _Place, step: Floats, basis: Floats, data: Patterns) -> _Place | None:
    """The first place along the step, halving, that lies higher; near the top, whose gradient is smaller."""
    height = place.point.log_likelihood
    flat = 1e-11 * (1 + abs(height))
    promised = float(place.slope.gradient @ step)
    for halvings in range(_MOST_HALVINGS):
        share = 0.5**halvings
        point = evaluate(place.point.theta + share * step, basis, data)
        if point is None:
            continue
        gain = point.log_likelihood - height
        if gain > max(flat, 1e-4 * share * promised):
            return _place(point, basis, data)
        if abs(gain) <= flat and promised <= 1e3 * flat:
            following = _place(point, basis, data)
            # The likelihood no longer tells the two apart, and the gradient still does.
            return following if following.distance < 0.5 * place.distance else None
    return None


def _proven(place: _Place) -> Fit:
    """Refuse where the likelihood does not bend down in every direction."""
    root = np.linalg.inv(np.linalg.cholesky(place.slope.expected))
    curvature = float(np.linalg.eigvalsh(root @ place.slope.observed @ root.T)[0])
    if curvature < _LEAST_CURVATURE:
        raise MixedModelError(
            "the mixed model has no maximum to report: where the gradient is zero the likelihood does not bend down "
            f"in every direction (smallest relative curvature {curvature:.1e})"
        )
    return Fit(place.point, place.slope, place.distance, curvature)
