"""What was done of a session: tapped in the room, with or without a network; rated afterwards; deviations noted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import AttendanceStatus, AuditAction
from pilotage.web.records import audit
from pilotage.web.records.actions.attendance import There, mark_attendance
from pilotage.web.records.actions.safety import report_event
from pilotage.web.records.actions.sessions import begin_session
from pilotage.web.records.deidentify import names_in, refuse_names
from pilotage.web.records.models import (
    AdherenceRating,
    BlockDelivered,
    Debrief,
    Deviation,
    Session,
    SessionHeld,
    Tap,
    User,
)
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.queries.delivery import expected_at
from pilotage.web.records.queries.run_sheet import ADHERENCE, MARKS, blocks_of, progress
from pilotage.web.records.refused import ActionRefused

OF_A_BLOCK = ("start", "pause", "undo", "reason", *MARKS)
STATUSES = tuple(status for status in AttendanceStatus if status is not AttendanceStatus.MADE_UP)
CONCERNS = ("concern", "reaction")


@dataclass(frozen=True)
class Tapped:
    """One tap, as a device sends it: a block, a person's code, or the number of the pairing whose turns it is about."""

    sequence: int
    what: str
    about: str
    at: datetime
    reason: str = ""
    clock: Mapping[str, float] = field(default_factory=dict)


@transaction.atomic
def keep_taps(by: User, session: Session, device: str, taps: Iterable[Tapped]) -> dict[int, str]:
    """Keep what was tapped, once and in order, and return for each tap that a rule refuses the reason.

    A device sends again what it did not hear of: what is there already is passed over. The moment is the tap's own.
    """
    row = Session.objects.select_for_update(of=("self",)).select_related("cohort__study").get(pk=session.pk)
    known = set(Tap.objects.filter(by=by, device=device).values_list("sequence", flat=True))
    refused: dict[int, str] = {}
    new = sorted((tap for tap in taps if tap.sequence not in known), key=lambda tap: tap.sequence)
    for tap in new:
        try:
            with transaction.atomic():
                _keep(by, row, device, tap)
        except ActionRefused as refusal:
            refused[tap.sequence] = str(refusal)
    return refused


@transaction.atomic
def rate_blocks(by: User, session: Session, marks: Mapping[str, str]) -> None:
    """Rate the blocks, as somebody else who saw the session: their own rows beside the teachers'."""
    _began(session)
    planned = {block.id: block.minutes for block in blocks_of(session)}
    for block, mark in marks.items():
        if block in planned and mark in MARKS:
            rating = {"done": mark, "planned_minutes": planned[block]}
            BlockDelivered.objects.update_or_create(session=session, block=block, rater=by, defaults=rating)
    audit.record(by, AuditAction.BLOCKS_RATED, session, study=session.cohort.study, after=dict(marks))


@transaction.atomic
def rate_adherence(by: User, session: Session, values: Mapping[str, int | None]) -> None:
    """Rate how far the form of the practice in pairs was kept: 0, 1 or 2, or None where it does not apply."""
    _began(session)
    for item, value in values.items():
        if item not in ADHERENCE or value not in (None, 0, 1, 2):
            raise ValueError(f"'{item}' rated {value} is no rating of adherence.")
        AdherenceRating.objects.update_or_create(session=session, item=item, rater=by, defaults={"value": value})
    audit.record(by, AuditAction.ADHERENCE_RATED, session, study=session.cohort.study, after=dict(values))


@dataclass(frozen=True)
class NotedDeviation:
    """A deviation from the protocol as it is noted afterwards."""

    kind: str
    core: str
    planned: str
    description: str
    block: str = ""


@transaction.atomic
def keep_debrief(
    by: User,
    session: Session,
    deviations: Sequence[NotedDeviation],
    notes: str,
    *,
    adherence: Mapping[str, int | None] | None = None,
    names_are_meant: bool = False,
) -> Debrief:
    """Keep the debrief: deviations, notes without names, and the ratings of the pairs where they are given."""
    _began(session)
    texts = [notes, *(deviation.description for deviation in deviations)]
    names = [name for text in texts for name in names_in(text, session.cohort)]
    if names and not names_are_meant:
        raise ActionRefused(_("This looks like a person's name: %(names)s. Remove it.") % {"names": ", ".join(names)})
    for deviation in deviations:
        _note(by, session, deviation)
    kept, _new = Debrief.objects.update_or_create(
        session=session, by=by, defaults={"notes": notes.strip(), "at": timezone.now()}
    )
    audit.record(by, AuditAction.DEBRIEF_KEPT, kept, study=session.cohort.study, after={"departures": len(deviations)})
    if adherence is not None:
        rate_adherence(by, session, adherence)
    return kept


def _note(by: User, session: Session, noted: NotedDeviation) -> None:
    study = session.cohort.study
    about: dict[str, Any] = {"study": study, "session": session, "by": by, "block": noted.block}
    if not noted.block:  # what is about no block is one deviation each
        about["description"] = noted.description.strip()
    defaults = {
        "on": day_of(study, session.planned_start),
        "kind": noted.kind,
        "core": noted.core,
        "planned": noted.planned,
        "description": noted.description.strip(),
    }
    row, new = Deviation.objects.update_or_create(**about, defaults=defaults)
    what = AuditAction.DEPARTURE_NOTED if new else AuditAction.DEPARTURE_NOTED_ANEW
    audit.record(by, what, row, study=study, after={"kind": noted.kind, "core": noted.core, "planned": noted.planned})


def _keep(by: User, session: Session, device: str, tap: Tapped) -> None:
    at = min(tap.at, timezone.now())
    block = tap.about if tap.what in OF_A_BLOCK else ""
    row = Tap(session=session, by=by, device=device, sequence=tap.sequence, what=tap.what, block=block, at=at)
    row.reason = tap.reason.strip()[:300] if block else ""
    if tap.what in OF_A_BLOCK:
        _of_a_block(by, session, row)
    elif tap.what in STATUSES:
        row.save()
        _came(by, session, tap, at)
    elif tap.what == "clock":
        row.save()
        _turns(session, tap, at)
    elif tap.what in CONCERNS:
        row.save()
        _concern(by, session, tap)
    else:
        raise ValueError(f"'{tap.what}' is nothing that is tapped.")


def _of_a_block(by: User, session: Session, tap: Tap) -> None:
    planned = {block.id: block.minutes for block in blocks_of(session)}
    if tap.block not in planned:
        raise ActionRefused(_("The protocol has no such block."))
    refuse_names(tap.reason, session.cohort)
    if not SessionHeld.objects.filter(session=session).exists():
        begin_session(by, session, tap.at)
    tap.save()
    before = BlockDelivered.objects.filter(session=session, block=tap.block, rater=by).first()
    now = progress(session.taps.filter(by=by)).get(tap.block)
    if now is None or now.mark is None:
        if before is not None:
            audit.record(
                by, AuditAction.BLOCK_OPEN_AGAIN, before, study=session.cohort.study, before={"done": before.done}
            )
            before.delete()
        return
    delivered: dict[str, Any] = {
        "done": now.mark,
        "planned_minutes": planned[tap.block],
        "minutes": round(now.seconds / 60, 1) if now.began else None,
        "started_at": now.began,
        "reason": now.reason,
    }
    row, _new = BlockDelivered.objects.update_or_create(session=session, block=tap.block, rater=by, defaults=delivered)
    was = {"done": before.done, "reason": before.reason} if before else None
    after = {"block": tap.block, "done": row.done, "minutes": row.minutes, "reason": row.reason}
    audit.record(by, AuditAction.BLOCK_MARKED, row, study=session.cohort.study, before=was, after=after)


def _came(by: User, session: Session, tap: Tapped, at: datetime) -> None:
    place = expected_at(session).filter(participant__code=tap.about).first()
    if place is None:
        raise ActionRefused(_("This person has no place on this course."))
    going_on = SessionHeld.objects.filter(session=session, ended_at=None).exists()
    there = There(
        arrived_at=at if tap.what == AttendanceStatus.LATE and going_on else None,
        left_at=at if tap.what == AttendanceStatus.LEFT_EARLY and going_on else None,
    )
    mark_attendance(by, session, place.participant, tap.what, there)


def _turns(session: Session, tap: Tapped, at: datetime) -> None:
    """Keep the clock of a pairing's turns: how long they are in all, how much is gone, and since when it runs."""
    total, gone = float(tap.clock.get("total", 0)), float(tap.clock.get("gone", 0))
    since = at.isoformat() if tap.clock.get("running") else None
    clock = {"total": max(0.0, total), "gone": max(0.0, gone), "since": since}
    session.pairings.filter(number=int(tap.about or 0)).update(clock=clock)


def _concern(by: User, session: Session, tap: Tapped) -> None:
    place = expected_at(session).filter(participant__code=tap.about).first()
    if place is None:
        raise ActionRefused(_("This person has no place on this course."))
    if tap.what == "reaction":
        words = _("An adverse event, seen in session %(number)s. Please ask the teacher.")
    else:
        words = _("The teacher has been concerned about this person since session %(number)s. Please ask the teacher.")
    description = tap.reason.strip() or words % {"number": session.number}
    report_event(by, place.participant, source="teacher", description=description, session=session)


def _began(session: Session) -> None:
    if not SessionHeld.objects.filter(session=session).exists():
        raise ActionRefused(_("This session has not started yet."))
