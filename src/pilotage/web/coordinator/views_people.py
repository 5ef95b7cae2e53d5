"""The list of people: where each stands and what is next; and how they are added to it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_people import ApproachForm, FilterForm, SeveralForm
from pilotage.web.coordinator.links import to_person
from pilotage.web.coordinator.rows import person_row
from pilotage.web.pages.perform import perform_form, result_of_form
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Study
from pilotage.web.records.queries.standing import Standing

ON_A_PAGE = 50


@staff("coordinator")
@require_safe
def people(request: Any, study: Study) -> HttpResponse:
    """Show everybody of the coordinator's centres who matches the filter."""
    everybody = queries.standings(study, queries.people_of(request.user, study))
    form = FilterForm(request.GET or None, study=study, user=request.user)
    in_order = sorted(form.of(everybody), key=lambda standing: standing.over)  # those with something to do come first
    page = Paginator(in_order, ON_A_PAGE).get_page(request.GET.get("page"))
    protocol = protocols.of(study).protocol
    context = {
        "form": form,
        "page": page,
        "rows": [person_row(standing, protocol) for standing in page],
        "figures": _figures(everybody),
        "anybody": bool(everybody),
    }
    return render(request, "coordinator/people.html", context)


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def approach(request: Any, study: Study) -> HttpResponse:
    """Add someone who is approached."""
    form = ApproachForm(request.POST or None, study=study, user=request.user)

    def add() -> Participant:
        arm = form.cleaned_data.get("arm_sought", "")
        return actions.approach(request.user, study, form.cleaned_data["centre"], form.contact, arm)

    added = result_of_form(form, add)
    if added is not None:
        words = _("%(name)s was added as %(code)s.")
        messages.success(request, words % {"name": form.contact.name, "code": added.code})
        return to_person(added)
    return render(request, "coordinator/approach.html", {"form": form})


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def approach_several(request: Any, study: Study) -> HttpResponse:
    """Add several people who are approached: all that were pasted, or nobody."""
    form = SeveralForm(request.POST or None, study=study, user=request.user)

    def add() -> None:
        values = form.cleaned_data
        arm = values.get("arm_sought", "")
        actions.approach_several(request.user, study, values["centre"], values["lines"], arm)

    if perform_form(form, add):
        n = len(form.cleaned_data["lines"])
        messages.success(request, ngettext("%(n)s person was added.", "%(n)s people were added.", n) % {"n": n})
        return redirect("coordinator:people", study=study.key)
    return render(request, "coordinator/several.html", {"form": form})


def _figures(everybody: Sequence[Standing]) -> list[tuple[str, int]]:
    stages = Counter(standing.stage for standing in everybody)
    consented = sum(queries.has_consented(standing.person) for standing in everybody)
    ahead = stages["approached"] + stages["interested"] + stages["screening"]
    return [
        (_("approached"), len(everybody)),
        (_("to contact or screen"), ahead),
        (_("eligible"), stages["eligible"]),
        (_("on the waiting list"), stages["waiting list"]),
        (_("consented"), consented),
        (_("in a group now"), stages["in a group"] + stages["course only"]),
        (pgettext("people", "left"), stages["left the study"] + stages["left the course"] + stages["erased"]),
    ]
