"""Westfall and Young's maxT: many outcomes tested at once, by how they hang together."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.permutations import random_divisions
from pilotage.stats.within_strata import WithinStrata, positions

Floats = NDArray[np.float64]

# Small enough to stay in the processor's own memory, and for the products not to be spread over threads.
_BLOCK = 256


@dataclass(frozen=True, slots=True)
class MaxT:
    """Tests of several outcomes with p values that hold for all of them together.

    Attributes
    ----------
    statistics : tuple of float
        Student's t of each outcome's change, other group less reference, adjusted for strata where there are any.
    p : tuple of float
        Of each outcome by itself.
    single_step : tuple of float
        The chance that the largest |t| of all reaches this one, were there no difference anywhere.
    adjusted : tuple of float
        The same by step-down, which is never larger: each outcome among those whose |t| is no larger.
    mc_error : tuple of float
        Monte Carlo standard error of each adjusted p.
    n : tuple of int
        People with a value, by outcome.
    resamples : int
        Divisions drawn, the same ones for all outcomes.
    seed : int
        Makes the draws repeatable.
    method : str
        The variant by name.
    """

    statistics: tuple[float, ...]
    p: tuple[float, ...]
    single_step: tuple[float, ...]
    adjusted: tuple[float, ...]
    mc_error: tuple[float, ...]
    n: tuple[int, ...]
    resamples: int
    seed: int
    method: str


def max_t(
    changes: ArrayLike,
    groups: Sequence[str],
    reference: str,
    *,
    seed: int,
    resamples: int = 100_000,
    strata: Sequence[str] | None = None,
) -> MaxT:
    """Test a difference in mean change in every outcome, and correct for their number by Westfall and Young.

    People are divided anew at random, whole persons at a time, so that what hangs together in a person stays so, and
    every outcome is tested on the same divisions by |t|. With b of B divisions reaching what was observed,

        p = (b + 1) / (B + 1),   Monte Carlo error = sqrt(p (1 - p) / B).

    Someone without a value keeps that gap wherever they are put, and each outcome's t is that of the people who have
    one. This rests on gaps being as exchangeable between the groups as scores are. In a division that leaves an
    outcome without a value in one of the groups, its t is taken as 0.

    Parameters
    ----------
    changes : array, shape (people, outcomes)
        Missing values are NaN.
    groups : sequence of str
        Two groups.
    reference : str
        The group that is subtracted.
    seed : int
        Makes the draws repeatable.
    resamples : int
        Divisions to draw.
    strata : sequence of str, optional
        People change places within these only, and t adjusts for them; each must hold people of both groups.

    Raises
    ------
    ValueError
        When there are not two groups, a stratum holds one of them only, or an outcome has no t: too few people, or
        no variance.

    References
    ----------
    Westfall, P. H., & Young, S. S. (1993). Resampling-based multiple testing. Wiley.
    Phipson, B., & Smyth, G. K. (2010). Permutation p-values should never be zero. Statistical Applications in Genetics
    and Molecular Biology, 9(1), 39.

    Examples
    --------
    >>> changes = [[5, 1], [7, 0], [6, 2], [8, 1], [1, 2], [2, 0], [3, 1], [2, 2]]
    >>> result = max_t(changes, list("aaaabbbb"), "b", resamples=999, seed=1)
    >>> [round(t, 3) for t in result.statistics], result.adjusted[0] < 0.1 < result.adjusted[1]
    ([5.892, -0.397], True)
    """
    if resamples < 1:
        raise ValueError(f"at least one division must be drawn, not {resamples}")
    values, other = np.asarray(changes, dtype=float), _other(groups, reference)
    if values.ndim != 2 or len(values) != len(other):
        raise ValueError(f"{len(other)} group labels do not fit changes of shape {values.shape}")
    places = positions(other, strata)
    outcomes = WithinStrata.of(values, places)
    observed = _observed(outcomes, other)
    single, alone, down = _reached(outcomes, other, np.abs(observed), np.random.default_rng(seed), resamples)
    return MaxT(
        statistics=tuple(observed.tolist()),
        p=tuple(alone.tolist()),
        single_step=tuple(single.tolist()),
        adjusted=tuple(down.tolist()),
        mc_error=tuple(math.sqrt(share * (1 - share) / resamples) for share in down.tolist()),
        n=outcomes.n,
        resamples=resamples,
        seed=seed,
        method=f"Westfall-Young maxT, step-down, {resamples} divisions, seed {seed}"
        + (f", within {len(places)} strata" if strata is not None else ""),
    )


def _other(groups: Sequence[str], reference: str) -> NDArray[np.bool_]:
    labels = [str(group) for group in groups]
    if len(set(labels)) != 2 or reference not in labels:
        named = ", ".join(dict.fromkeys(labels)) or "none"
        raise ValueError(f"compares one other group with the reference {reference!r}; the groups are {named}")
    return np.array([label != reference for label in labels])


def _observed(outcomes: WithinStrata, other: NDArray[np.bool_]) -> Floats:
    mask = other[None, :].astype(float)
    with np.errstate(invalid="ignore"):
        t: Floats = outcomes.t(mask)[0]
    both = np.broadcast_to(outcomes.weights(mask)[0] > 0, t.shape)
    # An error variance this small beside the difference is rounding error, not variance.
    for outcome in np.flatnonzero(~((np.abs(t) < 1e6) & both & (outcomes.df >= 1))):
        raise ValueError(f"outcome {outcome + 1} has no t: it needs people of both groups who do not all change alike")
    return t


def _reached(
    outcomes: WithinStrata, other: NDArray[np.bool_], observed: Floats, rng: np.random.Generator, resamples: int
) -> tuple[Floats, Floats, Floats]:
    """Return how often what was observed is reached: by the largest of all, by the outcome itself, and step-down."""
    order = np.argsort(-observed, kind="stable")
    # A division equal to the one observed must count, whatever the last digit of its sums.
    least = observed[order] * (1 - 1e-9)
    counts = np.zeros((3, len(order)))
    sizes = [int(other[place].sum()) for place in outcomes.places]
    for start in range(0, resamples, _BLOCK):
        masks = random_divisions(rng, min(_BLOCK, resamples - start), outcomes.places, sizes)
        t = np.abs(outcomes.t(masks))[:, order]
        largest_from_here = np.maximum.accumulate(t[:, ::-1], axis=1)[:, ::-1]
        for row, statistic in enumerate((largest_from_here[:, :1], t, largest_from_here)):
            counts[row] += np.count_nonzero(statistic >= least, axis=0)
    shares = np.empty_like(counts)
    ordered = (counts + 1) / (resamples + 1)
    # A p value is never smaller than that of a larger statistic.
    ordered[2] = np.maximum.accumulate(ordered[2])
    shares[:, order] = ordered
    return shares[0], shares[1], shares[2]
