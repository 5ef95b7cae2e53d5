"""The log, to be read: of a study, or of what happened on the server beside its studies."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pilotage.web.accounts.access import administrator, staff
from pilotage.web.administrator.forms_log import LogForm
from pilotage.web.administrator.labels import log_rows
from pilotage.web.records import audit, queries
from pilotage.web.records.models import Study

ON_A_PAGE = 50


@staff("administrator")
@require_safe
def study_log(request: Any, study: Study) -> HttpResponse:
    """Show what happened in a study; what is about a person stays sealed."""
    return _log(request, study)


@administrator
@require_safe
def server_log(request: Any) -> HttpResponse:
    """Show the accounts created and closed, passwords set, studies added."""
    return _log(request, None)


def _log(request: Any, study: Study | None) -> HttpResponse:
    zone = timezone.get_current_timezone_name()  # as the decorators set it
    form = LogForm(queries.kinds_of_event(study), request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    matching = queries.events(study, chosen.get("day"), chosen.get("what", ""), zone)
    page = Paginator(matching, ON_A_PAGE).get_page(request.GET.get("page"))
    events, head = audit.head()
    context = {
        "form": form,
        "page": page,
        "rows": log_rows(queries.lines(list(page)), study),
        "zone": zone,
        "events": events,
        "head": f"{events}:{head}",  # as `pilotage verify --head` takes it
    }
    return render(request, "administrator/log.html", context)
