"""A second rater: somebody who saw a session they did not teach says what was done, apart from the teachers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.lookups import or_404
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.teacher.forms_debrief import AdherenceForm, BlocksForm


@staff("teacher")
@require_safe
def to_rate(request: Any, study: Study) -> HttpResponse:
    """List the sessions of other groups that can be rated: the group and the day, and nobody's name."""
    return render(request, "teacher/ratings.html", {"sessions": queries.sessions_with_rating(request.user, study)})


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Any, study: Study, session: int) -> HttpResponse:
    """Rate the blocks and the form of the pairs, as this rater saw them; a teacher's own session has its debrief."""
    if queries.session_taught_by(request.user, study, session) is not None:
        return redirect("teacher:debrief", study=study.key, session=session)
    row = or_404(queries.session_to_rate(request.user, study, session))
    form_data = request.POST if request.method == "POST" else None
    blocks = BlocksForm(form_data, session=row, rater=request.user, blocks=queries.blocks_of(row))
    adherence = AdherenceForm(form_data, session=row, rater=request.user)
    if form_data is not None and all([blocks.is_valid(), adherence.is_valid()]):
        actions.rate_blocks(request.user, row, blocks.marks)
        actions.rate_adherence(request.user, row, adherence.ratings)
        messages.success(request, _("Ratings saved. Thank you."))
        return redirect("teacher:to-rate", study=study.key)
    return render(request, "teacher/rate.html", {"session": row, "blocks": blocks, "adherence": adherence})
