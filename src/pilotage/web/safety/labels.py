"""How far a safety report is, how urgent, and what was judged of the adverse event, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from pilotage.protocol.safety import Safety
from pilotage.protocol.words import say
from pilotage.vocabulary import Ascertainment, EventOutcome, Expectedness, Relatedness, Severity
from pilotage.web.pages.durations import in_words
from pilotage.web.records.models import AdverseEvent
from pilotage.web.records.queries.safety import SafetyReport

Words = str | Promise
STAGES: dict[str, tuple[Words, str]] = {
    "not opened": (gettext_lazy("not opened yet"), "bad"),
    "to judge": (gettext_lazy("to be assessed"), "attention"),
    "in hand": (pgettext_lazy("safety report", "in progress"), "now"),
    "closed": (gettext_lazy("closed"), "done"),
}
SOURCES: dict[str, Words] = {
    "participant": gettext_lazy("reported by the participant"),
    "teacher": gettext_lazy("reported by a teacher"),
    "coordinator": gettext_lazy("reported by staff"),
    "alert rule": gettext_lazy("alert raised by an answer or a score"),
}
ASCERTAINMENT: dict[str, Words] = {
    Ascertainment.ASKED: gettext_lazy("when asked"),
    Ascertainment.SPONTANEOUS: gettext_lazy("spontaneously"),
}
SEVERITY: dict[str, Words] = {
    Severity.MILD: gettext_lazy("mild"),
    Severity.MODERATE: gettext_lazy("moderate"),
    Severity.SEVERE: gettext_lazy("severe"),
    Severity.NOT_GRADED: gettext_lazy("not assessed yet"),
}
RELATEDNESS: dict[str, Words] = {
    Relatedness.UNRELATED: gettext_lazy("unrelated"),
    Relatedness.POSSIBLE: gettext_lazy("possibly related"),
    Relatedness.PROBABLE: gettext_lazy("probably related"),
    Relatedness.NOT_JUDGED: gettext_lazy("not assessed yet"),
}
EXPECTEDNESS: dict[str, Words] = {
    Expectedness.EXPECTED: gettext_lazy("expected"),
    Expectedness.UNEXPECTED: gettext_lazy("unexpected"),
    Expectedness.NOT_JUDGED: gettext_lazy("not assessed yet"),
}
OUTCOMES: dict[str, Words] = {
    EventOutcome.RESOLVED: gettext_lazy("resolved"),
    EventOutcome.CONTINUING: gettext_lazy("continuing"),
    EventOutcome.UNKNOWN: gettext_lazy("unknown"),
}


@dataclass(frozen=True)
class InboxLine:
    """One report of the inbox."""

    report: SafetyReport
    stage: Words
    tone: str
    source: Words
    urgency: str


def inbox_line(report: SafetyReport) -> InboxLine:
    """Describe a report as the inbox shows it."""
    stage, tone = STAGES[report.stage]
    urgency = waits(report) if report.stage == "not opened" else ""
    return InboxLine(report, stage, tone, SOURCES[report.event.source], urgency)


def waits(report: SafetyReport) -> str:
    """Return such as 'waiting for 12 minutes; to be opened before 16.40'."""
    just_now = report.waits < timedelta(minutes=1)
    waiting = _("reported just now") if just_now else _("waiting for %(time)s") % {"time": in_words(report.waits)}
    if report.open_before is None:
        return waiting
    local, today = timezone.localtime(report.open_before), timezone.localtime()
    clock = date_format(local, "H.i" if local.date() == today.date() else "D j F, H.i")
    before = _("should have been opened before %(when)s") if report.late else _("to be opened before %(when)s")
    return f"{waiting}; {before % {'when': clock}}"


def judged(event: AdverseEvent, safety: Safety | None, language: str) -> list[tuple[str, Words]]:
    """Return what was judged so far, as pairs of a term and its value in words."""
    kinds = {kind.id: say(kind.label, language) for kind in safety.kinds} if safety else {}
    serious = {None: _("not assessed yet"), True: _("yes"), False: _("no")}[event.serious]
    return [
        (_("Severity"), SEVERITY[event.severity]),
        (_("Serious"), serious),
        (_("Kind"), kinds.get(event.kind, event.kind) or _("not entered yet")),
        (_("Relation to the course"), RELATEDNESS[event.relatedness]),
        (_("Expectedness"), EXPECTEDNESS[event.expectedness]),
        (_("Outcome"), OUTCOMES.get(event.outcome, _("not known yet"))),
    ]
