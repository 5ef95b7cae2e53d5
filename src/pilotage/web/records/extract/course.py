"""The course as it was delivered and taken up: sessions, who came, who practised with whom, and the diary."""

from __future__ import annotations

from typing import Any

from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import (
    AdherenceRating,
    Attendance,
    BlockDelivered,
    HomePractice,
    PairingMember,
    Session,
)

Rows = list[dict[str, Any]]


def sessions(source: Source) -> Rows:
    """Return each planned meeting of each group, and what became of it."""
    rows = Session.objects.filter(cohort__study=source.study).select_related("cohort", "held")
    return [_session(session, source) for session in rows]


def _session(session: Session, source: Source) -> dict[str, Any]:
    held = getattr(session, "held", None)
    return {
        "cohort": session.cohort.key,
        "session": session.number,
        "planned_on": source.day(session.first_planned_start or session.planned_start),
        "held_on": source.day(held.started_at) if held else None,
        "teachers": " ".join(source.staff.code(user, "teacher") for user in held.teachers) if held else None,
        "planned_minutes": session.planned_minutes,
        "minutes": held.minutes if held else None,
        "state": session.state,
        "reason": source.words(session.reason),
    }


def attendance(source: Source) -> Rows:
    """Return whether people came, while they were in the study: who left it may have gone on with the course."""
    rows = Attendance.objects.filter(participant__in=source.participants).select_related("session")
    return [
        {
            "participant": source.participants[row.participant_id].code,
            "session": row.session.number,
            "status": row.status,
            "minutes": row.minutes,
        }
        for row in rows
        if source.before_leaving(row.participant_id, row.session.planned_start)
    ]


def pairings(source: Source) -> Rows:
    """Return who practised with whom; someone who sat apart and watched is in no group, and so not here."""
    rows = PairingMember.objects.filter(participant__in=source.participants).exclude(group=None)
    rows = rows.select_related("pairing__session__cohort", "group")
    return [
        {
            "cohort": row.pairing.session.cohort.key,
            "session": row.pairing.session.number,
            "pairing": row.pairing.number,
            "group": row.group.number,
            "participant": source.participants[row.participant_id].code,
            "role_order": row.role_order,
            "override": _override(row, source),
        }
        for row in rows
        if row.group and source.before_leaving(row.participant_id, row.pairing.made_at)
    ]


def _override(member: PairingMember, source: Source) -> str | None:
    """Return why a teacher changed the pairing, and whether one joined this group."""
    joined = "a teacher joined" if member.group and member.group.teacher_id else None
    reasons = (source.words(member.pairing.override), joined)
    return "; ".join(reason for reason in reasons if reason) or None


def fidelity(source: Source) -> Rows:
    """Return how far each block was done, as each rater says."""
    rows = BlockDelivered.objects.filter(session__cohort__study=source.study).select_related("session__cohort")
    return [
        {
            "cohort": row.session.cohort.key,
            "session": row.session.number,
            "block": row.block,
            "rater": source.staff.code(row.rater_id, "teacher"),
            "done": row.done,
            "planned_minutes": row.planned_minutes,
            "minutes": None if row.minutes is None else round(row.minutes),
            "reason": source.words(row.reason),
        }
        for row in rows
    ]


def adherence(source: Source) -> Rows:
    """Return how far the form of the practice in pairs was kept, as each rater says."""
    rows = AdherenceRating.objects.filter(session__cohort__study=source.study).select_related("session__cohort")
    return [
        {
            "cohort": row.session.cohort.key,
            "session": row.session.number,
            "item": row.item,
            "rater": source.staff.code(row.rater_id, "teacher"),
            "value": row.value,
        }
        for row in rows
    ]


def home_practice(source: Source) -> Rows:
    """Return the diary."""
    rows = HomePractice.objects.filter(participant__in=source.participants)
    return [
        {
            "participant": source.participants[row.participant_id].code,
            "date": row.date,
            "kind": row.kind,
            "times": row.times,
            "minutes": row.minutes,
            "source": "diary",
        }
        for row in rows
    ]
