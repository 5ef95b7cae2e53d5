"""What is done with a safety report: opened, noted on, judged, acted on, closed, and reopened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.vocabulary import AuditAction, Relatedness, Severity
from pilotage.web.records import audit
from pilotage.web.records.actions.erasing import forget_words
from pilotage.web.records.models import AdverseEvent, AdverseEventNote, Identity, User
from pilotage.web.records.queries.safety import lacking, may_read, sees_identity
from pilotage.web.records.queries.safety_circle import stand_ins
from pilotage.web.records.refused import ActionRefused

NEEDED: dict[str, str | Promise] = {
    "severity": gettext_lazy("severity"),
    "serious": gettext_lazy("whether it is serious"),
    "relatedness": gettext_lazy("relation to the course"),
    "outcome": gettext_lazy("outcome"),
    "action": gettext_lazy("action taken"),
}
"""What a report can still need before it is closed, by the names in ``queries.lacking``."""


@dataclass(frozen=True)
class Judgement:
    """How bad it was, of what kind, and the report's words without what identifies."""

    severity: str
    serious: bool
    kind: str = ""
    screened: str = ""


@dataclass(frozen=True)
class Relation:
    """What it has to do with the course, and whether the protocol named it beforehand."""

    relatedness: str
    expectedness: str


@transaction.atomic
def open_report(by: User, event: AdverseEvent) -> None:
    """Open a report; the first time is kept, and ends the waiting."""
    row = _locked(by, event, closed_too=True)
    if row.opened_at is None:
        _change(row, opened_at=timezone.now(), opened_by=by)
        _record(by, AuditAction.REPORT_OPENED, row)


@transaction.atomic
def pass_on_report(by: User, key: int) -> None:
    """Record that somebody who may only know of a report has told the independent contact."""
    row = AdverseEvent.objects.select_for_update(of=("self",)).select_related("participant__study").get(pk=key)
    if by not in stand_ins(row):
        raise ActionRefused(_("You may not open this report. It is for other colleagues."))
    if row.opened_at is None:
        _change(row, opened_at=timezone.now(), opened_by=by)
        _record(by, AuditAction.REPORT_PASSED_ON_UNREAD, row)


@transaction.atomic
def add_note(by: User, event: AdverseEvent, text: str) -> AdverseEventNote:
    """Add a note in the course of handling; notes are never changed."""
    row = _locked(by, event)
    if not text.strip():
        raise ActionRefused(_("Write a note first."))
    note = AdverseEventNote.objects.create(event=row, text=text.strip(), by=by)
    _record(by, AuditAction.NOTE_ON_A_REPORT_ADDED, row)
    return note


@transaction.atomic
def judge_report(by: User, event: AdverseEvent, judgement: Judgement, reason: str = "") -> None:
    """Judge severity, seriousness, kind and the screened words; a judgement that changes needs a reason."""
    row = _locked(by, event)
    _judge(by, row, AuditAction.REPORT_JUDGED, asdict(judgement), reason, again=row.severity != Severity.NOT_GRADED)
    _change(row, judged_at=timezone.now(), judged_by=by)


@transaction.atomic
def judge_relation(by: User, event: AdverseEvent, relation: Relation, reason: str = "") -> None:
    """Judge the relation to the course by itself."""
    row = _locked(by, event)
    again = row.relatedness != Relatedness.NOT_JUDGED
    _judge(by, row, AuditAction.RELATION_TO_THE_COURSE_JUDGED, asdict(relation), reason, again=again)
    if row.severity != Severity.NOT_GRADED:
        _change(row, judged_at=timezone.now(), judged_by=by)


@transaction.atomic
def act_on_report(by: User, event: AdverseEvent, action: str, outcome: str) -> None:
    """Enter the action that was taken, and the outcome so far."""
    row = _locked(by, event)
    _judge(by, row, AuditAction.REPORT_ACTED_ON, {"action": action.strip(), "outcome": outcome}, "", again=False)


@transaction.atomic
def close_report(by: User, event: AdverseEvent) -> None:
    """Close a report, not before it is judged and has an outcome."""
    row = _locked(by, event)
    wanting = lacking(row)
    if wanting:
        needed = ", ".join(str(NEEDED[name]) for name in wanting)
        raise ActionRefused(_("Before you close the report, enter: %(needed)s.") % {"needed": needed})
    _change(row, closed_at=timezone.now(), closed_by=by)
    _record(by, AuditAction.REPORT_CLOSED, row, after={"outcome": row.outcome})
    if row.participant.leavings.filter(what="study", answers="erase").exists():
        forget_words(AdverseEvent.objects.filter(pk=row.pk))


@transaction.atomic
def reopen_report(by: User, event: AdverseEvent, reason: str) -> None:
    """Reopen a report; the reason stands among the notes."""
    row = _locked(by, event, closed_too=True)
    if row.closed_at is None:
        raise ActionRefused(_("This report is not closed."))
    if not reason.strip():
        raise ActionRefused(_("Enter the reason for reopening the report."))
    before = {"closed_at": row.closed_at}
    _change(row, closed_at=None, closed_by=None)
    AdverseEventNote.objects.create(event=row, text=reason.strip(), by=by)
    _record(by, AuditAction.REPORT_OPENED_AGAIN, row, before=before, reason=reason)


@transaction.atomic
def look_up_identity(by: User, event: AdverseEvent) -> Identity:
    """Return who it is and how to reach them, for those whose role sees it; every look-up is kept."""
    row = _locked(by, event, closed_too=True)
    if not sees_identity(by, row.participant.study):
        raise ActionRefused(_("Your role cannot see names."))
    identity = Identity.objects.filter(participant=row.participant).first()
    if identity is None:
        raise ActionRefused(_("The name and contact details have been erased."))
    _record(by, AuditAction.IDENTITY_LOOKED_UP, row)
    return identity


def _locked(by: User, event: AdverseEvent, *, closed_too: bool = False) -> AdverseEvent:
    rows = AdverseEvent.objects.select_for_update(of=("self",)).select_related("participant__study")
    row = rows.get(pk=event.pk)
    if not may_read(by, row):
        raise ActionRefused(_("You may not open this report. It is for other colleagues."))
    if row.closed_at is not None and not closed_too:
        raise ActionRefused(_("This report is closed. Reopen it to change it."))
    return row


def _judge(by: User, row: AdverseEvent, what: AuditAction, now: Mapping[str, Any], reason: str, *, again: bool) -> None:
    before = {name: getattr(row, name) for name, value in now.items() if getattr(row, name) != value}
    if before and again and not reason.strip():
        raise ActionRefused(_("There is an earlier assessment. Enter the reason for the change."))
    if before:
        _change(row, **{name: now[name] for name in before})
        _record(by, what, row, before=before, after={name: now[name] for name in before}, reason=reason)


def _change(row: AdverseEvent, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _record(by: audit.By, what: AuditAction, row: AdverseEvent, **details: Any) -> None:
    """Record what happened, sealed with the participant's key; of someone erased, only that it happened."""
    if row.participant.erased_at is None:
        audit.record(by, what, row, about=row.participant, **details)
    else:
        audit.record(by, what, row, study=row.participant.study)
