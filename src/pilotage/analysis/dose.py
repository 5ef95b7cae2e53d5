"""What each person got of the programme: sessions, minutes, minutes of their own turns, and partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl

from pilotage.analysis.contacts import logs, rules_of
from pilotage.analysis.delivered import DeliveredDose, PersonDose, SessionAttendance
from pilotage.analysis.delivery import CAME
from pilotage.analysis.describe import summarise
from pilotage.analysis.fidelity import of_teachers, ratings
from pilotage.analysis.given import Given
from pilotage.analysis.results import Summary
from pilotage.pairing import Log
from pilotage.pairing.history import history
from pilotage.protocol.programme import Block, Programme

NOT_HELD = "not held"
IN_GROUPS = ("pairs", "small groups")


def person_doses(given: Given) -> tuple[PersonDose, ...]:
    """Everyone in an arm that follows the programme, by group and code; empty where attendance was not collected."""
    programme = given.protocol.programme
    if programme is None or not given.collected("attendance"):
        return ()
    rules = rules_of(given)
    kept = logs(given, rules) if rules and given.collected("pairings") else {}
    people = sorted(given.people(*given.programme_arms), key=lambda one: (given.cohort_of[one], one))
    return tuple(_person(given, programme, one, kept) for one in people) if given.programme_arms else ()


def doses(given: Given, people: Iterable[PersonDose]) -> tuple[DeliveredDose, ...]:
    """What each arm's people got."""
    found = list(people)
    arms = dict.fromkeys(one.arm for one in found)
    return tuple(_dose(given, arm, [one for one in found if one.arm == arm]) for arm in arms)


def session_attendance(people: Iterable[PersonDose]) -> tuple[SessionAttendance, ...]:
    """How many of each group came to each session that took place."""
    came: Counter[tuple[str, int]] = Counter()
    expected: Counter[tuple[str, int]] = Counter()
    for one in people:
        for session, status in enumerate(one.statuses, 1):
            if status and status != NOT_HELD:
                expected[one.cohort, session] += 1
                came[one.cohort, session] += status in CAME
    return tuple(SessionAttendance(*place, came[place], expected[place]) for place in sorted(expected))


def _person(given: Given, programme: Programme, one: str, kept: Mapping[str, Log]) -> PersonDose:
    cohort = given.cohort_of[one]
    rows = given.data.attendance.filter(pl.col("participant") == one).select("session", "status", "minutes").rows()
    said = {session: status for session, status, _ in rows}
    minutes = [took for _, status, took in rows if status in CAME]
    off = _not_held(given, cohort)
    log = kept.get(cohort)
    return PersonDose(
        participant=one,
        arm=given.arm_of[one],
        cohort=cohort,
        statuses=tuple(said.get(n, NOT_HELD if n in off else "") for n in range(1, programme.delivered.sessions + 1)),
        sessions=sum(status in CAME for status in said.values()),
        minutes=None if None in minutes else sum(minutes),
        minutes_spoken=None
        if log is None
        else spoken(log, _practice_minutes(given, programme, cohort), programme, one),
        partners=None if log is None else history(log).partners()[one],
    )


def _not_held(given: Given, cohort: str) -> set[int]:
    rows = given.data.sessions.filter((pl.col("cohort") == cohort) & pl.col("state").is_in(["cancelled", "planned"]))
    return set(rows["session"].to_list())


def spoken(log: Log, minutes: Mapping[int, float], programme: Programme, one: str) -> float:
    """Minutes of someone's own turns: each division takes its part of the practice, and each of its rounds as long.

    A triad has a turn more than a pair in the same time, so its turns are shorter.
    """
    divisions = Counter(division.session for division in log)
    own = 0.0
    for division in log:
        for group in division.groups:
            if one in group:
                whole = minutes.get(division.session, 0.0) / divisions[division.session]
                own += whole / rounds(programme, len(group))
    return own


def rounds(programme: Programme, size: int) -> int:
    """How many rounds people in a group of this size have: as the protocol says, or a turn each and one together."""
    block = next((block for block in programme.blocks if block.in_ in IN_GROUPS), None)
    name = {2: (block.rounds if block else None) or "dyad", 3: "triad"}.get(size, "")
    return len(programme.rounds[name]) if programme.rounds.get(name) else size + 1


def _practice_minutes(given: Given, programme: Programme, cohort: str) -> dict[int, float]:
    """How long people practised in groups, by session: as a teacher noted it, or else as planned."""
    blocks = [block for block in programme.blocks if block.in_ in IN_GROUPS]
    planned = float(sum(block.minutes for block in blocks))
    noted = _noted(given, cohort, blocks)
    return {n: noted.get(n, planned) for n in range(1, programme.delivered.sessions + 1)}


def _noted(given: Given, cohort: str, blocks: Iterable[Block]) -> dict[int, float]:
    names = {block.id for block in blocks}
    found: dict[int, float] = {}
    for rating in of_teachers(ratings(given)):
        if rating.cohort == cohort and rating.block in names and rating.minutes is not None:
            found[rating.session] = found.get(rating.session, 0.0) + rating.minutes
    return found


def _dose(given: Given, arm: str, people: list[PersonDose]) -> DeliveredDose:
    n = len(people)
    return DeliveredDose(
        arm=arm,
        people=n,
        sessions=summarise([float(one.sessions) for one in people], n),
        minutes=_known([one.minutes for one in people]),
        minutes_spoken=_known([one.minutes_spoken for one in people]),
        partners=_known([one.partners for one in people]),
        turns_from=_turns_from(given, people),
    )


def _turns_from(given: Given, people: list[PersonDose]) -> Literal["actual", "planned", ""]:
    if all(one.minutes_spoken is None for one in people):
        return ""
    return "actual" if given.collected("fidelity") else "planned"


def _known(values: Iterable[float | None]) -> Summary | None:
    every = list(values)
    known = [float(value) for value in every if value is not None]
    return summarise(known, len(every)) if known else None
