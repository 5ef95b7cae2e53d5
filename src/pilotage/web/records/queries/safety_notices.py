"""Who must be told now that a report waits: those who may open it at once, and a deputy when nobody did in time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pilotage.web.records.models import AdverseEvent, SafetyNotice, Study, User
from pilotage.web.records.queries.safety_circle import HANDLERS, handlers_of, holders, safety_of, stand_ins

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True)
class NoticeDue:
    """One notice to one address: that a report waits, and never whose or what.

    ``user`` is None for an address that the protocol names and that is nobody's account.
    """

    event: AdverseEvent
    to: str
    user: User | None
    step: Literal["contact", "deputy"]


def safety_notices_due(study: Study, now: datetime) -> list[NoticeDue]:
    """Return every notice that is due and was not sent yet; quiet hours do not hold for it."""
    unopened = AdverseEvent.objects.filter(participant__study=study, opened_at=None, closed_at=None)
    notices: list[NoticeDue] = []
    for event in unopened.select_related("participant__study", "participant__place").order_by("reported_at"):
        sent = set(SafetyNotice.objects.filter(event=event).values_list("to", "step"))
        notices += [due for due in _due(event, now) if (due.to, due.step) not in sent]
    return notices


def _due(event: AdverseEvent, now: datetime) -> Iterator[NoticeDue]:
    safety = safety_of(event.participant.study)
    named = safety.deputy if safety and isinstance(safety.deputy, str) else ""
    chosen = handlers_of(event) or stand_ins(event)
    contacts = [user for user in chosen if not _is_named(user, named)] or chosen
    for user in contacts:
        yield NoticeDue(event, user.email, user, "contact")
    if safety and safety.deputy_after is not None and now >= event.reported_at + safety.deputy_after:
        yield from _deputies(event, named, contacts)


def _deputies(event: AdverseEvent, named: str, contacts: list[User]) -> Iterator[NoticeDue]:
    """Yield whom the protocol names; else others who handle reports; else those told before, again: never nobody."""
    here = [user for role in (*HANDLERS, "administrator") for user in holders(event.participant, role)]
    called = [user for user in here if _is_named(user, named)]
    if not called and (address := _ADDRESS.search(named)):
        yield NoticeDue(event, address[0], None, "deputy")
        return
    others = [user for role in HANDLERS for user in holders(event.participant, role) if user not in contacts]
    for user in dict.fromkeys(called or others or contacts):
        yield NoticeDue(event, user.email, user, "deputy")


def _is_named(user: User, words: str) -> bool:
    """Return whether the protocol's words hold someone's name or address."""
    text = words.casefold()
    return bool(text) and (user.name.casefold() in text or user.email.casefold() in text)
