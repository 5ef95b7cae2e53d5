"""How the study is getting on: completion, windows that close soon, enrolment, and the participant flow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.labels import url
from pilotage.web.coordinator.views_flow import arm_flow
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries import Completion
from pilotage.web.records.queries.days import day_of
from pilotage.web.records.refused import ActionRefused

SOON = timedelta(days=3)


@staff("coordinator")
@require_safe
def progress(request: Any, study: Study) -> HttpResponse:
    """The whole of it on one page, for the coordinator's centres."""
    now, protocol = timezone.now(), protocols.of(study).protocol
    centres = list(queries.centres_of(request.user, study, "coordinator"))
    asked = queries.waited_for(study, queries.people_of(request.user, study), now)
    ways = queries.passages(study, centres)
    groups = {group.key: group.name for group in study.cohorts.all()}
    enrolment = queries.enrolment(study, ways)
    page = {
        "completion": _by_assessment(protocol, queries.completion(study, asked)),
        "closing": [(one, url("person", one.person)) for one in queries.closing_soon(asked, now, SOON)],
        "enrolment": enrolment,
        "weeks": [(counts[0].monday, counts) for counts in zip(*(arm.weeks for arm in enrolment), strict=True)],
        "flow": [arm_flow(arm, protocol, asked, groups) for arm in queries.flow(study, centres)],
        "centres": centres,
        "contact_until": queries.contact_data_until(study, asked) if _of_all_centres(study, centres) else None,
        "today": day_of(study, now),
    }
    return render(request, "coordinator/progress.html", page)


@staff("coordinator")
@require_POST
def remove_contact_data(request: Any, study: Study) -> HttpResponse:
    """Remove all names and addresses, once the protocol's time is over; for coordinators of every centre alone."""
    if not _of_all_centres(study, list(queries.centres_of(request.user, study, "coordinator"))):
        raise Http404
    try:
        n = actions.remove_contact_data(request.user, study)
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("The contact data of %(n)s person are gone.", "The contact data of %(n)s people are gone.", n)
        messages.success(request, said % {"n": n})
    return redirect("coordinator:monitoring", study=study.key)


def _by_assessment(protocol: Protocol, rows: Sequence[Completion]) -> list[tuple[str, list[tuple[Completion, str]]]]:
    """In the protocol's order, each assessment that was asked of somebody, with its instruments and arms."""
    asked = [cell for cell in rows if cell.total]
    return [
        (label, [(cell, _named(protocol, cell)) for cell in group])
        for label, group in groupby(asked, key=lambda cell: cell.assessment.label)
    ]


def _named(protocol: Protocol, cell: Completion) -> str:
    """The instrument or the form's title, with the arm where there are several, and what is not answered."""
    forms = {form.id: say(form.title, get_language() or "en") for form in protocol.forms}
    name = forms.get(cell.instrument, cell.instrument.upper())
    arm = protocol.arm(cell.arm).label
    left = ((_("%(n)s open"), cell.open), (_("%(n)s missed"), cell.missed))
    return " · ".join([f"{name}, {arm}", *(words % {"n": n} for words, n in left if n)])


def _of_all_centres(study: Study, centres: Sequence[object]) -> bool:
    return len(centres) == study.centres.count()
