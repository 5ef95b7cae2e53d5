"""A good division in a fraction of a millisecond, for courses that are only played through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from pilotage.pairing.board import Board, best_division, duty_size, fair
from pilotage.pairing.exact import FORBIDDEN, bits, members
from pilotage.pairing.rules import sizes

# So many of the groups that could have the duty are tried.
TRIED = 12

CostAndGroups = tuple[int, list[int]]


def rough_division(board: Board, people: Sequence[int], random: Random) -> list[int]:
    """Return a random division with few repeats and duties in fair turn; no groups where none is permitted."""
    if len(people) < 2:
        return []
    if board.rules.size > 2:
        return _gathered(board, people, random)
    duty = duty_size(len(people), board.rules)
    groups = _duties(board, people, duty, random) if duty else [()]
    best: CostAndGroups = FORBIDDEN, []
    for group in groups:
        best = min(best, _around(board, group, bits(people) & ~bits(group), random))
        if not best[0]:
            break
    return best[1] if best[0] < FORBIDDEN else best_division(board, people, board.costs) or []


def _gathered(board: Board, people: Sequence[int], random: Random) -> list[int]:
    """Make groups of three or more: one after the other takes in whoever costs it least."""
    left, groups = list(people), []
    random.shuffle(left)
    for size, count in sizes(len(people), board.rules):
        for _ in range(count):
            group = [left.pop()]
            while len(group) < size:
                nearest = min(left, key=lambda person: sum([board.costs[person][other] for other in group]))
                left.remove(nearest)
                group.append(nearest)
            groups.append(bits(group))
    return groups


def _around(board: Board, group: Sequence[int], others: int, random: Random) -> CostAndGroups:
    """Return the group with the duty and pairs of the others, with what they cost."""
    cost = sum(board.costs[person][other] for person, other in combinations(group, 2))
    duty = [bits(group)] if group else []
    pairs = fresh_pairs(others, board.fresh, random)
    if pairs is not None:
        return cost, duty + pairs
    more, pairs = _nearly_fresh_pairs(board, others, random)
    return cost + more, duty + pairs


def _duties(board: Board, people: Sequence[int], size: int, random: Random) -> list[tuple[int, ...]]:
    groups = list(fair(people, board.duties, size))
    groups = random.sample(groups, min(len(groups), 4 * TRIED))
    groups.sort(key=lambda group: sum(board.costs[person][other] for person, other in combinations(group, 2)))
    return groups[:TRIED]


def fresh_pairs(people: int, fresh: Sequence[int], random: Random) -> list[int] | None:
    """Draw pairs of people who have not met, as bits; None where there are none."""
    failed = set()
    width = people.bit_length()

    def place(left: int) -> list[int] | None:
        if not left:
            return []
        if left in failed:
            return None
        lowest = left & -left
        partners = fresh[lowest.bit_length() - 1] & left
        turn = int(random.random() * width)
        later = partners >> turn << turn
        while partners:
            partner = later & -later or partners & -partners
            later &= ~partner
            partners ^= partner
            pairs = place(left ^ lowest ^ partner)
            if pairs is not None:
                return [*pairs, lowest | partner]
        failed.add(left)
        return None

    return place(people)


def _nearly_fresh_pairs(board: Board, left: int, random: Random) -> CostAndGroups:
    """Pair people so that few have met: whoever has the fewest new partners left chooses first."""
    fresh, pairs, alone = board.fresh, [], []

    def choice(person: int) -> int:
        return (fresh[person] & left).bit_count()

    while left:
        person = min(members(left), key=choice)
        left ^= 1 << person
        partners = members(fresh[person] & left)
        if partners:
            other = min(partners, key=choice)
            left ^= 1 << other
            pairs.append(1 << person | 1 << other)
        else:
            alone.append(person)
    random.shuffle(alone)
    cost, rest = _cheap_pairs(board, alone)
    return cost, pairs + rest


def _cheap_pairs(board: Board, alone: list[int]) -> CostAndGroups:
    cost, pairs = 0, []
    while alone:
        person = alone.pop()
        other = min(alone, key=board.costs[person].__getitem__)
        alone.remove(other)
        cost += board.costs[person][other]
        pairs.append(1 << person | 1 << other)
    return cost, pairs
