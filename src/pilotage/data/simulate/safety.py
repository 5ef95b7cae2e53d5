"""Adverse reactions: the targets', and in scenarios with trouble those that no one hopes for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pilotage.data.simulate.occasions import IssuedForm
from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.scenario import Chance, Scenario
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import ReactionTarget, Simulation


@dataclass(frozen=True)
class Judgement:
    """What was judged of a reaction, where anything was."""

    relatedness: str = "not judged"
    expectedness: str = "not judged"
    action: str | None = None
    outcome: str = "unknown"


@dataclass(frozen=True)
class SimulatedReaction:
    """One reaction of one person."""

    person: SimulatedPerson
    onset: date
    target: ReactionTarget
    judged: Judgement
    asked_for: bool
    """Whether it came to light because everyone was asked."""


# In our own words. The last ones only where there is trouble.
ORDINARY = (
    (ReactionTarget(kind="sadness", description="Sad for some days after a session.", severity="moderate"),
     Judgement("probable", "expected", "talked over with a teacher", "resolved")),
    (ReactionTarget(kind="strain-in-contact", description="A partner's story stayed with me for a week."),
     Judgement("possible", "expected", "none needed", "resolved")),
)  # fmt: skip
TROUBLED = (
    (ReactionTarget(kind="panic", description="A panic attack during practice in pairs.", severity="severe"),
     Judgement("probable", "unexpected", "referred to a clinician", "continuing")),
    (ReactionTarget(kind="crisis", description="Admitted in crisis.", severity="severe", serious=True),
     Judgement("possible", "unexpected", "reported to the committee", "resolved")),
    (ReactionTarget(kind="sleep", description="Sleepless for weeks.", severity="moderate"),
     Judgement("possible", "expected", "advised to practise less", "unknown")),
)  # fmt: skip
ELSEWHERE = (ReactionTarget(kind="illness", description="An operation that was planned before.", serious=True),
             Judgement("unrelated", "unexpected", "none needed", "resolved"))  # fmt: skip


def events(
    everyone: Sequence[SimulatedPerson],
    issued: Sequence[IssuedForm],
    protocol: Protocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> list[SimulatedReaction]:
    """Return reactions of different people, as long as there are enough of them."""
    planned = [(target, Judgement()) for target in simulation.reactions for _ in range(target.times)]
    if scenario.more_reactions:
        last = protocol.arms[-1].id
        planned += [*ORDINARY, (ELSEWHERE[0].model_copy(update={"arm": last}), ELSEWHERE[1])]
    planned += TROUBLED if scenario.name == "troubled" else ()
    first = next((arm.id for arm in protocol.arms if arm.programme), protocol.arms[0].id)
    rng, taken = chance.of("reactions"), set[str]()
    reactions = []
    for target, judged in planned:
        able = _able(everyone, issued, target, target.arm or first)
        fresh = [person for person in able if person.code not in taken] or able
        if fresh:
            person = fresh[int(rng.integers(len(fresh)))]
            taken.add(person.code)
            asked_for = (
                target.item is not None or protocol.safety is None or protocol.safety.ascertainment != "spontaneous"
            )
            reactions.append(
                SimulatedReaction(
                    person, _onset(person, float(rng.random())), target, judged, asked_for and not target.serious
                )
            )
    return reactions


def _able(
    everyone: Sequence[SimulatedPerson], issued: Sequence[IssuedForm], target: ReactionTarget, arm: str
) -> list[SimulatedPerson]:
    """Return who can have reported it: people of the arm, and, of a form, those who returned it."""
    form = target.item.partition(".")[0] if target.item else None
    returned = {issued_form.person.code for issued_form in issued if issued_form.instrument == form}
    return [p for p in everyone if p.arm == arm and (form is None or p.code in returned)]


def _onset(person: SimulatedPerson, share: float) -> date:
    """Return a day during the course, or in the two months after allocation, while the person was there."""
    days = person.group.days
    first, last = (days[0], days[-1]) if days else (person.allocated, person.allocated + timedelta(days=60))
    last = min(last, person.course_left or last, person.study_left or last)
    return first + timedelta(days=int(share * max((last - first).days, 0)))


def adverse_events(reactions: Sequence[SimulatedReaction]) -> list[dict[str, Any]]:
    """Return the rows of the adverse events table, in the order of their onset."""
    ordered = sorted(reactions, key=lambda event: (event.onset, event.person.code))
    return [
        {
            "event": f"E{k:02}",
            "participant": event.person.code,
            "onset": event.onset,
            "kind": event.target.kind,
            "description": event.target.description,
            "ascertainment": "asked" if event.asked_for else "spontaneous",
            "severity": event.target.severity,
            "serious": event.target.serious,
            "relatedness": event.judged.relatedness,
            "expectedness": event.judged.expectedness,
            "action": event.judged.action,
            "outcome": event.judged.outcome,
        }
        for k, event in enumerate(ordered, 1)
    ]
