"""A design to be evaluated: which settings, how many trials of each, and how they are divided into tasks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Literal

import numpy as np

from pilotage import __version__

FORMAT = 1
"""Raised when a task's draws or what is kept of it change their meaning."""

Answers = Literal["items", "normal"]

# A task of item-level trials takes a second or two: 20 ns for each answer, measured; see docs/explanation.
_ANSWERS_A_TASK = 80_000_000
_MOST_TRIALS_A_TASK = 20_000


@dataclass(frozen=True, slots=True)
class Setting:
    """One cell of the grid.

    Attributes
    ----------
    groups, size : int
        Groups of the arm that is taught, and people who begin in each.
    others : int
        People of the other arm.
    icc : float
        Of the scores after the programme.
    difference : float
        True difference in mean change, with its sign, in the units of the scale; 0 under no effect.
    """

    groups: int
    size: int
    others: int
    icc: float
    difference: float

    @property
    def people(self) -> int:
        """Everyone who begins."""
        return self.groups * self.size + self.others


@dataclass(frozen=True, slots=True)
class SimulationDesign:
    """Everything that decides the numbers, but for the protocol.

    ``per_task`` is fixed by the design and never by the time a task takes, for it decides which draws a trial gets.
    """

    scale: str
    settings: tuple[Setting, ...]
    trials: int
    attrition: float
    alpha: float
    level: float
    seed: int
    answers: Answers
    per_task: int

    def fingerprint(self, protocol: str) -> str:
        """Return SHA-256 of all that decides the numbers: design, protocol, and the programs that draw."""
        content = {
            "format": FORMAT,
            "pilotage": __version__,
            "numpy": np.__version__,
            "protocol": protocol,
            "design": asdict(self),
        }
        return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()

    def tasks(self) -> tuple[Piece, ...]:
        """Return the pieces of work, in the order of the settings."""
        return tuple(
            Piece(index, setting, trials) for index, (setting, trials) in enumerate(_pieces(len(self.settings), self))
        )


@dataclass(frozen=True, slots=True)
class Piece:
    """One task: so many trials of one setting, drawn from a seed of its own."""

    index: int
    setting: int
    trials: int


def _pieces(settings: int, design: SimulationDesign) -> Iterator[tuple[int, int]]:
    for setting in range(settings):
        left = design.trials
        while left > 0:
            yield setting, min(left, design.per_task)
            left -= design.per_task


def trials_per_task(items: int, people: int, answers: Answers) -> int:
    """Return how many trials make a task of a second or more; whole hundreds, and at least one hundred.

    Examples
    --------
    >>> trials_per_task(items=26, people=96, answers="items")
    16000
    """
    each = 2 * people * (items if answers == "items" else 1)
    return max(min(_ANSWERS_A_TASK // each // 100 * 100, _MOST_TRIALS_A_TASK), 100)
