"""An adverse event is reported by the participant or by staff, and who may know of it is changed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from pilotage.vocabulary import Ascertainment, AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import Administration, AdverseEvent, Participant, SafetyNotice, Session, User
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.safety_circle import HANDLERS, circles, holders
from pilotage.web.records.refused import ActionRefused

LONGEST = 10_000


@transaction.atomic
def report_event(
    by: audit.By,
    participant: Participant,
    *,
    source: Literal["participant", "teacher", "coordinator"],
    description: str,
    may_know: Collection[str] = (),
    answers: Mapping[str, str] | None = None,
    onset: date | None = None,
    ascertainment: str = Ascertainment.SPONTANEOUS,
    session: Session | None = None,
) -> AdverseEvent:
    """Keep a report, with who may know of it; of what staff report, those who handle reports know.

    The words stand in the report alone: neither the log nor any mail holds them.
    """
    _refuse_stranger(participant)
    _refuse_empty(description, answers or {})
    if onset is not None and onset > day_of(participant.study):
        raise ActionRefused(_("The date on which it began is in the future. Enter an earlier date."))
    chosen = _chosen(participant, may_know) if source == "participant" else _handlers(participant)
    return keep_report(
        by,
        participant,
        source=source,
        ascertainment=ascertainment,
        onset=onset,
        description=description.strip()[:LONGEST],
        answers=answers or {},
        may_know=chosen,
        session=session,
    )


def keep_report(
    by: audit.By,
    participant: Participant,
    *,
    source: Literal["participant", "teacher", "coordinator"],
    ascertainment: str,
    description: str,
    answers: Mapping[str, str],
    may_know: Collection[str],
    onset: date | None = None,
    session: Session | None = None,
    administration: Administration | None = None,
) -> AdverseEvent:
    """Write a report that somebody made and note it in the log; inside the transaction of what led to it.

    A form that is finished twice reports once: of an administration there is one report.
    """
    values = {
        "participant": participant,
        "session": session,
        "source": source,
        "ascertainment": ascertainment,
        "onset": onset,
        "description": description,
        "answers": dict(answers),
        "may_know": list(may_know),
        "told_by": by if isinstance(by, User) else None,
    }
    if administration is None:
        event, new = AdverseEvent.objects.create(**values), True
    else:
        event, new = AdverseEvent.objects.get_or_create(administration=administration, rule="", defaults=values)
    if new:
        after = {"source": source, "ascertainment": ascertainment, "onset": onset, "may_know": event.may_know}
        audit.record(by, AuditAction.HARM_REPORTED, event, about=participant, after=after)
    return event


@transaction.atomic
def let_know(by: Participant, event: AdverseEvent, may_know: Collection[str]) -> None:
    """Change who may know of their report; who has read it has read it."""
    row = AdverseEvent.objects.select_for_update(of=("self",)).get(pk=event.pk, participant=by, source="participant")
    chosen = _chosen(by, may_know)
    if chosen != row.may_know:
        AdverseEvent.objects.filter(pk=row.pk).update(may_know=chosen)
        before, after = {"may_know": row.may_know}, {"may_know": chosen}
        audit.record(by, AuditAction.WHO_MAY_KNOW_OF_A_REPORT_CHANGED, row, about=by, before=before, after=after)


@transaction.atomic
def note_safety_told(event: AdverseEvent, to: str, step: Literal["contact", "deputy"]) -> bool:
    """Claim a notice before it is given; False when it was claimed already, so that nobody is told twice."""
    notice, new = SafetyNotice.objects.get_or_create(event=event, to=to, step=step)
    if new:
        study = event.participant.study
        audit.record(audit.SERVER, AuditAction.TOLD_THAT_A_REPORT_WAITS, notice, study=study, after={"step": step})
    return new


def _refuse_stranger(participant: Participant) -> None:
    takes_part = participant.consents.exists() or hasattr(participant, "place")
    if participant.erased_at is not None or not takes_part:
        raise ActionRefused(_("You can make a report only about someone who takes part in the study or the course."))


def _refuse_empty(description: str, answers: Mapping[str, str]) -> None:
    if not description.strip() and not any(answers.values()):
        raise ActionRefused(_("Write a few words about what happened."))


def _chosen(participant: Participant, may_know: Collection[str]) -> list[str]:
    """Return the roles that may know, in the order of the offer; only those who are there can be chosen."""
    chosen = [circle.role for circle in circles(participant) if circle.role in may_know]
    if not chosen:
        raise ActionRefused(_("Choose at least one person who may know."))
    return list(chosen)


def _handlers(participant: Participant) -> list[str]:
    return [role for role in HANDLERS if holders(participant, role)] or list(HANDLERS)
