"""Who is not to practise with whom; what that leaves possible; and why the pairs were as they were."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from pilotage.pairing import Impossible, bounds, forecast
from pilotage.pairing.impossible import possible, refusal
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.forms_keep_apart import KeepApartForm
from pilotage.web.coordinator.lookups import cohort_or_404
from pilotage.web.pages.perform import perform_form
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Cohort, Pairing, Place, Study

COURSES = 8
LARGEST = 16
"""Beyond so many people a forecast takes longer than a page may."""


@staff("coordinator")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_apart(request: Any, study: Study, group: str) -> HttpResponse:
    """The wishes of a group: entered and lifted here, and what they make of the course."""
    found = cohort_or_404(request, study, group)
    if request.POST.get("lift", "").isdigit():
        wish = queries.wishes_of(found).filter(pk=int(request.POST["lift"])).first()
        if wish is not None:
            actions.lift_keep_apart(request.user, wish)
            messages.success(request, _("They may practise together again."))
        return _back(found)
    form = KeepApartForm(request.POST if request.method == "POST" else None, cohort=found)
    if perform_form(form, lambda: actions.keep_apart(request.user, found, **form.cleaned_data)):
        messages.success(request, _("From the next pairing on they are kept apart."))
        return _back(found)
    names = queries.names_of(found)
    page = {"group": found, "form": form, "wishes": [(wish, *_named(wish, names)) for wish in queries.wishes_of(found)]}
    return render(request, "coordinator/keep_apart.html", page | _possible(found, names) | _why(found))


def _named(wish: Any, names: dict[str, str]) -> tuple[str, str]:
    return names.get(wish.one.code, wish.one.code), names.get(wish.other.code, wish.other.code)


def _possible(cohort: Cohort, names: dict[str, str]) -> dict[str, Any]:
    """What counting and a forecast say of the course with everybody who has a place, or why it cannot be."""
    places = Place.objects.filter(cohort=cohort, on_course=True).exclude(participant__leavings__what="course")
    people = list(places.order_by("participant__code").values_list("participant__code", flat=True))
    plan, sessions = queries.plan_of(cohort), cohort.sessions.exclude(state="cancelled").count()
    if plan is None or len(people) < 2 or not sessions:
        return {"people": len(people)}
    rules = queries.rules_of(cohort)
    pairings = sessions * plan.pairings_a_session
    page: dict[str, Any] = {"people": len(people), "pairings": pairings, "bounds": bounds(len(people), pairings, rules)}
    if not possible(people, rules):
        return page | {"impossible": _with_names(refusal(people, rules).for_coordinator, names)}
    if len(people) > LARGEST:
        return page
    page["risky"] = _who_missing_makes_it_impossible(people, rules, names)
    try:
        each = plan.pairings_a_session
        return page | {"forecast": forecast(people, sessions, rules, cohort.pk, pairings=each, courses=COURSES)}
    except Impossible as against:
        return page | {"impossible": _with_names(against.for_coordinator, names)}


def _who_missing_makes_it_impossible(people: list[str], rules: Any, names: dict[str, str]) -> list[str]:
    """Those without whom the others could not be divided: one absence that would stop an evening's pairs."""
    lone = [one for one in people if not possible([other for other in people if other != one], rules)]
    return [names.get(one, one) for one in lone]


def _why(cohort: Cohort) -> dict[str, Any]:
    """The last pairings, with what there was between people before each."""
    last = Pairing.objects.filter(session__cohort=cohort).select_related("session")
    made = last.prefetch_related("groups__teacher", "members__participant").order_by("-session__number", "-number")[:3]
    return {"made": [(pairing, [(met, _said(met)) for met in queries.why_these(cohort, pairing)]) for pairing in made]}


def _said(met: Any) -> str:
    if not met.before:
        return _("for the first time")
    often = ngettext("met %(n)s time before", "met %(n)s times before", met.before) % {"n": met.before}
    return often + ", " + _("last in session %(number)s") % {"number": met.last}


def _with_names(text: str, names: dict[str, str]) -> str:
    for code in sorted(names, key=len, reverse=True):
        text = text.replace(code, f"{names[code]} ({code})")
    return text


def _back(cohort: Cohort) -> HttpResponse:
    return redirect("coordinator:keep-apart", study=cohort.study.key, group=cohort.key)
