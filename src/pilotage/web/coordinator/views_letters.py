"""The letters of one person: what was sent and when, what comes, what is not sent and why; and having one sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.coordinator.labels import url
from pilotage.web.coordinator.lookups import person_or_404
from pilotage.web.mail.letters_due import askable, explain, unreachable
from pilotage.web.mail.planned import Kind, Line, Planned, State
from pilotage.web.records import actions
from pilotage.web.records.models import Participant, Session, Study
from pilotage.web.records.refused import ActionRefused

KINDS: dict[Kind, str | Promise] = {
    "consent-invitation": gettext_lazy("Invitation to take part"),
    "invitation": gettext_lazy("Invitation"),
    "reminder": gettext_lazy("Reminder"),
    "closing-soon": gettext_lazy("Last reminder"),
    "consent-copy": gettext_lazy("Copy of the consent"),
    "leaving-receipt": gettext_lazy("Receipt of leaving"),
    "personal-link": gettext_lazy("New personal link"),
    "session-change": gettext_lazy("Change of a session"),
}
STATES: dict[State, tuple[str | Promise, str]] = {
    "sent": (pgettext_lazy("letter", "sent"), "done"),
    "being sent": (pgettext_lazy("letter", "being sent"), "now"),
    "due": (pgettext_lazy("letter", "goes within a minute"), "now"),
    "to come": (pgettext_lazy("letter", "to come"), ""),
    "not sent": (pgettext_lazy("letter", "not sent"), "ended"),
    "bounced": (pgettext_lazy("letter", "came back"), "bad"),
    "interrupted": (pgettext_lazy("letter", "not certain"), "attention"),
    "given up": (pgettext_lazy("letter", "could not be sent"), "bad"),
}
_GONE: frozenset[State] = frozenset({"sent", "being sent", "bounced", "interrupted", "given up"})


@dataclass(frozen=True)
class Row:
    """A letter in words, and what may be done with it: have it sent now, or again."""

    what: str
    when: datetime | None
    state: str | Promise
    tone: str
    why: str
    kind: str
    window: str
    ask: str


@staff("coordinator")
@require_safe
def letters(request: Any, study: Study, code: str) -> HttpResponse:
    """All letters of a person, by the rules that hold now."""
    found, now = person_or_404(request, study, code, to_read=True), timezone.now()
    against, lines = unreachable(found), explain(found, now)
    identity = getattr(found, "identity", None)
    page = {
        "person": found,
        "against": against,
        "bounced": identity is not None and bool(identity.email) and identity.email == identity.bounced,
        "coming": [_row(line, now, against) for line in lines if line.state in ("due", "to come")],
        "gone": [_row(line, now, against) for line in reversed(lines) if line.state in _GONE],
        "left_out": [_row(line, now, against) for line in lines if _left_out(line, against)],
        "back": url("person", found),
    }
    return render(request, "coordinator/letters.html", page)


@staff("coordinator")
@require_POST
def send_letter(request: Any, study: Study, code: str) -> HttpResponse:
    """Have a letter sent now that waits, or once more one that was sent."""
    found, now = person_or_404(request, study, code), timezone.now()
    wanted = (request.POST.get("kind"), request.POST.get("window"))
    line = next((line for line in explain(found, now) if (line.kind, line.dedupe_key) == wanted), None)
    how = askable(line, now) if line is not None and not unreachable(found) else ""
    if line is None or not how:
        messages.error(request, _("It is not sent any more, as things stand now. The list says why."))
        return redirect(url("letters", found))
    return _done(
        request,
        found,
        lambda: actions.ask_for_letter(request.user, found, line.kind, line.dedupe_key, again=how == "again"),
    )


@staff("coordinator")
@require_POST
def send_link(request: Any, study: Study, code: str) -> HttpResponse:
    """Make a new personal link and have it sent; the one before opens nothing any more."""
    found = person_or_404(request, study, code)
    return _done(request, found, lambda: actions.send_new_link(request.user, found))


@staff("coordinator")
@require_POST
def trust_address(request: Any, study: Study, code: str) -> HttpResponse:
    """The address from which mail came back works after all."""
    found = person_or_404(request, study, code)
    actions.trust_address(request.user, found)
    messages.success(request, _("Letters go to this address again."))
    return redirect(url("letters", found))


def _done(request: Any, person: Participant, write: Any) -> HttpResponse:
    try:
        write()
    except ActionRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("It goes within a minute."))
    return redirect(url("letters", person))


def _left_out(line: Line, against: str) -> bool:
    """Whether a letter's own reason stands against it, besides one that stands above the list and holds for all."""
    return line.state == "not sent" and line.why != against


def _row(line: Line, now: datetime, against: str) -> Row:
    state, tone = STATES[line.state]
    ask = "" if against else askable(line, now)
    return Row(_what(line.planned), line.when, state, tone, line.why, line.kind, line.dedupe_key, ask)


def _what(planned: Planned) -> str:
    """The kind of letter, and the occasion that it is about."""
    said = str(KINDS[planned.kind])
    number = planned.dedupe_key.partition(":reminder-")[2].partition(":")[0]
    if number:
        said = f"{said} {number}"
    if isinstance(planned.about, list):
        due = planned.about[0]
        occasion = f"{due.assessment.label} {due.number}" if due.number > 1 else due.assessment.label
        said = f"{said}: {occasion}"
    if isinstance(planned.about, Session):
        said = f"{said} {planned.about.number}"
    return _("{letter}, again").format(letter=said) if ":again-" in planned.dedupe_key else said
