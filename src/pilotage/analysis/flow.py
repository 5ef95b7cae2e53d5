"""Participant flow, from events and never typed; what was not recorded stays unknown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pilotage.analysis.given import Given
from pilotage.analysis.results import ArmFlow

if TYPE_CHECKING:
    import polars as pl


def flow(given: Given) -> tuple[ArmFlow, ...]:
    """The flow of each arm."""
    return tuple(_arm(given, arm.id) for arm in given.protocol.arms)


def _arm(given: Given, arm: str) -> ArmFlow:
    definition = given.protocol.arm(arm)
    people = set(given.people(arm))
    events = given.data.flow.filter(given.data.flow["participant"].is_in(list(people)))
    recorded = given.collected("flow")
    planned = definition.planned if isinstance(definition.planned, int) else None
    lost = _not_included(given, arm)
    course, study = _reasons(events, "course"), _reasons(events, "study")
    consented = int(events["consented_on"].is_not_null().sum()) if recorded else None
    return ArmFlow(
        arm=arm,
        label=definition.label,
        planned=planned,
        approached=_approached(lost, consented),
        not_included={stage: n for stage, n in lost.items() if stage != "approached"},
        consented=consented,
        in_study=len(people),
        cohorts=_cohorts(given, arm),
        left_course=len(course),
        left_course_why=dict(Counter(course)),
        left_study=len(study),
        left_study_why=dict(Counter(study)),
        course_recorded=recorded,
        assessed={a.id: len(people & given.assessed[a.id]) for a in given.protocol.assessments if arm in a.arms},
    )


def _not_included(given: Given, arm: str) -> dict[str, int | None]:
    """Counts of those who did not come in, by stage; None where some count of the stage is unknown."""
    found: dict[str, int | None] = {}
    rows = given.data.approached.filter(given.data.approached["arm"] == arm)
    for stage, count in rows.select("stage", "count").iter_rows():
        before = found.get(stage, 0)
        found[stage] = None if count is None or before is None else before + count
    return found


def _approached(lost: dict[str, int | None], consented: int | None) -> int | None:
    """Said outright where it was counted; else what came in and what did not, when all of it is known."""
    if "approached" in lost:
        return lost["approached"]
    known = [n for n in lost.values() if n is not None]
    if consented is None or not lost or len(known) < len(lost):
        return None
    return consented + sum(known)


def _cohorts(given: Given, arm: str) -> dict[str, int]:
    rows = given.data.participants.filter(given.data.participants["arm"] == arm)
    return dict(sorted(Counter(c for c in rows["cohort"].to_list() if c).items()))


def _reasons(events: pl.DataFrame, what: str) -> list[str]:
    """The reason of each person who left the course or the study."""
    left = events.filter(events[f"{what}_left_on"].is_not_null())
    return [reason or "no reason given" for reason in left[f"{what}_left_why"].to_list()]
