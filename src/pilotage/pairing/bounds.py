"""Bounds from counting alone, before a course begins: how many repeats nobody can avoid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import combinations

from pilotage.pairing.board import duty_size
from pilotage.pairing.rules import Rules, contacts, sizes


@dataclass(frozen=True, slots=True)
class Bounds:
    """What is possible for so many people who all come to every pairing.

    ``repeats`` is a bound from below that no way of dividing can beat; ``pairings_without_repeat`` one from above.
    ``apart`` is with how many others each may be kept apart before that alone forces a repeat; negative when
    repeats are forced anyway.
    """

    people: int
    pairings: int
    pairs: int
    contacts_each: int
    repeats: int
    pairings_without_repeat: int
    apart: int


def bounds(people: int, pairings: int, rules: Rules) -> Bounds:
    """Return what is possible for this many people, with wishes among ``P1``, ``P2``, ... or none."""
    divided = sizes(people, rules)
    without = _without_repeat(people, rules)
    return Bounds(
        people=people, pairings=pairings, pairs=people * (people - 1) // 2, contacts_each=contacts(divided),
        repeats=_forced(people, pairings, rules), pairings_without_repeat=without, apart=without - pairings,
    )  # fmt: skip


def repeats_bound(attendance: Sequence[Collection[str]], rules: Rules) -> int:
    """Return the number of repeats that nobody can avoid, given who is present at each pairing.

    The largest of three bounds: only so many permitted pairs of people are ever present together; each person has only
    so many others to meet; and a group cannot be made of people from different groups when those are fewer.
    """
    rooms = [frozenset(room) for room in attendance if sizes(len(room), rules)]
    partners = _partners(rooms, rules)
    wanted = sum(contacts(sizes(len(room), rules)) for room in rooms)
    by_pairs = wanted - sum(map(len, partners.values())) // 2
    return max(0, by_pairs, _by_person(rooms, partners, rules), _by_groups(rooms, rules))


def _partners(rooms: Sequence[frozenset[str]], rules: Rules) -> dict[str, set[str]]:
    partners: dict[str, set[str]] = {person: set() for room in rooms for person in room}
    for room in set(rooms):
        for person, other in combinations(room, 2):
            if frozenset((person, other)) not in rules.apart_hard:
                partners[person].add(other)
                partners[other].add(person)
    return partners


def _by_person(rooms: Sequence[frozenset[str]], partners: dict[str, set[str]], rules: Rules) -> int:
    """Count from each person: a meeting of somebody who has met everyone is a repeat, shared by two."""
    smallest = {room: min(size for size, _ in sizes(len(room), rules)) for room in set(rooms)}
    meetings: Counter[str] = Counter()
    spared = 0
    for room in rooms:
        spared += duty_size(len(room), rules) == 1
        meetings.update({person: max(smallest[room], 2) - 1 for person in room})
    beyond = sum(max(0, meetings[person] - len(others)) for person, others in partners.items())
    return -(-max(0, beyond - spared) // 2)


def _by_groups(rooms: Sequence[frozenset[str]], rules: Rules) -> int:
    """Count from groups: with more members than there are groups, any two divisions of the same people share pairs.

    Over R divisions a pair is shared by at most R / 2 couples of divisions for each of its repeats.
    """
    return _shared(len(rooms[0]), rules) * (len(rooms) - 1) if len(set(rooms)) == 1 else 0


def _shared(people: int, rules: Rules) -> int:
    divided = sizes(people, rules)
    groups = sum(count for _, count in divided)
    return sum(count * contacts(_spread(size, groups)) for size, count in divided) if groups else 0


def _spread(size: int, groups: int) -> tuple[tuple[int, int], ...]:
    """Return a group's members spread over this many groups as evenly as possible."""
    each, more = divmod(size, groups)
    return ((each + 1, more), (each, groups - more))


def _forced(people: int, pairings: int, rules: Rules) -> int:
    names = [f"P{number}" for number in range(1, people + 1)]
    return repeats_bound([names] * pairings, rules)


def _without_repeat(people: int, rules: Rules) -> int:
    """Return how many divisions can do without a repeat; twelve in threes: four, not the five that counting gives."""
    if people == 12 and rules.size == 3:
        return 4
    pairings = 0
    while pairings < people and sizes(people, rules) and _forced(people, pairings + 1, rules) == 0:
        pairings += 1
    return pairings
