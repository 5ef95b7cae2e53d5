"""How far a report is, how urgent, and what was judged, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.web.pages.durations import in_words
from pilotage.web.records.models import AdverseEvent
from pilotage.web.records.queries.safety import Report

STAGES: dict[str, tuple[str | Promise, str]] = {
    "not opened": (gettext_lazy("not opened yet"), "bad"),
    "to judge": (gettext_lazy("to be judged"), "attention"),
    "in hand": (gettext_lazy("being handled"), "now"),
    "closed": (gettext_lazy("closed"), "done"),
}
SOURCES: dict[str, str | Promise] = {
    "participant": gettext_lazy("told by the person"),
    "teacher": gettext_lazy("a teacher's concern"),
    "coordinator": gettext_lazy("told by staff"),
    "alert rule": gettext_lazy("raised by an answer or a score"),
}
VALUES: dict[str, str | Promise] = {
    "asked": gettext_lazy("asked about it"),
    "spontaneous": gettext_lazy("of their own accord"),
    "mild": gettext_lazy("mild"),
    "moderate": gettext_lazy("moderate"),
    "severe": gettext_lazy("severe"),
    "not graded": gettext_lazy("not graded yet"),
    "unrelated": gettext_lazy("unrelated"),
    "possible": gettext_lazy("possibly related"),
    "probable": gettext_lazy("probably related"),
    "not judged": gettext_lazy("not judged yet"),
    "expected": gettext_lazy("expected"),
    "unexpected": gettext_lazy("unexpected"),
    "resolved": gettext_lazy("resolved"),
    "continuing": gettext_lazy("continuing"),
    "unknown": gettext_lazy("unknown"),
}


@dataclass(frozen=True)
class Line:
    """One report of the inbox."""

    report: Report
    stage: str | Promise
    tone: str
    source: str | Promise
    urgency: str
    urgent: bool


def line(report: Report) -> Line:
    """A report as the inbox has it."""
    stage, tone = STAGES[report.stage]
    urgency = waits(report) if report.stage == "not opened" else ""
    return Line(report, stage, tone, SOURCES[report.event.source], urgency, report.stage == "not opened")


def waits(report: Report) -> str:
    """Such as 'waits 12 minutes; to be opened before 16.40'."""
    just_now = report.waits < timedelta(minutes=1)
    said = _("came in just now") if just_now else _("waits %(time)s") % {"time": in_words(report.waits)}
    if report.open_before is None:
        return said
    local, today = timezone.localtime(report.open_before), timezone.localtime()
    clock = date_format(local, "H.i" if local.date() == today.date() else "D j F, H.i")
    before = _("should have been opened before %(when)s") if report.late else _("to be opened before %(when)s")
    return f"{said}; {before % {'when': clock}}"


def judged(event: AdverseEvent, safety: Safety | None, language: str) -> list[tuple[str, str | Promise]]:
    """What was judged so far, as rows of a term and what is said of it."""
    kinds = {kind.id: say(kind.label, language) for kind in safety.kinds} if safety else {}
    serious = {None: _("not judged yet"), True: _("yes"), False: _("no")}[event.serious]
    rows: list[tuple[str, str | Promise]] = [
        (_("Severity"), VALUES[event.severity]),
        (_("Serious"), serious),
        (_("Kind"), kinds.get(event.kind, event.kind) or _("not said yet")),
        (_("Relation to the course"), VALUES[event.relatedness]),
        (_("Expectedness"), VALUES[event.expectedness]),
        (_("Outcome"), VALUES.get(event.outcome, _("not known yet"))),
    ]
    return rows
