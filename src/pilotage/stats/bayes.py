"""What to believe of an effect: its posterior under a flat and under a sceptical prior."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pilotage.stats.distributions import normal_cdf, normal_quantile, t_quantile, t_sf
from pilotage.stats.roots import root_between

Floats = NDArray[np.float64]

FLAT = "flat prior"
_NODES = 24
_REACH = 9.0  # prior SDs beyond which a normal prior leaves nothing that a double could show


@dataclass(frozen=True, slots=True)
class Prior:
    """A normal prior and the rule it comes from.

    Attributes
    ----------
    mean, sd : float
        In the units of the effect.
    rule : str
        Why these numbers.
    """

    mean: float
    sd: float
    rule: str


@dataclass(frozen=True, slots=True)
class Posterior:
    """What to believe of an effect, given one estimate of it.

    Attributes
    ----------
    mean, sd : float
    low, high : float
        Central limits: as much lies below as above.
    level : float
        How much lies between them.
    prior : str
        In words.
    method : str
        How it was computed.
    estimate, se, df : float
        The likelihood; df is infinite where it is normal.
    prior_mean, prior_sd : float or None
        None: flat.
    """

    mean: float
    sd: float
    low: float
    high: float
    level: float
    prior: str
    method: str
    estimate: float
    se: float
    df: float
    prior_mean: float | None
    prior_sd: float | None

    def above(self, limit: float) -> float:
        """Return the probability that the effect is greater than ``limit``.

        Examples
        --------
        >>> round(effect_posterior(0.72, 0.30, prior_mean=0.0, prior_sd=0.3).above(0.2), 2)
        0.77
        """
        if self.prior_mean is None or self.prior_sd is None:
            return _likelihood_tail((self.estimate - limit) / self.se, self.df)
        if math.isinf(self.df):
            return normal_cdf((self.mean - limit) / self.sd)
        return _Product(self.estimate, self.se, self.df, self.prior_mean, self.prior_sd).above(limit)


def sceptical_prior(large: float, chance: float = 0.05) -> Prior:
    """Return a normal prior around 0 with a small chance of more than ``large``: ``SD = large / z(1 - chance)``.

    Parameters
    ----------
    large : float
        An effect somebody sceptical would hardly expect, above 0, in the units of the effect.
    chance : float
        The chance granted, above 0 and below 1/2.

    Raises
    ------
    ValueError
        When ``large`` is not above 0 or the chance is not between 0 and 1/2.

    References
    ----------
    Spiegelhalter, D. J., Freedman, L. S., & Parmar, M. K. B. (1994). Bayesian approaches to randomized trials. Journal
    of the Royal Statistical Society A, 157(3), 357-416.

    Examples
    --------
    >>> round(sceptical_prior(0.5).sd, 3)
    0.304
    """
    if not (large > 0 and 0 < chance < 0.5):
        raise ValueError(f"a sceptical prior needs an effect above 0 and a chance below 1/2, not {large} and {chance}")
    sd = large / normal_quantile(1 - chance)
    return Prior(0.0, sd, f"no effect expected; a chance of {chance:g} that it exceeds {large:g}")


def effect_posterior(
    estimate: float,
    se: float,
    df: float = math.inf,
    prior_mean: float | None = None,
    prior_sd: float | None = None,
    *,
    level: float = 0.95,
) -> Posterior:
    """Return the posterior of an effect from its estimate and standard error.

    Flat prior: the effect is ``estimate + se T`` with T of ``df`` degrees of freedom. Normal prior and normal
    likelihood: precisions add, and the mean is weighted by them. Normal prior and t likelihood: the product of both
    densities, integrated numerically.

    Parameters
    ----------
    estimate, se : float
        The effect as estimated; the standard error is above 0.
    df : float
        Above 2; infinite for a normal likelihood.
    prior_mean, prior_sd : float or None
        Both, or neither for a flat prior; the SD is above 0.
    level : float
        How much lies between the limits.

    Raises
    ------
    ValueError
        When the standard error or the prior's SD is not above 0, df is not above 2, only one of both prior numbers is
        given, or the level is no share.

    References
    ----------
    Gelman, A., Carlin, J. B., Stern, H. S., Dunson, D. B., Vehtari, A., & Rubin, D. B. (2013). Bayesian data analysis
    (3rd ed.), sections 2.5 and 3.2.

    Examples
    --------
    >>> sceptic = effect_posterior(0.72, 0.30, prior_mean=0.0, prior_sd=0.3)
    >>> round(sceptic.mean, 2), round(sceptic.above(0.5), 2)
    (0.36, 0.25)
    >>> round(effect_posterior(0.72, 0.30).above(0.5), 2)
    0.77
    """
    _check(se, df, prior_mean, prior_sd, level)
    if prior_mean is None or prior_sd is None:
        return _flat(estimate, se, df, level)
    prior = f"normal prior, mean {prior_mean:.6g}, SD {prior_sd:.6g}"
    if math.isinf(df):
        mean, sd = _conjugate(estimate, se, prior_mean, prior_sd)
        half = normal_quantile((1 + level) / 2) * sd
        method = "normal likelihood, conjugate"
        return Posterior(
            mean, sd, mean - half, mean + half, level, prior, method, estimate, se, df, prior_mean, prior_sd
        )
    product = _Product(estimate, se, df, prior_mean, prior_sd)
    tail = (1 - level) / 2
    low, high = product.quantile(tail), product.quantile(1 - tail)
    method = f"t likelihood ({df:.4g} df), quadrature"
    return Posterior(product.mean, product.sd, low, high, level, prior, method, estimate, se, df, prior_mean, prior_sd)


def _check(se: float, df: float, prior_mean: float | None, prior_sd: float | None, level: float) -> None:
    if not (se > 0 and df > 2):
        raise ValueError(f"a posterior needs a standard error above 0 and more than 2 df, not {se} and {df}")
    if (prior_mean is None) != (prior_sd is None) or (prior_sd is not None and not prior_sd > 0):
        raise ValueError(f"a prior needs a mean and an SD above 0, or neither, not {prior_mean} and {prior_sd}")
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, not {level}")


def _flat(estimate: float, se: float, df: float, level: float) -> Posterior:
    normal = math.isinf(df)
    upper = (1 + level) / 2
    half = (normal_quantile(upper) if normal else t_quantile(upper, df)) * se
    sd = se if normal else se * math.sqrt(df / (df - 2))
    method = "normal likelihood" if normal else f"t likelihood ({df:.4g} df)"
    return Posterior(estimate, sd, estimate - half, estimate + half, level, FLAT, method, estimate, se, df, None, None)


def _likelihood_tail(z: float, df: float) -> float:
    return normal_cdf(z) if math.isinf(df) else t_sf(-z, df)


def _conjugate(estimate: float, se: float, prior_mean: float, prior_sd: float) -> tuple[float, float]:
    from_data, from_prior = 1 / se**2, 1 / prior_sd**2
    precision = from_data + from_prior
    return (from_data * estimate + from_prior * prior_mean) / precision, 1 / math.sqrt(precision)


class _Product:
    """The density of a t likelihood times a normal prior, by Gauss-Legendre's rule between points near both centres."""

    def __init__(self, estimate: float, se: float, df: float, prior_mean: float, prior_sd: float) -> None:
        self._log_density = _log_product(estimate, se, df, prior_mean, prior_sd)
        ends = sorted((estimate, prior_mean))
        self._low, self._high = ends[0] - _REACH * prior_sd, ends[1] + _REACH * prior_sd
        self._points = self._marks(estimate, se, prior_mean, prior_sd)
        x, weights = _rule(self._points)
        logs = self._log_density(x)
        self._top = float(logs.max())
        mass = weights * np.exp(logs - self._top)
        self._total = float(mass.sum())
        self.mean = float(mass @ x) / self._total
        self.sd = math.sqrt(float(mass @ (x - self.mean) ** 2) / self._total)

    def _marks(self, estimate: float, se: float, prior_mean: float, prior_sd: float) -> Floats:
        """Return points between which the density is smooth: around both centres, and closely between them."""
        steps = np.concatenate((np.arange(0, 4, 0.5), 2.0 ** np.arange(2, 40)))
        between = min(400, math.ceil(abs(estimate - prior_mean) / min(se, prior_sd)))
        marks = np.concatenate((
            estimate + se * steps,
            estimate - se * steps,
            prior_mean + prior_sd * np.linspace(-_REACH, _REACH, 37),
            np.linspace(estimate, prior_mean, between + 1),
            [self._low, self._high],
        ))  # fmt: skip
        return np.unique(marks[(marks >= self._low) & (marks <= self._high)])

    def above(self, limit: float) -> float:
        return self._share(limit, self._high)

    def below(self, limit: float) -> float:
        return self._share(self._low, limit)

    def quantile(self, p: float) -> float:
        def excess(x: float) -> float:
            return p - self.below(x) if p <= 0.5 else self.above(x) - (1 - p)

        return root_between(excess, self._low, self._high)

    def _share(self, start: float, stop: float) -> float:
        """Return the probability between two limits."""
        start, stop = max(start, self._low), min(stop, self._high)
        if start >= stop:
            return 0.0
        within = self._points[(self._points > start) & (self._points < stop)]
        x, weights = _rule(np.concatenate(([start], within, [stop])))
        return min(float(weights @ np.exp(self._log_density(x) - self._top)) / self._total, 1.0)


def _log_product(
    estimate: float, se: float, df: float, prior_mean: float, prior_sd: float
) -> Callable[[Floats], Floats]:
    def log_density(x: Floats) -> Floats:
        likelihood: Floats = -(df + 1) / 2 * np.log1p(((x - estimate) / se) ** 2 / df)
        return likelihood - 0.5 * ((x - prior_mean) / prior_sd) ** 2

    return log_density


@cache
def _legendre() -> tuple[Floats, Floats]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights


def _rule(points: Floats) -> tuple[Floats, Floats]:
    """Return the places and weights of Gauss-Legendre's rule in every gap between the points."""
    nodes, weights = _legendre()
    half = np.diff(points)[:, None] / 2
    middle = (points[:-1] + points[1:])[:, None] / 2
    return (middle + half * nodes).ravel(), (half * weights).ravel()
