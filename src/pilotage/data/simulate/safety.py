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
from pilotage.vocabulary import Ascertainment, EventOutcome, Expectedness, Relatedness, Severity


@dataclass(frozen=True)
class SimulatedJudgement:
    """What was judged of a reaction, where anything was."""

    relatedness: Relatedness = Relatedness.NOT_JUDGED
    expectedness: Expectedness = Expectedness.NOT_JUDGED
    action: str | None = None
    outcome: EventOutcome = EventOutcome.UNKNOWN


@dataclass(frozen=True)
class SimulatedReaction:
    """One reaction of one person."""

    person: SimulatedPerson
    onset: date
    target: ReactionTarget
    judged: SimulatedJudgement
    asked_for: bool
    """Whether it came to light because everyone was asked."""


# In our own words. The last ones only where there is trouble.
ORDINARY = (
    (
        ReactionTarget(kind="sadness", description="Sad for some days after a session.", severity=Severity.MODERATE),
        SimulatedJudgement(
            Relatedness.PROBABLE, Expectedness.EXPECTED, "talked over with a teacher", EventOutcome.RESOLVED
        ),
    ),
    (
        ReactionTarget(kind="strain-in-contact", description="A partner's story stayed with me for a week."),
        SimulatedJudgement(Relatedness.POSSIBLE, Expectedness.EXPECTED, "none needed", EventOutcome.RESOLVED),
    ),
)
TROUBLED = (
    (
        ReactionTarget(kind="panic", description="A panic attack during practice in pairs.", severity=Severity.SEVERE),
        SimulatedJudgement(
            Relatedness.PROBABLE, Expectedness.UNEXPECTED, "referred to a clinician", EventOutcome.CONTINUING
        ),
    ),
    (
        ReactionTarget(kind="crisis", description="Admitted in crisis.", severity=Severity.SEVERE, serious=True),
        SimulatedJudgement(
            Relatedness.POSSIBLE, Expectedness.UNEXPECTED, "reported to the committee", EventOutcome.RESOLVED
        ),
    ),
    (
        ReactionTarget(kind="sleep", description="Sleepless for weeks.", severity=Severity.MODERATE),
        SimulatedJudgement(
            Relatedness.POSSIBLE, Expectedness.EXPECTED, "advised to practise less", EventOutcome.UNKNOWN
        ),
    ),
)
ELSEWHERE = (
    ReactionTarget(kind="illness", description="An operation that was planned before.", serious=True),
    SimulatedJudgement(Relatedness.UNRELATED, Expectedness.UNEXPECTED, "none needed", EventOutcome.RESOLVED),
)


def events(
    everyone: Sequence[SimulatedPerson],
    issued: Sequence[IssuedForm],
    protocol: Protocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> list[SimulatedReaction]:
    """Return reactions of different people, as long as there are enough of them."""
    planned = [(target, SimulatedJudgement()) for target in simulation.reactions for _ in range(target.times)]
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
            "ascertainment": (Ascertainment.ASKED if event.asked_for else Ascertainment.SPONTANEOUS).value,
            "severity": event.target.severity.value,
            "serious": event.target.serious,
            "relatedness": event.judged.relatedness.value,
            "expectedness": event.judged.expectedness.value,
            "action": event.judged.action,
            "outcome": event.judged.outcome.value,
        }
        for k, event in enumerate(ordered, 1)
    ]
