"""Who asks: the participant of a personal link, and sessions that end when nothing is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from pilotage.web.records import protocols, queries
from pilotage.web.records.models import Participant

LINK = "link"
SEEN = "seen"
STAFF_IDLE = timedelta(minutes=30)
_NOTED_EVERY = 60  # seconds: a page that is only read should not write to the database each time
Next = Callable[[HttpRequest], HttpResponse]


class PeopleMiddleware:
    """Sets ``request.link`` and ``request.participant``, and ends sessions left alone for too long."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer a request."""
        # A link that was ended or is over is no longer looked up, which ends the sessions it began.
        request.link = queries.link_of_session(request.session.get(LINK))
        request.participant = request.link.participant if request.link else None
        signed_in = request.link is not None or "_auth_user_id" in request.session
        if signed_in and _idle(request):
            request.session.flush()
            request.link = request.participant = None
            request.user = AnonymousUser()
            request.ended_by_idleness = True
        return self.get_response(request)


class LanguageMiddleware:
    """Words in the language of whoever asks, or of their browser while nobody is known."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """Answer a request."""
        with translation.override(_language(request)):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language())
        return response


def _idle(request: Any) -> bool:
    now = time.time()
    seen = request.session.get(SEEN)
    if seen is not None and now - seen <= _NOTED_EVERY:
        return False
    if seen is not None and now - seen > _allowed(request).total_seconds():
        return True
    request.session[SEEN] = now
    return False


def _allowed(request: Any) -> timedelta:
    participant: Participant | None = request.participant
    if participant is not None:
        return protocols.of(participant.study).protocol.access.participant_idle
    return queries.shortest_idle(request.user, STAFF_IDLE) if request.user.is_authenticated else STAFF_IDLE


def _language(request: Any) -> str:
    chosen: str | None = request.session.get("language")
    if chosen:
        return chosen
    if request.participant is not None and hasattr(request.participant, "identity"):
        return str(request.participant.identity.language)
    if "_auth_user_id" in request.session and request.user.is_authenticated:
        return str(request.user.language)
    return translation.get_language_from_request(request)
