"""Pairs in the room: made for those there now, put right in one tap, changed quietly, or taken back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.records import actions
from pilotage.web.records.models import Pairing, Session, Study
from pilotage.web.records.queries.pairing import pairings_of
from pilotage.web.teacher.lookups import session_or_404

SIZES = range(2, 7)


@staff("teacher")
@require_POST
def pairs(request: Any, study: Study, session: int) -> HttpResponse:
    """What was asked of the pairs, and back to the run-sheet."""
    found = session_or_404(request, study, session)
    if request.POST.get("do") == "pair":
        perform(request, lambda: actions.pair_them(request.user, found, _size(request)))
        return to_pairs(found)
    pairing = pairings_of(found).last()
    change = _changes(request, pairing).get(request.POST.get("do", "")) if pairing else None
    if change is None:
        return HttpResponseBadRequest()
    perform(request, change)
    return to_pairs(found)


def to_pairs(session: Session) -> HttpResponse:
    """Back to the pairs on the run-sheet."""
    answer = redirect("teacher:run-sheet", study=session.cohort.study.key, session=session.pk)
    answer["Location"] += "#pairs"
    return answer


def _changes(request: Any, pairing: Pairing) -> dict[str, Callable[[], object]]:
    by, said = request.user, request.POST
    one, other = said.get("person", ""), said.get("other", "")
    return {
        "right": lambda: actions.put_pairs_right(by, pairing),
        "sit out": lambda: actions.sits_out(by, pairing, one),
        "join": lambda: actions.joins_again(by, pairing, one),
        "swap": lambda: actions.swap_two(by, pairing, one, other, said.get("reason", "")[:300]),
        "take back": lambda: actions.take_pairing_back(by, pairing),
    }


def _size(request: Any) -> int | None:
    said = request.POST.get("size", "")
    return int(said) if said.isdigit() and int(said) in SIZES else None
