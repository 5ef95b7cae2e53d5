"""Pairing: a whole course, a re-pairing in the room, one round for 500 people; and networkx's matching beside ours."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import combinations
from random import Random

import networkx

from pilotage.pairing import Log, Rules, divide, plan_course, repair
from pilotage.pairing.board import best_division, board
from pilotage.pairing.history import history
from pilotage.pairing.weights import weights
from timing import Timed, interleaved, say


def people(count: int) -> list[str]:
    return [f"P{number:03}" for number in range(1, count + 1)]


def slowest(name: str, jobs: list[Callable[[], object]], target: float) -> None:
    """The median and the slowest of jobs that a room would wait for, in milliseconds of this process."""
    seconds = []
    for job in jobs:
        began = time.process_time()
        job()
        seconds.append(time.process_time() - began)
    seconds.sort()
    middle, most = seconds[len(seconds) // 2] * 1e3, seconds[-1] * 1e3
    print(f"{name}: median {middle:,.1f} ms, slowest of {len(jobs)} {most:,.1f} ms (under {target * 1e3:,.0f})")


def absent(count: int, seed: int) -> dict[int, set[str]]:
    random = Random(seed)
    return {session: {person for person in people(count) if random.random() < 0.1} for session in range(1, 10)}


def courses() -> None:
    for count in (10, 11, 12, 13, 14):
        jobs = [lambda count=count, seed=seed: plan_course(people(count), 9, Rules(), seed) for seed in range(10)]
        slowest(f"course of nine for {count}", jobs, 0.3)


def rooms() -> None:
    """Divisions and repairs in the middle of courses with absences."""
    for count in (10, 12, 13, 14):
        anew, repaired = [], []
        for seed in range(10):
            away = absent(count, seed)
            log = plan_course(people(count), 5, Rules(), seed, absent=away, foreseen=False)
            rest = [people(count)] * 4
            anew.append(
                lambda log=log, rest=rest, seed=seed: divide(
                    log.divisions[-1].practising, log, Rules(), seed, remaining=rest
                )
            )
            last, left = log.divisions[-1], log.divisions[-1].practising - set(log.divisions[-1].groups[0][:1])
            repaired.append(lambda last=last, left=left, log=log, seed=seed: repair(last, left, log, Rules(), seed))
        slowest(f"pairing anew, {count}", anew, 0.05)
        slowest(f"repair, {count}", repaired, 0.05)


def many() -> None:
    for size, odd in ((2, "triad"), (3, "triad"), (4, "triad")):
        log, rules = Log(), Rules(size=size, odd=odd)
        for _ in range(3):
            log = log.kept(divide(people(500), log, rules, 1))
        slowest(
            f"500 people in {size}s, fourth round", [lambda log=log, rules=rules: divide(people(500), log, rules, 1)], 5
        )


def matching() -> None:
    log = plan_course(people(14), 8, Rules(), 1)
    stood = board(people(14), history(log), Rules(), Random(1))
    costs = weights(stood, history(log))
    most = max(costs[a][b] for a, b in combinations(range(14), 2))
    graph = networkx.Graph()
    graph.add_weighted_edges_from((a, b, most + 1 - costs[a][b]) for a, b in combinations(range(14), 2))
    ours = Timed("our subsets", lambda: best_division(stood, range(14), costs))
    peer = Timed("networkx", lambda: networkx.max_weight_matching(graph, maxcardinality=True))
    interleaved((ours, peer), rounds=50)
    say(ours, peer, target="14 people, ninth session; at least 1")


def main() -> None:
    matching()
    courses()
    rooms()
    many()


if __name__ == "__main__":
    main()
