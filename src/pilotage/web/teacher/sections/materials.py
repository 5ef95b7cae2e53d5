"""What is given out with the session."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from pilotage.web.records import queries
from pilotage.web.records.models import Session
from pilotage.web.teacher.sections.section import Section


def materials(session: Session) -> Section | None:
    """The session's materials, and whether the group has them; None where the programme has none here."""
    found = queries.materials_with(session)
    if not found:
        return None
    study = session.cohort.study
    rows = [(one, given, bool(queries.file_of(study, one, one.language))) for one, given in found]
    return Section("materials", _("Materials"), "teacher/sections/materials.html", {"rows": rows})
