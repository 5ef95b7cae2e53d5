"""Leaving the course, the study or both: chosen, read once more, done, with a receipt."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import participant, private, public
from pilotage.web.participant.forms_leaving import LeavingForm
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant
from pilotage.web.records.refused import ActionRefused

RECEIPT = "left"


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, person: Participant) -> HttpResponse:
    """What can be left; then what that means, once more; then it is done."""
    parts = queries.takes_part_in(person)
    rules = protocols.of(person.study).protocol.consent.withdrawal
    form = LeavingForm(person, request.POST if request.method == "POST" and parts else None)
    context = {"form": form, "parts": parts, "frozen": rules.frozen, "never_kept": rules.keep_answers == "never"}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "participant/leaving.html", context)
    what, answers = form.cleaned_data["what"].split(), form.cleaned_data["answers"]
    everything = queries.ends_everything(person, what)
    if "sure" not in request.POST:
        open_report = queries.own_reports(person).filter(closed_at=None).exists()
        more = {"what": what, "answers": answers, "everything": everything, "open_report": open_report}
        return render(request, "participant/leaving_sure.html", context | more)
    try:
        left = actions.leave(person, person, what, form.cleaned_data["reason"], answers)
    except ActionRefused as why:
        form.add_error(None, str(why))
        return render(request, "participant/leaving.html", context)
    return _receipt(request, person, left, rules.frozen)


@public
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """The receipt; open to whoever has no link any more, and shown from their own session alone."""
    receipt: dict[str, Any] | None = request.session.get(RECEIPT)
    if receipt is None:
        return redirect("front-door")
    shown = receipt | {"at": datetime.fromisoformat(receipt["at"])}
    with timezone.override(ZoneInfo(receipt["zone"])):
        return private(render(request, "participant/left.html", shown))


def _receipt(request: HttpRequest, person: Participant, left: actions.Left, frozen: str) -> HttpResponse:
    """Kept in the session, for the row of whoever was erased can no longer be read."""
    language = translation.get_language()
    if left.everything:
        request.session.flush()
        request.session["language"] = language
    title = protocols.of(person.study).protocol.study
    request.session[RECEIPT] = {
        "what": list(left.what),
        "at": left.at.isoformat(),
        "zone": queries.zone_of(person.study).key,
        "answers": left.answers,
        "everything": left.everything,
        "frozen": frozen,
        "title": title.short_title or title.title,
    }
    return redirect("participant:left")
