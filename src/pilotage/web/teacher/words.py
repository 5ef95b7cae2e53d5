"""A teacher's words: what became of a session, and whether someone came."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import Session as PlannedSession
from pilotage.web.records.models import Session

Words = str | Promise

STATES: dict[str, tuple[Words, str]] = {
    "planned": (pgettext_lazy("session", "to come"), ""),
    "held": (pgettext_lazy("session", "held"), "done"),
    "truncated": (pgettext_lazy("session", "held, shorter than planned"), "attention"),
    "cancelled": (pgettext_lazy("session", "cancelled"), "ended"),
    "postponed": (pgettext_lazy("session", "put off"), "attention"),
    "replaced": (pgettext_lazy("session", "replaced"), "attention"),
}
"""Each state of a session in words, and the tone of its badge."""

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


def state_of(session: Session) -> tuple[Words, str]:
    """What became of a session; one that was begun and has not ended goes on."""
    held = getattr(session, "held", None)
    if held is not None and held.ended_at is None:
        return _("going on"), "now"
    return STATES[session.state]


def planned(loaded: LoadedProtocol, session: Session) -> PlannedSession | None:
    """What the protocol says of a session."""
    programme = loaded.protocol.programme
    sessions = programme.sessions if programme else ()
    return next((one for one in sessions if one.delivered == session.number), None)


def theme_of(loaded: LoadedProtocol, session: Session) -> str:
    """The session's theme, where the protocol knows it."""
    found = planned(loaded, session)
    return found.theme if found is not None and isinstance(found.theme, str) else ""
