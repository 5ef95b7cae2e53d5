"""A whole course: planned ahead, divided at random for comparison, and forecast with some people absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from statistics import mean

from pilotage.pairing.ahead import AWAY
from pilotage.pairing.bounds import repeats_bound
from pilotage.pairing.divide import divide
from pilotage.pairing.history import history, key
from pilotage.pairing.impossible import Impossible
from pilotage.pairing.log import Log
from pilotage.pairing.rules import Rules, Sizes, sizes


def plan_course(
    people: Collection[str],
    sessions: int,
    rules: Rules,
    seed: int,
    *,
    pairings: int = 1,
    absent: Mapping[int, Collection[str]] | None = None,
    foreseen: bool = True,
) -> Log:
    """Divide a whole course; ``absent`` says by session who is away.

    Absences are known from the beginning unless ``foreseen`` is false: then each is learnt in its session.

    Raises
    ------
    Impossible
        When those present at some pairing cannot be divided.
    """
    attendance = [room for room in present_at(people, sessions, absent) for _ in range(pairings)]
    expected = attendance if foreseen else [frozenset(people)] * len(attendance)
    log = Log()
    for at, room in enumerate(attendance):
        session, pairing = divmod(at, pairings)
        remaining = expected[at + 1 :]
        log = log.kept(divide(room, log, rules, seed, session=session + 1, pairing=pairing + 1, remaining=remaining))
    return log


def present_at(
    people: Collection[str], sessions: int, absent: Mapping[int, Collection[str]] | None = None
) -> list[frozenset[str]]:
    """Return who is present at each session."""
    return [frozenset(people).difference((absent or {}).get(session, ())) for session in range(1, sessions + 1)]


def random_repeats(attendance: Sequence[Collection[str]], rules: Rules, courses: int, seed: int) -> list[int]:
    """Return the repeats of courses divided at random each time, ignoring wishes and duties."""
    random = Random(f"{seed}/by lot")
    rooms = [(sorted(room), sizes(len(room), rules)) for room in attendance]
    return [_by_lot(rooms, random) for _ in range(courses)]


def _by_lot(rooms: Sequence[tuple[list[str], Sizes]], random: Random) -> int:
    met: set[tuple[str, str]] = set()
    contacts = 0
    for people, divided in rooms:
        random.shuffle(people)
        start = 0
        for size, count in divided:
            for _ in range(count):
                pairs = [key(*pair) for pair in combinations(people[start : start + size], 2)]
                met.update(pairs)
                contacts += len(pairs)
                start += size
    return contacts - len(met)


@dataclass(frozen=True, slots=True)
class Forecast:
    """What to expect: a course in which everyone comes, and courses in which some stay away.

    ``repeats`` and ``partners`` are means over the latter: repeats of a course, and the fewest partners that anybody
    met; ``by_lot`` is the mean of repeats had they been divided by lot. ``impossible`` courses could not be divided.
    """

    planned: Log
    planned_repeats: int
    bound: int
    away: float
    courses: int
    impossible: int
    repeats: float
    partners: float
    by_lot: float


def forecast(
    people: Collection[str], sessions: int, rules: Rules, seed: int, *, pairings: int = 1, away: float = AWAY,
    courses: int = 20,
) -> Forecast:  # fmt: skip
    """Plan a course, and simulate courses in which each person misses each session with this probability.

    Raises
    ------
    Impossible
        When even everyone together cannot be divided.
    """
    planned = plan_course(people, sessions, rules, seed, pairings=pairings)
    played, by_lot = [], []
    for course in range(courses):
        absent = _who_stay_away(people, sessions, away, Random(f"{seed}/away/{course}"))
        log = _played(people, sessions, rules, seed + course, pairings, absent)
        if log is not None:
            played.append(log)
            by_lot += random_repeats([division.present for division in log], rules, 20, seed + course)
    return Forecast(
        planned, repeats(planned), repeats_bound([division.present for division in planned], rules), away, courses,
        courses - len(played), mean(map(repeats, played)) if played else float("nan"),
        mean(map(_fewest_partners, played)) if played else float("nan"), mean(by_lot) if by_lot else float("nan"),
    )  # fmt: skip


def _who_stay_away(people: Collection[str], sessions: int, away: float, random: Random) -> dict[int, set[str]]:
    return {
        session: {person for person in sorted(people) if random.random() < away} for session in range(1, sessions + 1)
    }  # fmt: skip


def _played(
    people: Collection[str], sessions: int, rules: Rules, seed: int, pairings: int, absent: Mapping[int, set[str]]
) -> Log | None:
    try:
        return plan_course(people, sessions, rules, seed, pairings=pairings, absent=absent, foreseen=False)
    except Impossible:
        return None


def repeats(log: Log) -> int:
    """Count the meetings of two people who had met before."""
    met = history(log).met
    return met.total() - len(met)


def _fewest_partners(log: Log) -> int:
    counted: Counter[str] = history(log).partners()
    return min(counted[person] for division in log for person in division.practising)
