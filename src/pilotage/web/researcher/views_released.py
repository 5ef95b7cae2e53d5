"""The released report, for those who gave or coordinated the course: not before its date, and aggregates alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.lookups import or_404
from pilotage.web.records import actions, archives, queries
from pilotage.web.records.models import Release, Study
from pilotage.web.researcher.report_files import report_file
from pilotage.web.researcher.responses import download, standalone


@staff("teacher", "coordinator")
@require_safe
def released(request: Any, study: Study) -> HttpResponse:
    """Show whether there is a report to read, and since when."""
    return render(request, "researcher/released.html", {"release": queries.latest_release(study)})


@staff("teacher", "coordinator")
@require_safe
def released_report(request: Any, study: Study) -> HttpResponse:
    """Show the report on a page of its own; the log says who saw it and when."""
    release = _release(study)
    actions.note_reading(request.user, release, f"the shared report of copy {release.run.freeze.number}")
    return standalone(archives.file_of(release.run.package or b"", "report.html") or b"")


@staff("teacher", "coordinator")
@require_safe
def released_word(request: Any, study: Study) -> HttpResponse:
    """Send the report as a Word file."""
    release = _release(study)
    actions.note_reading(request.user, release, f"the shared report of copy {release.run.freeze.number}, as Word")
    return download(*report_file(release.run, "word"))


def _release(study: Study) -> Release:
    return or_404(queries.latest_release(study))
