"""Courses for the tests: people, attendance by chance, and courses divided as each session comes."""

from collections import Counter
from itertools import combinations
from random import Random

from pilotage.pairing import Division, Log, Rules, divide


def people(count: int) -> list[str]:
    return [f"P{number:02}" for number in range(1, count + 1)]


def attendance(count: int, sessions: int, away: float, seed: int) -> list[list[str]]:
    random = Random(f"attendance {seed}")
    return [[one for one in people(count) if random.random() >= away] for _ in range(sessions)]


def course(rooms: list[list[str]], everyone: list[str], rules: Rules, seed: int, pairings: int = 1) -> Log:
    """Nobody knows beforehand who will stay away: everyone is expected at what is still to come."""
    log, places = Log(), [(s, p) for s in range(1, len(rooms) + 1) for p in range(1, pairings + 1)]
    for at, (session, pairing) in enumerate(places):
        remaining = [everyone] * (len(places) - at - 1)
        log = log.kept(
            divide(rooms[session - 1], log, rules, seed, session=session, pairing=pairing, remaining=remaining)
        )
    return log


def met(log: Log) -> Counter[frozenset[str]]:
    return Counter(pair for division in log for pair in pairs(division))


def pairs(division: Division) -> list[frozenset[str]]:
    groups = [set(group) - {division.teacher} for group in division.groups]
    return [frozenset(pair) for group in groups for pair in combinations(group, 2)]


def repeats(log: Log) -> int:
    return sum(times - 1 for times in met(log).values())


def spread(log: Log, everyone: list[str], of: str) -> int:
    counts = Counter(dict.fromkeys(everyone, 0))
    for division in log:
        counts.update(division.duties if of == "duties" else [group[0] for group in division.groups])
    return max(counts[one] for one in everyone) - min(counts[one] for one in everyone)
