"""The BCa bootstrap: an interval where no exact one exists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.distributions import normal_cdf, normal_quantile
from pilotage.stats.estimate import Estimate

Floats = NDArray[np.float64]
Statistic = Callable[..., Floats]

_BLOCK = 1024


def bca(
    statistic: Statistic,
    *samples: ArrayLike,
    seed: int,
    resamples: int = 10_000,
    level: float = 0.95,
    undefined: Literal["refuse", "leave out"] = "refuse",
) -> Estimate:
    """Return a statistic with its bias-corrected and accelerated bootstrap interval.

    People are drawn with replacement within each sample. With z0 the normal quantile of the share of draws below the
    estimate (ties count half) and a the acceleration from the jackknife, the limits are the draws' quantiles at

        Phi(z0 + (z0 + z) / (1 - a (z0 + z))),   z = ± the normal quantile of the level.

    Parameters
    ----------
    statistic : function
        Takes the samples, each with people along its last axis, and returns one value for each of the draws along the
        axis before: ``lambda a, b: a.mean(axis=-1) - b.mean(axis=-1)``.
    *samples : array, shape (people,) or (variables, people)
        Independent groups; variables of a person are drawn together.
    seed : int
        Makes the draws repeatable.
    resamples : int
        How many draws.
    level : float
        Two-sided coverage, approximately.
    undefined : {"refuse", "leave out"}
        What becomes of draws in which the statistic is not finite, such as a ratio to a spread when everyone drawn is
        alike.

    Returns
    -------
    Estimate

    Raises
    ------
    ValueError
        When a value is missing, a sample has fewer than two people, the statistic is not finite where it must be or is
        the same in every draw, or all draws lie on one side of the estimate.

    References
    ----------
    Efron, B. (1987). Better bootstrap confidence intervals. Journal of the American Statistical Association, 82(397),
    171-185.
    Efron, B., & Tibshirani, R. J. (1993). An introduction to the bootstrap, sections 14.3 and 15.6. Chapman & Hall.

    Examples
    --------
    >>> median = bca(lambda x: np.median(x, axis=-1), [3, 5, 7, 18, 43, 85, 91, 98, 100, 130, 230, 487], seed=1)
    >>> median.value, median.low < median.value < median.high
    (88.0, True)
    """
    if not 0 < level < 1:
        raise ValueError(f"the level is a share between 0 and 1, not {level}")
    if resamples < 1:
        raise ValueError(f"at least one draw is needed, not {resamples}")
    groups = [_sample(sample) for sample in samples]
    whole = [np.arange(group.shape[-1])[None, :] for group in groups]
    value = float(_finite(_applied(statistic, groups, whole))[0])
    draws = _draws(statistic, groups, np.random.default_rng(seed), resamples)
    draws = np.sort(draws[np.isfinite(draws)] if undefined == "leave out" else _finite(draws))
    low, high = _limits(value, draws, _acceleration(statistic, groups, whole), level)
    n = sum(group.shape[-1] for group in groups)
    return Estimate(value, low, high, level, n, f"BCa bootstrap, {resamples} resamples, seed {seed}")


def _sample(values: ArrayLike) -> Floats:
    sample = np.asarray(values, dtype=float)
    if sample.ndim not in (1, 2) or sample.shape[-1] < 2 or not np.isfinite(sample).all():
        raise ValueError("needs samples of at least two people, people along the last axis, without missing values")
    return sample


def _applied(statistic: Statistic, groups: Sequence[Floats], rows: Sequence[NDArray[np.intp]]) -> Floats:
    """Return the statistic of each selection of people; ``rows`` has shape (selections, people) for each group."""
    selected = [group[..., chosen] for group, chosen in zip(groups, rows, strict=True)]
    values = np.asarray(statistic(*selected), dtype=float)
    wanted = max(len(chosen) for chosen in rows)
    if values.shape != (wanted,):
        raise ValueError(f"the statistic must return one value for each of {wanted} draws, not shape {values.shape}")
    return values


def _finite(values: Floats) -> Floats:
    if not np.isfinite(values).all():
        raise ValueError("the statistic is not finite in every draw, so that its distribution is not known")
    return values


def _draws(statistic: Statistic, groups: Sequence[Floats], rng: np.random.Generator, resamples: int) -> Floats:
    draws = []
    for start in range(0, resamples, _BLOCK):
        sizes = [(min(_BLOCK, resamples - start), group.shape[-1]) for group in groups]
        draws.append(_applied(statistic, groups, [rng.integers(0, size[1], size) for size in sizes]))
    return np.concatenate(draws)


def _acceleration(statistic: Statistic, groups: Sequence[Floats], whole: Sequence[NDArray[np.intp]]) -> float:
    """Return a sixth of the skewness of the jackknife's influence values (Efron & Tibshirani, 15.36)."""
    cubes = squares = 0.0
    for k, group in enumerate(groups):
        people = group.shape[-1]
        without = np.array([np.delete(np.arange(people), person) for person in range(people)])
        rows = [without if j == k else np.broadcast_to(all_, (people, all_.shape[1])) for j, all_ in enumerate(whole)]
        left_out = _finite(_applied(statistic, groups, rows))
        influence = (people - 1) * (left_out.mean() - left_out)
        cubes += float((influence**3).sum()) / people**3
        squares += float((influence**2).sum()) / people**2
    if not squares > 0:
        raise ValueError("the statistic is the same whoever is left out, so that no interval can be had from draws")
    return float(cubes / squares**1.5 / 6)


def _limits(value: float, draws: Floats, acceleration: float, level: float) -> tuple[float, float]:
    below = (np.searchsorted(draws, value, "left") + np.searchsorted(draws, value, "right")) / (2 * len(draws))
    if not 0 < below < 1:
        raise ValueError("every draw lies on one side of the estimate, so that its bias cannot be corrected")
    bias, z = normal_quantile(float(below)), normal_quantile((1 + level) / 2)
    shares = [normal_cdf(bias + (bias + end) / (1 - acceleration * (bias + end))) for end in (-z, z)]
    low, high = np.quantile(draws, shares)
    return float(low), float(high)
