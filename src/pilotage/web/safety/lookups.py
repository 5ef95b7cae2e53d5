"""How the views of the inbox find a report, show a page by the study's clock, and say what a rule stands against."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pilotage.web.records import queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety import Report
from pilotage.web.records.refused import ActionRefused


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


def shown(request: HttpRequest, study: Study, template: str, context: dict[str, Any]) -> HttpResponse:
    """A page whose moments are by the study's clock."""
    with timezone.override(queries.zone_of(study)):
        return render(request, template, context)


def done(form: forms.Form, write: Callable[[], object]) -> bool:
    """Whether a sound form's write was done; what stands against it is said in the form, which keeps what was typed."""
    if not form.is_valid():
        return False
    try:
        write()
    except ActionRefused as why:
        form.add_error(None, str(why))
        return False
    return True


def do_and_return(request: HttpRequest, study: Study, key: int, write: Callable[[], object], said: str) -> HttpResponse:
    """A button of a report's page: done, or what stands against it, on the same page."""
    try:
        write()
    except ActionRefused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, said)
    return redirect("safety:report", study.key, key)
