"""Where someone stands in the study and what is next, computed from the rows of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, TypeAlias
from zoneinfo import ZoneInfo

from pilotage.protocol.protocol import Protocol
from pilotage.protocol.study import EligibilityCriterion
from pilotage.web.records.models import Cohort, Participant, Step
from pilotage.web.records.queries.due import Due, valid_consent

Stage: TypeAlias = Literal[
    "approached",
    "no reply",
    "interested",
    "screening",
    "eligible",
    "waiting list",
    "consented",
    "allocated",
    "in a group",
    "finished",
    "course only",
    "declined",
    "not eligible",
    "left the course",
    "left the study",
    "erased",
]
Next: TypeAlias = Literal[
    "hear", "screen", "ask for consent", "promote", "wait", "allocate", "place", "answer", "await", "nothing"
]
AHEAD: tuple[Stage, ...] = ("approached", "no reply", "interested", "screening", "eligible", "waiting list")
"""Stages of those who may still come in."""


@dataclass(frozen=True)
class Standing:
    """Where one person stands, since when, and what is next: by when, or from which day on."""

    person: Participant
    stage: Stage
    since: date | None
    reason: str
    next_step: Next
    by_when: date | None = None
    opens_on: date | None = None
    done: int = 0
    of: int = 0

    @property
    def name(self) -> str:
        """Who it is; empty once nobody may know any more."""
        identity = getattr(self.person, "identity", None)
        return identity.name if identity else ""

    @property
    def over(self) -> bool:
        """Whether nothing more is expected of anybody."""
        return self.next_step == "nothing"

    @property
    def arm(self) -> str:
        """The arm they are in, or are approached for."""
        allocation = getattr(self.person, "allocation", None)
        return allocation.arm if allocation else self.person.arm_sought

    @property
    def cohort(self) -> Cohort | None:
        """Their group, or the one whose dates they follow."""
        place = getattr(self.person, "place", None)
        return place.cohort if place else None


def standing(person: Participant, protocol: Protocol, dues: Sequence[Due], at: datetime) -> Standing:
    """Return the standing of one person at a moment; ``dues`` is all that they are asked."""
    zone = ZoneInfo(protocol.study.time_zone)
    stage, since, reason = stage_of(person, zone)
    if stage in ("in a group", "left the course", "left the study") or _done_without_group(protocol, stage):
        return _answering(Standing(person, stage, since, reason, "nothing"), dues, at)
    done, of = _screened(person, protocol) if stage in ("approached", "interested", "screening") else (0, 0)
    return Standing(person, stage, since, reason, _NEXT.get(stage, "nothing"), done=done, of=of)


_NEXT: dict[Stage, Next] = {
    "approached": "hear",
    "no reply": "hear",
    "interested": "screen",
    "screening": "screen",
    "eligible": "ask for consent",
    "waiting list": "wait",
    "consented": "allocate",
    "allocated": "place",
}


def stage_of(person: Participant, zone: ZoneInfo) -> tuple[Stage, date | None, str]:
    """Return how far someone came, since which day, and for what reason where it ended."""
    left = {leaving.what: leaving for leaving in person.leavings.all()}
    if person.erased_at is not None:
        return "erased", _day(person.erased_at, zone), ""
    if "study" in left:
        return "left the study", _day(left["study"].at, zone), left["study"].reason
    if valid_consent(person) is None:
        return _before_consent(person, zone)
    if "course" in left:
        return "left the course", _day(left["course"].at, zone), left["course"].reason
    return _since_consent(person, zone)


def criteria_for(protocol: Protocol, arm: str) -> tuple[tuple[EligibilityCriterion, bool], ...]:
    """Return the criteria that hold for an arm (for any, where chance will decide), and whether each must be met."""
    rules = protocol.eligibility
    include = [(rule, True) for rule in rules.include]
    exclude = [] if isinstance(rules.exclude, str) else [(rule, False) for rule in rules.exclude]
    return tuple((rule, must) for rule, must in (*include, *exclude) if not arm or arm in rule.arms)


def outcome_of(person: Participant) -> Step | None:
    """Return the latest step that says whether and how someone goes on; None for those only just approached."""
    return max(person.steps.all(), key=lambda step: (step.at, step.pk), default=None)


def _before_consent(person: Participant, zone: ZoneInfo) -> tuple[Stage, date | None, str]:
    place = getattr(person, "place", None)
    if place is not None and place.on_course:
        return "course only", _day(place.taken_at, zone), ""
    step, judged = outcome_of(person), [screening.on for screening in person.screenings.all()]
    if judged and (step is None or step.kind in ("approached", "no reply", "interested")):
        return "screening", max(judged), ""
    if step is None:
        return "approached", _day(person.created_at, zone), ""
    stage: Stage = "eligible" if step.kind == "promoted" else step.kind  # type: ignore[assignment]  # STEPS are stages
    return stage, step.on, step.reason


def _since_consent(person: Participant, zone: ZoneInfo) -> tuple[Stage, date | None, str]:
    place, allocation = getattr(person, "place", None), getattr(person, "allocation", None)
    if allocation is not None and place is not None:
        return "in a group", _day(max(place.taken_at, allocation.at), zone), ""
    if allocation is not None:
        return "allocated", _day(allocation.at, zone), ""
    consent = valid_consent(person)
    return "consented", _day(consent.given_at, zone) if consent else None, ""


def _done_without_group(protocol: Protocol, stage: Stage) -> bool:
    """Return whether nothing follows the arm, which is all that one needs in a study without a programme."""
    return protocol.programme is None and stage == "allocated"


def _screened(person: Participant, protocol: Protocol) -> tuple[int, int]:
    wanted = {rule.id for rule, _ in criteria_for(protocol, person.arm_sought)}
    return len(wanted & {screening.criterion for screening in person.screenings.all()}), len(wanted)


def _answering(before: Standing, dues: Sequence[Due], at: datetime) -> Standing:
    """Return what is open now, or else what comes next; whoever has answered everything there was has finished."""
    waited_for = [due for due in dues if not due.any_time and not due.by_someone_else]
    still_open = [due for due in waited_for if due.state == "open"]
    person, stage, since, reason = before.person, before.stage, before.since, before.reason
    if still_open:
        first = min(still_open, key=lambda due: (due.closes is None, due.closes or at))
        now = [d for d in waited_for if (d.assessment.id, d.number) == (first.assessment.id, first.number)]
        done = sum(due.finished for due in now)
        by_when = first.last_day.date() if first.last_day else None
        return Standing(person, stage, since, reason, "answer", by_when, done=done, of=len(now))
    to_come = [due.opens.date() for due in waited_for if due.state == "to come"]
    if to_come:
        return Standing(person, stage, since, reason, "await", opens_on=min(to_come))
    if waited_for and stage in ("in a group", "allocated"):
        return Standing(person, "finished", since, reason, "nothing")
    return Standing(person, stage, since, reason, "nothing")


def _day(moment: datetime, zone: ZoneInfo) -> date:
    return moment.astimezone(zone).date()
