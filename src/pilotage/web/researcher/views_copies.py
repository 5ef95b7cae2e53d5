"""Frozen copies of the data: made, seen with their analyses, and taken out of the server."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.lookups import or_404
from pilotage.web.pages.perform import result_or_message
from pilotage.web.records import actions, archives, extract, protocols, queries
from pilotage.web.records.models import Freeze, Study
from pilotage.web.researcher import doubts, runner
from pilotage.web.researcher.access import of_the_whole_study
from pilotage.web.researcher.labels import TABLES
from pilotage.web.researcher.responses import download


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def freeze(request: Any, study: Study) -> HttpResponse:
    """Show the data as they would be frozen now, checked; the button freezes them."""
    if request.method == "POST":
        frozen = result_or_message(request, lambda: actions.freeze(request.user, study))
        if frozen is None:
            return redirect("researcher:freeze", study=study.key)
        messages.success(request, _("The data were frozen as copy %(number)s.") % {"number": frozen.number})
        return redirect("researcher:copy", study=study.key, number=frozen.number)
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "outcomes": queries.outcomes_collected(study),
        "people": extract.number_consenting(study),
        "comments": extract.unread(study),
    }
    if context["version"] and context["people"]:
        context |= _preview(study)
    return render(request, "researcher/freeze.html", context)


@staff("researcher")
@require_safe
@of_the_whole_study
def copy(request: Any, study: Study, number: int) -> HttpResponse:
    """Show one frozen copy, with the analyses that were made of it."""
    frozen = _copy(study, number)
    context = {"copy": frozen, "runs": queries.runs_of_copy(frozen), "lock": queries.plan_lock(study)}
    return render(request, "researcher/copy.html", context)


@staff("researcher")
@require_POST
@of_the_whole_study
def analyse(request: Any, study: Study, number: int) -> HttpResponse:
    """Begin an analysis of a frozen copy."""
    edition = "analyst" if request.POST.get("edition") == "analyst" else "shared"
    frozen = _copy(study, number)
    run = result_or_message(request, lambda: actions.ask_for_analysis(request.user, frozen, edition))
    if run is None:
        return redirect("researcher:copy", study=study.key, number=number)
    runner.start_when_committed(run)
    return redirect("researcher:run", study=study.key, run=run.pk)


@staff("researcher")
@require_safe
@of_the_whole_study
def package(request: Any, study: Study, number: int) -> HttpResponse:
    """Send the frozen copy as a folder that `pilotage report` takes: protocol, instruments, data, codebook."""
    frozen = _copy_with_package(study, number)
    content = archives.study_package(frozen)
    actions.note_export(request.user, frozen, f"data package of copy {number}")
    return download(content, f"{archives.name_of(frozen)}.zip")


@staff("researcher")
@require_safe
@of_the_whole_study
def codebook(request: Any, study: Study, number: int) -> HttpResponse:
    """Send the codebook of a frozen copy."""
    frozen = _copy_with_package(study, number)
    content = archives.file_of(frozen.package, "codebook.csv") or b""
    actions.note_export(request.user, frozen, f"codebook of copy {number}")
    return download(content, f"{archives.name_of(frozen)}-codebook.csv")


def _preview(study: Study) -> dict[str, Any]:
    """Return how much there is, what is wrong with it, and what may be missing by mistake."""
    from pilotage.analysis.analysis_input import AnalysisInput
    from pilotage.data.check import check

    drawn, without_arm = extract.preview(study)
    tables = [
        (*TABLES[table.name], number_format(frame.height, force_grouping=True)) for table, frame in drawn.tables()
    ]
    loaded = protocols.of(study)
    return {
        "tables": tables,
        "problems": check(drawn, loaded),
        "doubts": [
            *doubts.of_data(AnalysisInput(loaded, drawn)),
            *doubts.of_reports(*queries.reports_not_judged(study)),
        ],
        "without_arm": without_arm,
    }


def _copy(study: Study, number: int) -> Freeze:
    return get_object_or_404(queries.freezes_of(study), number=number)


def _copy_with_package(study: Study, number: int) -> Freeze:
    return or_404(queries.freeze_with_package(study, number))
