"""The private address of a calendar: whoever has it reads the days, until its owner ends it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import translation
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import private, public
from pilotage.web.calendars.ical import calendar
from pilotage.web.records import queries
from pilotage.web.records.models import CalendarFeed


@public
@require_safe
def feed(request: Any, token: str) -> HttpResponse:
    """Send the sessions of a calendar's owner; an address that was ended, or never was, is not found."""
    owned = queries.live_feed(token)
    if owned is None:
        raise Http404
    with translation.override(_language(owned)):
        content = calendar(queries.in_calendar(owned), with_groups=owned.user is not None)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="sessions.ics"'
    return private(response)


def _language(feed: CalendarFeed) -> str:
    if feed.user is not None:
        return feed.user.language
    identity = getattr(feed.participant, "identity", None)
    return identity.language if identity else "en"
