"""A second rater: somebody who saw a session they did not teach says what was done, apart from the teachers."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.records import actions, queries
from pilotage.web.records.models import BlockDelivered, Study
from pilotage.web.teacher.forms_debrief import AdherenceForm, BlocksForm


@staff("teacher")
@require_safe
def to_rate(request: Any, study: Study) -> HttpResponse:
    """Sessions of other groups that can be rated: the group and the day, and nobody's name."""
    found = queries.sessions_to_rate(request.user, study).order_by("-planned_start")
    mine = set(BlockDelivered.objects.filter(rater=request.user).values_list("session", flat=True))
    return render(request, "teacher/ratings.html", {"sessions": [(one, one.pk in mine) for one in found]})


@staff("teacher")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: Any, study: Study, session: int) -> HttpResponse:
    """The blocks and the form of the pairs, as this rater saw them; a teacher's own session has its debrief."""
    if queries.sessions_taught_by(request.user, study).filter(pk=session).exists():
        return redirect("teacher:debrief", study=study.key, session=session)
    found = queries.sessions_to_rate(request.user, study).filter(pk=session).first()
    if found is None:
        raise Http404
    data = request.POST if request.method == "POST" else None
    blocks = BlocksForm(data, session=found, rater=request.user, blocks=queries.blocks_of(found))
    adherence = AdherenceForm(data, session=found, rater=request.user)
    if data is not None and all([blocks.is_valid(), adherence.is_valid()]):
        actions.rate_blocks(request.user, found, blocks.marks)
        actions.rate_adherence(request.user, found, adherence.values)
        messages.success(request, _("Kept. Thank you."))
        return redirect("teacher:to-rate", study=study.key)
    return render(request, "teacher/rate.html", {"session": found, "blocks": blocks, "adherence": adherence})
