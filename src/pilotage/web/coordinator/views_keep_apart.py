"""Who is not to practise with whom; what that leaves possible; and why the pairs were as they were."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilotage.pairing import Impossible, Rules, bounds, forecast
from pilotage.pairing.impossible import possible, refusal
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_keep_apart import KeepApartForm
from pilotage.web.coordinator.lookups import cohort_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Cohort, KeepApart, Study
from pilotage.web.records.queries.pairing import Met

COURSES = 8
"""Ours: how many courses a forecast plays through."""
LARGEST = 16
"""Ours: beyond so many people a forecast takes longer than a page may."""
EXPLAINED = 3
"""Ours: how many of the last pairings are explained."""


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_apart(request: Any, study: Study, group: str) -> HttpResponse:
    """Show the wishes of a group, which are entered and lifted here, and what they make of the course."""
    cohort = cohort_or_404(request, study, group)
    if request.POST.get("lift", "").isdigit():
        wish = queries.wish_of(cohort, int(request.POST["lift"]))
        if wish is not None:
            actions.lift_keep_apart(request.user, wish)
            messages.success(request, _("They may practise together again."))
        return _back(cohort)
    form = KeepApartForm(request.POST if request.method == "POST" else None, cohort=cohort)
    if perform_form(form, lambda: _keep_apart(request, cohort, form)):
        messages.success(request, _("They are kept apart from the next pairing on."))
        return _back(cohort)
    names = queries.names_of(cohort)
    context = {
        "group": cohort,
        "form": form,
        "wishes": [(wish, *_names(wish, names)) for wish in queries.wishes_of(cohort)],
        "made": [
            (pairing, [(met, _met_before(met)) for met in queries.why_these(cohort, pairing)])
            for pairing in queries.last_pairings(cohort, EXPLAINED)
        ],
    }
    return render(request, "coordinator/keep_apart.html", context | _possible(cohort, names))


def _keep_apart(request: Any, cohort: Cohort, form: KeepApartForm) -> None:
    values = form.cleaned_data
    person, other = values["person"], values["other"]
    actions.keep_apart(request.user, cohort, person, other, hard=values["hard"], kind=values["kind"])


def _names(wish: KeepApart, names: dict[str, str]) -> tuple[str, str]:
    return names.get(wish.one.code, wish.one.code), names.get(wish.other.code, wish.other.code)


def _possible(cohort: Cohort, names: dict[str, str]) -> dict[str, Any]:
    """Return what counting and a forecast say of the course with everybody who has a place, or why it cannot be."""
    people, plan = queries.codes_on_course(cohort), queries.plan_of(cohort)
    sessions = queries.sessions_with_pairs(cohort)
    if plan is None or len(people) < 2 or not sessions:
        return {"people": len(people)}
    rules, each = queries.rules_of(cohort), plan.pairings_a_session
    pairings = sessions * each
    context: dict[str, Any] = {
        "people": len(people),
        "pairings": pairings,
        "bounds": bounds(len(people), pairings, rules),
    }
    if not possible(people, rules):
        return context | {"impossible": _with_names(refusal(people, rules).for_coordinator, names)}
    if len(people) > LARGEST:
        return context
    context["risky"] = _who_missing_makes_it_impossible(people, rules, names)
    try:
        return context | {"forecast": forecast(people, sessions, rules, cohort.pk, pairings=each, courses=COURSES)}
    except Impossible as reason:
        return context | {"impossible": _with_names(reason.for_coordinator, names)}


def _who_missing_makes_it_impossible(people: list[str], rules: Rules, names: dict[str, str]) -> list[str]:
    """Return those without whom the others could not be divided: one absence that would stop an evening's pairs."""
    needed = [code for code in people if not possible([other for other in people if other != code], rules)]
    return [names.get(code, code) for code in needed]


def _met_before(met: Met) -> str:
    if not met.before:
        return _("for the first time")
    often = ngettext("met %(n)s time before", "met %(n)s times before", met.before) % {"n": met.before}
    return ", ".join((often, _("last in session %(number)s") % {"number": met.last}))


def _with_names(text: str, names: dict[str, str]) -> str:
    # The longest codes first, so that P1 is not replaced within P10.
    for code in sorted(names, key=len, reverse=True):
        text = text.replace(code, f"{names[code]} ({code})")
    return text


def _back(cohort: Cohort) -> HttpResponse:
    return redirect("coordinator:keep-apart", study=cohort.study.key, group=cohort.key)
