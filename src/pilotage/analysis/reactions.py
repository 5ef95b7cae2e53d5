"""Adverse reactions by arm: events and people, how they came to be known, and nought printed as nought."""

from __future__ import annotations

from collections import Counter

from pilotage.analysis.given import Given
from pilotage.analysis.results import Reactions
from pilotage.stats.proportions import clopper_pearson, upper_bound_of_none


def reactions(given: Given) -> tuple[Reactions, ...]:
    """The reactions of each arm; empty where none were asked for."""
    if not given.collected("adverse_events"):
        return ()
    return tuple(_arm(given, arm) for arm in given.arms)


def _arm(given: Given, arm: str) -> Reactions:
    people = given.people(arm)
    events = given.data.adverse_events.filter(given.data.adverse_events["participant"].is_in(list(people)))
    with_event = events["participant"].n_unique()
    serious = int(events["serious"].fill_null(value=False).sum())
    safety = given.protocol.safety
    asked_of = len(_asked(given, safety.form, people)) if safety and safety.form else None
    return Reactions(
        arm=arm,
        people=len(people),
        asked_of=asked_of,
        events=events.height,
        people_with=with_event,
        share=clopper_pearson(with_event, len(people)) if people else None,
        by_kind=_counts(events["kind"].to_list()),
        by_severity=_counts(events["severity"].to_list()),
        by_ascertainment=_counts(events["ascertainment"].to_list()),
        by_relatedness=_counts(events["relatedness"].to_list()),
        serious=serious,
        serious_upper=upper_bound_of_none(len(people)) if people and serious == 0 else None,
    )


def _asked(given: Given, form: str, people: tuple[str, ...]) -> set[str]:
    rows = given.data.administrations
    rows = rows.filter((rows["instrument"] == form) & rows["participant"].is_in(list(people)))
    return set(rows["participant"].to_list())


def _counts(values: list[str | None]) -> dict[str, int]:
    return dict(Counter(value or "not said" for value in values).most_common())
