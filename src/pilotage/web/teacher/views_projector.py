"""What the room sees on a large screen: whose turn it is, the time, and the names; no menus and nothing else."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.records.models import Session, Study
from pilotage.web.teacher.lookups import session_or_404
from pilotage.web.teacher.views_pairing import pairs_context


@staff("teacher")
@require_safe
def projector(request: Any, study: Study, session: int) -> HttpResponse:
    """Show the page; to its script, which says what it has seen, answer only what changed since."""
    row = session_or_404(request, study, session)
    context = pairs_context(row) | {"session": row}
    seen = _fingerprint(row, context)
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    context["seen"] = seen
    if "seen" in request.GET:
        return HttpResponse(render_to_string("teacher/projector_room.html", context, request))
    return render(request, "teacher/projector.html", context)


def _fingerprint(session: Session, context: dict[str, Any]) -> str:
    """Return a fingerprint of what the room sees, without the time: its clock runs on the page."""
    pairing = context["pairing"]
    seen = (session.pk, pairing.pk, pairing.clock, context["groups"], context["observers"]) if pairing else session.pk
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:16]
