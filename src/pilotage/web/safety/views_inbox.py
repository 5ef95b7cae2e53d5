"""The inbox of safety reports: what waits and until when, what is passed on, and a report made for somebody."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform, perform_form
from pilotage.web.pages.protocol_words import in_page_language
from pilotage.web.records import actions, queries
from pilotage.web.records.models import Study
from pilotage.web.records.queries.safety_circle import HANDLERS
from pilotage.web.safety.forms import ReportForForm
from pilotage.web.safety.labels import inbox_line


@staff(*HANDLERS)
@require_safe
def inbox(request: Any, study: Study) -> HttpResponse:
    """Show what waits first, then what is in progress, and what is closed."""
    reports = queries.reports_for(request.user, study)
    safety = queries.safety_of(study)
    context = {
        "waiting": [inbox_line(report) for report in reports if report.stage == "not opened"],
        "going_on": [inbox_line(report) for report in reports if report.stage in ("to judge", "in hand")],
        "closed": [inbox_line(report) for report in reversed(reports) if report.stage == "closed"],
        "withheld": queries.withheld_from(request.user, study),
        "independent": in_page_language(safety.independent) if safety and isinstance(safety.independent, str) else "",
    }
    return render(request, "safety/inbox.html", context)


@staff(*HANDLERS)
@require_POST
def pass_on(request: Any, study: Study, report: int) -> HttpResponse:
    """Record that the independent contact was told that a report waits; it stays unread here."""
    if report not in {withheld.key for withheld in queries.withheld_from(request.user, study)}:
        raise Http404
    done = _("Recorded: the independent contact knows that a report is waiting.")
    perform(request, lambda: actions.pass_on_report(request.user, report), done)
    return redirect("safety:inbox", study.key)


@staff(*HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_for(request: Any, study: Study) -> HttpResponse:
    """Add a report that somebody told a member of staff."""
    form = ReportForForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        person = queries.person_to_report(request.user, study, form.cleaned_data["code"])
        if person is None:
            form.add_error("code", _("No participant of your centres has this code."))
        elif perform_form(form, lambda: actions.report_event(request.user, person, source="coordinator", **form.event)):
            messages.success(request, _("Report saved. Those who handle safety reports have been notified."))
            return redirect("safety:inbox", study.key)
    return render(request, "safety/report_for.html", {"form": form})
