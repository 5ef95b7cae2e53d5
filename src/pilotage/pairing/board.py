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
        """The numbers of these people, in rising order."""
        return tuple(number for number, name in enumerate(self.names) if name in people)

    def copy(self) -> Board:
        """A board to try things on."""
        costs = [row.copy() for row in self.costs]
        return replace(self, costs=costs, duties=self.duties.copy(), fresh=self.fresh.copy())

    def meet(self, groups: Iterable[int], duty: int) -> int:
        """Let groups meet; a group of ``duty`` people has a duty. What it cost is given back."""
        cost = 0
        for group in groups:
            people = members(group)
            if len(people) == duty:
                for one in people:
                    self.duties[one] += 1
            for one, other in combinations(people, 2):
                cost += self.costs[one][other]
                self.costs[one][other] = self.costs[other][one] = self.costs[one][other] | 1
            for one in people:
                self.fresh[one] &= ~group
        return cost


def board(people: Iterable[str], past: History, rules: Rules, random: Random) -> Board:
    """The people in an order of chance, which decides between divisions that are equally good."""
    names = sorted(people)
    random.shuffle(names)

    def cost(one: str, other: str) -> int:
        wish = frozenset((one, other))
        if one == other or wish in rules.apart_hard:
            return FORBIDDEN
        return (key(one, other) in past.met) + SOFT * (wish in rules.apart_soft)

    costs = [[cost(one, other) for other in names] for one in names]
    fresh = [bits(other for other, one in enumerate(row) if not one) for row in costs]
    return Board(tuple(names), rules, costs, [past.duties[one] for one in names], fresh)


def duty_size(people: int, rules: Rules) -> int:
    """Of how many the group is that has a duty: 3 for a triad among pairs, 1 with the teacher or observing, else 0."""
    if rules.size > 2 or people % 2 == 0:
        return 0
    return 3 if rules.odd == "triad" else 1


def fair(people: Sequence[int], duties: Sequence[int], size: int) -> Iterator[tuple[int, ...]]:
    """The groups of those who had the fewest duties."""
    level = sorted(duties[one] for one in people)[size - 1]
    sure = [one for one in people if duties[one] < level]
    pool = [one for one in people if duties[one] == level]
    return (tuple(sorted((*sure, *more))) for more in combinations(pool, size - len(sure)))


def permitted(board: Board, people: Sequence[int], costs: Sequence[Sequence[int]], *, fairly: bool) -> list[Choices]:
    """The groups that may be made of these people, with duties in fair turn or as it comes."""
    duty = duty_size(len(people), board.rules)
    listed = []
    for size, count in sizes(len(people), board.rules):
        groups = fair(people, board.duties, size) if fairly and size == duty else combinations(people, size)
        late = [one << 100 for one in board.duties] if size == duty and not fairly else None
        listed.append(choices(count, groups, costs, late))
    return listed


def best_division(board: Board, people: Sequence[int], costs: Sequence[Sequence[int]]) -> list[int] | None:
    """The cheapest division of these people, duties in fair turn where the wishes leave room for it."""
    everyone = bits(people)
    found = cheapest(everyone, permitted(board, people, costs, fairly=True))
    if found is None and duty_size(len(people), board.rules):
        found = cheapest(everyone, permitted(board, people, costs, fairly=False))
    return found
