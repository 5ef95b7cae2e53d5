"""What the studies draw: scores of people before and after, steps of a questionnaire, people in groups."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Rng = np.random.Generator

ARMS = np.repeat(["control", "training"], [22, 25])
TRAINING = ARMS == "training"
THREE_ARMS = np.repeat(["control", "training", "app"], [16, 16, 15])


def before_and_after(rng: Rng, people: int = 47, r: float = 0.6) -> Floats:
    """Normal scores before and after with correlation r: shape (people, 2)."""
    before, noise = rng.normal(size=(2, people))
    return np.column_stack([before, r * before + np.sqrt(1 - r * r) * noise])


def occasions(rng: Rng, people: int = 47, times: int = 3, r: float = 0.7) -> Floats:
    """Normal scores whose correlation falls with the distance in time: r, r^2, ..."""
    distance = np.abs(np.subtract.outer(np.arange(times), np.arange(times)))
    return rng.normal(size=(people, times)) @ np.linalg.cholesky(r**distance).T


def ceiling(rng: Rng, people: int = 47) -> Floats:
    """Sums of five answers from 1 to 5 near the top, before and after, as whole numbers: shape (people, 2)."""
    trait = 4.2 + 0.6 * rng.normal(size=(people, 1, 1))
    answers = np.clip(np.rint(trait + 0.9 * rng.normal(size=(people, 2, 5))), 1, 5)
    return answers.sum(axis=2)


def in_groups(rng: Rng, sizes: list[int], icc: float) -> tuple[Floats, list[str]]:
    """Values of people in groups, of total variance 1, and their groups."""
    labels = np.repeat(np.arange(len(sizes)), sizes)
    values = np.sqrt(icc) * rng.normal(size=len(sizes))[labels] + np.sqrt(1 - icc) * rng.normal(size=len(labels))
    return values, [f"group {k}" for k in labels]
