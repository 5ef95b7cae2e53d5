"""The cheapest division of at most sixteen people, exactly: dynamic programming over subsets of them.

People are bits of a whole number. The lowest person not yet placed must be in some group, so only groups with that
person as their lowest member are tried, and what is left over is solved once however it was reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import itemgetter
from random import Random

# More than any cost that can be reached, so that a sum with it stays above every real cost.
FORBIDDEN = 1 << 200
LARGEST = 16

Costs = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Choices:
    """The permitted groups of one size, as (bits, cost) by their lowest member, and how many of them are wanted."""

    wanted: int
    by_lowest: list[list[tuple[int, int]]]


def choices(wanted: int, groups: Iterable[Sequence[int]], costs: Costs, extra: Sequence[int] | None = None) -> Choices:
    """List the permitted groups of these, cheapest first; ``extra`` is added for each member."""
    listed: list[list[tuple[int, int]]] = [[] for _ in costs]
    for group in groups:
        cost = _cost(group, costs) + (sum([extra[person] for person in group]) if extra else 0)
        if cost < FORBIDDEN:
            listed[group[0]].append((bits(group), cost))
    for same_lowest in listed:
        same_lowest.sort(key=itemgetter(1))
    return Choices(wanted, listed)


def _cost(group: Sequence[int], costs: Costs) -> int:
    if len(group) == 2:  # most groups are pairs, and this is where the time goes
        return costs[group[0]][group[1]]
    return sum([costs[person][other] for person, other in combinations(group, 2)])


def bits(people: Iterable[int]) -> int:
    """Return these people as the bits of one number."""
    return sum([1 << person for person in people])


class _Subsets:
    """What is left to be divided, as one number: the people's bits, and above them how many groups of each size."""

    def __init__(self, everyone: int, sizes: Sequence[Choices]) -> None:
        self.people = everyone
        width = everyone.bit_length()
        self.sizes = [(1 << width + 5 * i, 31 << width + 5 * i, size.by_lowest) for i, size in enumerate(sizes)]
        self.start = everyone + sum(size.wanted * unit for size, (unit, _, _) in zip(sizes, self.sizes, strict=True))


def cheapest(everyone: int, sizes: Sequence[Choices]) -> list[int] | None:
    """Return the groups, as bits, of least total cost; None where no division is permitted."""
    subsets = _Subsets(everyone, sizes)
    known = {0: 0}

    def best(left: int) -> int:
        people, low = left & everyone, FORBIDDEN
        lowest = (people & -people).bit_length() - 1
        for unit, counted, by_lowest in subsets.sizes:
            if not left & counted:
                continue
            fewer = left - unit
            for group, cost in by_lowest[lowest]:
                if cost >= low:
                    break
                if group & people == group:
                    rest = fewer ^ group
                    total = known[rest] if rest in known else best(rest)
                    if (total := total + cost) < low:
                        low = total
        known[left] = low
        return low

    return _walk(subsets, known) if not everyone or best(subsets.start) < FORBIDDEN else None


def _walk(subsets: _Subsets, known: dict[int, int]) -> list[int]:
    left, groups = subsets.start, []
    while people := left & subsets.people:
        group, left = _step(subsets, known, left, people)
        groups.append(group)
    return groups


def _step(subsets: _Subsets, known: dict[int, int], left: int, people: int) -> tuple[int, int]:
    lowest = (people & -people).bit_length() - 1
    for unit, counted, by_lowest in subsets.sizes:
        if left & counted:
            for group, cost in by_lowest[lowest]:
                rest = (left - unit) ^ group
                if group & people == group and known.get(rest, FORBIDDEN) + cost == known[left]:
                    return group, rest
    raise AssertionError("A cost without a way to it.")


def any_within(everyone: int, sizes: Sequence[Choices], limit: int, random: Random) -> list[int] | None:
    """Draw a division of at most this cost at random; None where there is none. Quick for small limits."""
    subsets = _Subsets(everyone, sizes)
    for size in sizes:
        for groups in size.by_lowest:
            random.shuffle(groups)
            groups.sort(key=itemgetter(1))
    failed: dict[int, int] = {}

    def place(left: int, budget: int) -> list[int] | None:
        people = left & everyone
        if not people:
            return []
        if failed.get(left, -1) >= budget:
            return None
        lowest = (people & -people).bit_length() - 1
        for unit, counted, by_lowest in subsets.sizes:
            if not left & counted:
                continue
            for group, cost in by_lowest[lowest]:
                if cost > budget:
                    break
                if group & people == group:
                    rest = place((left - unit) ^ group, budget - cost)
                    if rest is not None:
                        return [group, *rest]
        failed[left] = budget
        return None

    return place(subsets.start, limit)


def members(group: int) -> tuple[int, ...]:
    """Return the people of a group of bits."""
    return tuple(person for person in range(group.bit_length()) if group >> person & 1)
