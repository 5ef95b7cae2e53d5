"""Recordings made in the session."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.web.records import queries
from pilotage.web.records.models import Session
from pilotage.web.teacher.sections.section import Section


def recordings(session: Session) -> Section | None:
    """The recordings, how many of those on them agreed, and adding one; once the session has begun."""
    if getattr(session, "held", None) is None:
        return None
    found = list(queries.recordings_of_session(session))
    return Section("recordings", _("Recordings"), "teacher/sections/recordings.html", {"recordings": found})
