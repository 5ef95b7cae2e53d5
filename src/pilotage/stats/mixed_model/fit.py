"""The highest point of the restricted likelihood, from several starts, and the proof that it is one.

Fisher scoring from afar, Newton's method within half a standard error of a top, every step halved until the likelihood
rises. Tolerances are in the parameters' own standard errors, so that units do not matter.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.mixed_model.likelihood import Derivatives, Point, derivatives, evaluate
from pilotage.stats.mixed_model.patterns import Patterns
from pilotage.stats.mixed_model.refusal import MixedModelError
from pilotage.stats.mixed_model.structures import Structure, basis, basis_at, nearest

Floats = NDArray[np.float64]

NEAR_SINGULAR = 1e-6
"""The smallest eigenvalue of the correlation matrix below which a covariance is said to lie at its boundary."""
SINGULAR = 1e-10
"""The share of an occasion's variance left unexplained by those before it, below which a covariance is refused."""
_NEAR = 0.5
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
    """A point, the likelihood's slope, the step it calls for (None where it does not say), and the rise it promises."""

    point: Point
    slope: Derivatives
    step: Floats | None
    distance: float
    promised: float


@dataclass(frozen=True, slots=True)
class _Climb:
    """Where one start led; a trouble is a reason not to call it a maximum."""

    place: _Place
    trouble: str | None

    @property
    def height(self) -> float:
        return self.place.point.log_likelihood


def fit(residuals: Floats, structure: Structure, data: Patterns, occasions: tuple[int, ...]) -> Fit:
    """Maximise the restricted likelihood.

    Parameters
    ----------
    residuals : array, shape (people, occasions)
        Of ordinary least squares, NaN where missed: where to start.
    structure : str
        Of the covariance matrix.
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
    _refuse_never_seen(structure, data, occasions)
    climbs: list[_Climb] = []
    for start in _starts(residuals):
        tops = tuple(climb.place for climb in climbs if climb.trouble is None)
        climbs.append(_climb(nearest(start, structure), structure, data, tops))
    best = max(climbs, key=lambda climb: climb.height)
    # A start that failed within rounding error of one that settled is the same top.
    settled = [climb for climb in climbs if climb.trouble is None and climb.height >= best.height - _rounding(best)]
    if not settled:
        raise MixedModelError(f"the mixed model has no maximum to report: {best.trouble}")
    return _proven(max(settled, key=lambda climb: climb.height).place)


def smallest_correlation_eigenvalue(sigma: Floats) -> float:
    """Return how far a covariance matrix is from singular, whatever its units: from 1 (uncorrelated) to 0."""
    scale = 1 / np.sqrt(np.diagonal(sigma))
    return float(np.linalg.eigvalsh(sigma * np.outer(scale, scale))[0])


def _refuse_never_seen(structure: Structure, data: Patterns, occasions: tuple[int, ...]) -> None:
    """Refuse a covariance for which nobody was seen at both of its occasions."""
    seen: NDArray[np.bool_] = np.any(data.pairs, axis=0)
    for matrix in basis(structure, len(occasions)):
        rows, columns = np.nonzero(np.triu(matrix, 1))
        if len(rows) and not seen[rows, columns].any():
            raise MixedModelError(
                f"nobody has scores at both occasion {occasions[rows[0]]} and occasion {occasions[columns[0]]}, so "
                "that their covariance cannot be estimated"
            )


def _rounding(climb: _Climb) -> float:
    return 1e-8 * (1 + abs(climb.height))


def _starts(residuals: Floats) -> tuple[Floats, ...]:
    """Start from the moments, from no correlation, and from a high one."""
    seen = np.isfinite(residuals)
    values = np.where(seen, residuals, 0.0)
    together = np.maximum(seen.T.astype(float) @ seen, 1.0)
    moments = values.T @ values / together
    variances = np.maximum(np.diagonal(moments), 1e-3)
    alone = np.diag(variances)
    alike = 0.9 * np.sqrt(np.outer(variances, variances)) + 0.1 * alone
    return _positive(moments, alone), alone, alike


def _positive(moments: Floats, alone: Floats) -> Floats:
    """Return the pairwise moments, drawn towards no correlation until they make a covariance matrix."""
    for weight in (0.0, 0.1, 0.3, 0.6):
        mixed: Floats = (1 - weight) * moments + weight * alone
        if np.diagonal(mixed).min() > 0 and smallest_correlation_eigenvalue(mixed) > 0.02:
            return mixed
    return alone


def _climb(sigma: Floats, structure: Structure, data: Patterns, tops: tuple[_Place, ...]) -> _Climb:
    """Climb until the gradient is zero, a top already known is reached, or no further."""
    start = evaluate(sigma, data)
    if start is None:
        raise MixedModelError("the fixed effects cannot be told apart: a covariate is a sum of other effects")
    place = _place(start, structure, data)
    for _ in range(_MOST_STEPS):
        if place.step is None:
            return _Climb(place, _UNIDENTIFIED)
        if _least_own_share(place.point) < SINGULAR:
            return _Climb(place, _TOWARDS_SINGULAR)
        for top in tops:
            if _joined(place, top, data.n.sum()):
                return _Climb(top, None)
        following = None if place.distance < _SETTLED else _rise(place, place.step, structure, data)
        if following is None:
            return _Climb(place, None if place.distance < _ACCEPTED else _stuck(place))
        place = following
    return _Climb(place, f"it did not settle within {_MOST_STEPS} steps")


def _least_own_share(point: Point) -> float:
    """Return the smallest share of an occasion's variance that the occasions before it leave unexplained."""
    return float((np.diagonal(point.root) ** 2 / np.diagonal(point.sigma)).min())


_UNIDENTIFIED = "the scores seen do not determine every variance and covariance"
_TOWARDS_SINGULAR = (
    "the likelihood rises towards a singular covariance matrix; there are too few people seen often enough for this "
    "structure, or one occasion's scores determine another's"
)


def _stuck(place: _Place) -> str:
    near = smallest_correlation_eigenvalue(place.point.sigma) < NEAR_SINGULAR
    reason = "; the covariance matrix is too near to singular to do better" if near else ""
    return f"no step raises the likelihood although its gradient is {place.distance:.1e} standard errors from 0{reason}"


def _joined(place: _Place, top: _Place, people: float) -> bool:
    """Return whether a place lies within a tenth of a standard error of a top, where the likelihood is its parabola."""
    if place.distance > 0.1:
        return False
    whitener = np.linalg.inv(top.point.root)
    apart = whitener @ (place.point.sigma - top.point.sigma) @ whitener.T
    return people * float((apart**2).sum()) < 1e-2


def _place(point: Point, structure: Structure, data: Patterns) -> _Place:
    matrices = basis_at(point.root, structure)
    slope = derivatives(point, matrices, data)
    multiples, distance = _direction(slope)
    if multiples is None:
        return _Place(point, slope, None, distance, 0.0)
    return _Place(point, slope, np.tensordot(multiples, matrices, 1), distance, float(slope.gradient @ multiples))


def _direction(slope: Derivatives) -> tuple[Floats | None, float]:
    """Return Fisher's step from afar, Newton's near a top; and the gradient's size in standard errors."""
    variances = np.diagonal(slope.expected)
    if not (variances > 0).all():
        return None, np.inf
    scale = 1 / np.sqrt(variances)
    gradient, units = slope.gradient * scale, np.outer(scale, scale)
    fisher, distance = _solved(slope.expected * units, gradient)
    newton = _solved(slope.observed * units, gradient)[0] if distance < _NEAR else None
    step = fisher if newton is None else newton
    return (None if step is None else scale * step), distance


def _solved(matrix: Floats, gradient: Floats) -> tuple[Floats | None, float]:
    """Return matrix^-1 gradient and the root of gradient' matrix^-1 gradient; None unless positive definite."""
    try:
        whitener = np.linalg.inv(np.linalg.cholesky(matrix))
    except np.linalg.LinAlgError:
        return None, np.inf
    if not np.abs(whitener).max() < 1e6:
        return None, np.inf
    white = whitener @ gradient
    return whitener.T @ white, float(np.sqrt(white @ white))


def _rise(place: _Place, step: Floats, structure: Structure, data: Patterns) -> _Place | None:
    """Return the first place along the step, halving, that lies higher; near the top, whose gradient is smaller."""
    height = place.point.log_likelihood
    flat = 1e-11 * (1 + abs(height))
    for halvings in range(_MOST_HALVINGS):
        share = 0.5**halvings
        point = evaluate(place.point.sigma + share * step, data)
        if point is None:
            continue
        gain = point.log_likelihood - height
        if gain > max(flat, 1e-4 * share * place.promised):
            return _place(point, structure, data)
        if abs(gain) <= flat and place.promised <= 1e3 * flat:
            following = _place(point, structure, data)
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
