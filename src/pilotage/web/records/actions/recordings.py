"""Recordings made in a session: for that group alone, and only while everybody whose voice is on them agrees."""

from __future__ import annotations

from typing import BinaryIO

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from pilotage.vocabulary import IN_ROOM, AuditAction
from pilotage.web.records import audit
from pilotage.web.records.audio import audio_type
from pilotage.web.records.models import Participant, Recording, RecordingConsent, Session, User
from pilotage.web.records.refused import ActionRefused

MOST_MEGABYTES = 50
"""About an hour of speech as a telephone records it."""


@transaction.atomic
def add_recording(by: User, session: Session, *, title: str, file: BinaryIO) -> Recording:
    """Keep a recording, and ask everybody who was there; nobody of the group hears it until all of them agreed."""
    voices = list(session.attendance.filter(status__in=IN_ROOM).select_related("participant"))
    if not voices:
        raise ActionRefused(_("First mark who was present. They are asked whether the group may hear the recording."))
    content_type = audio_type(file)
    if content_type is None:
        raise ActionRefused(_("A phone cannot play this sound file. Choose an MP3, M4A, AAC, Ogg, WAV or FLAC file."))
    content = file.read(MOST_MEGABYTES * 1_000_000 + 1)
    if len(content) > MOST_MEGABYTES * 1_000_000:
        raise ActionRefused(
            _("This file is larger than %(most)s MB. Save it as an MP3 of lower quality.") % {"most": MOST_MEGABYTES}
        )
    recording = Recording.objects.create(
        session=session, title=title.strip(), content=content, content_type=content_type, uploaded_by=by
    )
    RecordingConsent.objects.bulk_create(
        RecordingConsent(recording=recording, participant=row.participant) for row in voices
    )
    after = {"session": session.number, "bytes": len(content), "voices": len(voices)}
    audit.record(by, AuditAction.RECORDING_ADDED, recording, study=session.cohort.study, after=after)
    return recording


@transaction.atomic
def agree_to_recording(participant: Participant, voice: RecordingConsent) -> None:
    """Record that someone whose voice is on a recording agrees that their group hears it."""
    _answer(participant, voice, AuditAction.RECORDING_AGREED_TO, agrees=True)


@transaction.atomic
def disagree_with_recording(participant: Participant, voice: RecordingConsent) -> None:
    """Take an agreement back; from then on nobody of the group hears the recording."""
    _answer(participant, voice, AuditAction.AGREEMENT_TO_RECORDING_TAKEN_BACK, agrees=False)


@transaction.atomic
def remove_recording(by: audit.By, recording: Recording) -> None:
    """Erase the sound of a recording; that there was one stays in the log."""
    row = Recording.objects.select_for_update().defer("content").get(pk=recording.pk)
    if row.removed_at is None:
        row.content, row.removed_at = b"", timezone.now()
        row.save(update_fields=["content", "removed_at"])
        audit.record(by, AuditAction.RECORDING_REMOVED, row, study=row.session.cohort.study)


def _answer(participant: Participant, voice: RecordingConsent, what: AuditAction, *, agrees: bool) -> None:
    row = RecordingConsent.objects.select_for_update().get(pk=voice.pk, participant=participant)
    if (row.agreed_at is not None) == agrees:
        return
    row.agreed_at = timezone.now() if agrees else None
    row.save(update_fields=["agreed_at"])
    audit.record(participant, what, row, about=participant, after={"recording": row.recording_id})
