"""Who is in which arm, as a regression asks it: the reference first, then one column of ones for each other arm."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def other_arms(groups: Sequence[str] | NDArray[np.str_], reference: str, least: int = 2) -> tuple[str, ...]:
    """Return the arms beside the reference, in the order in which they first appear.

    Raises
    ------
    ValueError
        When nobody is in the reference, there is no other arm, or an arm has fewer than ``least`` people.

    Examples
    --------
    >>> other_arms(["b", "a", "b", "c", "a", "c"], "a")
    ('b', 'c')
    """
    sizes: dict[str, int] = {}
    for group in groups:
        sizes[str(group)] = sizes.get(str(group), 0) + 1
    if reference not in sizes:
        raise ValueError(f"nobody is in the reference group {reference!r}; the groups are {', '.join(sizes) or 'none'}")
    if len(sizes) < 2:
        raise ValueError(f"a comparison needs at least two groups, and there is only {reference!r}")
    for label, size in sizes.items():
        if size < least:
            raise ValueError(f"group {label!r} has {size} complete people; each group needs at least {least}")
    return tuple(label for label in sizes if label != reference)


def indicators(groups: Sequence[str] | NDArray[np.str_], arms: Sequence[str]) -> Floats:
    """Return 1 where a person is in the arm, otherwise 0: shape (people, arms).

    Examples
    --------
    >>> indicators(["b", "a", "c"], ["b", "c"]).tolist()
    [[1.0, 0.0], [0.0, 0.0], [0.0, 1.0]]
    """
    return np.array([[float(str(group) == arm) for arm in arms] for group in groups]).reshape(len(groups), len(arms))


def one_list(values: ArrayLike, people: int, what: str) -> Floats:
    """Check that there is one finite number for each person, and return them.

    Raises
    ------
    ValueError
        When there are more or fewer numbers than people, or one is missing.
    """
    numbers = np.asarray(values, dtype=float)
    if numbers.shape != (people,):
        raise ValueError(f"{what} must be one number for each of {people} people, not of shape {numbers.shape}")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{what} has missing values; leave out incomplete people first, and count them")
    return numbers


def columns(covariates: ArrayLike | None, people: int) -> Floats:
    """Return covariates as columns less their means, (people, covariates); no column where there are none.

    Raises
    ------
    ValueError
        When there are more or fewer rows than people, or a value is missing.
    """
    if covariates is None:
        return np.empty((people, 0))
    values = np.asarray(covariates, dtype=float)
    table = values[:, None] if values.ndim == 1 else values
    if table.ndim != 2 or len(table) != people:
        raise ValueError(f"covariates must have one row for each of {people} people, not the shape {values.shape}")
    if not np.isfinite(table).all():
        raise ValueError("a covariate has missing values; leave out incomplete people first, and count them")
    centred: Floats = table - table.mean(axis=0)
    return centred


def two_samples(a: ArrayLike, b: ArrayLike) -> tuple[Floats, Floats]:
    """Return two lists of finite numbers, neither empty.

    Raises
    ------
    ValueError
        When a value is missing or a list is empty.
    """
    first, second = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    for sample in (first, second):
        if sample.ndim != 1 or len(sample) < 1 or not np.isfinite(sample).all():
            raise ValueError("needs a list of finite numbers for each group")
    return first, second
