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
from pilotage.web.teacher.pairing_page import pairs_page


@staff("teacher")
@require_safe
def projector(request: Any, study: Study, session: int) -> HttpResponse:
    """The page; asked again by its script, only what changed since."""
    found = session_or_404(request, study, session)
    page = pairs_page(found) | {"session": found}
    seen = _fingerprint(found, page)
    if request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    page["seen"] = seen
    if "seen" in request.GET:
        return HttpResponse(render_to_string("teacher/projector_room.html", page, request))
    return render(request, "teacher/projector.html", page)


def _fingerprint(session: Session, page: dict[str, Any]) -> str:
    """Of what the room sees, the time aside: its clock runs on the page."""
    pairing = page["pairing"]
    said = (session.pk, pairing.pk, pairing.clock, page["groups"], page["observers"]) if pairing else (session.pk,)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]
