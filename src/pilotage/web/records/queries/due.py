"""What each participant is asked, when it opens and closes, and how far they are with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils import timezone

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.windows import Dates, Opening, openings, window_of
from pilotage.vocabulary import CALLED_OFF
from pilotage.web.records import protocols
from pilotage.web.records.models import Administration, Consent, Participant, Session, Study

State = Literal["to come", "open", "finished", "missed"]


@dataclass(frozen=True)
class Due:
    """One instrument or form that a participant is asked once."""

    participant: Participant
    assessment: Assessment
    instrument: str
    number: int
    opens: datetime
    closes: datetime | None
    """The first moment at which it is no longer taken; None when it stays open."""
    administration: Administration | None
    state: State

    @property
    def begun(self) -> bool:
        """Whether something of it was answered and it is not finished."""
        return self.administration is not None and self.administration.completed_at is None

    @property
    def finished(self) -> bool:
        """Whether it was sent."""
        return self.state == "finished"

    @property
    def any_time(self) -> bool:
        """Whether it can be told at any time, and so is never waited for."""
        return window_of(self.assessment).repeats == "any time"

    @property
    def by_someone_else(self) -> bool:
        """Whether someone who knows the participant answers it."""
        return self.assessment.by != "the participant"

    @property
    def last_day(self) -> datetime | None:
        """A moment of the last day on which it is taken, as people are told it."""
        return self.closes - timedelta(seconds=1) if self.closes else None


def asked_of(participant: Participant, at: datetime | None = None) -> list[Due]:
    """Return all that a participant is asked, in order of time; none before they consent and have an arm."""
    return asked_of_all(participant.study, [participant], at)[participant.pk]


def asked_of_all(study: Study, participants: Iterable[Participant], at: datetime | None = None) -> dict[int, list[Due]]:
    """Return all that these participants of a study are asked, by participant; in a few queries for any number."""
    loaded, moment = protocols.of(study), at or timezone.now()
    people = list(participants)
    prefetch_related_objects(people, *_needed())
    return {person.pk: list(_of(person, loaded, moment)) for person in people}


def valid_consent(participant: Participant) -> Consent | None:
    """Return the consent that holds now."""
    return next((consent for consent in participant.consents.all() if consent.ended_at is None), None)


def _needed() -> tuple[str | Prefetch[str, QuerySet[Session], str], ...]:
    sessions = Prefetch("place__cohort__sessions", Session.objects.select_related("held"))
    return "consents", "allocation", "place__cohort", sessions, "leavings", "administrations"


def _of(person: Participant, loaded: LoadedProtocol, at: datetime) -> Iterator[Due]:
    consent, allocation = valid_consent(person), getattr(person, "allocation", None)
    by_key = {(a.assessment, a.instrument, a.number): a for a in person.administrations.all()}
    if allocation is None or (consent is None and not by_key):
        return
    protocol = loaded.protocol
    mine = [a for a in protocol.assessments if allocation.arm in a.arms]
    by_id = {a.id: a for a in mine}
    dates = _dates(person, loaded)
    for opening in openings(mine, dates, ZoneInfo(protocol.study.time_zone)):
        assessment = by_id[opening.assessment]
        for instrument in (*protocol.instruments_at(assessment), *assessment.forms):
            administration = by_key.get((assessment.id, instrument, opening.number))
            dues = consent is not None and _still_asked(person, assessment, opening, loaded)
            if dues or administration is not None:
                state = state_of(opening, administration, at)
                closes, opens = opening.closes, opening.opens
                yield Due(person, assessment, instrument, opening.number, opens, closes, administration, state)


def state_of(opening: Opening, administration: Administration | None, at: datetime) -> State:
    """Return how far one thing is at a moment."""
    if administration is not None and administration.completed_at is not None:
        return "finished"
    if at < opening.opens:
        return "to come"
    return "open" if opening.open_at(at) else "missed"


def _still_asked(person: Participant, assessment: Assessment, opening: Opening, loaded: LoadedProtocol) -> bool:
    """Return whether it is asked still: not of those who left the course, nor about a session that was not held."""
    left = next((leaving.at for leaving in person.leavings.all() if leaving.what == "course"), None)
    if left is not None and opening.opens > left and _about_the_course(assessment, loaded):
        return False
    if window_of(assessment).repeats != "after each session":
        return True
    return opening.number not in {s.number for s in _sessions(person) if s.state in CALLED_OFF}


def _about_the_course(assessment: Assessment, loaded: LoadedProtocol) -> bool:
    """Return whether an assessment has forms alone, asked of nobody but those who follow the programme."""
    with_programme = {arm.id for arm in loaded.protocol.arms if arm.programme}
    return not loaded.protocol.instruments_at(assessment) and set(assessment.arms) <= with_programme


def _dates(person: Participant, loaded: LoadedProtocol) -> Dates:
    zone = ZoneInfo(loaded.protocol.study.time_zone)
    consents = [consent.given_at for consent in person.consents.all()]
    sessions = {s.number: s for s in _sessions(person) if s.state != "cancelled"}
    place = getattr(person, "place", None)
    return Dates(
        enrolled=min(consents).astimezone(zone).date() if consents else None,
        allocated=person.allocation.at.astimezone(zone).date(),
        sessions={number: s.planned_start.astimezone(zone).date() for number, s in sessions.items()},
        ended={number: _ended(s) for number, s in sessions.items()},
        attends=place is not None and place.on_course,
    )


def _sessions(person: Participant) -> list[Session]:
    place = getattr(person, "place", None)
    return list(place.cohort.sessions.all()) if place is not None else []


def _ended(session: Session) -> datetime:
    """Return when a session ended, or is meant to."""
    held = getattr(session, "held", None)
    return (
        held.ended_at if held and held.ended_at else session.planned_start + timedelta(minutes=session.planned_minutes)
    )
