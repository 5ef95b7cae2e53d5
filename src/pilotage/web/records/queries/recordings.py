"""Recordings: which a group may hear now, who was asked, and their sound a piece at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import BinaryField, Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Value

from pilotage.web.records.models import Participant, Recording, RecordingConsent, Session, Study, User
from pilotage.web.records.queries.delivery import sessions_followed_by, sessions_taught_by

_PIECE = 1 << 18


def recordings_of_session(session: Session) -> QuerySet[Recording]:
    """Return the recordings of a session for those who teach it, with how many were asked and how many agreed."""
    return _kept().filter(session=session).order_by("uploaded_at")


def recording_taught_by(user: User, study: Study, key: int) -> Recording | None:
    """Return a recording of a group that someone teaches; else nothing is found."""
    return _kept().filter(pk=key, session__in=sessions_taught_by(user, study)).first()


def recordings_heard_by(participant: Participant) -> QuerySet[Recording]:
    """Return what someone may hear: of their own group, while on its course, agreed to by every voice on it."""
    own = _kept().filter(session__in=sessions_followed_by(participant))
    voices = RecordingConsent.objects.filter(recording=OuterRef("pk"))
    silent = voices.exclude(agreed_at__isnull=False, participant__erased_at=None)
    return own.filter(Exists(voices), ~Exists(silent)).order_by("session__number", "uploaded_at")


def voices_of(participant: Participant) -> QuerySet[RecordingConsent]:
    """Return the recordings that someone's voice is on, agreed to or not; also for those who left the course."""
    own = RecordingConsent.objects.filter(participant=participant, recording__removed_at=None)
    return own.select_related("recording__session__cohort").defer("recording__content").order_by("recording")


def recording_heard_by(participant: Participant, key: int) -> Recording | None:
    """Return one recording that someone may hear; None where it is not one of theirs."""
    return recordings_heard_by(participant).filter(pk=key).first()


def voice_of(participant: Participant, recording: int) -> RecordingConsent | None:
    """Return someone's consent to a recording that their voice is on; None where they are not asked about it."""
    return voices_of(participant).filter(recording=recording).first()


def voices_not_answered(participant: Participant, *, since: datetime) -> list[RecordingConsent]:
    """Return the recordings made since a moment about which someone has not answered yet."""
    return list(voices_of(participant).filter(agreed_at=None, recording__uploaded_at__gt=since))


def has_recordings(participant: Participant) -> bool:
    """Return whether there is a recording that someone is asked about, or that they may hear."""
    return voices_of(participant).exists() or recordings_heard_by(participant).exists()


def size_of(recording: Recording) -> int:
    """Return how many bytes a recording has."""
    length = Func(F("content"), function="LENGTH", output_field=IntegerField())
    return int(Recording.objects.filter(pk=recording.pk).values_list(length, flat=True)[0])


def sound(recording: Recording, first: int, last: int) -> Iterator[bytes]:
    """Yield the bytes from first to last, both included, in pieces: a recording is never whole in memory."""
    for start in range(first, last + 1, _PIECE):
        length = min(_PIECE, last + 1 - start)
        piece = Func(F("content"), Value(start + 1), Value(length), function="SUBSTR", output_field=BinaryField())
        yield bytes(Recording.objects.filter(pk=recording.pk).values_list(piece, flat=True)[0])


def _kept() -> QuerySet[Recording]:
    """Return the recordings that were not removed; someone who was erased agrees to nothing."""
    agreed = Q(voices__agreed_at__isnull=False, voices__participant__erased_at=None)
    rows = Recording.objects.filter(removed_at=None).select_related("session__cohort__study").defer("content")
    return rows.annotate(asked=Count("voices"), agreed=Count("voices", filter=agreed))
