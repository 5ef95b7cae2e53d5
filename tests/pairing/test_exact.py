"""The division now is the best there is: as networkx's matching for pairs, as trying everything for larger groups."""

from collections.abc import Iterator
from itertools import combinations
from random import Random

import networkx
import pytest

from pilotage.pairing import Impossible, Log, Rules, divide
from pilotage.pairing.board import board
from pilotage.pairing.exact import FORBIDDEN, any_within, bits, cheapest, choices, members
from pilotage.pairing.history import history
from pilotage.pairing.rules import sizes
from pilotage.pairing.weights import weights
from tests.pairing.courses import attendance, course, pairs, people


def drawn_costs(count: int, random: Random) -> list[list[int]]:
    """Costs of many kinds: few different ones or many, few people kept apart or many."""
    apart, most = random.choice((0, 0.1, 0.3, 0.6)), random.choice((1, 3, 10**6, 10**20))
    costs = [[FORBIDDEN] * count for _ in range(count)]
    for one, other in combinations(range(count), 2):
        costs[one][other] = costs[other][one] = FORBIDDEN if random.random() < apart else random.randrange(most)
    return costs


def matched(people: list[int], costs: list[list[int]]) -> int | None:
    graph = networkx.Graph()
    graph.add_nodes_from(people)
    permitted = [pair for pair in combinations(people, 2) if costs[pair[0]][pair[1]] < FORBIDDEN]
    most = max((costs[one][other] for one, other in permitted), default=0)
    graph.add_weighted_edges_from((one, other, most + 1 - costs[one][other]) for one, other in permitted)
    pairs = networkx.max_weight_matching(graph, maxcardinality=True)
    return sum(costs[one][other] for one, other in pairs) if 2 * len(pairs) == len(people) else None


def total(groups: list[int] | None, costs: list[list[int]]) -> int | None:
    if groups is None:
        return None
    return sum(costs[one][other] for group in groups for one, other in combinations(members(group), 2))


def paired(count: int, costs: list[list[int]]) -> list[int] | None:
    return cheapest(bits(range(count)), [choices(count // 2, combinations(range(count), 2), costs)])


@pytest.mark.parametrize("seed", range(12))
def test_pairs_cost_what_the_matching_of_networkx_costs(seed: int) -> None:
    random = Random(seed)
    for _ in range(200):
        count = random.choice((2, 4, 6, 8, 10, 12, 14))
        costs = drawn_costs(count, random)
        assert total(paired(count, costs), costs) == matched(list(range(count)), costs)


@pytest.mark.long
def test_sixteen_people_too_a_thousand_times() -> None:
    random = Random(16)
    for _ in range(1000):
        costs = drawn_costs(16, random)
        assert total(paired(16, costs), costs) == matched(list(range(16)), costs)


def divisions(people: tuple[int, ...], wanted: tuple[int, ...]) -> Iterator[list[tuple[int, ...]]]:
    """Every division of people into groups of the wanted sizes, some more than once."""
    if not people:
        yield []
    for size in sorted(set(wanted)):
        fewer = list(wanted)
        fewer.remove(size)
        for others in combinations(people[1:], size - 1):
            rest = tuple(one for one in people[1:] if one not in others)
            for more in divisions(rest, tuple(fewer)):
                yield [(people[0], *others), *more]


SMALL = [(3, (3,)), (5, (2, 3)), (6, (3, 3)), (7, (2, 2, 3)), (7, (3, 4)), (8, (4, 4)), (9, (3, 3, 3)),
         (9, (2, 2, 2, 3)), (9, (2, 2, 2, 2, 1)), (10, (3, 3, 4)), (8, (3, 3, 2))]  # fmt: skip


@pytest.mark.parametrize(("count", "wanted"), SMALL)
def test_groups_cost_what_the_best_of_all_divisions_costs(count: int, wanted: tuple[int, ...]) -> None:
    random = Random(count)
    every = list(divisions(tuple(range(count)), wanted))
    for _ in range(12):
        costs = drawn_costs(count, random)
        best = min(sum(total([bits(group)], costs) or 0 for group in groups) for groups in every)
        sized = [choices(wanted.count(size), combinations(range(count), size), costs) for size in set(wanted)]
        assert total(cheapest(bits(range(count)), sized), costs) == (best if best < FORBIDDEN else None)


def test_some_division_within_a_limit_is_found_exactly_when_there_is_one() -> None:
    random = Random(5)
    for _ in range(300):
        count = random.choice((4, 6, 8, 10))
        costs = drawn_costs(count, random)
        best, sized = matched(list(range(count)), costs), [choices(count // 2, combinations(range(count), 2), costs)]
        for limit in (best, best - 1) if best is not None else (10**6,):
            found = total(any_within(bits(range(count)), sized, limit, random), costs)
            assert (found is not None) == (best is not None and best <= limit)
            assert found is None or found <= limit


@pytest.mark.parametrize("look_ahead", [False, True])
def test_a_division_in_a_course_has_the_fewest_repeats_that_its_past_permits(look_ahead: bool) -> None:
    everyone, rules = people(10), Rules()
    for seed in range(20):
        rooms = [room for room in attendance(10, 9, 0.2, seed) if len(room) % 2 == 0]
        log = course(rooms, everyone, rules, seed)
        place, random = len(rooms) // 2, Random(seed)
        before, room = Log(log.divisions[:place]), rooms[place]
        again = divide(room, before, rules, seed + 1, remaining=[everyone] * 3 if look_ahead else ())
        stood = board(room, history(before), rules, random)
        known = history(before).met
        assert sum(tuple(sorted(pair)) in known for pair in pairs(again)) == matched(
            list(range(len(room))), stood.costs
        )


def test_nobody_is_divided_worse_in_any_later_term_when_nothing_is_looked_ahead_for() -> None:
    rules = Rules(apart_soft=[("P01", "P02"), ("P03", "P04")])
    for seed in range(30):
        log = course(attendance(8, 9, 0.1, seed), people(8), rules, seed)
        past = history(log)
        stood = board(people(8), past, rules, Random(seed))
        costs = weights(stood, past)
        number = {name: at for at, name in enumerate(stood.names)}
        groups = [bits(number[one] for one in pair) for pair in pairs(divide(people(8), log, rules, seed))]
        assert total(groups, costs) == matched(list(range(8)), costs)


@pytest.mark.parametrize(
    ("count", "size", "odd", "expected"),
    [
        (12, 2, "triad", {2: 6}), (11, 2, "triad", {2: 4, 3: 1}), (11, 2, "teacher", {2: 5, 1: 1}),
        (3, 2, "triad", {3: 1}), (3, 2, "observer", {2: 1, 1: 1}), (1, 2, "teacher", {1: 1}), (1, 2, "observer", {}),
        (1, 2, "triad", {}), (12, 3, "triad", {3: 4}), (13, 3, "triad", {3: 3, 4: 1}), (14, 3, "triad", {3: 2, 4: 2}),
        (14, 4, "triad", {4: 2, 3: 2}), (13, 4, "triad", {4: 1, 3: 3}), (5, 4, "triad", {5: 1}),
        (5, 3, "triad", {3: 1, 2: 1}),
    ],
)  # fmt: skip
def test_groups_have_the_sizes_that_suit_the_number_of_people(
    count: int, size: int, odd: str, expected: dict[int, int]
) -> None:
    assert dict(sizes(count, Rules(size=size, odd=odd))) == expected  # type: ignore[arg-type]


def test_one_person_alone_cannot_be_divided_unless_the_teacher_joins() -> None:
    assert divide(["P01"], Log(), Rules(odd="teacher"), 1).practising == {"P01"}
    for rules in (Rules(), Rules(odd="observer"), Rules(size=3)):
        with pytest.raises(Impossible, match="Only 1 person is present"):
            divide(["P01"], Log(), rules, 1)
    with pytest.raises(Impossible, match="Nobody is present"):
        divide([], Log(), Rules(odd="teacher"), 1)
