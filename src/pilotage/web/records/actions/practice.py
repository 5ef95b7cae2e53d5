"""The diary of home practice is kept: one entry for each day and kind, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.protocol.programme import HomePracticePlan as Rules
from pilotage.protocol.programme import PracticeKind
from pilotage.vocabulary import AuditAction
from pilotage.web.records import audit
from pilotage.web.records.models import HomePractice, Participant
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.practice import diary_rules, editable, entry_date
from pilotage.web.records.refused import ActionRefused

MOST_MINUTES, MOST_TIMES = 24 * 60, 99


@dataclass(frozen=True)
class Practised:
    """What was practised of a kind; None for what was not filled in, and nothing filled in takes the entry back."""

    times: int | None = None
    minutes: float | None = None

    @property
    def filled_in(self) -> bool:
        """Whether times or minutes were given."""
        return self.times is not None or self.minutes is not None


@transaction.atomic
def keep_practice(
    by: audit.By,
    participant: Participant,
    date: date,
    kind: str,
    practised: Practised,
    *,
    device: str = "",
    sequence: int = 0,
) -> None:
    """Keep what was practised on a day; of one browser the latest stays, and copies change nothing."""
    Participant.objects.select_for_update().get(pk=participant.pk)
    rules = diary_rules(participant)
    if rules is None:
        raise ActionRefused(_("The diary is for people who follow the course and have consented to the study."))
    _refuse_day(participant, rules, date)
    _refuse_amount(_kind(rules, kind), practised)
    day = entry_date(rules, date)
    row = participant.home_practice.filter(date=day, kind=kind).first()
    if row is not None and device and device == row.device and sequence <= row.sequence:
        return
    _keep(by, participant, row, day, kind, practised, device, sequence)


def _keep(
    by: audit.By,
    participant: Participant,
    row: HomePractice | None,
    day: date,
    kind: str,
    now: Practised,
    device: str,
    sequence: int,
) -> None:
    before = {"times": row.times, "minutes": row.minutes} if row else None
    details: dict[str, Any] = {"times": now.times, "minutes": now.minutes}
    if not now.filled_in and row is None:
        return
    if not now.filled_in and row is not None:
        audit.record(by, AuditAction.PRACTICE_TAKEN_BACK, row, about=participant, before=before)
        row.delete()
        return
    row = row or HomePractice(participant=participant, date=day, kind=kind)
    row.consent = participant.consents.get(ended_at=None)
    row.times, row.minutes, row.saved_at = now.times, now.minutes, timezone.now()
    if device:  # a page sent without script has no count, and leaves that of the browser as it was
        row.device, row.sequence = device, sequence
    row.save()
    if before != details:
        after = {"date": day, "kind": kind, **details}
        audit.record(by, AuditAction.PRACTICE_NOTED, row, about=participant, before=before, after=after)


def _refuse_day(participant: Participant, rules: Rules, day: date) -> None:
    today = day_of(participant.study)
    if day > today:
        raise ActionRefused(_("This day is in the future. Fill in the diary on the day itself or later."))
    if not editable(rules, entry_date(rules, day), today):
        raise ActionRefused(_("This day is too long ago to change."))


def _kind(rules: Rules, kind: str) -> PracticeKind:
    match = next((practice_kind for practice_kind in rules.kinds if practice_kind.id == kind), None)
    if match is None:
        raise ActionRefused(_("The diary does not ask for this kind of practice."))
    return match


def _refuse_amount(kind: PracticeKind, practised: Practised) -> None:
    if practised.minutes is not None and not ("minutes" in kind.asks and 0 <= practised.minutes <= MOST_MINUTES):
        raise ActionRefused(_("Enter the minutes as a number from 0 to %(most)d.") % {"most": MOST_MINUTES})
    if practised.times is not None and not ("times" in kind.asks and 0 <= practised.times <= MOST_TIMES):
        raise ActionRefused(_("Enter how many times as a whole number from 0 to %(most)d.") % {"most": MOST_TIMES})
