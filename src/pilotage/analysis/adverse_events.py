"""Adverse events by arm: events and people, how they came to be known, and the bound on none."""

from __future__ import annotations

from collections import Counter

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import AdverseEvents
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none


def adverse_events(study: AnalysisInput) -> tuple[AdverseEvents, ...]:
    """Return the adverse events of each arm; empty where none were collected."""
    if not study.collected("adverse_events"):
        return ()
    return tuple(_arm(study, arm) for arm in study.arms)


def _arm(study: AnalysisInput, arm: str) -> AdverseEvents:
    people = study.people(arm)
    events = study.data.adverse_events.filter(study.data.adverse_events["participant"].is_in(list(people)))
    with_event = events["participant"].n_unique()
    serious, not_judged = int(events["serious"].sum()), events["serious"].null_count()
    none_serious = people and serious == not_judged == 0
    return AdverseEvents(
        arm=arm,
        people=len(people),
        asked=_asked(study, arm),
        events=events.height,
        people_with=with_event,
        share=clopper_pearson(with_event, len(people)) if people else None,
        by_kind=_counts(events["kind"].to_list()),
        by_severity=_counts(events["severity"].to_list()),
        by_ascertainment=_counts(events["ascertainment"].to_list()),
        by_relatedness=_counts(events["relatedness"].to_list()),
        serious=serious,
        seriousness_not_judged=not_judged,
        serious_upper=upper_bound_of_none(len(people)) if none_serious else None,
    )


def _asked(study: AnalysisInput, arm: str) -> bool:
    """Return whether the protocol asks this arm about adverse events; without a form it may ask anywhere."""
    safety = study.protocol.safety
    if safety is None or safety.form is None:
        return True
    return any(safety.form in a.forms and arm in a.arms for a in study.protocol.assessments)


def _counts(values: list[str | None]) -> dict[str, int | None]:
    return dict(Counter(value or "not said" for value in values).most_common())
