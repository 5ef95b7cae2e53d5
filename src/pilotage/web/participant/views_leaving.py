"""Leaving the course, the study or both: chosen, read once more, done, with a receipt."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.views.decorators.http import require_http_methods, require_safe

from pilotage.web.accounts.access import participant, private, public
from pilotage.web.pages.perform import result_of
from pilotage.web.participant.forms_leaving import LeavingForm
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant

RECEIPT = "left"


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, person: Participant) -> HttpResponse:
    """Ask what is to be left; then show what that means, once more; then do it."""
    parts = queries.takes_part_in(person)
    rules = protocols.of(person.study).protocol.consent.withdrawal
    form = LeavingForm(person, request.POST if request.method == "POST" and parts else None)
    erasable = "erase" in queries.choices_about_answers(person, parts)
    never_kept = rules.keep_answers == "never"
    context = {"form": form, "parts": parts, "frozen": rules.frozen, "erasable": erasable, "never_kept": never_kept}
    if request.method != "POST" or not form.is_valid() or "change" in request.POST:
        return render(request, "participant/leaving.html", context)
    what, answers = form.cleaned_data["what"].split(), form.cleaned_data["answers"]
    if "sure" not in request.POST:
        everything = queries.ends_everything(person, what)
        more = {"what": what, "answers": answers, "everything": everything}
        more["open_report"] = queries.has_open_report(person)
        return render(request, "participant/leaving_sure.html", context | more)
    reason = form.cleaned_data["reason"]
    receipt = result_of(lambda: actions.leave(person, person, what, reason, answers), partial(form.add_error, None))
    if receipt is None:
        return render(request, "participant/leaving.html", context)
    return _keep_receipt(request, person, receipt, rules.frozen)


@public
@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Show the receipt; open to whoever has no link any more, and from their own session alone."""
    receipt: dict[str, Any] | None = request.session.get(RECEIPT)
    if receipt is None:
        return redirect("front-door")
    context = receipt | {"at": datetime.fromisoformat(receipt["at"])}
    # Whoever was erased is nobody's participant any more, so the study's clock comes from the receipt itself.
    with timezone.override(ZoneInfo(receipt["zone"])):
        return private(render(request, "participant/left.html", context))


def _keep_receipt(request: HttpRequest, person: Participant, receipt: actions.Left, frozen: str) -> HttpResponse:
    """Keep the receipt in the session, since the row of whoever was erased can no longer be read."""
    language = translation.get_language()
    if receipt.everything:
        request.session.flush()
        request.session["language"] = language
    study = protocols.of(person.study).protocol.study
    request.session[RECEIPT] = {
        "what": list(receipt.what),
        "at": receipt.at.isoformat(),
        "zone": queries.zone_of(person.study).key,
        "answers": receipt.answers,
        "everything": receipt.everything,
        "frozen": frozen,
        "title": study.short_title or study.title,
    }
    return redirect("participant:left")
