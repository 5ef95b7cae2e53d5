"""Two minutes after a session: what departed from the protocol, how the pairs went, and notes without names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.web.accounts.access import staff
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Session, Study, User
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.forms_debrief import AdherenceForm, DebriefForm, DepartureForm
from pilotage.web.teacher.lookups import session_or_404, to_session


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: Any, study: Study, session: int) -> HttpResponse:
    """Each departure from the run-sheet, anything else, eight short questions, and notes."""
    found = session_or_404(request, study, session)
    data = request.POST if request.method == "POST" else None
    departures = _departures(found, request.user, data)
    form = DebriefForm(data, initial=_kept(found, request.user), use_required_attribute=False)
    adherence = AdherenceForm(data, session=found, rater=request.user)
    every = [*departures, form, adherence]
    sound = data is not None and False not in [one.is_valid() for one in every]  # each says what it wants
    if sound and _done(request, found, departures, form, adherence):
        messages.success(request, _("Kept. Thank you."))
        return to_session(found)
    page = {"session": found, "departures": departures, "form": form, "adherence": adherence}
    page |= {"noted": found.deviations.order_by("pk"), "began": getattr(found, "held", None) is not None}
    return render(request, "teacher/debrief.html", page)


def _departures(session: Session, user: User, data: Any) -> list[DepartureForm]:
    """A form for each block that was not done as planned and was not spoken of yet."""
    noted = set(session.deviations.filter(by=user).exclude(block="").values_list("block", flat=True))
    lines = queries.lines_of(session, user)
    departing = (line for line in lines if line.progress.mark in ("partly", "omitted", "moved"))
    return [
        DepartureForm(data, line=line)
        for line in departing
        if line.block.id not in noted and not (line.block.optional and line.progress.mark == "omitted")
    ]


def _kept(session: Session, user: User) -> dict[str, str]:
    row = session.debriefs.filter(by=user).first()
    return {"notes": row.notes if row else "", "core": "not judged", "planned": "ad hoc"}


def _done(
    request: Any, session: Session, blocks: list[DepartureForm], form: DebriefForm, adherence: AdherenceForm
) -> bool:
    departures = [*(one.departure for one in blocks), *form.departures]
    given = form.cleaned_data
    meant = given["names_are_meant"]
    try:
        with transaction.atomic():
            actions.keep_debrief(request.user, session, departures, given["notes"], names_are_meant=meant)
            actions.rate_adherence(request.user, session, adherence.values)
    except ActionRefused as refused:
        form.add_error(None, str(refused))
        form.ask_whether_meant()
        return False
    return True
