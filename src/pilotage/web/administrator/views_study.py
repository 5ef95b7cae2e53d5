"""A study, as its administrator sees it: what stands before enrolment, its versions, and who may do what."""

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
from pilotage.web.pages.fields import ReasonForm
from pilotage.web.records import actions, audit, protocols, queries
from pilotage.web.records.models import RoleHeld, Study
from pilotage.web.records.queries.changes import Change
from pilotage.web.records.refused import ActionRefused


@staff("administrator")
@require_safe
def study_page(request: Any, study: Study) -> HttpResponse:
    """Where the study stands, and the one next step."""
    held = RoleHeld.objects.filter(study=study, until=None).select_related("user", "centre").order_by("role")
    events, head = audit.head()
    said = {
        "version": protocols.in_force(study),
        "missing": queries.standing_between(study),
        "changed": _changed(study),
        "versions": study.versions.defer("files").select_related("by").order_by("-number"),
        "people": [(ROLE_NAMES[one.role], one) for one in held],
        "access": queries.lines(list(queries.events(study).filter(what__in=queries.ACCESS)[:10])),
        "head": head,
        "events": events,
    }
    return render(request, "administrator/study.html", said)


@staff("administrator")
@require_POST
def open_for_enrolment(request: Any, study: Study) -> HttpResponse:
    """From now on people can be asked, and the protocol changes by amendment only."""
    try:
        actions.open_for_enrolment(study, request.user)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The study is open for enrolment."))
    return redirect("administrator:study", study=study.key)


@staff("administrator")
def amend(request: Any, study: Study) -> HttpResponse:
    """What the folder's protocol changes, and why it comes into force."""
    changed = _changed(study)
    form = ReasonForm(request.POST if request.method == "POST" else None, max_length=2000, rows=3)
    if form.is_valid():
        try:
            actions.amend(study, request.user, form.cleaned_data["reason"])
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The amended protocol is in force."))
            return redirect("administrator:study", study=study.key)
    missing = queries.standing_between(study)
    return render(request, "administrator/amend.html", {"changed": changed, "missing": missing, "form": form})


def _changed(study: Study) -> list[Change]:
    """How the folder's protocol differs from the one in force; nothing while none is, or while it cannot be read."""
    version = protocols.in_force(study)
    if version is None:
        return []
    try:
        draft = protocols.draft(study)
    except ProblemsFound:
        return []
    return [] if draft.fingerprint == version.fingerprint else queries.changes(protocols.of_version(version), draft)
