"""The log, to be read: of a study, or of what happened on the server beside its studies."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import administrator, staff
from pilotage.web.administrator.forms import LogForm
from pilotage.web.records import audit, protocols, queries
from pilotage.web.records.models import Study

A_PAGE = 50


@staff("administrator")
@require_safe
def study_log(request: Any, study: Study) -> HttpResponse:
    """What happened in a study; what is about a person stays sealed."""
    return _log(request, study, protocols.of(study).protocol.study.time_zone)


@administrator
@require_safe
def server_log(request: Any) -> HttpResponse:
    """Accounts made and closed, passwords set, studies taken in."""
    return _log(request, None, "UTC")


def _log(request: Any, study: Study | None, zone: str) -> HttpResponse:
    form = LogForm(queries.kinds_of_event(study), request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.events(study, asked.get("day"), asked.get("what", ""), zone)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    events, head = audit.head()
    said = {
        "form": form,
        "page": page,
        "lines": queries.lines(list(page)),
        "zone": zone,
        "events": events,
        "head": head,
    }
    return render(request, "administrator/log.html", said)
