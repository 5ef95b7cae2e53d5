"""A teacher's words: attendance, the run-sheet's blocks, the debrief's questions, and what a session is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import SessionPlan
from pilotage.vocabulary import AttendanceStatus, DeliveryState, DeviationKind, DeviationPlanning, ProgrammePart
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

MARKS: dict[str, Words] = {
    DeliveryState.DONE: pgettext_lazy("block", "Done"),
    DeliveryState.PARTLY: pgettext_lazy("block", "Partly"),
    DeliveryState.OMITTED: pgettext_lazy("block", "Left out"),
    DeliveryState.MOVED: pgettext_lazy("block", "Moved"),
}
REASONS: tuple[Words, ...] = (
    _("time was short"),
    _("the group needed something else"),
    _("somebody needed care"),
    _("too few people"),
    _("planned beforehand"),
)
"""Why a block was not done as planned. What is tapped is kept in these words."""

ADHERENCE: dict[str, Words] = {
    "guideline": _("The guideline was given before the pairs began"),
    "rounds": _("Speaker and listener kept to their turns"),
    "timing": _("The turns lasted as long as planned"),
    "switch": _("All pairs changed turns together"),
    "dialogue": _("The dialogue took place after the turns"),
    "safety": _("People were reminded that they may stop or sit out"),
    "reflection": _("The whole group reflected on it afterwards"),
    "teacher": _("Teachers joined a pair only where the number was odd"),
}
"""Items of our own, by their id in ``protocol.adherence``."""

RATINGS: tuple[tuple[str, Words], ...] = (
    ("2", pgettext_lazy("rating", "yes")),
    ("1", pgettext_lazy("rating", "partly")),
    ("0", pgettext_lazy("rating", "no")),
    ("none", pgettext_lazy("rating", "does not apply")),
)
KINDS: dict[str, Words] = {
    DeviationKind.CONTENT: _("what was taught or practised"),
    DeviationKind.FORMAT: _("how it was done, or for how long"),
    DeviationKind.SETTING: _("where or when"),
    DeviationKind.PERSONNEL: _("who taught"),
    DeviationKind.PROCEDURE: _("how the study was done"),
}
PARTS: dict[str, Words] = {
    ProgrammePart.CORE: _("core to the programme"),
    ProgrammePart.FLEXIBLE: _("flexible"),
    ProgrammePart.NOT_JUDGED: _("I do not know"),
}
PLANNING: dict[str, Words] = {
    DeviationPlanning.PLANNED: _("planned beforehand"),
    DeviationPlanning.AD_HOC: _("decided during the session"),
}


def planned(loaded: LoadedProtocol, session: Session) -> SessionPlan | None:
    """Return what the protocol says of a session; None where it says nothing."""
    programme = loaded.protocol.programme
    sessions = programme.sessions if programme else ()
    return next((planned for planned in sessions if planned.delivered == session.number), None)


def theme_of(loaded: LoadedProtocol, session: Session) -> str:
    """Return the session's theme; empty where the protocol does not know it."""
    plan = planned(loaded, session)
    return in_page_language(plan.theme) if plan is not None and isinstance(plan.theme, str) else ""
