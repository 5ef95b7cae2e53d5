"""Runs of the analysis: while they go on, their results, what is taken out of them, and their release."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.lookups import or_404
from pilotage.web.pages.perform import perform
from pilotage.web.records import actions, archives, queries
from pilotage.web.records.models import AnalysisRun, Study
from pilotage.web.researcher.access import of_the_whole_study
from pilotage.web.researcher.report_files import FILES, report_file
from pilotage.web.researcher.responses import download, standalone
from pilotage.web.researcher.results import summary


@staff("researcher")
@require_safe
@of_the_whole_study
def run(request: Any, study: Study, run: int) -> HttpResponse:
    """Show a run: that it goes on, its results, or what went wrong."""
    analysis = _run(study, run)
    context = {"run": analysis, "results": summary(analysis), "lock": queries.plan_lock(study), "files": FILES}
    return render(request, "researcher/run.html", context)


@staff("researcher")
@require_safe
@of_the_whole_study
def state(request: Any, study: Study, run: int) -> HttpResponse:
    """Tell whether a run is done; the page asks every two seconds, until it shows the results instead."""
    analysis = get_object_or_404(queries.runs_of(study), pk=run)
    response = render(request, "researcher/run_state.html", {"run": analysis})
    if analysis.state in ("done", "failed"):
        response["HX-Refresh"] = "true"
    return response


@staff("researcher")
@require_safe
@of_the_whole_study
def report(request: Any, study: Study, run: int) -> HttpResponse:
    """Show the report as it was made, on a page of its own."""
    content = archives.file_of(_done(study, run).package or b"", "report.html")
    return standalone(content or b"")


@staff("researcher")
@require_safe
@of_the_whole_study
def file(request: Any, study: Study, run: int, name: str) -> HttpResponse:
    """Send one file of the report, or all of it; the log says who took it."""
    analysis = _done(study, run)
    if name not in FILES:
        raise Http404
    content, filename = report_file(analysis, name)
    what = f"{FILES[name].what}, {analysis.edition} edition, copy {analysis.freeze.number}"
    actions.note_export(request.user, analysis, what)
    return download(content, filename)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def release(request: Any, study: Study, run: int) -> HttpResponse:
    """Let teachers and coordinators read the aggregate report, once the researcher says so twice."""
    analysis = get_object_or_404(queries.runs_of(study), pk=run)
    if request.method == "POST":
        success = _("Teachers and coordinators can now read this report.")
        perform(request, lambda: actions.release(request.user, analysis), success)
        return redirect("researcher:run", study=study.key, run=analysis.pk)
    return render(request, "researcher/release.html", {"run": analysis, "lock": queries.plan_lock(study)})


def _run(study: Study, key: int) -> AnalysisRun:
    return or_404(queries.run_with_package(study, key))


def _done(study: Study, key: int) -> AnalysisRun:
    run = _run(study, key)
    if run.state != "done":
        raise Http404
    return run
