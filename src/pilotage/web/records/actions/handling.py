"""A report is opened, noted on, judged, acted on, closed, and opened again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.actions.erasing import forget_words
from pilotage.web.records.models import AdverseEvent, AdverseEventNote, Identity, User
from pilotage.web.records.queries.safety import lacking, may_read, sees_identity
from pilotage.web.records.queries.safety_circle import stand_ins
from pilotage.web.records.refused import ActionRefused

_NEEDS = {
    "severity": gettext_lazy("how severe it is"),
    "serious": gettext_lazy("whether it is serious"),
    "relatedness": gettext_lazy("what it has to do with the course"),
    "outcome": gettext_lazy("what became of it"),
    "action": gettext_lazy("what was done"),
}


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
    """Somebody reads it; the first time is kept, and ends the waiting."""
    row = _locked(by, event, closed_too=True)
    if row.opened_at is None:
        _change(row, opened_at=timezone.now(), opened_by=by)
        _record(by, AuditAction.REPORT_OPENED, row)


@transaction.atomic
def pass_on_report(by: User, key: int) -> None:
    """Who may only know that a report is there has told the independent contact so."""
    row = AdverseEvent.objects.select_for_update(of=("self",)).select_related("participant__study").get(pk=key)
    if by not in stand_ins(row):
        raise ActionRefused(_("This report is for others."))
    if row.opened_at is None:
        _change(row, opened_at=timezone.now(), opened_by=by)
        _record(by, AuditAction.REPORT_PASSED_ON_UNREAD, row)


@transaction.atomic
def add_note(by: User, event: AdverseEvent, text: str) -> AdverseEventNote:
    """A note in the course of handling; notes are never changed."""
    row = _locked(by, event)
    if not text.strip():
        raise ActionRefused(_("Write the note first."))
    note = AdverseEventNote.objects.create(event=row, text=text.strip(), by=by)
    _record(by, AuditAction.NOTE_ON_A_REPORT_ADDED, row)
    return note


@transaction.atomic
def judge_report(by: User, event: AdverseEvent, judgement: Judgement, reason: str = "") -> None:
    """Severity, seriousness, kind and the screened words; a judgement that changes needs a reason."""
    row = _locked(by, event)
    _judge(by, row, AuditAction.REPORT_JUDGED, asdict(judgement), reason, again=row.severity != "not graded")
    _change(row, judged_at=timezone.now(), judged_by=by)


@transaction.atomic
def judge_relation(by: User, event: AdverseEvent, relation: Relation, reason: str = "") -> None:
    """What it has to do with the course, judged by itself."""
    row = _locked(by, event)
    again = row.relatedness != "not judged"
    _judge(by, row, AuditAction.RELATION_TO_THE_COURSE_JUDGED, asdict(relation), reason, again=again)
    if row.severity != "not graded":
        _change(row, judged_at=timezone.now(), judged_by=by)


@transaction.atomic
def act_on_report(by: User, event: AdverseEvent, action: str, outcome: str) -> None:
    """What was done, and what became of it so far."""
    row = _locked(by, event)
    _judge(by, row, AuditAction.REPORT_ACTED_ON, {"action": action.strip(), "outcome": outcome}, "", again=False)


@transaction.atomic
def close_report(by: User, event: AdverseEvent) -> None:
    """Nothing more is to be done; not before it is judged and has an outcome."""
    row = _locked(by, event)
    wanting = lacking(row)
    if wanting:
        said = ", ".join(str(_NEEDS[name]) for name in wanting)
        raise ActionRefused(_("Before it is closed, say: %(what)s.") % {"what": said})
    _change(row, closed_at=timezone.now(), closed_by=by)
    _record(by, AuditAction.REPORT_CLOSED, row, after={"outcome": row.outcome})
    if row.participant.leavings.filter(what="study", answers="erase").exists():
        forget_words(AdverseEvent.objects.filter(pk=row.pk))


@transaction.atomic
def reopen_report(by: User, event: AdverseEvent, reason: str) -> None:
    """It goes on after all; the reason stands among the notes."""
    row = _locked(by, event, closed_too=True)
    if row.closed_at is None:
        raise ActionRefused(_("This report is open."))
    if not reason.strip():
        raise ActionRefused(_("Say why it is opened again."))
    before = {"closed_at": row.closed_at}
    _change(row, closed_at=None, closed_by=None)
    AdverseEventNote.objects.create(event=row, text=reason.strip(), by=by)
    _record(by, AuditAction.REPORT_OPENED_AGAIN, row, before=before, reason=reason)


@transaction.atomic
def look_up_identity(by: User, event: AdverseEvent) -> Identity:
    """Who it is and how they are reached, for those whose role sees it; every time is kept."""
    row = _locked(by, event, closed_too=True)
    if not sees_identity(by, row.participant.study):
        raise ActionRefused(_("Your role does not see who people are."))
    identity = Identity.objects.filter(participant=row.participant).first()
    if identity is None:
        raise ActionRefused(_("Nobody can be named any more: name and addresses were erased."))
    _record(by, AuditAction.IDENTITY_LOOKED_UP, row)
    return identity


def _locked(by: User, event: AdverseEvent, *, closed_too: bool = False) -> AdverseEvent:
    rows = AdverseEvent.objects.select_for_update(of=("self",)).select_related("participant__study")
    row = rows.get(pk=event.pk)
    if not may_read(by, row):
        raise ActionRefused(_("This report is for others."))
    if row.closed_at is not None and not closed_too:
        raise ActionRefused(_("This report is closed. Open it again to change it."))
    return row


def _judge(by: User, row: AdverseEvent, what: AuditAction, now: Mapping[str, Any], reason: str, *, again: bool) -> None:
    before = {name: getattr(row, name) for name, value in now.items() if getattr(row, name) != value}
    if before and again and not reason.strip():
        raise ActionRefused(_("You judged this otherwise before. Say why it changes."))
    if before:
        _change(row, **{name: now[name] for name in before})
        _record(by, what, row, before=before, after={name: now[name] for name in before}, reason=reason)


def _change(row: AdverseEvent, **values: Any) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _record(by: audit.By, what: AuditAction, row: AdverseEvent, **said: Any) -> None:
    """Sealed with the person's key; of someone erased nothing is left to seal with, so only that it happened."""
    if row.participant.erased_at is None:
        audit.record(by, what, row, about=row.participant, **said)
    else:
        audit.record(by, what, row, study=row.participant.study)
