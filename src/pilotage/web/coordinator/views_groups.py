"""Training groups: created, seen with their sessions and people, taught, and closed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.vocabulary import AllocationMethod
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_groups import CloseForm, GroupForm, TeachersForm
from pilotage.web.coordinator.lookups import cohort_or_404
from pilotage.web.coordinator.rows import person_row
from pilotage.web.pages.perform import perform_form, result_of_form, result_or_message
from pilotage.web.pages.sessions import state_of
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study

SHOWN_AND_SENT = ["GET", "HEAD", "POST"]


@staff("coordinator")
@require_safe
def groups(request: Any, study: Study) -> HttpResponse:
    """Show the groups of the coordinator's centres."""
    protocol = protocols.of(study).protocol
    by_chance = AllocationMethod(protocol.allocation.method) is AllocationMethod.BY_CHANCE
    context = {
        "groups": [
            (group, queries.places_taken(group), queries.teachers_in(group))
            for group in queries.cohorts_of(request.user, study)
        ],
        "programme": protocol.programme,
        "sequence_to_make": by_chance and not queries.has_sequence(study),
    }
    return render(request, "coordinator/groups.html", context)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def add(request: Any, study: Study) -> HttpResponse:
    """Create a group, with the dates of its sessions."""
    form = GroupForm(request.POST or None, study=study, user=request.user)
    created = result_of_form(form, lambda: actions.add_cohort(request.user, study, **form.cleaned_data))
    if created is not None:
        messages.success(request, _("%(group)s and its sessions were created.") % {"group": created.name})
        return redirect("coordinator:group", study=study.key, group=created.key)
    return render(request, "coordinator/group_add.html", {"form": form})


@staff("coordinator")
@require_safe
def group(request: Any, study: Study, group: str) -> HttpResponse:
    """Show one group: its sessions, its people, its teachers."""
    cohort = cohort_or_404(request, study, group)
    people = queries.standings(study, queries.people_in(request.user, study, cohort))
    protocol = protocols.of(study).protocol
    context = {
        "group": cohort,
        "taken": queries.places_taken(cohort),
        "sessions": [(session, *state_of(session)) for session in queries.sessions_of(cohort)],
        "teachers": queries.teachers_in(cohort),
        "rows": [person_row(standing, protocol) for standing in people],
    }
    return render(request, "coordinator/group.html", context)


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def teachers(request: Any, study: Study, group: str) -> HttpResponse:
    """Choose who teaches a group."""
    cohort = cohort_or_404(request, study, group)
    form = TeachersForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if perform_form(form, lambda: actions.set_teachers(request.user, cohort, form.cleaned_data["teachers"])):
        messages.success(request, _("Saved."))
        return redirect("coordinator:group", study=study.key, group=cohort.key)
    return render(request, "coordinator/group_teachers.html", {"form": form, "group": cohort})


@staff("coordinator")
@require_http_methods(SHOWN_AND_SENT)
def close(request: Any, study: Study, group: str) -> HttpResponse:
    """Close a group for new participants; below the protocol's size only with a reason."""
    cohort = cohort_or_404(request, study, group)
    form = CloseForm(request.POST if request.method == "POST" else None)
    if perform_form(form, lambda: actions.close_cohort(request.user, cohort, form.cleaned_data["override"])):
        messages.success(request, _("%(group)s is closed for new participants.") % {"group": cohort.name})
        return redirect("coordinator:group", study=study.key, group=cohort.key)
    context = {"form": form, "group": cohort, "taken": queries.places_taken(cohort)}
    return render(request, "coordinator/group_close.html", context)


@staff("coordinator")
@require_POST
def make_sequence(request: Any, study: Study) -> HttpResponse:
    """Draw the concealed allocation sequence; nobody sees it, and its commitment can be written down."""
    commitment = result_or_message(request, lambda: actions.make_sequence(request.user, study))
    if commitment is not None:
        words = _("The allocation sequence was generated and sealed. This hash can prove it later: %(hash)s")
        messages.success(request, words % {"hash": commitment})
    return redirect("coordinator:cohorts", study=study.key)
