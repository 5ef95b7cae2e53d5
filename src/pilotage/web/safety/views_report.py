"""One safety report: opened, read, noted on, and who the participant is."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform_form, result_of
from pilotage.web.pages.questionnaire import sheet
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.actions.handling import NEEDED
from pilotage.web.records.models import AdverseEvent, Study
from pilotage.web.records.queries.safety_circle import HANDLERS
from pilotage.web.safety.forms import NoteForm
from pilotage.web.safety.labels import ASCERTAINMENT, SOURCES, STAGES, inbox_line, judged
from pilotage.web.safety.lookups import report_or_404

PAGES = {"severity": "judge", "serious": "judge", "relatedness": "relation", "outcome": "action", "action": "action"}
"""On which page each thing is entered that a report can still need."""


@staff(*HANDLERS)
@require_safe
def report(request: Any, study: Study, report: int) -> HttpResponse:
    """Show one report; while nobody has opened it, only the button that does."""
    safety_report = report_or_404(request, study, report)
    if safety_report.stage == "not opened":
        context = {"report": safety_report, "line": inbox_line(safety_report)}
        return render(request, "safety/unopened.html", context)
    return render(request, "safety/report.html", _context(request, study, safety_report.event, NoteForm()))


@staff(*HANDLERS)
@require_POST
def open_report(request: Any, study: Study, report: int) -> HttpResponse:
    """Open a report; the first time is kept."""
    event = report_or_404(request, study, report).event
    actions.open_report(request.user, event)
    return redirect("safety:report", study.key, event.pk)


@staff(*HANDLERS)
@require_POST
def note(request: Any, study: Study, report: int) -> HttpResponse:
    """Add a note."""
    event = report_or_404(request, study, report).event
    form = NoteForm(request.POST)
    if perform_form(form, lambda: actions.add_note(request.user, event, form.cleaned_data["text"])):
        messages.success(request, _("Note saved."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/report.html", _context(request, study, event, form))


@staff(*HANDLERS)
@require_POST
def identity(request: Any, study: Study, report: int) -> HttpResponse:
    """Show who the participant is and how to reach them, once for each request; that somebody looked is kept."""
    event = report_or_404(request, study, report).event
    identity = result_of(lambda: actions.look_up_identity(request.user, event), partial(messages.error, request))
    if identity is None:
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/identity.html", {"event": event, "identity": identity})


def _context(request: HttpRequest, study: Study, event: AdverseEvent, form: NoteForm) -> dict[str, Any]:
    loaded, language = protocols.of(study), translation.get_language() or "en"
    safety = loaded.protocol.safety
    needed = queries.lacking(event)
    return {
        "event": event,
        "stage": STAGES[queries.stage_of_report(event)],
        "source": SOURCES[event.source],
        "ascertainment": ASCERTAINMENT[event.ascertainment],
        "cohort": getattr(getattr(event.participant, "place", None), "cohort", None),
        "questions": _questions(loaded, event, language),
        "why": next((alert.why for alert in safety.alerts if alert.id == event.rule), "") if safety else "",
        "judged": judged(event, safety, language),
        "needed": [NEEDED[name] for name in needed],
        "next": PAGES[needed[0]] if needed else "",
        "sees_identity": queries.sees_identity(request.user, study),  # type: ignore[arg-type]  # staff alone come here
        "notes": queries.notes_of(event),
        "form": form,
    }


def _questions(loaded: LoadedProtocol, event: AdverseEvent, language: str) -> list[tuple[str, str]]:
    """Return the protocol's questions that were answered, with the answers as they are read."""
    safety = loaded.protocol.safety
    if safety is None or safety.form is None:
        return []
    questions = {item.id: item for item in sheet(loaded, safety.form, None, language).items}
    answered = [(questions[item], value) for item, value in event.answers.items() if item in questions]
    return [(question.text, question.read(value)) for question, value in answered]
