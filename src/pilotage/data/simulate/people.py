"""Who takes part, in which arm and group, from when to when, and why some leave."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from pilotage.data.simulate.scenario import Chance, Scenario, some
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import Simulation
from pilotage.vocabulary import FlowStage

LEFT_COURSE = ("not enough time", "the sessions cost too much", "illness", "another expectation of the course")
LEFT_STUDY = ("no longer willing to fill in forms", "moved away", "no reason given")
DECLINED = ("no time", "no interest", "travel")


@dataclass(frozen=True)
class SimulatedGroup:
    """A training group with its days, or a group of people who start together where there is no programme."""

    id: str
    start: date
    days: tuple[date, ...]


@dataclass(frozen=True)
class SimulatedPerson:
    """One simulated person."""

    code: str
    arm: str
    programme: bool
    group: SimulatedGroup
    consented: date
    allocated: date
    course_left: date | None = None
    course_why: str | None = None
    study_left: date | None = None
    study_why: str | None = None

    def in_study(self, day: date) -> bool:
        """Return whether they had not left the study by a day."""
        return self.study_left is None or day < self.study_left

    def in_course(self, day: date) -> bool:
        """Return whether they follow the programme and had not left it by a day."""
        return self.programme and (self.course_left is None or day < self.course_left)


def groups(protocol: Protocol, simulation: Simulation) -> list[SimulatedGroup]:
    """Return the groups whose dates people have: those of arms with a programme, or one set for everyone."""
    with_programme = [arm.id for arm in protocol.arms if arm.programme]
    names = [f"{arm}-{k + 1}" for arm in with_programme for k in range(len(simulation.people.get(arm, [])))]
    most = max((len(sizes) for sizes in simulation.people.values()), default=1)
    names = names or [f"group-{k + 1}" for k in range(most)]
    starts = [simulation.start + k * simulation.between_groups for k in range(len(names))]
    return [SimulatedGroup(name, start, _days(protocol, start)) for name, start in zip(names, starts, strict=True)]


def _days(protocol: Protocol, start: date) -> tuple[date, ...]:
    if protocol.programme is None:
        return ()
    shape = protocol.programme.delivered
    return tuple(start + k * shape.every for k in range(shape.sessions))


def people(protocol: Protocol, simulation: Simulation, scenario: Scenario, chance: Chance) -> list[SimulatedPerson]:
    """Return everyone who takes part, in the order of their codes."""
    places = _places(protocol, simulation)
    rng = chance.of("people")
    order = rng.permutation(len(places))  # a code says nothing of the arm
    width = max(2, len(str(len(places))))
    everyone = []
    for k, i in enumerate(order):
        arm, programme, group = places[i]
        before = int(rng.integers(29, 50)) if group.days else -int(rng.integers(0, 28))
        consented = group.start - timedelta(days=before)
        allocated = consented + timedelta(days=int(rng.integers(1, 7)) if group.days else 0)
        everyone.append(SimulatedPerson(f"P{k + 1:0{width}}", arm, programme, group, consented, allocated))
    return _leaving(everyone, protocol, scenario, chance)


def _places(protocol: Protocol, simulation: Simulation) -> list[tuple[str, bool, SimulatedGroup]]:
    """Return arm and group of each person; arms without a programme are spread over the groups they follow."""
    all_groups = groups(protocol, simulation)
    places: list[tuple[str, bool, SimulatedGroup]] = []
    for arm in protocol.arms:
        own = [group for group in all_groups if group.id.rpartition("-")[0] == arm.id]
        sizes = simulation.people.get(arm.id, [])
        if arm.programme:
            places += [(arm.id, True, group) for group, size in zip(own, sizes, strict=True) for _ in range(size)]
        else:
            places += [(arm.id, False, all_groups[i % len(all_groups)]) for i in range(sum(sizes))]
    return places


def _leaving(
    everyone: list[SimulatedPerson], protocol: Protocol, scenario: Scenario, chance: Chance
) -> list[SimulatedPerson]:
    rng = chance.of("leaving")
    on_course = [p for p in everyone if p.programme]
    first = [p for p in everyone if p.arm == protocol.arms[0].id]
    left_course = {p.code for p in some(rng, on_course, scenario.leaves_course)}
    left_study = {p.code for p in some(rng, everyone, scenario.leaves_study)}
    both = {p.code for p in some(rng, first, scenario.leaves_first_arm)}
    with_leavers = []
    for person in everyone:
        share, why, study_why = rng.random(), rng.choice(LEFT_COURSE), rng.choice(LEFT_STUDY)
        day = _leaving_day(person, share)
        if person.programme and person.code in left_course | both:
            person = replace(person, course_left=day, course_why=str(why))  # noqa: PLW2901 - the same person, later
        if person.code in left_study | both:
            person = replace(person, study_left=day, study_why=str(study_why))  # noqa: PLW2901
        with_leavers.append(person)
    return with_leavers


def _leaving_day(person: SimulatedPerson, share: float) -> date:
    """Return a day after a session but the first two and the last, or some weeks after allocation."""
    if len(person.group.days) > 3:
        inner = person.group.days[1:-1]
        return inner[int(share * len(inner))] + timedelta(days=2)
    return person.allocated + timedelta(days=5 + int(share * 60))


def flow(everyone: list[SimulatedPerson], protocol: Protocol, scenario: Scenario) -> list[dict[str, Any]]:
    """Return the rows of the flow table; days of approach and screening only where the scenario has them recorded."""
    version = protocol.consent.versions[-1].id
    return [
        {
            "participant": p.code,
            "approached_on": None if scenario.as_targeted else p.consented - timedelta(days=14),
            "screened_on": None if scenario.as_targeted else p.consented - timedelta(days=4),
            "consented_on": p.consented,
            "consent_version": version,
            "allocated_on": p.allocated,
            "course_left_on": p.course_left,
            "course_left_why": p.course_why,
            "study_left_on": p.study_left,
            "study_left_why": p.study_why,
            "answers_kept": None if p.study_left is None else True,
        }
        for p in everyone
    ]


def approached(
    everyone: list[SimulatedPerson], protocol: Protocol, simulation: Simulation, scenario: Scenario, chance: Chance
) -> list[dict[str, Any]]:
    """Return counts of those who did not come in; null where nobody counted them."""
    if scenario.as_targeted:
        targets = [target.model_dump() for target in simulation.approached]
        unknown = [
            {"arm": a.id, "stage": FlowStage.APPROACHED.value, "reason": "not reported", "count": None}
            for a in protocol.arms
        ]
        return targets or unknown
    rng = chance.of("approached")
    rows: list[dict[str, Any]] = []
    for arm in protocol.arms:
        inside = sum(p.arm == arm.id for p in everyone)
        reasons = [
            (FlowStage.NO_REPLY, "no reply"),
            *((FlowStage.DECLINED, why) for why in DECLINED),
            *_not_eligible(protocol, arm.id),
        ]
        counts = rng.multinomial(round(scenario.turned_away * inside), [1 / len(reasons)] * len(reasons))
        outside = [_row(arm.id, stage, why, int(n)) for (stage, why), n in zip(reasons, counts, strict=True)]
        waiting = (
            [_row(arm.id, FlowStage.WAITING_LIST, "the group was full", int(rng.integers(1, 4)))]
            if arm.programme
            else []
        )
        total = inside + int(counts.sum()) + sum(row["count"] for row in waiting)
        rows += [_row(arm.id, FlowStage.APPROACHED, "everyone approached", total), *outside, *waiting]
    return rows


def _not_eligible(protocol: Protocol, arm: str) -> Iterable[tuple[FlowStage, str]]:
    return (
        (FlowStage.NOT_ELIGIBLE, f"not met: {rule.text}") for rule in protocol.eligibility.include if arm in rule.arms
    )


def _row(arm: str, stage: FlowStage, reason: str, count: int) -> dict[str, Any]:
    return {"arm": arm, "stage": stage.value, "reason": reason, "count": count}
