"""The run-sheet: a session's blocks in order, the time, who is in the room, the pairs, and a concern in two taps."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.actions.fidelity import CONCERNS, OF_A_BLOCK, STATUSES, Tapped
from pilotage.web.records.models import Session, Study
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.labels import theme_of
from pilotage.web.teacher.labels_run_sheet import HERE, MARKS, REASONS, describe, hours_of, prompts
from pilotage.web.teacher.lookups import session_or_404
from pilotage.web.teacher.pairing_page import pairs_page, practice_block

KNOWN = (*OF_A_BLOCK, *STATUSES, *CONCERNS, "clock")
MOST = 500


@staff("teacher")
@require_safe
def run_sheet(request: Any, study: Study, session: int) -> HttpResponse:
    """The page a session is run from."""
    found = session_or_404(request, study, session)
    loaded = protocols.of(study)
    lines, people = queries.lines_of(found, request.user), queries.roster(found)
    practice = practice_block(loaded.protocol.programme)
    page = {
        "session": found,
        "group": found.cohort,
        "held": getattr(found, "held", None),
        "theme": theme_of(loaded, found),
        "lines": [
            (line, prompts(loaded, found, line.block), describe(line.block, request.LANGUAGE_CODE)) for line in lines
        ],
        "practice": practice.id if practice else "",
        "time": queries.time_of(found, lines, timezone.now()),
        "hours": hours_of(queries.time_of(found, lines, timezone.now())),
        "marks": MARKS,
        "reasons": REASONS,
        "here": HERE,
        "people": people,
        "in_room": sum(line.status in ("present", "late") for line in people),
        "told": sum(line.apology is not None for line in people),
        "open": sum(not line.status for line in people),
        "now": timezone.now(),
    }
    return render(request, "teacher/run_sheet.html", page | pairs_page(found))


@staff("teacher")
@require_POST
def tap(request: Any, study: Study, session: int) -> HttpResponse:
    """What was tapped: one button of a plain form, or all that a device kept, in its order."""
    found = session_or_404(request, study, session)
    if request.content_type == "application/json":
        return _from_device(request, found)
    said = request.POST
    if said.get("what") not in KNOWN:
        return HttpResponseBadRequest()
    one = Tapped(
        time.time_ns(), said["what"], said.get("about", ""), timezone.now(), _reason(said), {"total": _total(said)}
    )
    try:
        refused = actions.keep_taps(request.user, found, "form", [one])
    except ValueError:
        return HttpResponseBadRequest()
    for why in refused.values():
        messages.error(request, why)
    answer = redirect("teacher:run-sheet", study=study.key, session=found.pk)
    answer["Location"] += f"#{said.get('at', '')}" if said.get("at", "").replace("-", "").isalnum() else ""
    return answer


@staff("teacher")
@require_POST
def everybody_here(request: Any, study: Study, session: int) -> HttpResponse:
    """Everybody who did not write otherwise is there, except those already marked."""
    found = session_or_404(request, study, session)
    perform(request, lambda: actions.mark_others_present(request.user, found))
    return redirect("teacher:run-sheet", study=study.key, session=found.pk)


@staff("teacher")
@require_safe
def worker(request: Any, study: Study, session: int) -> HttpResponse:
    """The script by which this one page outlives a reload without network; its reach is this page alone."""
    session_or_404(request, study, session)
    script = settings.HERE / "static" / "pilotage" / "room-worker.js"
    return HttpResponse(script.read_text(encoding="utf-8"), content_type="text/javascript")


def _from_device(request: Any, session: Session) -> HttpResponse:
    try:
        said = json.loads(request.body)
        taps = [_tapped(one) for one in said["taps"][:MOST]]
        refused = actions.keep_taps(request.user, session, str(said["device"])[:40], taps)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return HttpResponseBadRequest()
    except ActionRefused as against:
        return JsonResponse({"refused": {str(one.sequence): str(against) for one in taps}})
    return JsonResponse({"refused": refused})


def _tapped(said: dict[str, Any]) -> Tapped:
    """A tap says how long ago it was: a tablet's own clock may be wrong."""
    if said["what"] not in KNOWN:
        raise ValueError(f"'{said['what']}' is nothing that is tapped.")
    at = timezone.now() - timedelta(milliseconds=max(0, int(said.get("ago", 0))))
    clock = {key: float(value) for key, value in dict(said.get("clock") or {}).items()}
    about, reason = str(said.get("about", "")), str(said.get("reason", ""))[:2000]
    return Tapped(int(said["sequence"]), said["what"], about, at, reason, clock)


def _reason(said: QueryDict) -> str:
    return (said.get("words", "").strip() or said.get("reason", "").strip())[:2000]


def _total(said: QueryDict) -> float:
    minutes = said.get("minutes", "")
    return float(minutes) * 60 if minutes.isdigit() else 0.0
