"""The debrief after a session: deviations from the protocol, how the pairs went, and notes without names."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from pilotage.vocabulary import DeliveryState, DeviationPlanning, ProgrammePart
from pilotage.web.accounts.access import staff
from pilotage.web.pages.delivery import PARTS, PLANNING
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.sessions import Words
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Session, Study, User
from pilotage.web.teacher.forms_debrief import AdherenceForm, BlockDeviationForm, DebriefForm
from pilotage.web.teacher.lookups import session_or_404, to_session


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def debrief(request: Any, study: Study, session: int) -> HttpResponse:
    """Ask for each deviation from the run-sheet, anything else, eight short ratings, and notes."""
    row = session_or_404(request, study, session)
    form_data = request.POST if request.method == "POST" else None
    blocks = _block_forms(row, request.user, form_data)
    form = DebriefForm(form_data, initial=_initial(row, request.user), use_required_attribute=False)
    adherence = AdherenceForm(form_data, session=row, rater=request.user)
    # A list, so that each form is asked and shows what it wants.
    valid = [any_form.is_valid() for any_form in (*blocks, form, adherence)]
    if form_data is not None and all(valid):
        if perform_form(form, lambda: _keep(request.user, row, blocks, form, adherence)):
            messages.success(request, _("Debrief saved. Thank you."))
            return to_session(row)
        form.ask_whether_meant()
    context = {
        "session": row,
        "blocks": blocks,
        "form": form,
        "adherence": adherence,
        "deviations": _deviations(row),
        "began": getattr(row, "held", None) is not None,
    }
    return render(request, "teacher/debrief.html", context)


def _block_forms(session: Session, user: User, form_data: Any) -> list[BlockDeviationForm]:
    """Return a form for each block that was not done as planned and was not spoken of yet."""
    noted = queries.blocks_with_deviation(session, user)
    lines = [line for line in queries.lines_of(session, user) if line.progress.mark not in (None, DeliveryState.DONE)]
    return [
        BlockDeviationForm(form_data, line=line)
        for line in lines
        if line.block.id not in noted
        and not (
            line.block.optional and line.progress.mark == DeliveryState.OMITTED
        )  # an optional block may be left out
    ]


def _initial(session: Session, user: User) -> dict[str, str]:
    return {
        "notes": queries.debrief_notes(session, user),
        "core": ProgrammePart.NOT_JUDGED,
        "planned": DeviationPlanning.AD_HOC,
    }


def _deviations(session: Session) -> list[tuple[str, Words, Words]]:
    """Return what was noted already: its description, and in words what it touches and when it was decided."""
    return [(row.description, PARTS[row.core], PLANNING[row.planned]) for row in queries.deviations_of(session)]


def _keep(
    user: User, session: Session, blocks: list[BlockDeviationForm], form: DebriefForm, adherence: AdherenceForm
) -> None:
    actions.keep_debrief(
        user,
        session,
        [*(block.deviation for block in blocks), *form.deviations],
        form.cleaned_data["notes"],
        adherence=adherence.ratings,
        names_are_meant=form.cleaned_data["names_are_meant"],
    )
