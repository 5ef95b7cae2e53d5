"""Who may open a view: one decorator above it, which also sets the study's clock.

The test of access reads the decorators and tries every address.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, tzinfo
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control

from pilotage.problems import ProblemsFound
from pilotage.web.records import queries
from pilotage.web.records.models import Study

View = Callable[..., HttpResponse]
PUBLIC, PARTICIPANT, COLLEAGUE, ADMINISTRATOR, ANYONE = "public", "participant", "colleague", "administrator", "staff"


def public(view: View) -> View:
    """Open a view to everyone: signing in, a personal link's first page, what a server says of itself."""
    return _marked(view, PUBLIC)


def participant(view: View) -> View:
    """Open a view to a participant who came in by their own link, by the clock of their study.

    The view takes the participant as its second argument.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.participant is None or request.link.purpose != "participant":
            return _to_own_link(request)
        with timezone.override(_clock(request.participant.study)):
            return private(view(request, request.participant, *args, **kwargs))

    return _marked(guarded, PARTICIPANT)


def colleague(view: View) -> View:
    """Open a view to someone whom a participant asked to fill in one form, by the clock of the study.

    The view takes their link as its second argument.
    """

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.link is None or request.link.purpose != "colleague":
            return _to_own_link(request)
        with timezone.override(_clock(request.link.participant.study)):
            return private(view(request, request.link, *args, **kwargs))

    return _marked(guarded, COLLEAGUE)


def staff(*roles: str) -> Callable[[View], View]:
    """Open a view to those who hold one of these roles in the study that the address names (``<slug:study>``).

    The view takes the study as its second argument. For everyone else the study is not found.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: Any, *args: Any, study: str, **kwargs: Any) -> HttpResponse:
            if not _fully_signed_in(request):
                return _to_sign_in(request)
            named = queries.study_for(request.user, study, *roles)
            if named is None:
                raise Http404
            request.study = named
            with timezone.override(_clock(named)):
                return private(view(request, named, *args, **kwargs))

        return _marked(guarded, *roles)

    return guard


def any_staff(view: View) -> View:
    """Open a view to everyone with an account: their own page and their studies."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _fully_signed_in(request):
            return _to_sign_in(request)
        return private(view(request, *args, **kwargs))

    return _marked(guarded, ANYONE)


def by_password(view: View) -> View:
    """Open a view to everyone with an account who gave their password: with that they set up the second factor."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to_sign_in(request)
        return private(view(request, *args, **kwargs))

    return _marked(guarded, ANYONE)


def administrator(view: View) -> View:
    """Open a view to administrators of the whole server, by the clock that its studies share."""

    @wraps(view)
    def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not _fully_signed_in(request):
            return _to_sign_in(request)
        if not request.user.is_administrator:
            raise Http404
        with timezone.override(_shared_clock()):
            return private(view(request, *args, **kwargs))

    return _marked(guarded, ADMINISTRATOR)


def private(response: HttpResponse) -> HttpResponse:
    """Mark a page about people, so that no cache keeps it."""
    patch_cache_control(response, private=True, no_store=True)
    return response


def _clock(study: Study) -> tzinfo:
    """Return the time zone by which a study's pages tell the time."""
    try:
        return queries.zone_of(study)
    except ProblemsFound:  # a draft that cannot be read; its administrator still sees why
        return UTC


def _shared_clock() -> tzinfo:
    """Return the time zone of all studies of this server; UTC where they have several, or where there is no study."""
    zones = {_clock(study) for study in queries.all_studies()}
    return zones.pop() if len(zones) == 1 else UTC


def _marked(view: View, *open_to: str) -> View:
    view.open_to = frozenset(open_to)  # type: ignore[attr-defined]
    return view


def _fully_signed_in(request: Any) -> bool:
    """Return whether someone signed in with a password and a second factor, or by the demonstration's own link."""
    from pilotage.web.accounts.second_factor import has_second_factor

    return bool(request.user.is_authenticated) and has_second_factor(request)


def _to_own_link(request: Any) -> HttpResponse:
    """Say what happened and where the person's link is: participants have no sign-in page."""
    why = "idle" if getattr(request, "ended_by_idleness", False) else "link"
    return redirect(f"{reverse('signed-out')}?{urlencode({'why': why})}")


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    from pilotage.web.accounts.second_factor import next_step

    return next_step(request)
