"""What became of a session, in words and with the tone of its badge."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.vocabulary import SessionState
from pilotage.web.records.models import Session

Words = str | Promise
STATES: dict[str, tuple[Words, str]] = {
    SessionState.PLANNED: (pgettext_lazy("session", "planned"), ""),
    SessionState.HELD: (pgettext_lazy("session", "held"), "done"),
    SessionState.TRUNCATED: (pgettext_lazy("session", "held, shorter than planned"), "attention"),
    SessionState.CANCELLED: (pgettext_lazy("session", "cancelled"), "ended"),
    SessionState.POSTPONED: (pgettext_lazy("session", "postponed"), "attention"),
    SessionState.REPLACED: (pgettext_lazy("session", "replaced"), "attention"),
}
"""Each state of a session, and the tone of its badge."""


def state_of(session: Session) -> tuple[Words, str]:
    """Return what became of a session and the tone of its badge; one that was begun and has not ended goes on."""
    held = getattr(session, "held", None)
    if held is not None and held.ended_at is None:
        return _("in progress"), "now"
    return STATES[session.state]
