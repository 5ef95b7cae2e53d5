"""The schedule: which arm is asked what, and when."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.formatting import counted, sentence
from pilotage.protocol.assessment import Assessment
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.words import say
from pilotage.report.model.builders import table, text
from pilotage.report.model.document import Block, Bullets, Section, TableBlock
from pilotage.report.model.protocol_labels import duration, known, window

_ASKED, _NOT_ASKED = "●", "–"


def schedule(loaded: LoadedProtocol) -> Section:
    """Return the section on assessments by arm, and on what is asked at each."""
    notes = tuple(_notes(loaded.protocol))
    blocks: list[Block] = [_when(loaded.protocol), _what(loaded)]
    return Section("schedule", "Schedule of assessments", (*blocks, Bullets(notes)) if notes else tuple(blocks))


def _when(protocol: Protocol) -> TableBlock:
    columns = (text("assessment", "Assessment"), text("when", "When"), *(text(a.id, a.label) for a in protocol.arms),
               text("by", "Completed by"), text("mode", "Mode"), text("reminders", "Reminders"))  # fmt: skip
    rows = [
        (a.label, window(a.when), *(_mark(arm.id in a.arms) for arm in protocol.arms), a.by, a.mode,
         ", ".join(duration(r) for r in a.reminders) or "none")
        for a in protocol.assessments
    ]  # fmt: skip
    notes = [f"{_ASKED} asked, {_NOT_ASKED} not asked."]
    if any(a.reminders for a in protocol.assessments):
        notes.append("Reminders are sent this long after the window opens, and only while answers are outstanding.")
    notes += _layouts(protocol)
    return table("assessments", "Assessments, their windows and arms", columns, rows, notes)


def _layouts(protocol: Protocol) -> list[str]:
    """Return how questionnaires are shown and what is done about items without an answer."""
    paged = [f"{a.label} ({counted(a.items_on_a_page, 'item')})" for a in protocol.assessments if a.layout == "paged"]
    asked_once = [a.label for a in protocol.assessments if a.blank != "not allowed" and a.mode != "paper"]
    never = [a.label for a in protocol.assessments if a.blank == "not allowed"]
    layouts = {
        "Shown in pages": paged,
        "On the web, people are asked once about items without an answer": asked_once,
        "Every item is required": never,
    }
    return [f"{words}: {'; '.join(labels)}." for words, labels in layouts.items() if labels]


def _what(loaded: LoadedProtocol) -> TableBlock:
    protocol = loaded.protocol
    columns = (text("asked", "Asked"), *(text(a.id, a.label) for a in protocol.assessments))
    rows = [
        (loaded.instruments[name].name, *(_mark(name in protocol.instruments_at(a)) for a in protocol.assessments))
        for name in protocol.instruments
    ]
    rows += [
        (say(form.title, protocol.report.language), *(_mark(form.id in a.forms) for a in protocol.assessments))
        for form in protocol.forms
    ]
    return table(
        "asked", "Questionnaires and forms by assessment", columns, rows, [f"{_ASKED} asked, {_NOT_ASKED} not."]
    )


def _mark(is_asked: bool) -> str:
    return _ASKED if is_asked else _NOT_ASKED


def _notes(protocol: Protocol) -> Iterator[str]:
    for assessment in protocol.assessments:
        yield from _note(assessment)


def _note(assessment: Assessment) -> Iterator[str]:
    if assessment.note:
        yield sentence(f"{assessment.label}: {assessment.note}")
    if assessment.control_follows:
        follows = known(assessment.control_follows)
        yield sentence(f"{assessment.label}, dates for arms without sessions: {follows}")
