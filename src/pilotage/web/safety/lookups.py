"""How the views of the inbox find a report, show a page by the study's clock, and say what a rule stands against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from pilotage.web.pages.perform import perform
from pilotage.web.records import queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety import Report


def report_or_404(request: Any, study: Study, key: int) -> Report:
    """The report that this member of staff may open."""
    found = queries.report_for(request.user, study, key)
    if found is None:
        raise Http404
    return found


def opened_or_404(request: Any, study: Study, key: int) -> Report:
    """The same, once it was opened: nothing is judged unread."""
    found = report_or_404(request, study, key)
    if found.stage == "not opened":
        raise Http404
    return found


def do_and_return(request: HttpRequest, study: Study, key: int, write: Callable[[], object], said: str) -> HttpResponse:
    """A button of a report's page: done, or what stands against it, on the same page."""
    perform(request, write, said)
    return redirect("safety:report", study.key, key)
