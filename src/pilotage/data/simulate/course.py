"""The course as it went: sessions, and who came."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilotage.data.simulate.people import SimulatedGroup, SimulatedPerson
from pilotage.data.simulate.scenario import Chance, Scenario, few
from pilotage.protocol.programme import Programme
from pilotage.protocol.simulation import Simulation
from pilotage.vocabulary import AttendanceStatus, SessionState

Row = dict[str, Any]


@dataclass(frozen=True)
class SessionCourse:
    """What becomes of a session: its state, how long after its planned day it is held, and why it departs."""

    state: SessionState
    days_later: int | None
    """None where it is not held; a postponed session that is held on a later day has taken place."""
    share: float | None
    """Of the planned minutes."""
    reason: str | None = None


AS_PLANNED = SessionCourse(SessionState.HELD, 0, 1.0)
ACCIDENTS = (
    SessionCourse(SessionState.CANCELLED, None, None, "a teacher was ill"),
    SessionCourse(SessionState.TRUNCATED, 0, 0.8, "the building closed early"),
    SessionCourse(SessionState.POSTPONED, 3, 1.0, "snow"),
    SessionCourse(SessionState.REPLACED, 0, 1.0, "a silent session was held in its place"),
)
# The share of the session's minutes that people are there, and how often those who come, or do not, have each status.
MINUTES_THERE = {AttendanceStatus.PRESENT: 1.0, AttendanceStatus.LATE: 0.9, AttendanceStatus.LEFT_EARLY: 0.8}
THERE = ((0.9, AttendanceStatus.PRESENT), (0.96, AttendanceStatus.LATE), (1.0, AttendanceStatus.LEFT_EARLY))
NOT_THERE = ((0.7, AttendanceStatus.EXCUSED), (1.0, AttendanceStatus.ABSENT))


def sessions(groups: Sequence[SimulatedGroup], programme: Programme, scenario: Scenario, chance: Chance) -> list[Row]:
    """Return the rows of the sessions table: as planned, but for the accidents of the scenario."""
    teachers = " ".join(f"T{k + 1}" for k in range(programme.teachers.number))
    rows = []
    for group in groups:
        accidents = _accidents(group, scenario, chance)
        for k, day in enumerate(group.days, 1):
            rows.append({"cohort": group.id, "session": k, "planned_on": day, "teachers": teachers}
                        | _held(day, _minutes(programme), accidents.get(k, AS_PLANNED)))  # fmt: skip
    return rows


def _minutes(programme: Programme) -> int:
    minutes = programme.delivered.minutes
    return minutes if isinstance(minutes, int) else sum(block.minutes for block in programme.blocks)


def _held(day: date, minutes: int, course: SessionCourse) -> Row:
    return {
        "planned_minutes": minutes,
        "held_on": None if course.days_later is None else day + timedelta(days=course.days_later),
        "minutes": None if course.share is None else round(course.share * minutes / 5) * 5,
        "state": course.state.value,
        "reason": course.reason,
    }


def _accidents(group: SimulatedGroup, scenario: Scenario, chance: Chance) -> dict[int, SessionCourse]:
    """Return the accidents by session; never of the first and the last, which the assessments hang on."""
    counts = (scenario.cancelled, scenario.truncated, scenario.postponed, scenario.replaced)
    drawn = [accident for accident, count in zip(ACCIDENTS, counts, strict=True) for _ in range(count)]
    rng = chance.of("sessions", group.id)
    inner = range(2, len(group.days))
    hit = few(rng, inner, len(drawn))
    return dict(zip(rng.permutation(hit).tolist(), drawn, strict=False))


def attendance(
    everyone: Sequence[SimulatedPerson],
    held: Sequence[Row],
    programme: Programme,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> list[Row]:
    """Return the rows of the attendance table: everyone still on the course, at every session that took place."""
    rows = []
    for person in everyone:
        rng = chance.of("attendance", person.code)
        held_for_person = [
            s for s in held if s["cohort"] == person.group.id and s["held_on"] and person.in_course(s["held_on"])
        ]
        draws, kinds = rng.random(len(held_for_person)), rng.random(len(held_for_person))
        present = draws < simulation.attendance - scenario.absent_more
        if scenario.as_targeted:  # all completed
            present[rng.permutation(len(held_for_person))[: programme.completion]] = True
        for session, came, kind in zip(held_for_person, present, kinds, strict=True):
            status = _status(bool(came), float(kind))
            share = MINUTES_THERE.get(status)
            minutes = None if share is None else round(share * session["minutes"])
            rows.append({"participant": person.code, "session": session["session"]}
                        | {"status": status.value, "minutes": minutes})  # fmt: skip
    return rows


def _status(came: bool, kind: float) -> AttendanceStatus:
    """Return the first status whose share of those who came, or did not, is not used up below ``kind``."""
    return next(status for up_to, status in (THERE if came else NOT_THERE) if kind < up_to)
