"""Measures of a course: repeats, coverage, gaps, duties, first speakers, changes, and random division beside them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import mean

from pilotage.pairing.bounds import repeats_bound
from pilotage.pairing.course import random_repeats
from pilotage.pairing.history import history, key
from pilotage.pairing.log import Group, Log
from pilotage.pairing.rules import Rules


@dataclass(frozen=True, slots=True)
class ByLot:
    """The same attendance divided at random: its repeats, and the share of such courses that have more."""

    courses: int
    mean_repeats: float
    fewest_repeats: int
    with_more: float


@dataclass(frozen=True, slots=True)
class Quality:
    """Measures of a log; spreads are the most minus the least over everyone who was ever present.

    ``coverage`` is pairs met over pairs ever present together, ``coverage_of_all`` over all pairs of people. Gaps count
    pairings from one meeting of two to their next. ``not_alternating`` counts meetings of a pair in which the same one
    spoke first as at their meeting before. ``kept_apart_broken`` is 0 unless a wish came after the meeting.
    """

    pairings: int
    people: int
    contacts: int
    repeats: int
    repeats_bound: int
    coverage: float
    coverage_of_all: float
    most_meetings: int
    partners: Mapping[str, int]
    shortest_gap: int | None
    mean_gap: float | None
    duties: Mapping[str, int]
    first_speaker: Mapping[str, int]
    not_alternating: int
    kept_apart_broken: int
    soft_broken: int
    overrides: int
    groups_changed: int
    minutes_spoken: Mapping[str, float] | None
    by_lot: ByLot

    @property
    def excess_repeats(self) -> int:
        """Repeats beyond those that nobody can avoid, given who came."""
        return self.repeats - self.repeats_bound

    @property
    def duty_spread(self) -> int:
        """The most duties of anybody minus the least."""
        return _spread(self.duties)

    @property
    def first_speaker_spread(self) -> int:
        """The most times that anybody spoke first minus the least."""
        return _spread(self.first_speaker)


def quality(
    log: Log, rules: Rules, *, minutes: float | None = None, speaking: float = 1.0, talking: float = 1.0,
    courses: int = 1000, seed: int = 1,
) -> Quality:  # fmt: skip
    """Measure a log.

    Parameters
    ----------
    minutes
        How long each pairing took in all; without it nothing is said of minutes spoken.
    speaking, talking
        How long one person's turn of a pair is, and how long both talk, in any unit.
    courses
        With how many courses divided by lot it is compared.
    """
    past, rooms = history(log), [division.practising for division in log]
    everyone = sorted({person for division in log for person in division.present})
    together = {key(*pair) for division in log for pair in combinations(division.present, 2)}
    partners, gaps = past.partners(), _gaps(log)
    repeats = past.met.total() - len(past.met)
    return Quality(
        pairings=len(log), people=len(everyone), contacts=past.met.total(), repeats=repeats,
        repeats_bound=repeats_bound(rooms, rules), coverage=_ratio(len(past.met), len(together)),
        coverage_of_all=_ratio(len(past.met), len(everyone) * (len(everyone) - 1) // 2),
        most_meetings=max(past.met.values(), default=0), partners={person: partners[person] for person in everyone},
        shortest_gap=min(gaps, default=None), mean_gap=mean(gaps) if gaps else None,
        duties={person: past.duties[person] for person in everyone},
        first_speaker={person: past.first[person] for person in everyone},
        not_alternating=_not_alternating(log), kept_apart_broken=_together(log, rules.apart_hard),
        soft_broken=_together(log, rules.apart_soft),
        overrides=sum(change.by_teacher for division in log for change in division.changes),
        groups_changed=sum(change.groups for division in log for change in division.changes),
        minutes_spoken=None if minutes is None else _minutes(log, everyone, minutes, speaking, talking),
        by_lot=_by_lot(random_repeats(rooms, rules, courses, seed), repeats),
    )  # fmt: skip


def _by_lot(drawn: list[int], repeats: int) -> ByLot:
    more = sum(by_chance > repeats for by_chance in drawn) / len(drawn) if drawn else float("nan")
    return ByLot(len(drawn), mean(drawn) if drawn else float("nan"), min(drawn, default=0), more)


def _gaps(log: Log) -> list[int]:
    meetings: dict[tuple[str, str], list[int]] = {}
    for at, division in enumerate(log):
        for pair in _pairs(division.of_people()):
            meetings.setdefault(pair, []).append(at)
    return [later - earlier for places in meetings.values() for earlier, later in pairwise(places)]


def _not_alternating(log: Log) -> int:
    spoke: dict[tuple[str, str], str] = {}
    same = 0
    for division in log:
        for group in division.of_people():
            for other in group[1:]:
                pair = key(group[0], other)
                same += len(group) == 2 and spoke.get(pair) == group[0]
                spoke[pair] = group[0]
    return same


def _together(log: Log, wishes: Iterable[frozenset[str]]) -> int:
    kept = {key(*sorted(wish)) for wish in wishes}
    return sum(pair in kept for division in log for pair in _pairs(division.of_people()))


def _pairs(groups: Iterable[Group]) -> list[tuple[str, str]]:
    return [key(*pair) for group in groups for pair in combinations(group, 2)]


def _minutes(log: Log, everyone: Iterable[str], minutes: float, speaking: float, talking: float) -> dict[str, float]:
    """Return each person's minutes of speaking; all groups take as long, so that in a triad turns are shorter."""
    spoken = dict.fromkeys(everyone, 0.0)
    for division in log:
        for group in division.groups:
            for person in set(group) - {division.teacher}:
                spoken[person] += minutes * speaking / (len(group) * speaking + talking)
    return spoken


def _spread(counts: Mapping[str, int]) -> int:
    return max(counts.values(), default=0) - min(counts.values(), default=0)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else float("nan")
