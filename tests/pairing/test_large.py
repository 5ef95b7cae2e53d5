"""Many people: pairs as good as there are, small groups by exchange, and a plain word where a package is missing."""

import subprocess
import sys
from itertools import combinations

import networkx
import pytest

from pilotage.pairing import Impossible, Log, Rules, divide, repair
from tests.pairing.courses import met, pairs, people, repeats


def course_of_many(count: int, sessions: int, rules: Rules) -> Log:
    log = Log()
    for _ in range(sessions):
        log = log.kept(divide(people(count), log, rules, 1))
    return log


@pytest.mark.parametrize(
    ("count", "odd"), [(18, "triad"), (31, "triad"), (31, "teacher"), (31, "observer"), (120, "triad")]
)
def test_a_course_of_many_has_no_repeats(count: int, odd: str) -> None:
    wishes = [("P01", "P02"), ("P01", "P03"), ("P04", "P05")]
    rules = Rules(odd=odd, apart_hard=wishes)  # type: ignore[arg-type]
    log = course_of_many(count, 6, rules)
    assert repeats(log) == 0
    assert not met(log).keys() & rules.apart_hard
    assert all(division.practising == set(people(count)) for division in log)


def test_pairs_of_many_have_as_few_repeats_as_the_matching_of_networkx() -> None:
    log = course_of_many(18, 21, Rules())
    assert repeats(log) > 0
    for at in (17, 18, 20):
        before = met(Log(log.divisions[:at]))
        graph = networkx.Graph()
        graph.add_weighted_edges_from((*pair, 2 - (frozenset(pair) in before)) for pair in combinations(people(18), 2))
        best = networkx.max_weight_matching(graph, maxcardinality=True)
        fewest = sum(frozenset(pair) in before for pair in best)
        assert sum(pair in before for pair in pairs(log.divisions[at])) == fewest


@pytest.mark.parametrize("size", [3, 4])
def test_small_groups_of_many_have_no_repeats_for_some_sessions(size: int) -> None:
    rules = Rules(size=size, apart_hard=[("P01", "P02"), ("P03", "P04")])
    log = course_of_many(60, 4, rules)
    assert repeats(log) == 0
    assert not met(log).keys() & rules.apart_hard


@pytest.mark.parametrize("come", [[], ["P41"], ["P41", "P42"]])
def test_a_repair_among_many_leaves_the_other_groups_alone(come: list[str]) -> None:
    log = course_of_many(40, 2, Rules())
    division = log.divisions[1]
    present = (division.practising - set(division.groups[3])) | set(come) | {division.groups[3][0]}
    repaired = repair(division, present, log, Rules(), 1)
    assert repaired.practising == present
    assert len(set(repaired.groups) & set(division.groups)) >= 18


def test_many_whose_wishes_cannot_be_met_are_refused() -> None:
    wishes = [("P01", other) for other in people(18)[1:]]
    with pytest.raises(Impossible, match="cannot be divided"):
        divide(people(18), Log(), Rules(apart_hard=wishes), 1)


def test_without_the_package_it_is_said_what_to_install() -> None:
    code = (
        "import sys\nsys.modules['rustworkx'] = None\n"
        "from pilotage.pairing import Log, Rules, divide\nfrom pilotage.problems import ProblemsFound\n"
        "people = [f'P{n:02}' for n in range(18)]\n"
        "try:\n    divide(people, Log(), Rules(), 1)\n"
        "except ProblemsFound as found:\n    print(found)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "PAIR-009" in done.stdout
    assert "pip install 'pilotage[rooms]'" in done.stdout
