"""More people than can be divided exactly: pairs by rustworkx, small groups by exchanging people between them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from random import Random
from typing import Any

from pilotage.pairing.board import Board, board, duty_size, fair
from pilotage.pairing.exact import FORBIDDEN
from pilotage.pairing.history import History
from pilotage.pairing.log import Group
from pilotage.pairing.rules import Rules, sizes
from pilotage.pairing.weights import weights
from pilotage.problems import Problem, ProblemsFound, kind

NEEDS_ROOMS = kind("PAIR-009", "Many people in pairs need a package that is not installed")
# For each person so many new partners are offered first: nearly always everyone can so meet somebody new.
OFFERED = 16
# How many groups are tried for the duty, of how many people any at all when those fail, and how many exchanges.
DUTIES = 24
FALLBACK = 6
EXCHANGES = 60_000

Numbers = tuple[int, ...]


def divide_many(present: Collection[str], past: History, rules: Rules, random: Random) -> list[Group] | None:
    """Divide many people; return None where the wishes leave no division, or none was found.

    Pairs have the fewest repeats that are possible with the duty that was chosen.

    Raises
    ------
    ProblemsFound
        When people are to be paired and rustworkx is not installed.
    """
    everyone = board(present, past, rules, random)
    people = tuple(range(len(everyone.names)))
    if rules.size > 2:
        groups = _small_groups(everyone, weights(everyone, past), random)
    else:
        groups = _pairs_and_duty(everyone, people, weights(everyone, past), random)
    if groups is None:
        return None
    return [tuple(everyone.names[person] for person in group) for group in groups]


def possible_for_many(present: Collection[str], rules: Rules) -> bool:
    """Return whether a division was found that the wishes permit."""
    everyone = board(present, History(), rules, Random(0))
    if rules.size > 2:
        return _small_groups(everyone, everyone.costs, Random(0)) is not None
    return _pairs_and_duty(everyone, tuple(range(len(everyone.names))), everyone.costs, Random(0)) is not None


def _pairs_and_duty(
    everyone: Board, people: Numbers, costs: Sequence[Sequence[int]], random: Random
) -> list[Numbers] | None:
    duty = duty_size(len(people), everyone.rules)
    for group in _duties(everyone, people, duty, costs, random) if duty else [()]:
        pairs = _pairs([person for person in people if person not in group], costs, everyone, random)
        if pairs is not None:
            return [*pairs, group] if group else pairs
    return None


def _duties(
    everyone: Board, people: Numbers, size: int, costs: Sequence[Sequence[int]], random: Random
) -> Iterator[Numbers]:
    """Yield groups for the duty, of those who had the fewest duties; the cheapest of those drawn come first."""
    drawn = [_draw(everyone, people, size, random) for _ in range(DUTIES)]
    for group in sorted(drawn, key=lambda group: _cost(group, costs)):
        if _cost(group, costs) < FORBIDDEN:
            yield group
    yield from (group for group in combinations(people[:FALLBACK], size) if _cost(group, costs) < FORBIDDEN)


def _draw(everyone: Board, people: Numbers, size: int, random: Random) -> Numbers:
    turn = sorted(people, key=lambda person: (everyone.duties[person], random.random()))
    return next(fair(sorted(turn[:size]), everyone.duties, size))


def _cost(group: Sequence[int], costs: Sequence[Sequence[int]]) -> int:
    return sum(costs[person][other] for person, other in combinations(group, 2))


def _pairs(
    people: Sequence[int], costs: Sequence[Sequence[int]], everyone: Board, random: Random
) -> list[Numbers] | None:
    offered: set[tuple[int, int]] = set()
    for person in people:
        new = [other for other in people if everyone.fresh[person] >> other & 1]
        drawn = random.sample(new, min(len(new), OFFERED))
        offered.update((min(person, other), max(person, other)) for other in drawn)
    pairs = _matched(people, [(person, other, 1) for person, other in sorted(offered)])
    if pairs is not None:
        return pairs
    most = max(
        (costs[person][other] for person, other in combinations(people, 2) if costs[person][other] < FORBIDDEN),
        default=0,
    )
    return _matched(people, [
        (person, other, most + 1 - costs[person][other])
        for person, other in combinations(people, 2) if costs[person][other] < FORBIDDEN
    ])  # fmt: skip


def _matched(people: Sequence[int], edges: Sequence[tuple[int, int, int]]) -> list[Numbers] | None:
    """Return a perfect matching of greatest weight; None where there is none."""
    rustworkx = _rustworkx()
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(max(people, default=-1) + 1))
    graph.add_edges_from(edges)
    matched = rustworkx.max_weight_matching(graph, max_cardinality=True, weight_fn=int)
    return sorted(tuple(sorted(pair)) for pair in matched) if 2 * len(matched) == len(people) else None


def _rustworkx() -> Any:
    try:
        import rustworkx
    except ImportError:
        message = "More than 16 people are to be divided into pairs, and the package rustworkx is not installed."
        remedy = "Install it with: pip install 'pilotage[rooms]'."
        raise ProblemsFound([Problem(NEEDS_ROOMS, message, remedy)]) from None
    return rustworkx


def _small_groups(everyone: Board, costs: Sequence[Sequence[int]], random: Random) -> list[Numbers] | None:
    """Cut groups from the random order, and exchange people between them as long as it costs no more."""
    groups: list[list[int]] = []
    start = 0
    for size, count in sizes(len(everyone.names), everyone.rules):
        for _ in range(count):
            groups.append(list(range(start, start + size)))
            start += size
    if not groups:
        return None
    _exchange(groups, costs, random)
    return [tuple(group) for group in groups] if all(_cost(group, costs) < FORBIDDEN for group in groups) else None


def _exchange(groups: list[list[int]], costs: Sequence[Sequence[int]], random: Random) -> None:
    def to_others(person: int, group: Sequence[int], without: int) -> int:
        row = costs[person]
        return sum(row[other] for other in group if other != without)

    for _ in range(EXCHANGES):
        here, there = random.choice(groups), random.choice(groups)
        i, j = random.randrange(len(here)), random.randrange(len(there))
        person, other = here[i], there[j]
        if here is there:
            continue
        before = to_others(person, here, person) + to_others(other, there, other)
        if before and to_others(person, there, other) + to_others(other, here, person) <= before:
            here[i], there[j] = other, person
