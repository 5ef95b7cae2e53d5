"""The way to the run-sheet before and during a session, and to the two minutes afterwards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.web.records import queries
from pilotage.web.records.models import Session
from pilotage.web.records.queries.days import day_of
from pilotage.web.teacher.sections.section import Section


def run_sheet(session: Session) -> Section | None:
    """From the day of the session on; None where it was called off or nothing is planned for its time."""
    to_come = day_of(session.cohort.study, session.planned_start) > day_of(session.cohort.study)
    if to_come or session.state in ("cancelled", "postponed") or not queries.blocks_of(session):
        return None
    held = getattr(session, "held", None)
    said = {
        "over": held is not None and held.ended_at is not None,
        "written": session.debriefs.exists(),
        "going_on": held is not None and held.ended_at is None,
    }
    return Section("run", _("In the room"), "teacher/sections/run_sheet.html", said)
