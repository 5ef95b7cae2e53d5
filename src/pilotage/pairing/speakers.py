"""Who speaks first: the other person when two meet again, and otherwise equally often over the course."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from pilotage.pairing.history import TURN, History, key
from pilotage.pairing.log import Group


@dataclass
class _Turns:
    """Groups with who speaks first in each; ``ahead`` is how far each has spoken first more than their share."""

    groups: list[Group]
    first: list[str]
    ahead: dict[str, int]
    free: list[int]

    def give(self, at: int, other: str) -> None:
        """Let somebody else of the group speak first."""
        self._count(self.first[at], -TURN)
        self._count(other, TURN)
        self.first[at] = other

    def _count(self, person: str, more: int) -> None:
        if person in self.ahead:
            self.ahead[person] += more


def in_order(
    groups: Sequence[Group], past: History, plan: Sequence[Sequence[Group]], teacher: str, random: Random
) -> tuple[Group, ...]:
    """Put each group in order of speaking, so that over the planned rest everyone can speak first equally often.

    A teacher may speak first or not, whatever suits the others.
    """
    turns = _begin([*groups, *(group for later in plan for group in later if len(group) > 1)], past, teacher)
    while _improve(turns):
        pass
    return tuple(_ordered(group, turns.first[at], past, random) for at, group in enumerate(groups))


def _begin(groups: list[Group], past: History, teacher: str) -> _Turns:
    ahead = {person: past.ahead[person] for group in groups for person in group if person != teacher}
    for group in groups:
        for person in group:
            if person in ahead:
                ahead[person] -= TURN // len(group)
    turns = _Turns(groups, [""] * len(groups), ahead, [])
    spoke, meetings = dict(past.spoke_first), Counter(key(*group) for group in groups if len(group) == 2)
    for at, group in enumerate(groups):
        pair = key(*group) if len(group) == 2 else ("", "")
        # Whoever is not first in one of two meetings is so in the other: there is nothing to be gained from such pairs.
        if pair not in spoke and meetings[pair] < 2:
            turns.free.append(at)
        first = _other(group, spoke[pair]) if pair in spoke else min(group, key=lambda person: ahead.get(person, 0))
        turns.give(at, first)
        if len(group) == 2:
            spoke[pair] = first
    return turns


def _other(pair: Group, person: str) -> str:
    return pair[1] if pair[0] == person else pair[0]


def _improve(turns: _Turns) -> bool:
    """Hand turns on from somebody who is far ahead, along a chain of groups, to somebody who is behind."""
    for person in sorted(turns.ahead, key=lambda person: (-turns.ahead[person], person)):
        reached = _reachable(turns, person)
        behind = min(reached, key=lambda other: (turns.ahead.get(other, -TURN // 2), other))
        if turns.ahead[person] - turns.ahead.get(behind, -TURN // 2) > TURN:
            while behind != person:
                at, giver = reached[behind]
                turns.give(at, behind)
                behind = giver
            return True
    return False


def _reachable(turns: _Turns, start: str) -> dict[str, tuple[int, str]]:
    """Return everyone to whom a turn can be handed on, with the group it would be in and who would give it."""
    speaks: dict[str, list[int]] = {}
    for at in turns.free:
        speaks.setdefault(turns.first[at], []).append(at)
    reached, queue = {start: (-1, start)}, deque([start])
    while queue:
        giver = queue.popleft()
        for at in speaks.get(giver, ()):
            for other in turns.groups[at]:
                if other not in reached:
                    reached[other] = at, giver
                    queue.append(other)
    return reached


def _ordered(group: Group, first: str, past: History, random: Random) -> Group:
    others = [person for person in sorted(group) if person != first]
    random.shuffle(others)
    return (first, *sorted(others, key=lambda person: past.ahead[person]))
