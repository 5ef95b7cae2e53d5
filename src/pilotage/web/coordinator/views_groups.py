"""Training groups: made, seen with their sessions and people, taught, and closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_group import CloseForm, GroupForm, TeachersForm
from pilotage.web.coordinator.labels import row
from pilotage.web.coordinator.lookups import cohort_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.sessions import state_of
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Cohort, Study
from pilotage.web.records.refused import ActionRefused

ASKED = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_safe
def groups(request: Any, study: Study) -> HttpResponse:
    """The groups of the coordinator's centres."""
    found = queries.cohorts_of(request.user, study).prefetch_related("teachers__user", "sessions")
    rules = protocols.of(study).protocol
    page = {
        "groups": [(group, queries.places_taken(group)) for group in found],
        "programme": rules.programme,
        "sequence_to_make": rules.allocation.method == "by chance" and not queries.has_sequence(study),
    }
    return render(request, "coordinator/groups.html", page)


@staff("coordinator")
@require_http_methods(ASKED)
def add(request: Any, study: Study) -> HttpResponse:
    """A new group, with the dates of its sessions."""
    form = GroupForm(request.POST or None, study=study, user=request.user)
    made: list[Cohort] = []
    if perform_form(form, lambda: made.append(actions.add_cohort(request.user, study, **form.cleaned_data))):
        messages.success(request, _("%(group)s and its sessions are there.") % {"group": made[0].name})
        return redirect("coordinator:group", study=study.key, group=made[0].key)
    return render(request, "coordinator/group_add.html", {"form": form})


@staff("coordinator")
@require_safe
def group(request: Any, study: Study, group: str) -> HttpResponse:
    """One group: its sessions, its people, its teachers."""
    found = cohort_or_404(request, study, group)
    everybody = queries.standings(study, queries.people_of(request.user, study).filter(place__cohort=found))
    page = {
        "group": found,
        "taken": queries.places_taken(found),
        "sessions": [(one, *state_of(one)) for one in found.sessions.select_related("held")],
        "teachers": found.teachers.select_related("user"),
        "rows": [row(standing) for standing in everybody],
    }
    return render(request, "coordinator/group.html", page)


@staff("coordinator")
@require_http_methods(ASKED)
def teachers(request: Any, study: Study, group: str) -> HttpResponse:
    """Who teaches a group."""
    found = cohort_or_404(request, study, group)
    form = TeachersForm(request.POST if request.method == "POST" else None, cohort=found)
    if perform_form(form, lambda: actions.set_teachers(request.user, found, form.cleaned_data["teachers"])):
        messages.success(request, _("Kept."))
        return redirect("coordinator:group", study=study.key, group=found.key)
    return render(request, "coordinator/group_teachers.html", {"form": form, "group": found})


@staff("coordinator")
@require_http_methods(ASKED)
def close(request: Any, study: Study, group: str) -> HttpResponse:
    """Nobody comes in any more; below the protocol's size only with a reason."""
    found = cohort_or_404(request, study, group)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.close_cohort(request.user, found, form.cleaned_data["override"])):
        messages.success(request, _("%(group)s is closed; nobody else comes in.") % {"group": found.name})
        return redirect("coordinator:group", study=study.key, group=found.key)
    page = {"form": form, "group": found, "taken": queries.places_taken(found)}
    return render(request, "coordinator/group_close.html", page)


@staff("coordinator")
@require_POST
def make_sequence(request: Any, study: Study) -> HttpResponse:
    """Draw the concealed sequence; nobody sees it, and its commitment can be written down."""
    try:
        proof = actions.make_sequence(request.user, study)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("The sequence is made and sealed. What proves it later: %(hash)s") % {"hash": proof}
        )
    return redirect("coordinator:cohorts", study=study.key)
