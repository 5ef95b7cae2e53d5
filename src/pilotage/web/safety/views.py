"""The inbox of reports: what waits and until when, one report, and who somebody is."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.accounts.access import staff
from pilotage.web.pages.perform import perform_form
from pilotage.web.pages.questionnaire import Asked, sheet
from pilotage.web.records import actions, protocols, queries
from pilotage.web.records.models import AdverseEvent, Participant, Study
from pilotage.web.records.queries.safety_circle import HANDLERS
from pilotage.web.records.refused import ActionRefused
from pilotage.web.safety.forms import NoteForm, ReportForForm
from pilotage.web.safety.labels import SOURCES, STAGES, VALUES, judged, line
from pilotage.web.safety.lookups import report_or_404


@staff(*HANDLERS)
@require_safe
def inbox(request: Any, study: Study) -> HttpResponse:
    """What waits first, what is in hand, and what is closed."""
    reports = queries.reports_for(request.user, study)
    safety = queries.safety_of(study)
    context = {
        "waiting": [line(one) for one in reports if one.stage == "not opened"],
        "going_on": [line(one) for one in reports if one.stage in ("to judge", "in hand")],
        "closed": [line(one) for one in reversed(reports) if one.stage == "closed"],
        "withheld": queries.withheld_from(request.user, study),
        "independent": safety.independent if safety and isinstance(safety.independent, str) else "",
    }
    return render(request, "safety/inbox.html", context)


@staff(*HANDLERS)
@require_safe
def report(request: Any, study: Study, report: int) -> HttpResponse:
    """One report; while nobody has opened it, only the button that does."""
    found = report_or_404(request, study, report)
    if found.stage == "not opened":
        context = {"report": found, "line": line(found)}
        return render(request, "safety/unopened.html", context)
    return render(request, "safety/report.html", _context(request, study, found.event, NoteForm()))


@staff(*HANDLERS)
@require_POST
def open_report(request: Any, study: Study, report: int) -> HttpResponse:
    """Open it; the first time is kept."""
    found = report_or_404(request, study, report)
    actions.open_report(request.user, found.event)
    return redirect("safety:report", study.key, found.event.pk)


@staff(*HANDLERS)
@require_POST
def pass_on(request: Any, study: Study, report: int) -> HttpResponse:
    """The independent contact was told that a report waits; it stays unread here."""
    if report not in {one.key for one in queries.withheld_from(request.user, study)}:
        raise Http404
    try:
        actions.pass_on_report(request.user, report)
    except ActionRefused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Noted: the independent contact knows that a report waits."))
    return redirect("safety:inbox", study.key)


@staff(*HANDLERS)
@require_POST
def note(request: Any, study: Study, report: int) -> HttpResponse:
    """Add a note."""
    event = report_or_404(request, study, report).event
    form = NoteForm(request.POST)
    if perform_form(form, lambda: actions.add_note(request.user, event, form.cleaned_data["text"])):
        messages.success(request, _("The note is kept."))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/report.html", _context(request, study, event, form))


@staff(*HANDLERS)
@require_POST
def identity(request: Any, study: Study, report: int) -> HttpResponse:
    """Who it is and how to reach them, once, for whoever asks; that they asked is kept."""
    event = report_or_404(request, study, report).event
    try:
        found = actions.look_up_identity(request.user, event)
    except ActionRefused as why:
        messages.error(request, str(why))
        return redirect("safety:report", study.key, event.pk)
    return render(request, "safety/identity.html", {"event": event, "identity": found})


@staff(*HANDLERS)
@require_http_methods(["GET", "HEAD", "POST"])
def report_for(request: Any, study: Study) -> HttpResponse:
    """A report that someone told a member of staff."""
    form = ReportForForm(request.POST if request.method == "POST" else None)
    made: list[AdverseEvent] = []
    if request.method == "POST" and form.is_valid():
        person = _person(request, study, form.cleaned_data["code"])
        if person is None:
            form.add_error("code", _("Nobody here has this code."))
        elif perform_form(form, lambda: made.append(_reported(request, person, form.cleaned_data))):
            messages.success(request, _("Kept; those who handle reports are told."))
            return redirect("safety:inbox", study.key)
    return render(request, "safety/report_for.html", {"form": form})


def _person(request: Any, study: Study, code: str) -> Participant | None:
    centres = queries.centres_of(request.user, study, *HANDLERS)
    return study.participants.filter(centre__in=centres, code__iexact=code.strip()).first()


def _reported(request: Any, person: Participant, said: dict[str, Any]) -> AdverseEvent:
    return actions.report_event(
        request.user,
        person,
        source="coordinator",
        description=said["description"],
        onset=said["onset"],
        ascertainment=said["ascertainment"],
    )


def _context(request: HttpRequest, study: Study, event: AdverseEvent, form: NoteForm) -> dict[str, Any]:
    loaded, language = protocols.of(study), translation.get_language() or "en"
    safety = loaded.protocol.safety
    stage = queries.stage_of_report(event)
    return {
        "event": event,
        "stage": STAGES[stage],
        "source": SOURCES[event.source],
        "ascertainment": VALUES[event.ascertainment],
        "cohort": getattr(getattr(event.participant, "place", None), "cohort", None),
        "questions": _questions(loaded, event, language),
        "why": next((alert.why for alert in safety.alerts if alert.id == event.rule), "") if safety else "",
        "judged": judged(event, safety, language),
        "lacking": queries.lacking(event),
        "next": _next_step(event),
        "sees_identity": queries.sees_identity(request.user, study),  # type: ignore[arg-type]  # staff alone come here
        "notes": event.notes.select_related("by").order_by("at"),
        "form": form,
    }


def _next_step(event: AdverseEvent) -> str:
    """Which of the pages has the first thing that is still to be said; none where it can be closed."""
    pages = {
        "severity": "judge",
        "serious": "judge",
        "relatedness": "relation",
        "outcome": "action",
        "action": "action",
    }
    return next((pages[one] for one in queries.lacking(event)), "")


def _questions(loaded: LoadedProtocol, event: AdverseEvent, language: str) -> list[tuple[str, str]]:
    """The protocol's questions that were answered, with the answers as they are read."""
    safety = loaded.protocol.safety
    if safety is None or safety.form is None:
        return []
    asked = {item.id: item for item in sheet(loaded, safety.form, None, language).items}
    return [(asked[item].text, _answer(asked[item], value)) for item, value in event.answers.items() if item in asked]


def _answer(question: Asked, value: str) -> str:
    labels = {choice.value: choice.label for choice in question.choices}
    said = value.split() if question.kind == "choices" else [value]
    return ", ".join(labels.get(one, one) for one in said)
