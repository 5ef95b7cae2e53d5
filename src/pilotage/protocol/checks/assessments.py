"""Occasions: who is asked what when, and how those without sessions of their own are given their dates."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.problems import kind
from pilotage.protocol.assessment import Window
from pilotage.protocol.checks.people import UNKNOWN_ARM
from pilotage.protocol.checks.programme import NO_SUCH_SESSION
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.yaml_file import Path_

NOT_OF_THE_STUDY = kind("PROTOCOL-043", "An assessment uses an instrument that the study does not list")
UNKNOWN_FORM = kind("PROTOCOL-044", "An assessment uses a form that is not described")
UNCONFIRMED = kind("PROTOCOL-045", "An instrument is used whose key nobody could confirm")
WINDOW = kind("PROTOCOL-046", "A window does not say when it is open")
NO_SESSIONS = kind("PROTOCOL-047", "A window rests on sessions that an arm does not have")
ASKS_NOTHING = kind("PROTOCOL-048", "An assessment asks nothing")
UNKNOWN_ASSESSMENT = kind("PROTOCOL-049", "An assessment is named that the study does not have")


def confirmed(written: WrittenProtocol) -> Problems:
    """Check that instruments used can be scored."""
    for i, name in enumerate(written.protocol.instruments):
        instrument = written.instruments.get(name)
        if instrument is not None and instrument.key.status == "unconfirmed":
            message = f"The key of '{name}' is not confirmed, so it cannot be scored. Missing: {instrument.key.lacks}"
            remedy = f"Use another form, or ask {instrument.key.ask} and complete instruments/{name}/instrument.yaml."
            yield written.problem(UNCONFIRMED, ("instruments", i), message, remedy)


def arms(written: WrittenProtocol) -> Problems:
    """Check that assessments name arms of the study."""
    for a, assessment in enumerate(written.protocol.assessments):
        for i, arm in enumerate(assessment.arms):
            yield from written.unknown(UNKNOWN_ARM, ("assessments", a, "arms", i), arm, "arm", written.arms)


def instruments(written: WrittenProtocol) -> Problems:
    """Check that assessments use instruments that the study lists."""
    for a, assessment in enumerate(written.protocol.assessments):
        if isinstance(assessment.instruments, str):
            continue
        for i, name in enumerate(assessment.instruments):
            path = ("assessments", a, "instruments", i)
            yield from written.unknown(NOT_OF_THE_STUDY, path, name, "instrument", written.protocol.instruments)


def forms(written: WrittenProtocol) -> Problems:
    """Check that assessments use forms that are described."""
    for a, assessment in enumerate(written.protocol.assessments):
        for i, name in enumerate(assessment.forms):
            yield from written.unknown(UNKNOWN_FORM, ("assessments", a, "forms", i), name, "form", written.forms)


def something_asked(written: WrittenProtocol) -> Problems:
    """Check that each assessment asks something of someone."""
    for a, assessment in enumerate(written.protocol.assessments):
        if not assessment.forms and not written.protocol.instruments_at(assessment):
            message = f"'{assessment.id}' has neither instruments nor forms."
            yield written.problem(ASKS_NOTHING, ("assessments", a), message, "Add some, or remove the assessment.")
        if not assessment.arms:
            message = f"'{assessment.id}' is for no arm."
            yield written.problem(ASKS_NOTHING, ("assessments", a, "arms"), message, "Name the arms that are asked.")


def windows(written: WrittenProtocol) -> Problems:
    """Check that a window rests on one event, exists for some time, and its session exists."""
    for a, window in _windows(written):
        path: Path_ = ("assessments", a, "when")
        events = [name for name in ("before", "after", "repeats") if getattr(window, name) is not None]
        if len(events) != 1:
            message = f"The window gives {' and '.join(events) or 'no event'}."
            remedy = "Give one of 'before', 'after' and 'repeats' (or write 'any time')."
            yield written.problem(WINDOW, path, message, remedy)
        if window.from_ is not None and window.within is not None and window.from_ >= window.within:
            message = f"The window opens after {window.from_.days} days and closes after {window.within.days}."
            yield written.problem(WINDOW, path, message, "'from' must be shorter than 'within'.")
        for name in ("before", "after"):
            yield from _session_exists(written, (*path, name), getattr(window, name))


def _session_exists(written: WrittenProtocol, path: Path_, event: str | None) -> Problems:
    numbers = [session.delivered for session in written.sessions]
    if event == "last session" and not numbers:
        yield written.problem(NO_SUCH_SESSION, path, "There are no sessions.", "Use 'enrolment' or 'allocation'.")
    elif event and event.startswith("session ") and int(event.split()[1]) not in numbers:
        message = f"There is no {event}; there are {len(numbers)}."
        yield written.problem(NO_SUCH_SESSION, path, message, "Correct the number, or use 'last session'.")


def controls(written: WrittenProtocol) -> Problems:
    """Check that arms without sessions of their own are told whose dates they follow."""
    without = [arm.id for arm in written.protocol.arms if not arm.programme]
    for a, window in _windows(written):
        assessment = written.protocol.assessments[a]
        waiting = [arm for arm in assessment.arms if arm in without]
        if waiting and assessment.control_follows is None and _rests_on_sessions(window):
            message = f"'{assessment.id}' is timed by sessions, but the arm '{waiting[0]}' has none."
            remedy = "Add 'control_follows', such as 'the cohort of the same time', or {unknown: why}."
            yield written.problem(NO_SESSIONS, ("assessments", a), message, remedy)


def _rests_on_sessions(window: Window) -> bool:
    events = [event for event in (window.before, window.after) if event]
    return window.repeats == "after each session" or any("session" in event for event in events)


def _windows(written: WrittenProtocol) -> Iterator[tuple[int, Window]]:
    for a, assessment in enumerate(written.protocol.assessments):
        if isinstance(assessment.when, Window):
            yield a, assessment.when
