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
    """Each planned meeting of each group, and what became of it."""
    found = Session.objects.filter(cohort__study=source.study).select_related("cohort", "held")
    return [_session(session, source) for session in found]


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
    """Whether people came, while they were in the study: who left it may have gone on with the course."""
    found = Attendance.objects.filter(participant__in=source.participants).select_related("session")
    return [
        {
            "participant": source.participants[one.participant_id].code,
            "session": one.session.number,
            "status": one.status,
            "minutes": one.minutes,
        }
        for one in found
        if source.before_leaving(one.participant_id, one.session.planned_start)
    ]


def pairings(source: Source) -> Rows:
    """Who practised with whom; someone who sat apart and watched is in no group, and so not here."""
    found = PairingMember.objects.filter(participant__in=source.participants).exclude(group=None)
    found = found.select_related("pairing__session__cohort", "group")
    return [
        {
            "cohort": one.pairing.session.cohort.key,
            "session": one.pairing.session.number,
            "pairing": one.pairing.number,
            "group": one.group.number,
            "participant": source.participants[one.participant_id].code,
            "role_order": one.role_order,
            "override": _override(one, source),
        }
        for one in found
        if one.group and source.before_leaving(one.participant_id, one.pairing.made_at)
    ]


def _override(member: PairingMember, source: Source) -> str | None:
    """Why a teacher changed the pairing, and whether one joined this group."""
    joined = "a teacher joined" if member.group and member.group.teacher_id else None
    said = (source.words(member.pairing.override), joined)
    return "; ".join(one for one in said if one) or None


def fidelity(source: Source) -> Rows:
    """How far each block was done, as each rater says."""
    found = BlockDelivered.objects.filter(session__cohort__study=source.study).select_related("session__cohort")
    return [
        {
            "cohort": one.session.cohort.key,
            "session": one.session.number,
            "block": one.block,
            "rater": source.staff.code(one.rater_id, "teacher"),
            "done": one.done,
            "planned_minutes": one.planned_minutes,
            "minutes": None if one.minutes is None else round(one.minutes),
            "reason": source.words(one.reason),
        }
        for one in found
    ]


def adherence(source: Source) -> Rows:
    """How far the form of the practice in pairs was kept, as each rater says."""
    found = AdherenceRating.objects.filter(session__cohort__study=source.study).select_related("session__cohort")
    return [
        {
            "cohort": one.session.cohort.key,
            "session": one.session.number,
            "item": one.item,
            "rater": source.staff.code(one.rater_id, "teacher"),
            "value": one.value,
        }
        for one in found
    ]


def home_practice(source: Source) -> Rows:
    """The diary."""
    found = HomePractice.objects.filter(participant__in=source.participants)
    return [
        {
            "participant": source.participants[one.participant_id].code,
            "date": one.date,
            "kind": one.kind,
            "times": one.times,
            "minutes": one.minutes,
            "source": "diary",
        }
        for one in found
    ]
