"""Change compared between arms by Student's t, each later occasion with the first."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pilotage.stats.contrast import Contrast, t_contrast
from pilotage.stats.design import other_arms

Floats = NDArray[np.float64]

METHOD = "change score, Student's t, variance pooled over all arms"


def change_contrasts(
    scores: ArrayLike, groups: Sequence[str] | NDArray[np.str_], reference: str, level: float = 0.95
) -> tuple[Contrast, ...]:
    """Return how much more each arm changed than the reference, from the first occasion to each later one.

    The difference in mean change, by the variance of change pooled within all arms; with two arms it is Student's t on
    the change, and its square the F of time by group in the mixed analysis of variance:

        t = (d_arm - d_reference) / (s sqrt(1/n_arm + 1/n_reference)),   df = people - arms

    Parameters
    ----------
    scores : array, shape (people, occasions)
        At least two occasions, without missing values.
    groups : sequence or array of str
        The arm of each person.
    reference : str
        The arm that the others are compared with.
    level : float
        Two-sided coverage.

    Returns
    -------
    tuple of Contrast
        Arm by arm, within it occasion by occasion.

    Raises
    ------
    ValueError
        When a value is missing, an arm has fewer than two people, or everyone in an arm changes alike.

    References
    ----------
    Maxwell, S. E., & Delaney, H. D. (2004). Designing experiments and analyzing data (2nd ed.), chapter 4.

    Examples
    --------
    >>> found = change_contrasts([[1, 2], [2, 5], [3, 4], [2, 2], [4, 3]], ["a", "a", "a", "b", "b"], "b")
    >>> round(found[0].estimate, 6), round(found[0].t ** 2, 6)
    (2.166667, 5.336842)
    """
    values, labels = np.asarray(scores, dtype=float), np.array([str(group) for group in groups])
    if values.ndim != 2 or values.shape[1] < 2 or len(values) != len(labels):
        raise ValueError(f"scores of {len(labels)} people must be people by occasions, not of shape {values.shape}")
    if not np.isfinite(values).all():
        raise ValueError("every score must be a finite number; leave out incomplete people first, and count them")
    arms = other_arms(labels, reference)
    by_arm = {arm: values[labels == arm, 1:] - values[labels == arm, :1] for arm in (reference, *arms)}
    df = len(values) - len(by_arm)
    variances = sum(((change - change.mean(axis=0)) ** 2).sum(axis=0) for change in by_arm.values()) / df
    # Squares this small beside the scores themselves are rounding error, not variance.
    variances = np.where(variances <= 1e-24 * (values**2).mean(), 0.0, variances)
    return tuple(
        _contrast((arm, reference), occasion, by_arm, (float(variances[occasion - 1]), df), level)
        for arm in arms
        for occasion in range(1, values.shape[1])
    )


def _contrast(
    arms: tuple[str, str], occasion: int, by_arm: dict[str, Floats], error: tuple[float, int], level: float
) -> Contrast:
    changes = [by_arm[arm][:, occasion - 1] for arm in arms]
    difference = float(changes[0].mean() - changes[1].mean())
    se = math.sqrt(error[0] * sum(1 / len(change) for change in changes))
    people = sum(len(change) for change in by_arm.values())
    return t_contrast(arms, occasion, (difference, se, error[1]), level, people, METHOD)
