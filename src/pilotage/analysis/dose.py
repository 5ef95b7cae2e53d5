"""What each person got of the programme: sessions, minutes, minutes of their own turns, and partners."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.contacts import logs, rules_of
from pilotage.analysis.delivery import CAME
from pilotage.analysis.delivery_results import DeliveredDose, PersonDose, SessionAttendance
from pilotage.analysis.describe import summarise
from pilotage.analysis.fidelity import of_teachers, ratings
from pilotage.analysis.results import Summary
from pilotage.pairing import Log
from pilotage.pairing.history import history
from pilotage.protocol.programme import Block, Programme

NOT_HELD = "not held"
IN_GROUPS = ("pairs", "small groups")


def person_doses(study: AnalysisInput) -> tuple[PersonDose, ...]:
    """Everyone in an arm that follows the programme, by group and code; empty where attendance was not collected."""
    programme = study.protocol.programme
    if programme is None or not study.collected("attendance"):
        return ()
    rules = rules_of(study)
    kept = logs(study, rules) if rules and study.collected("pairings") else {}
    people = sorted(study.people(*study.programme_arms), key=lambda one: (study.cohort_of[one], one))
    return tuple(_person(study, programme, one, kept) for one in people) if study.programme_arms else ()


def doses(study: AnalysisInput, people: Iterable[PersonDose]) -> tuple[DeliveredDose, ...]:
    """What each arm's people got."""
    found = list(people)
    arms = dict.fromkeys(one.arm for one in found)
    return tuple(_dose(study, arm, [one for one in found if one.arm == arm]) for arm in arms)


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


def _person(study: AnalysisInput, programme: Programme, one: str, kept: Mapping[str, Log]) -> PersonDose:
    cohort = study.cohort_of[one]
    rows = study.data.attendance.filter(pl.col("participant") == one).select("session", "status", "minutes").rows()
    said = {session: status for session, status, _ in rows}
    minutes = [took for _, status, took in rows if status in CAME]
    off = _not_held(study, cohort)
    log = kept.get(cohort)
    return PersonDose(
        participant=one,
        arm=study.arm_of[one],
        cohort=cohort,
        statuses=tuple(said.get(n, NOT_HELD if n in off else "") for n in range(1, programme.delivered.sessions + 1)),
        sessions=sum(status in CAME for status in said.values()),
        minutes=None if None in minutes else sum(minutes),
        minutes_spoken=None
        if log is None
        else spoken(log, _practice_minutes(study, programme, cohort), programme, one),
        partners=None if log is None else history(log).partners()[one],
    )


def _not_held(study: AnalysisInput, cohort: str) -> set[int]:
    rows = study.data.sessions.filter((pl.col("cohort") == cohort) & pl.col("state").is_in(["cancelled", "planned"]))
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


def _practice_minutes(study: AnalysisInput, programme: Programme, cohort: str) -> dict[int, float]:
    """How long people practised in groups, by session: as a teacher noted it, or else as planned."""
    blocks = [block for block in programme.blocks if block.in_ in IN_GROUPS]
    planned = float(sum(block.minutes for block in blocks))
    noted = _noted(study, cohort, blocks)
    return {n: noted.get(n, planned) for n in range(1, programme.delivered.sessions + 1)}


def _noted(study: AnalysisInput, cohort: str, blocks: Iterable[Block]) -> dict[int, float]:
    names = {block.id for block in blocks}
    found: dict[int, float] = {}
    for rating in of_teachers(ratings(study)):
        if rating.cohort == cohort and rating.block in names and rating.minutes is not None:
            found[rating.session] = found.get(rating.session, 0.0) + rating.minutes
    return found


def _dose(study: AnalysisInput, arm: str, people: list[PersonDose]) -> DeliveredDose:
    n = len(people)
    return DeliveredDose(
        arm=arm,
        people=n,
        sessions=summarise([float(one.sessions) for one in people], n),
        minutes=_known([one.minutes for one in people]),
        minutes_spoken=_known([one.minutes_spoken for one in people]),
        partners=_known([one.partners for one in people]),
        turns_from=_turns_from(study, people),
    )


def _turns_from(study: AnalysisInput, people: list[PersonDose]) -> Literal["actual", "planned", ""]:
    if all(one.minutes_spoken is None for one in people):
        return ""
    return "actual" if study.collected("fidelity") else "planned"


def _known(values: Iterable[float | None]) -> Summary | None:
    every = list(values)
    known = [float(value) for value in every if value is not None]
    return summarise(known, len(every)) if known else None
