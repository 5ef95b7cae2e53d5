"""The data of a study as a researcher has them: by code, frozen, analysed, and who did what with them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.records import actions, archives, extract, protocols, queries
from pilotage.web.records.models import Freeze, Study
from pilotage.web.records.plan_changes import plan_changes
from pilotage.web.records.refused import ActionRefused
from pilotage.web.researcher import runner
from pilotage.web.researcher.responses import download

View = Callable[..., HttpResponse]


def of_the_whole_study(view: View) -> View:
    """For researchers of every centre: frozen data are of all of them, and nobody sees another centre's."""

    @wraps(view)
    def asked(request: Any, study: Study, **kwargs: Any) -> HttpResponse:
        if not queries.sees_all_data(request.user, study):
            raise Http404
        return view(request, study, **kwargs)

    return asked


@staff("researcher")
@require_safe
@of_the_whole_study
def data(request: Any, study: Study) -> HttpResponse:
    """Where the data stand, and the one next step."""
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "outcomes": queries.outcomes_collected(study),
        "people": extract.consenting(study).count(),
        "comments": extract.unread(study),
        "copies": queries.freezes_of(study).prefetch_related("runs"),
        "release": queries.latest_release(study),
    }
    return render(request, "researcher/data.html", context)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def plan(request: Any, study: Study) -> HttpResponse:
    """The analysis plan, to lock; and once it is locked, what became of it."""
    if request.method == "POST":
        try:
            actions.lock_plan(request.user, study)
        except ActionRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The plan is locked. From now on a change of it is listed in the report."))
        return redirect("researcher:plan", study=study.key)
    said = protocols.of(study).protocol.analysis
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "changes": plan_changes(study),
        "plan": said,
        "when": said.locked if isinstance(said.locked, str) else "",
        "groups": [
            (_("Main outcomes"), said.outcomes.main),
            (_("Secondary outcomes"), said.outcomes.secondary),
            (_("Only when reliable"), said.outcomes.if_reliable),
        ],
    }
    return render(request, "researcher/plan.html", context)


@staff("researcher")
@require_http_methods(["GET", "HEAD", "POST"])
@of_the_whole_study
def freeze(request: Any, study: Study) -> HttpResponse:
    """The data as they would be frozen now, checked; the button freezes them."""
    if request.method == "POST":
        try:
            frozen = actions.freeze(request.user, study)
        except ActionRefused as refused:
            messages.error(request, str(refused))
            return redirect("researcher:freeze", study=study.key)
        messages.success(request, _("The data are frozen as copy %(number)s.") % {"number": frozen.number})
        return redirect("researcher:copy", study=study.key, number=frozen.number)
    context = {
        "version": protocols.in_force(study),
        "lock": queries.plan_lock(study),
        "outcomes": queries.outcomes_collected(study),
        "people": extract.consenting(study).count(),
        "comments": extract.unread(study),
    }
    if context["version"] and context["people"]:
        context |= _preview(study)
    return render(request, "researcher/freeze.html", context)


def _preview(study: Study) -> dict[str, Any]:
    """How much there is, and what is wrong with it, under codes that are thrown away."""
    from pilotage.data.check import check

    people = extract.consenting(study).values_list("pk", flat=True)
    drawn = extract.study_data(study, {key: f"person {n}" for n, key in enumerate(people, start=1)})
    problems = check(drawn, protocols.of(study))
    tables = [(table, frame.height) for table, frame in drawn.tables()]
    return {"tables": tables, "problems": problems, "without_arm": len(people) - drawn.participants.height}


@staff("researcher")
@require_safe
@of_the_whole_study
def copy(request: Any, study: Study, number: int) -> HttpResponse:
    """One frozen copy, with the analyses that were made of it."""
    frozen = _copy(study, number)
    context = {"copy": frozen, "runs": queries.runs_of(study).filter(freeze=frozen), "lock": queries.plan_lock(study)}
    return render(request, "researcher/copy.html", context)


@staff("researcher")
@require_POST
@of_the_whole_study
def analyse(request: Any, study: Study, number: int) -> HttpResponse:
    """Begin an analysis of a frozen copy."""
    edition = "analyst" if request.POST.get("edition") == "analyst" else "shared"
    try:
        run = actions.ask_for_analysis(request.user, _copy(study, number), edition)
    except ActionRefused as refused:
        messages.info(request, str(refused))
        return redirect("researcher:copy", study=study.key, number=number)
    runner.start_when_committed(run)
    return redirect("researcher:run", study=study.key, run=run.pk)


@staff("researcher")
@require_safe
@of_the_whole_study
def package(request: Any, study: Study, number: int) -> HttpResponse:
    """The frozen copy as a folder that `pilotage report` takes: protocol, instruments, data, codebook."""
    frozen = get_object_or_404(Freeze.objects.select_related("study", "version"), study=study, number=number)
    content = archives.study_package(frozen)
    actions.note_export(request.user, frozen, f"data package of copy {number}")
    return download(content, f"{archives.name_of(frozen)}.zip")


@staff("researcher")
@require_safe
@of_the_whole_study
def codebook(request: Any, study: Study, number: int) -> HttpResponse:
    """The codebook of a frozen copy."""
    frozen = get_object_or_404(Freeze.objects.select_related("study"), study=study, number=number)
    content = archives.file_of(frozen.package, "codebook.csv") or b""
    actions.note_export(request.user, frozen, f"codebook of copy {number}")
    return download(content, f"{archives.name_of(frozen)}-codebook.csv")


@staff("researcher")
@require_safe
@of_the_whole_study
def conduct(request: Any, study: Study) -> HttpResponse:
    """Who did and saw what until now, as the next report will tell it."""
    return render(request, "researcher/conduct.html", {"entries": extract.conduct_of(study)})


def _copy(study: Study, number: int) -> Freeze:
    return get_object_or_404(queries.freezes_of(study), number=number)
