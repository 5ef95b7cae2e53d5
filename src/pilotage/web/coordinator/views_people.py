"""The list of people: where each stands and what is next; and how they come onto it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms import ApproachForm, SeveralForm
from pilotage.web.coordinator.forms_filter import Filter
from pilotage.web.coordinator.labels import row, url
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries import Standing

ON_A_PAGE = 50


@staff("coordinator")
@require_safe
def people(request: Any, study: Study) -> HttpResponse:
    """Everybody of the coordinator's centres, filtered as asked."""
    everybody = queries.standings(study, queries.people_of(request.user, study))
    chosen = Filter(request.GET or None, study=study, user=request.user)
    in_order = sorted(chosen.of(everybody), key=lambda standing: standing.over)  # those with something to do come first
    page = Paginator(in_order, ON_A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "coordinator/people.html",
        {
            "form": chosen,
            "page": page,
            "rows": [row(standing) for standing in page],
            "figures": _figures(everybody),
            "anybody": bool(everybody),
        },
    )


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def approach(request: Any, study: Study) -> HttpResponse:
    """Someone is approached."""
    form = ApproachForm(request.POST or None, study=study, user=request.user)
    made = []

    def write() -> None:
        given = form.cleaned_data
        arm = given.get("arm_sought", "")
        made.append(actions.approach(request.user, study, given["centre"], form.contact, arm))

    if perform_form(form, write):
        said = {"name": form.contact.name, "code": made[0].code}
        messages.success(request, _("%(name)s is on the list now, as %(code)s.") % said)
        return redirect(url("person", made[0]))
    return render(request, "coordinator/approach.html", {"form": form})


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def approach_several(request: Any, study: Study) -> HttpResponse:
    """Several people are approached: all that were pasted, or nobody."""
    form = SeveralForm(request.POST or None, study=study, user=request.user)

    def write() -> None:
        given = form.cleaned_data
        arm = given.get("arm_sought", "")
        actions.approach_several(request.user, study, given["centre"], given["lines"], arm)

    if perform_form(form, write):
        n = len(form.cleaned_data["lines"])
        messages.success(
            request, ngettext("%(n)s person is on the list now.", "%(n)s people are on the list now.", n) % {"n": n}
        )
        return redirect("coordinator:people", study=study.key)
    return render(request, "coordinator/several.html", {"form": form})


@staff("coordinator")
@require_safe
def waiting_list(request: HttpRequest, study: Study) -> HttpResponse:
    """Who waits, in order; the first may be let in."""
    mine = queries.people_of(request.user, study)  # type: ignore[arg-type]  # staff, as the decorator has seen
    line = {person.pk: place for place, person in enumerate(queries.waiting(study))}
    standings = [s for s in queries.standings(study, mine) if s.stage == "waiting list"]
    in_order = sorted(standings, key=lambda s: line[s.person.pk])
    return render(request, "coordinator/waiting_list.html", {"rows": [row(s) for s in in_order]})


def _figures(everybody: Sequence[Standing]) -> list[tuple[str, int]]:
    stages = Counter(standing.stage for standing in everybody)
    inside = sum(bool(standing.person.consents.all()) for standing in everybody)
    ahead = stages["approached"] + stages["interested"] + stages["screening"]
    return [
        (_("approached"), len(everybody)),
        (_("to hear or screen"), ahead),
        (_("eligible"), stages["eligible"]),
        (_("waiting"), stages["waiting list"]),
        (_("consented"), inside),
        (_("in a group now"), stages["in a group"] + stages["course only"]),
        (pgettext("people", "left"), stages["left the study"] + stages["left the course"] + stages["erased"]),
    ]
