"""What a protocol leaves open that must be known before anybody is asked to take part."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pilotage.problems import Problem, kind
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.summary import places_unknown
from pilotage.protocol.words import file_in, say
from pilotage.yaml_file import Path_

NOT_KNOWN = kind("READY-001", "Something is unknown that must be known before enrolment")
UNDECIDED = kind("READY-002", "The ethics committee has not decided")
NO_CONSENT_TEXT = kind("READY-003", "A consent text is missing")
STILL_EXAMPLE = kind("READY-004", "A consent text is still the example, or has gaps")
NO_STATEMENTS = kind("READY-005", "A consent text has no statement to agree to")
NO_SAFETY = kind("READY-006", "The protocol does not say what happens when somebody comes to harm")
NO_MATERIAL = kind("READY-007", "A material's file is missing")

EACH = -1
"""Stands for any place in a list."""

NEEDED: dict[Path_, tuple[str, str]] = {
    ("study", "centres", EACH, "name"): ("The name of the centre '{name}'", "People are told who asks them."),
    ("study", "registration"): (
        "The study's registration",
        "A study is registered before its first person; or say that it is not.",
    ),
    ("ethics", "outcome"): ("The ethics decision", "Nobody is asked before the committee has decided."),
    ("ethics", "committee"): ("The ethics committee", "People are told who judged the study."),
    ("ethics", "number"): ("The number of the ethics decision", "The decision must be found again."),
    ("ethics", "date"): ("The date of the ethics decision", "Nobody is asked before the committee has decided."),
    ("consent", "versions", EACH, "starts"): (
        "The first day of the consent text '{name}'",
        "Say from which day this text is used.",
    ),
    ("data_flow", "retention"): ("How long data are kept", "People are told how long their answers are kept."),
    ("safety", "contact"): ("The safety contact", "Somebody must read what people report."),
    ("safety", "deputy"): ("The deputy of the safety contact", "Somebody must look when the contact does not."),
    ("safety", "independent"): (
        "The independent contact",
        "People need someone else to turn to where a report concerns a teacher.",
    ),
    ("correspondence", "reply_to"): ("The address for replies to mails", "People answer mails; say where to."),
    ("programme", "delivered", "minutes"): (
        "The length of a session",
        "The calendar needs to know how long a session lasts.",
    ),
    ("assessments", EACH, "when"): (
        "The time of the assessment '{name}'",
        "Nobody can be asked without a window.",
    ),
    ("assessments", EACH, "control_follows"): (
        "Whose dates arms without sessions follow at the assessment '{name}'",
        "Arms without sessions need the dates of somebody's.",
    ),
}
"""What must be known before people are asked: what it is called, where ``name`` is its part's, and why."""

GAPS = ("*An example by Pilotage", "*Een voorbeeld van Pilotage", "[to be filled in", "[in te vullen")
"""How the library's example texts say that they are examples, and what is still to be filled in."""


def missing_for_enrolment(loaded: LoadedProtocol, languages: Sequence[str] = ()) -> tuple[Problem, ...]:
    """Return what keeps a study from being opened for enrolment, each with what to do; nothing when it is ready.

    ``languages`` are those people will be asked in; those of the study when none is named. Whether the words of
    questionnaires are there and signed off is asked elsewhere.
    """
    asked_in = languages or loaded.protocol.study.languages
    problems = [*_not_known(loaded), *_ethics(loaded), *_safety(loaded)]
    problems += [*_consent(loaded, asked_in), *_materials(loaded, asked_in)]
    return tuple(problems)


def _not_known(loaded: LoadedProtocol) -> Iterator[Problem]:
    """Yield what is unknown of what must be known."""
    for path, why in places_unknown(loaded.document.data):
        needed = NEEDED.get(tuple(EACH if isinstance(step, int) else step for step in path))
        if needed is not None:
            what, reason = needed
            message = f"{what.format(name=_name(loaded.document.data, path))} is not known: {why}."
            yield loaded.document.problem(NOT_KNOWN, path, message, f"{reason} Fill it in.")


def _name(data: Any, path: Path_) -> str:
    """Return what the part of a list is called that a path leads through: by its label, or by its id."""
    for step in path:
        data = data[step]
        if isinstance(step, int):
            return say(data.get("label", data["id"]), "en")
    return ""


def _ethics(loaded: LoadedProtocol) -> Iterator[Problem]:
    if loaded.protocol.ethics.outcome == "pending":
        remedy = "Wait for the decision, and enter it under 'ethics'."
        yield loaded.document.problem(UNDECIDED, ("ethics", "outcome"), "The ethics decision is pending.", remedy)


def _safety(loaded: LoadedProtocol) -> Iterator[Problem]:
    """Yield what is missing of whom people can turn to, and how soon somebody answers."""
    safety = loaded.protocol.safety
    if safety is None:
        message = "The protocol does not say how harm is asked for, nor who is told."
        yield loaded.document.problem(NO_SAFETY, (), message, "Add 'safety'.")
        return
    needed = {
        "answered_within": "how soon whoever reports something is answered",
        "independent": "to whom one can turn outside the course and the study",
        "at_once": "whom to call when it cannot wait",
    }
    for name, what in needed.items():
        if not getattr(safety, name):
            message = f"The protocol does not say {what}."
            yield loaded.document.problem(NO_SAFETY, ("safety",), message, f"Add '{name}' under 'safety'.")


def _consent(loaded: LoadedProtocol, languages: Sequence[str]) -> Iterator[Problem]:
    """Yield what the newest consent text lacks: a language, words of the site's own, or what is agreed to."""
    i = len(loaded.protocol.consent.versions) - 1
    version, path = loaded.protocol.consent.versions[i], ("consent", "versions", i)
    if not any(statement.required for statement in version.statements):
        remedy = "Add 'statements', of which at least one is required."
        message = f"Version '{version.id}' has no statement that must be agreed to."
        yield loaded.document.problem(NO_STATEMENTS, path, message, remedy)
    for place in dict.fromkeys(file_in(version.text, language) for language in languages):
        yield from _consent_text(loaded, place, (*path, "text"))


def _consent_text(loaded: LoadedProtocol, place: str, path: Path_) -> Iterator[Problem]:
    file = loaded.folder / place
    if not file.is_file():
        message = f"The consent text '{place}' is not in the study's folder."
        yield loaded.document.problem(NO_CONSENT_TEXT, path, message, "Put it there; nobody can consent without it.")
        return
    words = file.read_text(encoding="utf-8", errors="replace")
    gap = next((gap for gap in GAPS if gap in words), None)
    if gap is not None:
        message = f"The consent text '{place}' still holds '{gap}'."
        remedy = "Write your own text, have it judged by the ethics committee, and remove these words."
        yield loaded.document.problem(STILL_EXAMPLE, path, message, remedy)


def _materials(loaded: LoadedProtocol, languages: Sequence[str]) -> Iterator[Problem]:
    programme = loaded.protocol.programme
    for i, material in enumerate(programme.materials if programme else []):
        for place in dict.fromkeys(file_in(material.file, language) for language in languages if material.file):
            if not (loaded.folder / place).is_file():
                message = f"'{place}' of the material '{material.id}' is not in the study's folder."
                path = ("programme", "materials", i, "file")
                yield loaded.document.problem(NO_MATERIAL, path, message, "Put it there, or remove 'file'.")
