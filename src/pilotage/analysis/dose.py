"""What each person got of the programme: sessions, minutes, minutes of their own turns, and partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.contacts import logs, rules_of
from pilotage.analysis.delivery_results import DeliveredDose, PersonDose, SessionAttendance
from pilotage.analysis.describe import NumberSummary, summarise
from pilotage.analysis.fidelity import of_teachers, ratings
from pilotage.data.minutes_attended import minutes_attended
from pilotage.pairing import Log
from pilotage.pairing.history import history
from pilotage.protocol.programme import Block, Programme
from pilotage.vocabulary import ATTENDED, took_place

NOT_HELD = "not held"
IN_GROUPS = ("pairs", "small groups")


def person_doses(study: AnalysisInput) -> tuple[PersonDose, ...]:
    """Return everyone in the programme's arms, by group and code; empty where attendance was not collected."""
    programme = study.protocol.programme
    if programme is None or not study.collected("attendance"):
        return ()
    rules = rules_of(study)
    kept = logs(study, rules) if rules and study.collected("pairings") else {}
    people = sorted(study.people(*study.programme_arms), key=lambda person: (study.cohort_of[person], person))
    return tuple(_person(study, programme, person, kept) for person in people) if study.programme_arms else ()


def doses(study: AnalysisInput, people: Iterable[PersonDose]) -> tuple[DeliveredDose, ...]:
    """Return what each arm's people got."""
    everyone = list(people)
    arms = dict.fromkeys(person.arm for person in everyone)
    return tuple(_dose(study, arm, [person for person in everyone if person.arm == arm]) for arm in arms)


def session_attendance(people: Iterable[PersonDose]) -> tuple[SessionAttendance, ...]:
    """Return how many of each group came to each session that took place."""
    came: Counter[tuple[str, int]] = Counter()
    expected: Counter[tuple[str, int]] = Counter()
    for person in people:
        for session, status in enumerate(person.statuses, 1):
            if status and status != NOT_HELD:
                expected[person.cohort, session] += 1
                came[person.cohort, session] += status in ATTENDED
    return tuple(SessionAttendance(*place, came[place], expected[place]) for place in sorted(expected))


def _person(study: AnalysisInput, programme: Programme, person: str, kept: Mapping[str, Log]) -> PersonDose:
    cohort = study.cohort_of[person]
    columns = ("session", "status", "minutes")
    rows = study.attendance.filter(pl.col("participant") == person).select(columns).rows()
    statuses = {session: status for session, status, _ in rows}
    lengths = _lengths(study, cohort)
    minutes = [
        minutes_attended(status, noted, *lengths.get(session, (None, None)))
        for session, status, noted in rows
        if status in ATTENDED
    ]
    known = [took for took in minutes if took is not None]
    off = _not_held(study, cohort)
    log = kept.get(cohort)
    return PersonDose(
        participant=person,
        arm=study.arm_of[person],
        cohort=cohort,
        statuses=tuple(
            statuses.get(n, NOT_HELD if n in off else "") for n in range(1, programme.delivered.sessions + 1)
        ),
        sessions=sum(status in ATTENDED for status in statuses.values()),
        minutes=sum(known) if len(known) == len(minutes) else None,
        minutes_spoken=None
        if log is None
        else spoken(log, _practice_minutes(study, programme, cohort), programme, person),
        partners=None if log is None else history(log).partners()[person],
    )


def _not_held(study: AnalysisInput, cohort: str) -> set[int]:
    rows = study.data.sessions.filter(pl.col("cohort") == cohort).select("session", "held_on").iter_rows()
    return {session for session, held_on in rows if not took_place(held_on)}


def _lengths(study: AnalysisInput, cohort: str) -> dict[int, tuple[int | None, int | None]]:
    """Return the minutes that each session of a group took, and those it was planned to take."""
    rows = study.data.sessions.filter(pl.col("cohort") == cohort)
    columns = ("session", "minutes", "planned_minutes")
    return {session: (took, planned) for session, took, planned in rows.select(columns).iter_rows()}


def spoken(log: Log, minutes: Mapping[int, float], programme: Programme, person: str) -> float:
    """Return the minutes of someone's own turns.

    Each division takes its part of the practice, and each of its rounds is as long as the others.
    A triad has a turn more than a pair in the same time, so its turns are shorter.
    """
    divisions = Counter(division.session for division in log)
    own = 0.0
    for division in log:
        for group in division.groups:
            if person in group:
                whole = minutes.get(division.session, 0.0) / divisions[division.session]
                own += whole / rounds(programme, len(group))
    return own


def rounds(programme: Programme, size: int) -> int:
    """Return how many rounds a group of this size has: as the protocol says, or a turn each and one together."""
    block = next((block for block in programme.blocks if block.in_ in IN_GROUPS), None)
    name = {2: (block.rounds if block else None) or "dyad", 3: "triad"}.get(size, "")
    return len(programme.rounds[name]) if programme.rounds.get(name) else size + 1


def _practice_minutes(study: AnalysisInput, programme: Programme, cohort: str) -> dict[int, float]:
    """Return how long people practised in groups, by session: as a teacher noted it, or else as planned."""
    blocks = [block for block in programme.blocks if block.in_ in IN_GROUPS]
    planned = float(sum(block.minutes for block in blocks))
    noted = _noted(study, cohort, blocks)
    return {n: noted.get(n, planned) for n in range(1, programme.delivered.sessions + 1)}


def _noted(study: AnalysisInput, cohort: str, blocks: Iterable[Block]) -> dict[int, float]:
    names = {block.id for block in blocks}
    minutes: dict[int, float] = {}
    for rating in of_teachers(ratings(study)):
        if rating.cohort == cohort and rating.block in names and rating.minutes is not None:
            minutes[rating.session] = minutes.get(rating.session, 0.0) + rating.minutes
    return minutes


def _dose(study: AnalysisInput, arm: str, people: list[PersonDose]) -> DeliveredDose:
    n = len(people)
    return DeliveredDose(
        arm=arm,
        people=n,
        sessions=summarise([float(person.sessions) for person in people], n),
        minutes=_known([person.minutes for person in people]),
        minutes_spoken=_known([person.minutes_spoken for person in people]),
        partners=_known([person.partners for person in people]),
        turns_from=_turns_from(study, people),
    )


def _turns_from(study: AnalysisInput, people: list[PersonDose]) -> Literal["actual", "planned", ""]:
    if all(person.minutes_spoken is None for person in people):
        return ""
    return "actual" if study.collected("fidelity") else "planned"


def _known(values: Iterable[float | None]) -> NumberSummary | None:
    every = list(values)
    known = [float(value) for value in every if value is not None]
    return summarise(known, len(every)) if known else None
