"""The cumulative logit model by Newton's method, never returned where the likelihood has no maximum."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.least_squares import ols

Floats = NDArray[np.float64]

MOST_STEPS = 60
SMALL_GRADIENT = 1e-10
# A maximum that exists curves by about 1e-2 per person; where there is none, Newton's method ends near 1e-9.
LEAST_CURVATURE = 1e-6


class SeparationError(ValueError):
    """The predictors order the outcome without a fault, so that the likelihood has no maximum."""


@dataclass(frozen=True, slots=True)
class CumulativeLogit:
    """A fitted cumulative logit model.

    Attributes
    ----------
    thresholds : array, shape (categories - 1,)
        Rising; at predictors of 0.
    slopes : array, shape (predictors,)
    vcov : array, shape (predictors, predictors)
        Of the slopes, from the observed information.
    log_likelihood : float
    gradient_norm, smallest_curvature : float
        Per person, with predictors at unit SD.
    """

    thresholds: Floats
    slopes: Floats
    vcov: Floats
    log_likelihood: float
    gradient_norm: float
    smallest_curvature: float


@dataclass(frozen=True, slots=True)
class _Cuts:
    """The linear predictors above and below each person's value, as rows on (thresholds, slopes)."""

    above: Floats
    below: Floats
    top: NDArray[np.bool_]
    bottom: NDArray[np.bool_]


def cumulative_logit(outcome: Floats, predictors: Floats, names: tuple[str, ...]) -> CumulativeLogit:
    """Fit logit P(Y <= k) = threshold_k - x'slopes by maximum likelihood.

    The log likelihood is concave (Pratt 1981), so that a point where it is flat and curved on every side is its only
    maximum. Newton's steps are halved while they lower it.

    Parameters
    ----------
    outcome : array, shape (people,)
        Each different value is a category.
    predictors : array, shape (people, predictors)
        Possibly of no column.
    names : tuple of str
        Of the predictors, for messages.

    Raises
    ------
    ValueError
        When the outcome does not vary, or a predictor is constant or determined by those before it.
    SeparationError
        When the likelihood has no maximum, or none that can be told from having none.

    References
    ----------
    Pratt, J. W. (1981). Concavity of the log likelihood. Journal of the American Statistical Association, 76(373),
    103-106.

    Examples
    --------
    >>> import numpy as np
    >>> found = cumulative_logit(np.array([1, 1, 2, 1, 2, 2.0]), np.array([[0, 0, 0, 1, 1, 1.0]]).T, ("arm",))
    >>> round(float(found.slopes[0]), 6)  # log of (2/1) / (1/2)
    1.386294
    """
    values, category = np.unique(outcome, return_inverse=True)
    if len(values) < 2:
        raise ValueError("an ordinal model needs an outcome that is not the same for everyone")
    if predictors.shape[1]:
        ols(np.hstack([np.ones((len(outcome), 1)), predictors]), outcome)  # refuses what cannot be told apart
    scale = predictors.std(axis=0)
    standard = predictors / scale
    cuts = _cuts(category, len(values), standard)
    parameters = np.zeros(len(values) - 1 + standard.shape[1])
    at_most = np.cumsum(np.bincount(category))[:-1] / len(outcome)
    parameters[: len(values) - 1] = np.log(at_most / (1 - at_most))
    solution = _solved(parameters, cuts, scale)
    if solution.smallest_curvature < LEAST_CURVATURE:
        raise SeparationError(
            "no finite odds ratio is the most likely: higher values are told from lower ones without a fault by "
            f"{_separating(category, predictors, names)} (separation); report the ranks, whose test needs no odds"
        )
    return solution


def _cuts(category: NDArray[np.intp], categories: int, predictors: Floats) -> _Cuts:
    people = np.arange(len(category))
    top, bottom = category == categories - 1, category == 0
    above, below = (np.hstack([np.zeros((len(category), categories - 1)), -predictors]) for _ in range(2))
    above[people[~top], category[~top]] = 1
    below[people[~bottom], category[~bottom] - 1] = 1
    return _Cuts(above, below, top, bottom)


def _solved(parameters: Floats, cuts: _Cuts, scale: Floats) -> CumulativeLogit:
    people, slopes = len(cuts.top), slice(len(parameters) - len(scale), None)
    likelihood, gradient, information = _derivatives(parameters, cuts)
    for _ in range(MOST_STEPS):
        if np.linalg.norm(gradient) / people < SMALL_GRADIENT or _curvature(information, people) < LEAST_CURVATURE:
            break
        newton: Floats = np.linalg.solve(information, gradient).astype(float)
        parameters = _step(parameters, newton, likelihood, cuts)
        likelihood, gradient, information = _derivatives(parameters, cuts)
    gradient_norm, curvature = float(np.linalg.norm(gradient)) / people, _curvature(information, people)
    if gradient_norm > 1e-8 and curvature >= LEAST_CURVATURE:
        raise ValueError(f"the ordinal model did not converge: its gradient is still {gradient_norm:.1e} per person")
    return CumulativeLogit(
        thresholds=parameters[: slopes.start],
        slopes=parameters[slopes] / scale,
        vcov=np.linalg.inv(information)[slopes, slopes] / np.outer(scale, scale),
        log_likelihood=likelihood,
        gradient_norm=gradient_norm,
        smallest_curvature=curvature,
    )


def _step(parameters: Floats, step: Floats, likelihood: float, cuts: _Cuts) -> Floats:
    """Return the Newton step, halved until the likelihood does not fall and the thresholds still rise."""
    tolerance = 1e-12 * abs(likelihood)
    for _ in range(50):
        if _log_likelihood(parameters + step, cuts) >= likelihood - tolerance:
            return parameters + step
        step = step / 2
    return parameters


def _levels(parameters: Floats, cuts: _Cuts) -> tuple[Floats, Floats]:
    return (
        np.where(cuts.top, np.inf, cuts.above @ parameters),
        np.where(cuts.bottom, -np.inf, cuts.below @ parameters),
    )


def _log_likelihood(parameters: Floats, cuts: _Cuts) -> float:
    upper, lower = _levels(parameters, cuts)
    if not (upper > lower).all():
        return -np.inf
    # F(u) - F(l) = F(u) F(-l) (1 - exp(l - u)) keeps its digits in both tails.
    with np.errstate(over="ignore"):
        return float((-np.logaddexp(0, -upper) - np.logaddexp(0, lower) + np.log(-np.expm1(lower - upper))).sum())


def _derivatives(parameters: Floats, cuts: _Cuts) -> tuple[float, Floats, Floats]:
    """Return the log likelihood, its gradient, and the observed information."""
    upper, lower = _levels(parameters, cuts)
    f_upper, f_lower = _logistic(upper), _logistic(lower)
    density_u, density_l = f_upper * _logistic(-upper), f_lower * _logistic(-lower)
    share = -np.expm1(lower - upper) * f_upper * _logistic(-lower)
    to_u, to_l = density_u / share, -density_l / share
    gradient = cuts.above.T @ to_u + cuts.below.T @ to_l
    bend_u = to_u**2 - to_u * (1 - 2 * f_upper)
    bend_l = to_l**2 - to_l * (1 - 2 * f_lower)
    mixed = (cuts.above * (to_u * to_l)[:, None]).T @ cuts.below
    information = (cuts.above * bend_u[:, None]).T @ cuts.above + (cuts.below * bend_l[:, None]).T @ cuts.below
    information += mixed + mixed.T
    return _log_likelihood(parameters, cuts), gradient, information


def _logistic(x: Floats) -> Floats:
    share: Floats = np.exp(-np.logaddexp(0, -x))  # keeps its digits where it is nearly 0
    return share


def _curvature(information: Floats, people: int) -> float:
    return float(np.linalg.eigvalsh(information)[0]) / people


def _separating(category: NDArray[np.intp], predictors: Floats, names: tuple[str, ...]) -> str:
    """Return the predictors which alone put every higher value after every lower one, or all of them together."""
    directions = []
    for name, column in zip(names, predictors.T, strict=True):
        ends = np.array([[column[category == k].min(), column[category == k].max()] for k in range(category.max() + 1)])
        if (ends[:-1, 1] <= ends[1:, 0]).all() or (ends[:-1, 0] >= ends[1:, 1]).all():
            directions.append(name)
    return " and ".join(directions) or "the predictors together"
