"""Runs of the analysis: while they go on, their results, what is taken out of them, and their release."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.records import actions, archives, queries
from pilotage.web.records.models import AnalysisRun, Study
from pilotage.web.records.refused import ActionRefused
from pilotage.web.researcher.report_files import FILES, report_file
from pilotage.web.researcher.responses import download, standalone
from pilotage.web.researcher.results import summary
from pilotage.web.researcher.views import of_the_whole_study


@staff("researcher")
@require_safe
@of_the_whole_study
def run(request: Any, study: Study, run: int) -> HttpResponse:
    """A run: that it goes on, what it found, or what went wrong."""
    found = _run(study, run)
    context = {"run": found, "results": summary(found), "lock": queries.plan_lock(study), "files": FILES}
    return render(request, "researcher/run.html", context)


@staff("researcher")
@require_safe
@of_the_whole_study
def state(request: Any, study: Study, run: int) -> HttpResponse:
    """Whether a run is done; asked again every two seconds, until the page shows the results instead."""
    found = get_object_or_404(queries.runs_of(study), pk=run)
    response = render(request, "researcher/run_state.html", {"run": found})
    if found.state in ("done", "failed"):
        response["HX-Refresh"] = "true"
    return response


@staff("researcher")
@require_safe
@of_the_whole_study
def report(request: Any, study: Study, run: int) -> HttpResponse:
    """The report as it was made, on a page of its own."""
    content = archives.file_of(_done(study, run).package or b"", "report.html")
    return standalone(content or b"")


@staff("researcher")
@require_safe
@of_the_whole_study
def file(request: Any, study: Study, run: int, name: str) -> HttpResponse:
    """One file of the report, or all of it; the log says who took it."""
    found = _done(study, run)
    if name not in FILES:
        raise Http404
    content, filename = report_file(found, name)
    actions.note_export(request.user, found, f"{FILES[name].what}, {found.edition} edition, copy {found.freeze.number}")
    return download(content, filename)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def release(request: Any, study: Study, run: int) -> HttpResponse:
    """Let teachers and coordinators read the aggregate report, once the researcher says so twice."""
    found = get_object_or_404(queries.runs_of(study), pk=run)
    if request.method == "POST":
        try:
            actions.release(request.user, found)
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Teachers and coordinators can read this report now."))
        return redirect("researcher:run", study=study.key, run=found.pk)
    return render(request, "researcher/release.html", {"run": found, "lock": queries.plan_lock(study)})


def _run(study: Study, key: int) -> AnalysisRun:
    found = AnalysisRun.objects.filter(freeze__study=study).defer("freeze__package")
    return get_object_or_404(found.select_related("freeze__study", "freeze__version", "asked_by"), pk=key)


def _done(study: Study, key: int) -> AnalysisRun:
    found = _run(study, key)
    if found.state != "done":
        raise Http404
    return found
