"""Adverse reactions: the targets', and in scenarios with trouble those that no one hopes for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilotage.data.simulate.occasions import Given
from pilotage.data.simulate.people import Person
from pilotage.data.simulate.scenario import Chance, Scenario
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import ReactionTarget, Simulation


@dataclass(frozen=True)
class Judged:
    """What was judged of a reaction, where anything was."""

    relatedness: str = "not judged"
    expectedness: str = "not judged"
    action: str | None = None
    outcome: str = "unknown"


@dataclass(frozen=True)
class Event:
    """One reaction of one person."""

    person: Person
    onset: date
    target: ReactionTarget
    judged: Judged
    asked: bool


# In our own words. The last ones only where there is trouble.
ORDINARY = (
    (ReactionTarget(kind="sadness", description="Sad for some days after a session.", severity="moderate"),
     Judged("probable", "expected", "talked over with a teacher", "resolved")),
    (ReactionTarget(kind="strain-in-contact", description="A partner's story stayed with me for a week."),
     Judged("possible", "expected", "none needed", "resolved")),
)  # fmt: skip
TROUBLED = (
    (ReactionTarget(kind="panic", description="A panic attack during practice in pairs.", severity="severe"),
     Judged("probable", "unexpected", "referred to a clinician", "continuing")),
    (ReactionTarget(kind="crisis", description="Admitted in crisis.", severity="severe", serious=True),
     Judged("possible", "unexpected", "reported to the committee", "resolved")),
    (ReactionTarget(kind="sleep", description="Sleepless for weeks.", severity="moderate"),
     Judged("possible", "expected", "advised to practise less", "unknown")),
)  # fmt: skip
ELSEWHERE = (ReactionTarget(kind="illness", description="An operation that was planned before.", serious=True),
             Judged("unrelated", "unexpected", "none needed", "resolved"))  # fmt: skip


def events(
    everyone: Sequence[Person],
    given: Sequence[Given],
    protocol: Protocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> list[Event]:
    """Reactions of different people, as long as there are enough of them."""
    told = [(target, Judged()) for target in simulation.reactions for _ in range(target.times)]
    if scenario.more_reactions:
        last = protocol.arms[-1].id
        told += [*ORDINARY, (ELSEWHERE[0].model_copy(update={"arm": last}), ELSEWHERE[1])]
    told += TROUBLED if scenario.name == "troubled" else ()
    first = next((arm.id for arm in protocol.arms if arm.programme), protocol.arms[0].id)
    rng, taken = chance.of("reactions"), set[str]()
    found = []
    for target, judged in told:
        able = _able(everyone, given, target, target.arm or first)
        fresh = [person for person in able if person.code not in taken] or able
        if fresh:
            person = fresh[int(rng.integers(len(fresh)))]
            taken.add(person.code)
            asked = target.item is not None or protocol.safety is None or protocol.safety.ascertainment != "spontaneous"
            found.append(
                Event(person, _onset(person, float(rng.random())), target, judged, asked and not target.serious)
            )
    return found


def _able(everyone: Sequence[Person], given: Sequence[Given], target: ReactionTarget, arm: str) -> list[Person]:
    """Who can have told it: people of the arm, and where it was told in a form those who returned that."""
    form = target.item.partition(".")[0] if target.item else None
    returned = {one.person.code for one in given if one.instrument == form}
    return [p for p in everyone if p.arm == arm and (form is None or p.code in returned)]


def _onset(person: Person, share: float) -> date:
    """A day during the course, or in the two months after allocation, while the person was there."""
    days = person.group.days
    first, last = (days[0], days[-1]) if days else (person.allocated, person.allocated + timedelta(days=60))
    last = min(last, person.course_left or last, person.study_left or last)
    return first + timedelta(days=int(share * max((last - first).days, 0)))


def adverse_events(found: Sequence[Event]) -> list[dict[str, Any]]:
    """The rows of the adverse events table, in the order of their onset."""
    ordered = sorted(found, key=lambda event: (event.onset, event.person.code))
    return [
        {
            "event": f"E{k:02}",
            "participant": event.person.code,
            "onset": event.onset,
            "kind": event.target.kind,
            "description": event.target.description,
            "ascertainment": "asked" if event.asked else "spontaneous",
            "severity": event.target.severity,
            "serious": event.target.serious,
            "relatedness": event.judged.relatedness,
            "expectedness": event.judged.expectedness,
            "action": event.judged.action,
            "outcome": event.judged.outcome,
        }
        for k, event in enumerate(ordered, 1)
    ]
