"""The days of the course: what comes, saying that one cannot come, what was, and one's own calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import participant
from pilotage.web.pages.address import address_page, make_address
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import Participant, Session
from pilotage.web.records.queries.days import zone_of
from pilotage.web.records.refused import ActionRefused

CAME: dict[str, str | Promise] = {
    "present": gettext_lazy("You were there."),
    "late": gettext_lazy("You were there, later."),
    "left early": gettext_lazy("You were there, and left earlier."),
    "excused": gettext_lazy("You could not come."),
    "absent": gettext_lazy("You were not there."),
    "made up": gettext_lazy("You made it up on another day."),
}
CALLED_OFF: dict[str, str | Promise] = {
    "cancelled": pgettext_lazy("session", "cancelled"),
    "postponed": pgettext_lazy("session", "put off; the new day follows"),
    "replaced": pgettext_lazy("session", "with something else"),
}


@dataclass(frozen=True)
class SessionCard:
    """The next session, as the first page shows it."""

    session: Session
    place: str
    video_link: str
    theme: str
    cannot_come: bool
    can_say: bool


@dataclass(frozen=True)
class Day:
    """A session as a line of the calendar."""

    card: SessionCard
    is_past: bool
    called_off: str | Promise
    came: str | Promise


def session_card(participant: Participant, now: datetime) -> SessionCard | None:
    """The session that goes on or comes next, for those on the course; whether they said that they cannot come."""
    coming = queries.next_session(list(queries.sessions_followed_by(participant)), now)
    if coming is None:
        return None
    return _card(coming, queries.apologies_of(participant), protocols.of(participant.study), now)


@participant
@require_safe
def sessions(request: Any, person: Participant) -> HttpResponse:
    """All days of the course; those who follow none, or left it, find nothing."""
    found = list(queries.sessions_followed_by(person))
    if not found and not queries.is_on_course(person):
        raise Http404
    now, loaded = timezone.now(), protocols.of(person.study)
    apologies, came = queries.apologies_of(person), queries.attendance_of(person)
    days = [_day(_card(one, apologies, loaded, now), came.get(one.pk), now) for one in found]
    page = {
        "coming": [day for day in days if not day.is_past],
        "past": [day for day in days if day.is_past],
        "certificate": queries.attended(person) is not None,
        "hear": bool(queries.voices_of(person)) or queries.recordings_heard_by(person).exists(),
    }
    with timezone.override(zone_of(person.study)):
        return render(request, "participant/sessions.html", page)


@participant
@require_POST
def cannot_come(request: Any, person: Participant, session: int) -> HttpResponse:
    """I cannot come, or I can after all; until the session starts."""
    found = queries.sessions_followed_by(person).filter(pk=session).first()
    if found is None:
        raise Http404
    try:
        if request.POST.get("do") == "come":
            actions.take_back_apology(person, found)
            messages.success(request, _("Good. Your teachers see that you come."))
        else:
            actions.apologise(person, found)
            messages.success(request, _("Thank you. Your teachers see that you cannot come."))
    except ActionRefused as refused:
        messages.error(request, str(refused))
    return redirect("participant:home" if request.POST.get("back") == "home" else "participant:sessions")


@participant
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: Any, person: Participant) -> HttpResponse:
    """The private address by which someone's own calendar reads the days of their course."""
    if not queries.is_on_course(person):
        raise Http404
    if request.method == "POST":
        make_address(request, person)
        return redirect("participant:calendar")
    return render(request, "participant/sessions_calendar.html", address_page(request, person))


def _card(session: Session, apologies: set[int], loaded: LoadedProtocol, now: datetime) -> SessionCard:
    cohort, begun = session.cohort, getattr(session, "held", None) is not None
    return SessionCard(
        session=session,
        place=session.location or cohort.location,
        video_link=session.video_link or cohort.video_link,
        theme=_theme(session, loaded),
        cannot_come=session.pk in apologies,
        can_say=session.state in ("planned", "replaced") and not begun and session.planned_start > now,
    )


def _day(card: SessionCard, came: Any, now: datetime) -> Day:
    session = card.session
    over = getattr(session, "held", None) is not None and session.held.ended_at is not None
    waits = session.state == "postponed"
    is_past = over or (session.planned_start <= now and not waits)
    return Day(card, is_past, CALLED_OFF.get(session.state, ""), CAME.get(came.status, "") if came else "")


def _theme(session: Session, loaded: LoadedProtocol) -> str:
    programme = loaded.protocol.programme
    planned = [one for one in programme.sessions if one.delivered == session.number] if programme else []
    return next((one.theme for one in planned if isinstance(one.theme, str)), "")
