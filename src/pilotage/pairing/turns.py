"""The rounds of a practice: each speaks in turn, then all talk; larger groups take as long in all as pairs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """One round: who speaks (counted from 1; 0 when all talk) and for how many minutes."""

    speaker: int
    minutes: float


def turns(people: int, *, speaking: float, talking: float) -> tuple[Turn, ...]:
    """Return the rounds of a group of this many, where a pair speaks and talks for so many minutes.

    In a group of more than two every round is shorter by the same factor, so that all groups end together.
    """
    if people < 2 or speaking <= 0 or talking < 0:
        raise ValueError("A practice needs two people, and time for each.")
    factor = (2 * speaking + talking) / (people * speaking + talking)
    rounds = [Turn(speaker, speaking * factor) for speaker in range(1, people + 1)]
    return (*rounds, Turn(0, talking * factor)) if talking else tuple(rounds)
