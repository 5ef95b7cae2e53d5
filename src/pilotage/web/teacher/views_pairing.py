"""Pairs in the room: who is with whom, the turns with their clock, and what can be done with the pairs.

They are made for those there now, updated in one tap when somebody comes or leaves, swapped quietly, or removed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from string import ascii_uppercase
from typing import Any

from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST

from pilotage.protocol.programme import Block, Programme
from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Pairing, Session, Study
from pilotage.web.records.queries.pairing import TEACHER
from pilotage.web.teacher.lookups import session_or_404

SIZES = range(2, 7)


@dataclass(frozen=True)
class GroupMember:
    """Someone in a pair or small group, by name, with the letter of their turn."""

    code: str
    name: str
    letter: str


@dataclass(frozen=True)
class TurnsClock:
    """The turns' clock in seconds: in all, gone by now, and whether it runs."""

    total: float
    gone: float
    running: bool

    @property
    def minutes(self) -> int:
        """In all, in minutes."""
        return round(self.total / 60)


@dataclass(frozen=True)
class PracticeTurn:
    """One turn of a practice: who, and what they do."""

    who: str
    does: str


@dataclass(frozen=True)
class TurnsBySize:
    """The turns of all groups of one size."""

    size: int
    turns: list[PracticeTurn]


@staff("teacher")
@require_POST
def pairs(request: Any, study: Study, session: int) -> HttpResponse:
    """Make or change the pairs, and go back to the run-sheet."""
    row = session_or_404(request, study, session)
    if request.POST.get("do") == "pair":
        perform(request, lambda: actions.pair_them(request.user, row, _size(request)))
        return _to_pairs(row)
    pairing = queries.latest_pairing(row)
    change = _changes(request, pairing).get(request.POST.get("do", "")) if pairing else None
    if change is None:
        return HttpResponseBadRequest()
    perform(request, change)
    return _to_pairs(row)


def _to_pairs(session: Session) -> HttpResponse:
    response = redirect("teacher:run-sheet", study=session.cohort.study.key, session=session.pk)
    response["Location"] += "#pairs"
    return response


def _changes(request: Any, pairing: Pairing) -> dict[str, Callable[[], object]]:
    by, form_data = request.user, request.POST
    person, other = form_data.get("person", ""), form_data.get("other", "")
    return {
        "right": lambda: actions.put_pairs_right(by, pairing),
        "sit out": lambda: actions.sits_out(by, pairing, person),
        "join": lambda: actions.joins_again(by, pairing, person),
        "swap": lambda: actions.swap_two(by, pairing, person, other, form_data.get("reason", "")[:300]),
        "take back": lambda: actions.take_pairing_back(by, pairing),
    }


def _size(request: Any) -> int | None:
    size = request.POST.get("size", "")
    return int(size) if size.isdigit() and int(size) in SIZES else None


def pairs_context(session: Session) -> dict[str, Any]:
    """Return what a page shows of the latest pairing of a session, and what can be done with it."""
    plan, pairing = queries.plan_of(session.cohort), queries.latest_pairing(session)
    context: dict[str, Any] = {"pairing": pairing, "plan": plan, "sizes": _sizes(session), "there": 0}
    if plan is None:
        return context
    there = queries.there_now(session)
    context["there"] = len(there)
    return context if pairing is None else context | _division(session, pairing, there)


def _division(session: Session, pairing: Pairing, there: frozenset[str]) -> dict[str, Any]:
    division, names = queries.division_of(pairing), _names(session, pairing)
    groups = [
        [GroupMember(code, names.get(code, code), letter) for code, letter in zip(group, ascii_uppercase, strict=False)]
        for group in division.groups
    ]
    programme = protocols.of(session.cohort.study).protocol.programme
    block = practice_block(programme)
    practising = [(code, names.get(code, code)) for code in division.practising]
    sizes = sorted({len(group) for group in division.groups})
    return {
        "groups": groups,
        "observers": [GroupMember(code, names.get(code, code), "") for code in division.observers],
        "sat_out": [GroupMember(code, names.get(code, code), "") for code in division.sat_out if code in there],
        "people_in": sorted(practising, key=lambda code_and_name: code_and_name[1]),
        "came": sorted(names.get(code, code) for code in there - division.present),
        "gone": sorted(names.get(code, code) for code in division.practising - there),
        "sized": [TurnsBySize(size, turns(programme, block, size)) for size in sizes] if programme else [],
        "clock": clock_of(pairing, block, timezone.now()),
    }


def turns(programme: Programme, block: Block | None, size: int) -> list[PracticeTurn]:
    """Return the turns of a group of this size by the protocol; else each speaks, and then all of them talk."""
    name = {2: block.rounds if block and block.rounds else "dyad", 3: "triad"}.get(size, str(size))
    if rounds := programme.rounds.get(name):
        return [PracticeTurn(in_page_language(turn.who), in_page_language(turn.does)) for turn in rounds]
    speaking = [PracticeTurn(letter, _("speaks, the others listen")) for letter in ascii_uppercase[:size]]
    return [*speaking, PracticeTurn(pgettext("turn", "all"), _("talk mindfully about it"))]


def practice_block(programme: Programme | None) -> Block | None:
    """Return the block in which people practise in pairs or small groups; the main one where there are several."""
    blocks = programme.blocks if programme else []
    together = [block for block in blocks if block.in_ in ("pairs", "small groups")]
    return next((block for block in together if block.main), together[0] if together else None)


def clock_of(pairing: Pairing, block: Block | None, now: datetime) -> TurnsClock:
    """Return the clock as it was last set; before that, as long as the block has for each pairing."""
    plan = queries.plan_of(pairing.session.cohort)
    planned = (block.minutes if block else 30) * 60 / (plan.pairings_a_session if plan else 1)
    clock = pairing.clock
    if not clock:
        return TurnsClock(planned, 0, running=False)
    since = datetime.fromisoformat(clock["since"]) if clock.get("since") else None
    gone = clock["gone"] + ((now - since).total_seconds() if since else 0)
    return TurnsClock(clock["total"], min(gone, clock["total"]), running=since is not None and gone < clock["total"])


def _names(session: Session, pairing: Pairing) -> dict[str, str]:
    """Return names by code: first names where they tell people apart in the room, whole names otherwise."""
    whole = queries.names_of(session.cohort)
    first = {code: name.split()[0] for code, name in whole.items()}
    shared = {name for name in first.values() if list(first.values()).count(name) > 1}
    names = {code: whole[code] if name in shared else name for code, name in first.items()}
    teacher = queries.teacher_in(pairing)
    return names | ({TEACHER: teacher} if teacher else {})


def _sizes(session: Session) -> list[int]:
    """Return the sizes that can be chosen: the protocol's, and small groups from the session where it has them."""
    plan = queries.plan_of(session.cohort)
    if plan is None:
        return []
    small = plan.small_groups_from_session
    return sorted({plan.size, 3, 4}) if isinstance(small, int) and session.number >= small else [plan.size]
