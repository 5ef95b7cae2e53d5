"""One thing that a participant is asked, found quickly, for it is looked up with every answer; and its answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias

from django.utils import timezone

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.windows import Opening
from pilotage.web.records.models import (
    Administration,
    Allocation,
    Answer,
    Comment,
    Consent,
    Leaving,
    Participant,
    Place,
    Session,
    SessionHeld,
)
from pilotage.web.records.queries.due import Due, asked_of, state_of
from pilotage.web.records.sql import SqlTable, rows

Facts: TypeAlias = "tuple[tuple[str, ...], ...]"

_CONSENT, _LEAVING, _ARM, _PLACE = SqlTable(Consent), SqlTable(Leaving), SqlTable(Allocation), SqlTable(Place)
_SESSION, _HELD, _ANSWER, _COMMENT = SqlTable(Session), SqlTable(SessionHeld), SqlTable(Answer), SqlTable(Comment)

# What a window rests on, in one statement of a few microseconds: while it says the same, the window is the same.
_FACTS = f"""
SELECT 'consent', CAST({_CONSENT.given_at} AS text), CAST({_CONSENT.ended_at} AS text), '', '', ''
  FROM {_CONSENT} WHERE {_CONSENT.participant_id} = %(person)s
UNION ALL SELECT 'leaving', {_LEAVING.what}, CAST({_LEAVING.at} AS text), '', '', ''
  FROM {_LEAVING} WHERE {_LEAVING.participant_id} = %(person)s
UNION ALL SELECT 'arm', {_ARM.arm}, CAST({_ARM.at} AS text), '', '', ''
  FROM {_ARM} WHERE {_ARM.participant_id} = %(person)s
UNION ALL SELECT 'place', CAST({_PLACE.cohort_id} AS text), CAST({_PLACE.on_course} AS text), '', '', ''
  FROM {_PLACE} WHERE {_PLACE.participant_id} = %(person)s
UNION ALL SELECT 'session', CAST({_SESSION.number} AS text), CAST({_SESSION.planned_start} AS text),
    CAST({_SESSION.planned_minutes} AS text), {_SESSION.state}, CAST({_HELD.ended_at} AS text)
  FROM {_SESSION} JOIN {_PLACE} ON {_PLACE.cohort_id} = {_SESSION.cohort_id}
  LEFT JOIN {_HELD} ON {_HELD.session_id} = {_SESSION.id} WHERE {_PLACE.participant_id} = %(person)s
ORDER BY 1, 2, 3, 4
"""

_ANSWERS = f"""
SELECT {_ANSWER.item}, {_ANSWER.value} FROM {_ANSWER} WHERE {_ANSWER.administration_id} = %(administration)s
UNION ALL
SELECT {_COMMENT.item}, {_COMMENT.text} FROM {_COMMENT} WHERE {_COMMENT.administration_id} = %(administration)s
"""


@dataclass(frozen=True)
class InstrumentOpening:
    """One instrument or form asked at one opening of an assessment."""

    instrument: str
    opening: Opening


def one_due(
    participant: Participant,
    loaded: LoadedProtocol,
    assessment: str,
    instrument: str,
    number: int,
    at: datetime | None = None,
) -> Due | None:
    """Return what a participant is asked by these names; None where they are not asked it."""
    window = next((w for w in _windows(participant, loaded) if _named(w, assessment, instrument, number)), None)
    if window is None:
        return None
    begun = participant.administrations.select_related("consent")
    administration = begun.filter(assessment=assessment, instrument=instrument, number=number).first()
    opening = window.opening
    return Due(
        participant,
        loaded.protocol.assessment(assessment),
        instrument,
        number,
        opening.opens,
        opening.closes,
        administration,
        state_of(opening, administration, at or timezone.now()),
    )


def answers_given(administration: Administration | None) -> dict[str, str | None]:
    """Return what was answered so far, by item; None where it was left blank on purpose."""
    return dict(rows(_ANSWERS, administration=administration.pk)) if administration is not None else {}


def administration_of(due: Due) -> Administration | None:
    """Return what was begun of it by now."""
    key = {"assessment": due.assessment.id, "instrument": due.instrument, "number": due.number}
    return Administration.objects.filter(participant=due.participant, **key).first()


def _named(window: InstrumentOpening, assessment: str, instrument: str, number: int) -> bool:
    opening = window.opening
    return (opening.assessment, window.instrument, opening.number) == (assessment, instrument, number)


def _windows(participant: Participant, loaded: LoadedProtocol) -> tuple[InstrumentOpening, ...]:
    facts: Facts = tuple(tuple(row) for row in rows(_FACTS, person=participant.pk))
    return _kept(participant.pk, loaded.fingerprint, facts)


@lru_cache(maxsize=4096)
def _kept(person: int, _fingerprint: str, _facts: Facts) -> tuple[InstrumentOpening, ...]:
    participant = Participant.objects.select_related("study").get(pk=person)
    return tuple(
        InstrumentOpening(due.instrument, Opening(due.assessment.id, due.number, due.opens, due.closes))
        for due in asked_of(participant)
    )
