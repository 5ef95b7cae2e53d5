"""The course as it went: sessions, and who came."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from pilotage.data.simulate.people import SimulatedGroup, SimulatedPerson
from pilotage.data.simulate.scenario import Chance, Scenario, few
from pilotage.protocol.programme import Programme
from pilotage.protocol.simulation import Simulation

Row = dict[str, Any]

# What befalls sessions: the state, whole days later, share of the minutes given, and the reason.
ACCIDENTS = (
    ("cancelled", None, None, "a teacher was ill"),
    ("truncated", 0, 0.8, "the building closed early"),
    ("postponed", 3, 1.0, "snow"),
    ("replaced", 0, 1.0, "a silent session was held in its place"),
)
STATUS = {"present": 1.0, "late": 0.9, "left early": 0.8, "excused": None, "absent": None}
CAME = ("present", "late", "left early")
AWAY = ("excused", "absent")


def sessions(groups: Sequence[SimulatedGroup], programme: Programme, scenario: Scenario, chance: Chance) -> list[Row]:
    """Return the rows of the sessions table: as planned, but for the accidents of the scenario."""
    teachers = " ".join(f"T{k + 1}" for k in range(programme.teachers.number))
    rows = []
    for group in groups:
        befallen = _befallen(group, scenario, chance)
        for k, day in enumerate(group.days, 1):
            rows.append({"cohort": group.id, "session": k, "planned_on": day, "teachers": teachers}
                        | _held(day, _minutes(programme), befallen.get(k)))  # fmt: skip
    return rows


def _minutes(programme: Programme) -> int:
    minutes = programme.delivered.minutes
    return minutes if isinstance(minutes, int) else sum(block.minutes for block in programme.blocks)


def _held(day: Any, minutes: int, accident: tuple[str, int | None, float | None, str] | None) -> Row:
    state, later, share, why = accident or ("held", 0, 1.0, None)
    return {
        "planned_minutes": minutes,
        "held_on": None if later is None else day + timedelta(days=later),
        "minutes": None if share is None else round(share * minutes / 5) * 5,
        "state": state,
        "reason": why,
    }


def _befallen(
    group: SimulatedGroup, scenario: Scenario, chance: Chance
) -> dict[int, tuple[str, int | None, float | None, str]]:
    """Return the sessions that an accident befalls; never the first and the last, which assessments hang on."""
    counts = (scenario.cancelled, scenario.truncated, scenario.postponed, scenario.replaced)
    what = [accident for accident, count in zip(ACCIDENTS, counts, strict=True) for _ in range(count)]
    rng = chance.of("sessions", group.id)
    inner = range(2, len(group.days))
    hit = few(rng, inner, len(what))
    return dict(zip(rng.permutation(hit).tolist(), what, strict=False))


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
            share = STATUS[status]
            minutes = None if share is None else round(share * session["minutes"])
            rows.append({"participant": person.code, "session": session["session"]}
                        | {"status": status, "minutes": minutes})  # fmt: skip
    return rows


def _status(came: bool, kind: float) -> str:
    if came:
        return CAME[0 if kind < 0.9 else 1 if kind < 0.96 else 2]
    return AWAY[0 if kind < 0.7 else 1]
