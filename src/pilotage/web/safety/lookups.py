"""How the views find a safety report that this member of staff may open."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from pilotage.web.pages.lookups import or_404
from pilotage.web.records import queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety import SafetyReport


def report_or_404(request: Any, study: Study, key: int) -> SafetyReport:
    """Return the report that this member of staff may open."""
    return or_404(queries.report_for(request.user, study, key))


def opened_or_404(request: Any, study: Study, key: int) -> SafetyReport:
    """Return the report, once it was opened: nothing is judged unread."""
    report = report_or_404(request, study, key)
    if report.stage == "not opened":
        raise Http404
    return report
