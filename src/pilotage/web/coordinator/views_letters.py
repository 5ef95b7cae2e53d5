"""The letters of one person: what was sent and when, what comes, what is not sent and why; and having one sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.labels import KINDS, STATES, Words
from pilotage.web.coordinator.links import url
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.mail.letters_due import askable, explain, unreachable
from pilotage.web.mail.planned import LetterStatus, Planned, State
from pilotage.web.pages.perform import perform
from pilotage.web.pages.protocol_words import named
from pilotage.web.records import actions
from pilotage.web.records.models import Participant, Session, Study

_GONE: frozenset[State] = frozenset({"sent", "being sent", "bounced", "interrupted", "given up"})


@dataclass(frozen=True)
class LetterRow:
    """A letter in words, and what may be done with it: have it sent now, or again."""

    what: str
    when: datetime | None
    state: Words
    tone: str
    why: str
    kind: str
    dedupe_key: str
    ask: str


@staff("coordinator")
@require_safe
def letters(request: Any, study: Study, code: str) -> HttpResponse:
    """Show all letters of a person, by the rules that hold now."""
    person, now = person_or_404(request, study, code, to_read=True), timezone.now()
    against, lines = unreachable(person), explain(person, now)
    identity = getattr(person, "identity", None)
    context = {
        "person": person,
        "against": against,
        "bounced": identity is not None and bool(identity.email) and identity.email == identity.bounced,
        "coming": [_row(line, now, against) for line in lines if line.state in ("due", "to come")],
        "gone": [_row(line, now, against) for line in reversed(lines) if line.state in _GONE],
        "left_out": [_row(line, now, against) for line in lines if _left_out(line, against)],
        "back": url("person", person),
    }
    return render(request, "coordinator/letters.html", context)


@staff("coordinator")
@require_POST
def send_letter(request: Any, study: Study, code: str) -> HttpResponse:
    """Have a letter sent now that waits, or once more one that was sent."""
    person, now = person_or_404(request, study, code), timezone.now()
    wanted = (request.POST.get("kind"), request.POST.get("window"))
    line = next((line for line in explain(person, now) if (line.kind, line.dedupe_key) == wanted), None)
    how = askable(line, now) if line is not None and not unreachable(person) else ""
    if line is None or not how:
        messages.error(request, _("This message can no longer be sent. The list says why."))
        return redirect(url("letters", person))
    again = how == "again"
    return _ask(
        request, person, lambda: actions.ask_for_letter(request.user, person, line.kind, line.dedupe_key, again=again)
    )


@staff("coordinator")
@require_POST
def send_link(request: Any, study: Study, code: str) -> HttpResponse:
    """Make a new personal link and have it sent; the one before no longer works."""
    person = person_or_404(request, study, code)
    return _ask(request, person, lambda: actions.send_new_link(request.user, person))


@staff("coordinator")
@require_POST
def trust_address(request: Any, study: Study, code: str) -> HttpResponse:
    """Send letters again to the address from which mail came back."""
    person = person_or_404(request, study, code)
    actions.trust_address(request.user, person)
    messages.success(request, _("Messages are sent to this address again."))
    return redirect(url("letters", person))


def _ask(request: Any, person: Participant, action: Callable[[], object]) -> HttpResponse:
    perform(request, action, _("The message will be sent within a minute."))
    return redirect(url("letters", person))


def _left_out(line: LetterStatus, against: str) -> bool:
    """Return whether a letter's own reason stands against it, besides one that is above the list and holds for all."""
    return line.state == "not sent" and line.why != against


def _row(line: LetterStatus, now: datetime, against: str) -> LetterRow:
    state, tone = STATES[line.state]
    ask = "" if against else askable(line, now)
    return LetterRow(_what(line.planned), line.when, state, tone, line.why, line.kind, line.dedupe_key, ask)


def _what(planned: Planned) -> str:
    """Name the kind of letter, and the occasion that it is about."""
    words = str(KINDS[planned.kind])
    number = planned.dedupe_key.partition(":reminder-")[2].partition(":")[0]
    if number:
        words = f"{words} {number}"
    if isinstance(planned.about, list):
        due = planned.about[0]
        occasion = named(due.assessment) + (f" ({due.number})" if due.number > 1 else "")
        words = f"{words}: {occasion}"
    if isinstance(planned.about, Session):
        words = f"{words} {planned.about.number}"
    return _("{message}, again").format(message=words) if ":again-" in planned.dedupe_key else words
