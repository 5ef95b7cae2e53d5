"""The run-sheet: a session's blocks in order, the time, who is in the room, the pairs, and a concern in two taps."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.programme import Block
from pilotage.protocol.words import say
from pilotage.vocabulary import AttendanceStatus
from pilotage.web.accounts.access import staff
from pilotage.web.pages.delivery import MARKS
from pilotage.web.pages.perform import perform
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.pages.sessions import Words
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.actions.fidelity import CONCERNS, OF_A_BLOCK, STATUSES, Tapped
from pilotage.web.records.models import Session, Study
from pilotage.web.records.queries.run_sheet import Time
from pilotage.web.records.refused import ActionRefused
from pilotage.web.teacher.labels import REASONS, STATUSES_SHORT, planned, theme_of
from pilotage.web.teacher.lookups import session_or_404
from pilotage.web.teacher.views_pairing import pairs_context, practice_block
from pilotage.web.teacher.views_session import cannot_come

KNOWN = (*OF_A_BLOCK, *STATUSES, *CONCERNS, "clock")
MOST_TAPS = 500
"""How many taps are kept from one request; a device that has more sends the rest in its next."""


@dataclass(frozen=True)
class Prompt:
    """What a teacher may want to see while a block is taught: guidelines, theme, contemplations."""

    label: Words
    words: tuple[str, ...]


@staff("teacher")
@require_safe
def run_sheet(request: Any, study: Study, session: int) -> HttpResponse:
    """Show the page a session is run from."""
    row = session_or_404(request, study, session)
    loaded = protocols.of(study)
    lines, people = queries.lines_of(row, request.user), queries.roster(row)
    practice = practice_block(loaded.protocol.programme)
    time_left = queries.time_of(row, lines, timezone.now())
    in_room = {line.participant.code for line in people if line.status and AttendanceStatus(line.status).still_there}
    apologies = sum(line.apology is not None for line in people)
    context = {
        "session": row,
        "group": row.cohort,
        "held": getattr(row, "held", None),
        "theme": theme_of(loaded, row),
        "lines": [
            (line, prompts(loaded, row, line.block), _describe(line.block, request.LANGUAGE_CODE)) for line in lines
        ],
        "practice": practice.id if practice else "",
        "time": time_left,
        "hours": _hours_of(time_left),
        "marks": MARKS,
        "reasons": REASONS,
        "statuses": STATUSES_SHORT,
        "people": people,
        "in_room": in_room,
        "cannot_come": cannot_come(apologies) if apologies else "",
        "unmarked": sum(not line.status for line in people),
    }
    return render(request, "teacher/run_sheet.html", context | pairs_context(row))


@staff("teacher")
@require_POST
def tap(request: Any, study: Study, session: int) -> HttpResponse:
    """Keep what was tapped: one button of a plain form, or all that a device kept, in its order."""
    row = session_or_404(request, study, session)
    if request.content_type == "application/json":
        return _from_device(request, row)
    form_data = request.POST
    if form_data.get("what") not in KNOWN:
        return HttpResponseBadRequest()
    about, clock = form_data.get("about", ""), {"total": _total(form_data)}
    tapped = Tapped(time.time_ns(), form_data["what"], about, timezone.now(), _reason(form_data), clock)
    try:
        refused = actions.keep_taps(request.user, row, "form", [tapped])
    except ValueError:
        return HttpResponseBadRequest()
    for refusal in refused.values():
        messages.error(request, refusal)
    response = redirect("teacher:run-sheet", study=study.key, session=row.pk)
    part = form_data.get("at", "")
    response["Location"] += f"#{part}" if part.replace("-", "").isalnum() else ""
    return response


@staff("teacher")
@require_POST
def everybody_here(request: Any, study: Study, session: int) -> HttpResponse:
    """Mark everybody present who is not marked yet and sent no apology."""
    row = session_or_404(request, study, session)
    perform(request, lambda: actions.mark_others_present(request.user, row))
    return redirect("teacher:run-sheet", study=study.key, session=row.pk)


@staff("teacher")
@require_safe
def worker(request: Any, study: Study, session: int) -> HttpResponse:
    """Send the script by which this one page outlives a reload without network; its reach is this page alone."""
    session_or_404(request, study, session)
    script = settings.HERE / "static" / "pilotage" / "room-worker.js"
    return HttpResponse(script.read_text(encoding="utf-8"), content_type="text/javascript")


def _from_device(request: Any, session: Session) -> HttpResponse:
    try:
        body = json.loads(request.body)
        taps = [_tapped(tap) for tap in body["taps"][:MOST_TAPS]]
        refused = actions.keep_taps(request.user, session, str(body["device"])[:40], taps)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return HttpResponseBadRequest()
    except ActionRefused as refusal:  # the script shows it; a message would wait for the next page
        return JsonResponse({"refused": {str(tap.sequence): str(refusal) for tap in taps}})
    return JsonResponse({"refused": refused})


def _tapped(tap: dict[str, Any]) -> Tapped:
    """Read a tap, which says how long ago it was: a tablet's own clock may be wrong."""
    if tap["what"] not in KNOWN:
        raise ValueError(f"'{tap['what']}' is nothing that is tapped.")
    at = timezone.now() - timedelta(milliseconds=max(0, int(tap.get("ago", 0))))
    clock = {key: float(value) for key, value in dict(tap.get("clock") or {}).items()}
    about, reason = str(tap.get("about", "")), str(tap.get("reason", ""))[:2000]
    return Tapped(int(tap["sequence"]), tap["what"], about, at, reason, clock)


def _reason(form_data: QueryDict) -> str:
    return (form_data.get("words", "").strip() or form_data.get("reason", "").strip())[:2000]


def _total(form_data: QueryDict) -> float:
    minutes = form_data.get("minutes", "")
    return float(minutes) * 60 if minutes.isdigit() else 0.0


def prompts(loaded: LoadedProtocol, session: Session, block: Block) -> list[Prompt]:
    """Return the session's guidelines and contemplations, for the blocks that introduce or practise them."""
    plan, programme = planned(loaded, session), loaded.protocol.programme
    if plan is None or programme is None or not (block.main or block.kind == "teaching"):
        return []
    language = session.cohort.manual_language or programme.manual.language
    shown = []
    if isinstance(plan.theme, str) and plan.theme:
        shown.append(Prompt(_("Theme"), (_worded(plan.theme, loaded, language),)))
    guidelines = programme.guidelines if plan.guidelines == "all" else plan.guidelines
    if isinstance(guidelines, list) and guidelines:
        shown.append(Prompt(_("Guidelines"), tuple(term(loaded, guideline, language) for guideline in guidelines)))
    if isinstance(plan.contemplations, list) and plan.contemplations:
        words = tuple(_worded(contemplation, loaded, language) for contemplation in plan.contemplations)
        shown.append(Prompt(_("Contemplations"), words))
    return shown or [Prompt(_("Guidelines and contemplations"), (_("see your manual"),))]


def term(loaded: LoadedProtocol, key: str, language: str) -> str:
    """Return a term in the manual's version and language; its own words where no table says otherwise."""
    programme = loaded.protocol.programme
    versions = next((term.by_version for term in loaded.protocol.terms if term.id == key), {})
    for version in (language, programme.manual.id if programme else ""):
        word = versions.get(version)
        if isinstance(word, str):
            return word
    return key.replace("-", " ")


def _worded(text: str, loaded: LoadedProtocol, language: str) -> str:
    """Return a term that stands by itself in the manual's words; sentences are the protocol's own.

    The manual's words are in its language, for they are said in the room; sentences are in that of the page.
    """
    key = text.strip().lower().replace(" ", "-")
    return (
        term(loaded, key, language) if any(term.id == key for term in loaded.protocol.terms) else in_page_language(text)
    )


def _describe(block: Block, language: str) -> str:
    """Return what is done in a block, in the teacher's language."""
    return say(block.describe, language) if block.describe else ""


def _hours_of(time_left: Time) -> dict[str, str]:
    """Return gone, left and needed as hours and minutes."""
    return {key: _hours(seconds) for key, seconds in asdict(time_left).items()}


def _hours(seconds: float) -> str:
    hours, minutes = divmod(round(abs(seconds) / 60), 60)
    return f"{hours}:{minutes:02}"
