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
    """The sessions of a calendar's owner; an address that was ended, or never was, is not found."""
    found = queries.live_feed(token)
    if found is None:
        raise Http404
    with translation.override(_language(found)):
        content = calendar(queries.in_calendar(found), with_groups=found.user is not None)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="sessions.ics"'
    return private(answer)


def _language(found: CalendarFeed) -> str:
    if found.user is not None:
        return found.user.language
    identity = getattr(found.participant, "identity", None)
    return identity.language if identity else "en"
