"""Participant flow, from events and never typed; what was not recorded stays unknown."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import ArmFlow
from pilotage.vocabulary import FlowStage

if TYPE_CHECKING:
    import polars as pl


def flow(study: AnalysisInput) -> tuple[ArmFlow, ...]:
    """Return the flow of each arm."""
    return tuple(_arm(study, arm.id) for arm in study.protocol.arms)


def _arm(study: AnalysisInput, arm: str) -> ArmFlow:
    definition = study.protocol.arm(arm)
    people = set(study.people(arm))
    events = study.data.flow.filter(study.data.flow["participant"].is_in(list(people)))
    recorded = study.collected("flow")
    planned = definition.planned if isinstance(definition.planned, int) else None
    lost = _not_included(study, arm)
    course_reasons, study_reasons = _reasons(events, "course"), _reasons(events, "study")
    consented = int(events["consented_on"].is_not_null().sum()) if recorded else None
    return ArmFlow(
        arm=arm,
        label=definition.label,
        planned=planned,
        approached=_approached(lost, consented),
        not_included={stage: n for stage, n in lost.items() if stage != FlowStage.APPROACHED},
        consented=consented,
        in_study=len(people),
        cohorts=_cohorts(study, arm),
        left_course=len(course_reasons),
        left_course_why=dict(Counter(course_reasons)),
        left_study=len(study_reasons),
        left_study_why=dict(Counter(study_reasons)),
        course_recorded=recorded,
        assessed={a.id: len(people & study.assessed[a.id]) for a in study.protocol.assessments if arm in a.arms},
    )


def _not_included(study: AnalysisInput, arm: str) -> dict[str, int | None]:
    """Return the counts of those who did not come in, by stage; None where some count of the stage is unknown."""
    by_stage: dict[str, int | None] = {}
    rows = study.data.approached.filter(study.data.approached["arm"] == arm)
    for stage, count in rows.select("stage", "count").iter_rows():
        before = by_stage.get(stage, 0)
        by_stage[stage] = None if count is None or before is None else before + count
    return by_stage


def _approached(lost: dict[str, int | None], consented: int | None) -> int | None:
    """Return the number approached: as counted, or else consented plus not included when all are known."""
    if FlowStage.APPROACHED in lost:
        return lost[FlowStage.APPROACHED]
    known = [n for n in lost.values() if n is not None]
    if consented is None or not lost or len(known) < len(lost):
        return None
    return consented + sum(known)


def _cohorts(study: AnalysisInput, arm: str) -> dict[str, int]:
    rows = study.data.participants.filter(study.data.participants["arm"] == arm)
    return dict(sorted(Counter(c for c in rows["cohort"].to_list() if c).items()))


def _reasons(events: pl.DataFrame, what: str) -> list[str]:
    """Return the reason of each person who left the course or the study."""
    left = events.filter(events[f"{what}_left_on"].is_not_null())
    return [reason or "no reason given" for reason in left[f"{what}_left_why"].to_list()]
