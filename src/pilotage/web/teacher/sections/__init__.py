"""The parts of a session's page, each made by a small function and drawn by a template of its own, in order."""

from __future__ import annotations

from collections.abc import Callable

from pilotage.web.records.models import Session
from pilotage.web.teacher.sections.attendance import attendance
from pilotage.web.teacher.sections.materials import materials
from pilotage.web.teacher.sections.recordings import recordings
from pilotage.web.teacher.sections.run_sheet import run_sheet
from pilotage.web.teacher.sections.section import Section

SECTIONS: list[Callable[[Session], Section | None]] = [run_sheet, attendance, materials, recordings]
"""What is done in the room comes first."""


def sections(session: Session) -> list[Section]:
    """Every part that there is something to say in."""
    return [found for found in (make(session) for make in SECTIONS) if found is not None]


__all__ = ["SECTIONS", "Section", "sections"]
