"""A study, as its administrator sees it: what is missing before enrolment, its versions, and who may do what."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.problems import ProblemsFound
from pilotage.web.accounts.access import staff
from pilotage.web.accounts.navigation import ROLE_NAMES
from pilotage.web.administrator.labels import log_rows
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.records import actions, audit, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.changes import ProtocolChange


@staff("administrator")
@require_safe
def study_page(request: Any, study: Study) -> HttpResponse:
    """Show where the study stands, and the one next step."""
    events, head = audit.head()
    context = {
        "version": protocols.in_force(study),
        "missing": queries.standing_between(study),
        "changed": _changed(study),
        "versions": queries.versions_of(study),
        "people": [(ROLE_NAMES[held.role], held) for held in queries.roles_in(study)],
        "access": log_rows(queries.lines(queries.access_events(study)), study),
        "head": f"{events}:{head}",  # as `pilotage verify --head` takes it
        "events": events,
    }
    return render(request, "administrator/study.html", context)


@staff("administrator")
@require_POST
def open_for_enrolment(request: Any, study: Study) -> HttpResponse:
    """Open the study: from now on people can be asked, and the protocol changes by amendment only."""
    perform(request, lambda: actions.open_for_enrolment(study, request.user), _("The study is open for enrolment."))
    return redirect("administrator:study", study=study.key)


@staff("administrator")
def amend(request: Any, study: Study) -> HttpResponse:
    """Show what the folder's protocol changes, and put it in force for a reason."""
    changed = _changed(study)
    form = ReasonForm(request.POST if request.method == "POST" else None, max_length=2000, rows=3)
    if perform_form(form, lambda: actions.amend(study, request.user, form.cleaned_data["reason"])):
        messages.success(request, _("The amended protocol is in force."))
        return redirect("administrator:study", study=study.key)
    missing = queries.standing_between(study)
    return render(request, "administrator/amend.html", {"changed": changed, "missing": missing, "form": form})


def _changed(study: Study) -> list[ProtocolChange]:
    """Return how the folder's protocol differs from the one in force.

    Nothing differs while none is in force, or while the folder's cannot be read.
    """
    version = protocols.in_force(study)
    if version is None:
        return []
    try:
        draft = protocols.draft(study)
    except ProblemsFound:
        return []
    return [] if draft.fingerprint == version.fingerprint else queries.changes(protocols.of_version(version), draft)
