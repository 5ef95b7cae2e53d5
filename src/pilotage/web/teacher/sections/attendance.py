"""Who is there: one line a person, one tap each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from pilotage.web.pages.sessions import Words
from pilotage.web.records import queries
from pilotage.web.records.actions.attendance import CAME
from pilotage.web.records.models import Session
from pilotage.web.records.queries import Line
from pilotage.web.records.queries.days import day_of
from pilotage.web.teacher.labels import ONE_TAP, STATUSES
from pilotage.web.teacher.sections.section import Section


@dataclass(frozen=True)
class Choice:
    """One of a line's buttons."""

    value: str
    words: Words
    chosen: bool


@dataclass(frozen=True)
class Row:
    """Someone's line: who it is, what is marked, and the buttons."""

    line: Line
    choices: tuple[Choice, ...]

    @property
    def words(self) -> Words:
        """What is marked, in words."""
        return STATUSES.get(self.line.status, "")

    @property
    def shape(self) -> str:
        """The class whose shape stands before the name: there, away, or not marked yet."""
        if not self.line.status:
            return ""
        return "done" if self.line.status in CAME else "omitted"


def row(line: Line) -> Row:
    """A line with its buttons."""
    return Row(line, tuple(Choice(key, STATUSES[key], line.status == key) for key in ONE_TAP))


def attendance(session: Session) -> Section | None:
    """Everybody expected; for a session that was called off there is nobody to mark."""
    if session.state in ("cancelled", "postponed"):
        return None
    return Section("people", _("Who is there"), "teacher/sections/attendance.html", counted(session))


def counted(session: Session) -> dict[str, Any]:
    """The lines and what they come to."""
    rows = [row(line) for line in queries.roster(session)]
    statuses = [found.line.status for found in rows]
    return {
        "rows": rows,
        "came": sum(status in CAME for status in statuses),
        "away": sum(status in ("excused", "absent", "made up") for status in statuses),
        "open": sum(not status for status in statuses),
        "told": sum(found.line.apology is not None for found in rows),
        "can_mark": day_of(session.cohort.study, session.planned_start) <= day_of(session.cohort.study),
    }
