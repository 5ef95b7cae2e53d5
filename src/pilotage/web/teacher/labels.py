"""A teacher's words: whether someone came, and what a session is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import SessionPlan as PlannedSession
from pilotage.web.pages.sessions import Words
from pilotage.web.records.models import Session

STATUSES: dict[str, Words] = {
    "present": _("Present"),
    "late": _("Late"),
    "left early": _("Left early"),
    "excused": _("Excused"),
    "absent": _("Absent"),
    "made up": _("Made up"),
}
"""Whether someone came, as the buttons say it."""

ONE_TAP = ("present", "late", "left early", "excused", "absent")


def planned(loaded: LoadedProtocol, session: Session) -> PlannedSession | None:
    """What the protocol says of a session."""
    programme = loaded.protocol.programme
    sessions = programme.sessions if programme else ()
    return next((one for one in sessions if one.delivered == session.number), None)


def theme_of(loaded: LoadedProtocol, session: Session) -> str:
    """The session's theme, where the protocol knows it."""
    found = planned(loaded, session)
    return found.theme if found is not None and isinstance(found.theme, str) else ""
