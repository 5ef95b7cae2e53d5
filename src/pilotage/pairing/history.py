"""Counts from the log: how often two people have met and when last, who had a duty, who spoke first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import combinations

from pilotage.pairing.log import Division, Log

# One turn of speaking first, shared by a group of 2 to 6, in whole numbers.
TURN = 60


@dataclass
class History:
    """Counts over a log; keys of pairs are two names in order."""

    pairings: int = 0
    met: Counter[tuple[str, str]] = field(default_factory=Counter)
    last: dict[tuple[str, str], int] = field(default_factory=dict)
    spoke_first: dict[tuple[str, str], str] = field(default_factory=dict)
    duties: Counter[str] = field(default_factory=Counter)
    first: Counter[str] = field(default_factory=Counter)
    ahead: Counter[str] = field(default_factory=Counter)

    def add(self, division: Division) -> None:
        """Count one more division."""
        self.pairings += 1
        self.duties.update(division.duties)
        for group in division.groups:
            self._order(group, division.teacher)
        for people in division.of_people():
            for person, other in combinations(people, 2):
                pair = key(person, other)
                self.met[pair] += 1
                self.last[pair] = self.pairings
                if person == people[0]:
                    self.spoke_first[pair] = person

    def _order(self, group: tuple[str, ...], teacher: str) -> None:
        for person in group:
            if person != teacher:
                self.ahead[person] -= TURN // len(group)
        if group[0] != teacher:
            self.first[group[0]] += 1
            self.ahead[group[0]] += TURN

    def partners(self) -> Counter[str]:
        """Return how many different people each has met."""
        return Counter(person for pair in self.met for person in pair)


def key(person: str, other: str) -> tuple[str, str]:
    """Return the pair of two people, whichever is named first."""
    return (person, other) if person < other else (other, person)


def history(log: Log | Iterable[Division]) -> History:
    """Count everything in a log."""
    counted = History()
    for division in log:
        counted.add(division)
    return counted
