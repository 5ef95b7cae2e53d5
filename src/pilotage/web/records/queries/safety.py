"""Which safety reports a member of staff sees, and how far each is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, TypeAlias

from django.db.models import QuerySet
from django.utils import timezone

from pilotage.vocabulary import Relatedness, SessionState, Severity
from pilotage.web.records import protocols
from pilotage.web.records.models import (
    Administration,
    AdverseEvent,
    AdverseEventNote,
    Participant,
    Session,
    Study,
    User,
)
from pilotage.web.records.queries.access import centres_of, roles_of
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.safety_circle import HANDLERS, safety_of, stand_ins

ReportStage: TypeAlias = Literal["not opened", "to judge", "in hand", "closed"]


@dataclass(frozen=True)
class SafetyReport:
    """A report whose words a member of staff may read.

    ``open_before`` is when the deputy is told, or else until when an answer was promised; None once it was opened, or
    where the protocol says neither.
    """

    event: AdverseEvent
    stage: ReportStage
    waits: timedelta
    open_before: datetime | None

    @property
    def late(self) -> bool:
        """Whether it should have been opened by now."""
        return self.open_before is not None and self.event.reported_at + self.waits >= self.open_before


@dataclass(frozen=True)
class Withheld:
    """A report of which somebody may know that it is there, and nothing more: neither whose it is, nor what it says."""

    key: int
    day: date
    centre: str
    passed_on: bool


@dataclass(frozen=True)
class TeacherReport:
    """What a teacher reads: what someone of their group let them know, or what they told themselves."""

    participant: Participant
    reported_at: datetime
    words: str
    by_oneself: bool
    opened: bool


def reports_for(user: User, study: Study, at: datetime | None = None) -> list[SafetyReport]:
    """Return the reports of someone's centres that the participant lets their role know of, oldest first."""
    moment = at or timezone.now()
    events = _events(study).order_by("reported_at", "pk")
    return [_report(event, moment) for event in events if may_read(user, event)]


def report_for(user: User, study: Study, key: int, at: datetime | None = None) -> SafetyReport | None:
    """Return one such report; None where there is none that this person may open."""
    event = _events(study).filter(pk=key).first()
    return _report(event, at or timezone.now()) if event is not None and may_read(user, event) else None


def withheld_from(user: User, study: Study) -> list[Withheld]:
    """Return the reports that nobody who was chosen can open, where this person is to know that they are there."""
    return [
        Withheld(event.pk, day_of(study, event.reported_at), event.participant.centre.name, event.opened_at is not None)
        for event in _events(study).filter(closed_at=None).order_by("reported_at")
        if user in stand_ins(event)
    ]


def waiting_for(user: User, study: Study) -> int:
    """Return how many reports wait to be opened by someone."""
    unread = sum(report.stage == "not opened" for report in reports_for(user, study))
    return unread + sum(not withheld.passed_on for withheld in withheld_from(user, study))


def told_to_teacher(user: User, study: Study) -> list[TeacherReport]:
    """Return what a teacher may know: reports of their groups' people who let teachers know, and own concerns."""
    if "teacher" not in roles_of(user, study):
        return []
    theirs = _events(study).filter(participant__place__on_course=True, participant__place__cohort__teachers__user=user)
    return [
        TeacherReport(
            event.participant, event.reported_at, event.description, event.told_by_id == user.pk, bool(event.opened_at)
        )
        for event in theirs.order_by("-reported_at")
        if "teacher" in event.may_know or event.told_by_id == user.pk
    ]


def own_reports(participant: Participant) -> QuerySet[AdverseEvent]:
    """Return what someone reported themselves, latest first; an alert about them is no report of theirs."""
    return participant.adverse_events.filter(source="participant").order_by("-reported_at", "-pk")


def own_report(participant: Participant, key: int) -> AdverseEvent | None:
    """Return one report that someone made themselves; None where it is not one of theirs."""
    return own_reports(participant).filter(pk=key).first()


def has_open_report(participant: Participant) -> bool:
    """Return whether a report that someone made themselves is still being looked at."""
    return own_reports(participant).filter(closed_at=None).exists()


def report_behind(administration: Administration | None) -> AdverseEvent | None:
    """Return what someone reported in a form that asks whether something happened; None where nothing had."""
    if administration is None:
        return None
    return AdverseEvent.objects.filter(administration=administration, source="participant").first()


def notes_of(event: AdverseEvent) -> QuerySet[AdverseEventNote]:
    """Return the notes of those who handled a report, in the order in which they were written."""
    return event.notes.select_related("by").order_by("at")


def sessions_before(event: AdverseEvent, most: int = 3) -> list[Session]:
    """Return the last sessions that the participant could come to before the report, latest first."""
    place = getattr(event.participant, "place", None)
    if place is None or not place.on_course:
        return []
    sessions = place.cohort.sessions.exclude(state=SessionState.CANCELLED).filter(planned_start__lte=event.reported_at)
    return list(sessions.order_by("-planned_start")[:most])


def person_to_report(user: User, study: Study, code: str) -> Participant | None:
    """Return the participant of this code, whatever its case; None outside the centres of this handler of reports."""
    centres = centres_of(user, study, *HANDLERS)
    return study.participants.filter(centre__in=centres, code__iexact=code.strip()).first()


def may_read(user: User, event: AdverseEvent) -> bool:
    """Return whether someone holds, where the participant is, a role that may know of the report and handles it."""
    study = event.participant.study
    chosen = [role for role in HANDLERS if role in event.may_know and role in roles_of(user, study)]
    return bool(chosen) and centres_of(user, study, *chosen).filter(pk=event.participant.centre_id).exists()


def sees_identity(user: User, study: Study) -> bool:
    """Return whether one of someone's roles sees who people are, by the protocol."""
    described = {role.id: role.sees for role in protocols.of(study).protocol.roles.may}
    held = [role for role in HANDLERS if role in roles_of(user, study)]
    return any("identity" in described.get(role, ("identity",) if role == "coordinator" else ()) for role in held)


def lacking(event: AdverseEvent) -> list[str]:
    """Return what a report needs before it can be closed: severity, serious, relatedness, outcome or action."""
    if event.source == "alert rule" and event.judged_at is None:
        return [] if event.action else ["action"]  # a score beyond a limit may turn out to be no adverse event
    wanting = {
        "severity": event.severity == Severity.NOT_GRADED,
        "serious": event.serious is None,
        "relatedness": event.relatedness == Relatedness.NOT_JUDGED,
        "outcome": not event.outcome,
    }
    return [name for name, lacks in wanting.items() if lacks]


def reports_not_judged(study: Study) -> tuple[int, int]:
    """Return how many reports of a study nobody has opened, and how many opened ones still lack a judgement."""
    events = list(_events(study))
    unopened = sum(not _opened(event) for event in events)
    return unopened, sum(_opened(event) and bool(lacking(event)) for event in events)


def stage_of_report(event: AdverseEvent) -> ReportStage:
    """Return how far a report is."""
    if event.closed_at is not None:
        return "closed"
    if event.opened_at is None:
        return "not opened"
    judged = event.severity != Severity.NOT_GRADED and event.relatedness != Relatedness.NOT_JUDGED
    return "in hand" if judged else "to judge"


def _events(study: Study) -> QuerySet[AdverseEvent]:
    ones = ("participant__study", "participant__centre", "participant__place__cohort", "session", "told_by")
    return AdverseEvent.objects.filter(participant__study=study).select_related(*ones)


def _opened(event: AdverseEvent) -> bool:
    return event.opened_at is not None


def _report(event: AdverseEvent, at: datetime) -> SafetyReport:
    return SafetyReport(event, stage_of_report(event), at - event.reported_at, _open_before(event))


def _open_before(event: AdverseEvent) -> datetime | None:
    safety = safety_of(event.participant.study)
    if safety is None or event.opened_at is not None:
        return None
    times: Iterable[timedelta | None] = (safety.deputy_after, safety.answered_within)
    soonest = next((time for time in times if time is not None), None)
    return event.reported_at + soonest if soonest is not None else None
