"""A teacher's words: attendance, why a block was not done as planned, and what a session is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import SessionPlan
from pilotage.vocabulary import AttendanceStatus
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.pages.sessions import Words
from pilotage.web.records.models import Session

STATUSES: dict[str, Words] = {
    AttendanceStatus.PRESENT: _("Present"),
    AttendanceStatus.LATE: _("Late"),
    AttendanceStatus.LEFT_EARLY: _("Left early"),
    AttendanceStatus.EXCUSED: _("Excused"),
    AttendanceStatus.ABSENT: _("Absent"),
    AttendanceStatus.MADE_UP: _("Made up"),
}
"""Whether someone came, as the buttons say it."""

ONE_TAP = tuple(status for status in AttendanceStatus if status is not AttendanceStatus.MADE_UP)
"""What one tap can mark; a session that was made up needs its day too."""

STATUSES_SHORT: dict[str, Words] = {
    AttendanceStatus.PRESENT: _("Here"),
    AttendanceStatus.LATE: _("Late"),
    AttendanceStatus.LEFT_EARLY: pgettext_lazy("attendance", "Left"),
    AttendanceStatus.ABSENT: _("Away"),
}
"""Whether somebody is in the room, in the shortest words: the run-sheet has little space."""

REASONS: tuple[Words, ...] = (
    _("time was short"),
    _("the group needed something else"),
    _("somebody needed care"),
    _("too few people"),
    _("planned beforehand"),
)
"""Why a block was not done as planned. What is tapped is kept in these words."""


def planned(loaded: LoadedProtocol, session: Session) -> SessionPlan | None:
    """Return what the protocol says of a session; None where it says nothing."""
    programme = loaded.protocol.programme
    sessions = programme.sessions if programme else ()
    return next((planned for planned in sessions if planned.delivered == session.number), None)


def theme_of(loaded: LoadedProtocol, session: Session) -> str:
    """Return the session's theme; empty where the protocol does not know it."""
    plan = planned(loaded, session)
    return in_page_language(plan.theme) if plan is not None and isinstance(plan.theme, str) else ""
