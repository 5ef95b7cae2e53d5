"""The time by group F of thousands of two-arm trials at once, in closed form; for simulations."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

# Rows worked on at a time, so that they stay in the processor's own memory.
_BLOCK = 512


def interaction_f(pre: ArrayLike, post: ArrayLike, n1: int) -> Floats:
    """Return F of time by group, on 1 and people - 2 degrees of freedom, of each of many pre-post trials of two arms.

    With d the changes of the first ``n1`` people and of the others,

        F = (mean d1 - mean d2)^2 / (1/n1 + 1/n2) / (pooled variance of d),

    the same as `pilotage.stats.anova.mixed_anova` gives trial by trial.

    Parameters
    ----------
    pre, post : array, shape (trials, people)
        Without missing values.
    n1 : int
        How many of the people, from the first on, are in the first arm.

    Returns
    -------
    array, shape (trials,)
        nan or infinite for a trial in which everyone in an arm changes alike.

    Raises
    ------
    ValueError
        When the shapes differ, or an arm has fewer than two people.

    References
    ----------
    Maxwell, S. E., & Delaney, H. D. (2004). Designing experiments and analyzing data (2nd ed.), chapter 12.

    Examples
    --------
    >>> round(float(interaction_f([[1, 2, 3, 2, 4]], [[2, 5, 4, 2, 3]], 3)[0]), 6)
    5.336842
    """
    before, after = np.asarray(pre, dtype=float), np.asarray(post, dtype=float)
    if before.ndim != 2 or before.shape != after.shape:
        raise ValueError(f"scores are trials by people, before and after: not {before.shape} and {after.shape}")
    _check_arms(n1, before.shape[1] - n1)
    f_values = np.empty(len(before))
    change = np.empty((min(_BLOCK, len(before)), before.shape[1]))
    for start in range(0, len(before), _BLOCK):
        rows = slice(start, start + _BLOCK)
        block = change[: len(before[rows])]
        np.subtract(after[rows], before[rows], out=block)
        f_values[rows] = _f(block, n1)
    return f_values


def simulated_interaction_f(
    trials: int, sizes: tuple[int, int], *, effect: float, correlation: float, seed: int
) -> Floats:
    """Return F of time by group of simulated trials: normal scores of variance 1 before and after.

    Parameters
    ----------
    trials : int
    sizes : tuple of int
        People in the first arm and in the second.
    effect : float
        By how much more the first arm changes, in SDs of the scores.
    correlation : float
        Between a person's scores before and after.
    seed : int
        Makes the draws repeatable.

    Returns
    -------
    array, shape (trials,)

    Raises
    ------
    ValueError
        When an arm has fewer than two people, or the correlation is not between -1 and 1.

    Examples
    --------
    >>> f = simulated_interaction_f(2000, (25, 22), effect=0.0, correlation=0.5, seed=1)
    >>> bool(0.03 < (f > 4.0566).mean() < 0.07)  # the 5 % point of F(1, 45)
    True
    """
    _check_arms(*sizes)
    if not -1 <= correlation <= 1:
        raise ValueError(f"a correlation lies between -1 and 1, not at {correlation}")
    rng, people = np.random.default_rng(seed), sum(sizes)
    f_values, drawn = np.empty(trials), np.empty((min(_BLOCK, trials), 2, people))
    own = math.sqrt(1 - correlation**2)
    for start in range(0, trials, _BLOCK):
        block = drawn[: min(_BLOCK, trials - start)]
        rng.standard_normal(out=block)
        before, after = block[:, 0], block[:, 1]
        after *= own
        after += correlation * before
        after[:, : sizes[0]] += effect
        after -= before
        f_values[start : start + _BLOCK] = _f(after, sizes[0])
    return f_values


def _check_arms(n1: int, n2: int) -> None:
    if min(n1, n2) < 2:
        raise ValueError(f"each arm needs at least 2 people, not {n1} and {n2}")


def _f(change: Floats, n1: int) -> Floats:
    """Return F of each row; the changes are overwritten."""
    n2 = change.shape[1] - n1
    first, second = change[:, :n1], change[:, n1:]
    means = first.mean(axis=1, keepdims=True), second.mean(axis=1, keepdims=True)
    first -= means[0]
    second -= means[1]
    squares = np.einsum("ij,ij->i", change, change)
    between = (means[0] - means[1])[:, 0] ** 2 / (1 / n1 + 1 / n2)
    with np.errstate(divide="ignore", invalid="ignore"):
        f: Floats = between / (squares / (n1 + n2 - 2))
    return f
