"""The people of a course as numbers, and what it costs for two of them to meet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

from pilotage.pairing.exact import FORBIDDEN, Choices, bits, cheapest, choices, members
from pilotage.pairing.history import History, key
from pilotage.pairing.rules import Rules, sizes

# A soft wish weighs as much as so many repeats.
SOFT = 2


@dataclass
class Board:
    """Who there is, what one more meeting of two costs (repeats and soft wishes), and who had how many duties.

    ``fresh`` holds for each person, as bits, those with whom a meeting costs nothing.
    """

    names: tuple[str, ...]
    rules: Rules
    costs: list[list[int]]
    duties: list[int]
    fresh: list[int]

    def numbers(self, people: Collection[str]) -> tuple[int, ...]:
        """Return the numbers of these people, in rising order."""
        return tuple(number for number, name in enumerate(self.names) if name in people)

    def copy(self) -> Board:
        """Return a copy of the board to try things on."""
        costs = [row.copy() for row in self.costs]
        return replace(self, costs=costs, duties=self.duties.copy(), fresh=self.fresh.copy())

    def meet(self, groups: Iterable[int], duty: int) -> int:
        """Let groups meet, a group of ``duty`` people having a duty, and return what it cost."""
        cost = 0
        for group in groups:
            people = members(group)
            if len(people) == duty:
                for person in people:
                    self.duties[person] += 1
            for person, other in combinations(people, 2):
                cost += self.costs[person][other]
                self.costs[person][other] = self.costs[other][person] = self.costs[person][other] | 1
            for person in people:
                self.fresh[person] &= ~group
        return cost


def board(people: Iterable[str], past: History, rules: Rules, random: Random) -> Board:
    """Make the board, with people in random order: it decides between divisions that are equally good."""
    names = sorted(people)
    random.shuffle(names)

    def cost(person: str, other: str) -> int:
        wish = frozenset((person, other))
        if person == other or wish in rules.apart_hard:
            return FORBIDDEN
        return (key(person, other) in past.met) + SOFT * (wish in rules.apart_soft)

    costs = [[cost(person, other) for other in names] for person in names]
    fresh = [bits(other for other, price in enumerate(row) if not price) for row in costs]
    return Board(tuple(names), rules, costs, [past.duties[person] for person in names], fresh)


def duty_size(people: int, rules: Rules) -> int:
    """Return the size of the group with a duty: 3 for a triad among pairs, 1 with the teacher or observing, else 0."""
    if rules.size > 2 or people % 2 == 0:
        return 0
    return 3 if rules.odd == "triad" else 1


def fair(people: Sequence[int], duties: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """Yield the groups of those who had the fewest duties."""
    level = sorted(duties[person] for person in people)[size - 1]
    sure = [person for person in people if duties[person] < level]
    pool = [person for person in people if duties[person] == level]
    return (tuple(sorted((*sure, *more))) for more in combinations(pool, size - len(sure)))


def permitted(board: Board, people: Sequence[int], costs: Sequence[Sequence[int]], *, fairly: bool) -> list[Choices]:
    """List the groups that may be made of these people, with duties in fair turn or in any order."""
    duty = duty_size(len(people), board.rules)
    listed = []
    for size, count in sizes(len(people), board.rules):
        groups = fair(people, board.duties, size) if fairly and size == duty else combinations(people, size)
        late = [had << 100 for had in board.duties] if size == duty and not fairly else None
        listed.append(choices(count, groups, costs, late))
    return listed


def best_division(board: Board, people: Sequence[int], costs: Sequence[Sequence[int]]) -> list[int] | None:
    """Return the cheapest division of these people, with duties in fair turn where the wishes leave room."""
    everyone = bits(people)
    groups = cheapest(everyone, permitted(board, people, costs, fairly=True))
    if groups is None and duty_size(len(people), board.rules):
        groups = cheapest(everyone, permitted(board, people, costs, fairly=False))
    return groups
