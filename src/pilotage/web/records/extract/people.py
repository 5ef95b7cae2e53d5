"""Who came in, and how far: the participant flow from events, and counts alone of those who did not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotage.web.records.extract.source import Person, Source
from pilotage.web.records.models import Participant, Study
from pilotage.web.records.queries.flow import Passage
from pilotage.web.records.queries.flow import approached as counted
from pilotage.web.records.queries.people import consenting

Rows = list[dict[str, Any]]


def known(study: Study, codes: Mapping[int, str]) -> dict[int, Person]:
    """Return the people who consented, by primary key."""
    everyone = consenting(study).select_related("allocation", "place__cohort").prefetch_related("leavings")
    return {participant.pk: _person(participant, codes[participant.pk]) for participant in everyone}


def _person(participant: Participant, code: str) -> Person:
    allocation, place = getattr(participant, "allocation", None), getattr(participant, "place", None)
    left = next((leaving for leaving in participant.leavings.all() if leaving.what == "study"), None)
    return Person(
        code=code,
        arm=allocation.arm if allocation else None,
        cohort=place.cohort.key if place else None,
        left_study_at=left.at if left else None,
        erased=participant.erased_at is not None or (left is not None and left.answers == "erase"),
    )


def flow(source: Source) -> Rows:
    """Return one row for each person who consented; of those who erased, that they did and nothing more."""
    return [_flow(way, source) for way in source.ways if way.participant in source.people]


def _flow(way: Passage, source: Source) -> dict[str, Any]:
    person = source.people[way.participant]
    row = {
        "participant": person.code,
        "consented_on": way.consented_on,
        "consent_version": way.consent_version,
        "study_left_on": way.study_left_on,
        "answers_kept": False if person.erased else way.answers_kept,
    }
    if person.erased:
        return row
    return row | {
        "approached_on": way.approached_on,
        "screened_on": way.screened_on,
        "allocated_on": way.allocated_on,
        "course_left_on": way.course_left_on,
        "course_left_why": source.words(way.course_left_why),
        "study_left_why": source.words(way.study_left_why),
    }


def participants(source: Source) -> Rows:
    """Return everyone in an arm, with their group."""
    return [{"participant": p.code, "arm": p.arm, "cohort": p.cohort} for p in source.participants.values()]


def approached(source: Source) -> Rows:
    """Return how many were approached for each arm, and where and why those ended who did not come in.

    Whom chance has not given an arm yet belongs to no arm's count.
    """
    counts = counted(source.ways).items()
    return [
        {"arm": arm, "stage": stage, "reason": source.words(why), "count": count}
        for (arm, stage, why), count in counts
        if arm
    ]
