"""The flow of participants, from events: how each came in or did not, and why; never typed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from pilotage.protocol.protocol import Protocol
from pilotage.web.records import protocols
from pilotage.web.records.models import Centre, Leaving, Participant, Study
from pilotage.web.records.queries.standing import outcome_of

StageBeforeEntry: TypeAlias = Literal["approached", "no reply", "not eligible", "declined", "waiting list"]
OUTSIDE: tuple[StageBeforeEntry, ...] = ("no reply", "declined", "not eligible", "waiting list")
"""How far those came who did not come in, as the table `approached` counts them."""
EVERYONE = "everyone approached"
NO_REASON = "no reason given"
"""What is counted where nobody said why."""


@dataclass(frozen=True)
class Passage:
    """One person's way through the study: days and reasons, as the table `flow` has them."""

    participant: int
    arm: str
    """The arm they entered, or were approached for; empty where chance was still to decide."""
    cohort: str
    approached_on: date | None
    screened_on: date | None
    consented_on: date | None
    consent_version: str
    allocated_on: date | None
    course_left_on: date | None
    course_left_why: str
    study_left_on: date | None
    study_left_why: str
    answers_kept: bool | None
    outside: StageBeforeEntry | None
    """Where the way ended before consent; None for those who consented or may still."""
    why: str


@dataclass(frozen=True)
class ArmCounts:
    """The flow of one arm in counts."""

    arm: str
    label: str
    planned: int | None
    approached: int
    undecided: int
    outside: dict[StageBeforeEntry, dict[str, int]]
    consented: int
    allocated: int
    cohorts: dict[str, int]
    left_course: dict[str, int]
    left_study: dict[str, int]


def passages(study: Study, centres: Iterable[Centre] | None = None) -> tuple[Passage, ...]:
    """Return the way of each person of a study, or of some centres; those whose data were erased count too.

    Who they are is not looked up: study data are drawn from this.
    """
    people = study.participants.all() if centres is None else study.participants.filter(centre__in=centres)
    people = people.select_related("allocation", "place__cohort")
    people = people.prefetch_related("steps", "screenings", "consents__text", "leavings")
    zone = ZoneInfo(protocols.of(study).protocol.study.time_zone)
    return tuple(_passage(person, zone) for person in people)


def approached(ways: Sequence[Passage]) -> Counter[tuple[str, StageBeforeEntry, str]]:
    """Return the table `approached`: how many people by arm, stage and reason, and everyone by arm."""
    counts: Counter[tuple[str, StageBeforeEntry, str]] = Counter((way.arm, "approached", EVERYONE) for way in ways)
    counts.update((way.arm, way.outside, way.why) for way in ways if way.outside is not None)
    return counts


def flow(study: Study, centres: Iterable[Centre] | None = None) -> tuple[ArmCounts, ...]:
    """Return the counts of each arm; those whose arm is not decided yet are an arm without a name."""
    protocol, ways = protocols.of(study).protocol, passages(study, centres)
    return tuple(_arm(protocol, arm, ways) for arm in _arms(protocol, ways))


def _passage(person: Participant, zone: ZoneInfo) -> Passage:
    consents = list(person.consents.all())
    first = min(consents, key=lambda consent: consent.given_at, default=None)
    left = {leaving.what: leaving for leaving in person.leavings.all()}
    allocation, place = getattr(person, "allocation", None), getattr(person, "place", None)
    outside, why = (None, "") if first else _outside(person)
    return Passage(
        participant=person.pk,
        arm=allocation.arm if allocation else person.arm_sought,
        cohort=place.cohort.key if place else "",
        approached_on=min((step.on for step in person.steps.all()), default=None),
        screened_on=_screened_on(person),
        consented_on=first.given_at.astimezone(zone).date() if first else None,
        consent_version=first.text.version if first else "",
        allocated_on=allocation.at.astimezone(zone).date() if allocation else None,
        course_left_on=_left_on(left.get("course"), zone),
        course_left_why=left["course"].reason if "course" in left else "",
        study_left_on=_left_on(left.get("study"), zone),
        study_left_why=left["study"].reason if "study" in left else "",
        answers_kept=left["study"].answers == "keep" if "study" in left else None,
        outside=outside,
        why=why,
    )


def _outside(person: Participant) -> tuple[StageBeforeEntry | None, str]:
    """Return where it ended for someone who has not consented; what is still open has not ended."""
    last = outcome_of(person)
    for stage in OUTSIDE:
        if last is not None and last.kind == stage:
            return stage, last.reason or stage
    return None, ""


def _screened_on(person: Participant) -> date | None:
    """Return the day of the outcome: the evidence may be older, and is removed for those who stayed outside."""
    outcomes = [step.on for step in person.steps.all() if step.kind in ("eligible", "not eligible")]
    return min(outcomes, default=None)


def _left_on(leaving: Leaving | None, zone: ZoneInfo) -> date | None:
    return leaving.at.astimezone(zone).date() if leaving else None


def _arms(protocol: Protocol, ways: Sequence[Passage]) -> Iterator[str]:
    yield from (arm.id for arm in protocol.arms)
    if any(not way.arm for way in ways):
        yield ""


def _arm(protocol: Protocol, arm: str, ways: Sequence[Passage]) -> ArmCounts:
    mine = [way for way in ways if way.arm == arm]
    definition = protocol.arm(arm) if arm else None
    outside: dict[StageBeforeEntry, dict[str, int]] = {
        stage: _counted(way.why for way in mine if way.outside == stage) for stage in OUTSIDE
    }
    return ArmCounts(
        arm=arm,
        label=definition.label if definition else "",
        planned=definition.planned if definition and isinstance(definition.planned, int) else None,
        approached=len(mine),
        undecided=sum(way.consented_on is None and way.outside is None for way in mine),
        outside={stage: reasons for stage, reasons in outside.items() if reasons},
        consented=sum(way.consented_on is not None for way in mine),
        allocated=sum(way.allocated_on is not None for way in mine),
        cohorts=_counted(way.cohort for way in mine if way.cohort and way.consented_on),
        left_course=_counted(way.course_left_why or NO_REASON for way in mine if way.course_left_on),
        left_study=_counted(way.study_left_why or NO_REASON for way in mine if way.study_left_on),
    )


def _counted(reasons: Iterable[str]) -> dict[str, int]:
    return dict(Counter(reasons).most_common())
