"""What holds wherever it stands: no id twice in a list, and words in the languages of the study."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import PureWindowsPath
from typing import Any

from pydantic import BaseModel

from pilotage.problems import kind
from pilotage.protocol.checks.written import Problems, WrittenProtocol
from pilotage.protocol.words import Text, TranslatedText
from pilotage.yaml_file import Path_

ID_TWICE = kind("PROTOCOL-003", "An id is given twice in one list")
NAMED_TWICE = kind("PROTOCOL-004", "A name appears twice in one list")
LANGUAGE_CODE = kind("PROTOCOL-005", "A language is not written as its code")
LANGUAGES_DIFFER = kind("PROTOCOL-006", "Words are not given in the languages of the study")
NO_WORDS = kind("PROTOCOL-007", "Words are missing where a person will read them")
NO_TIME = kind("PROTOCOL-095", "A length of time is zero")
OUTSIDE = kind("PROTOCOL-096", "A file lies outside the study's folder")

_CODE = re.compile(r"^[a-z]{2,3}(-[A-Z]{2})?$")


def ids(written: WrittenProtocol) -> Problems:
    """Check that no two entries of a list share an id."""
    for path, entries in _lists(written.document.data, ()):
        seen: set[str] = set()
        for i, entry in enumerate(entries):
            if not isinstance(entry, dict) or not isinstance(entry.get("id"), str):
                continue
            if entry["id"] in seen:
                message = f"'{entry['id']}' is the id of two entries of this list."
                yield written.problem(ID_TWICE, (*path, i, "id"), message, "Rename or remove one of them.")
            seen.add(entry["id"])


def names(written: WrittenProtocol) -> Problems:
    """Check that no name occurs twice in a list of names."""
    for path, entries in _lists(written.document.data, ()):
        for i, entry in enumerate(entries):
            if isinstance(entry, str) and entry in entries[:i]:
                message = f"'{entry}' appears twice in this list."
                yield written.problem(NAMED_TWICE, (*path, i), message, "Remove or correct one of them.")


def language_codes(written: WrittenProtocol) -> Problems:
    """Check that languages are written as codes."""
    for i, language in enumerate(written.protocol.study.languages):
        if not _CODE.match(language):
            message = f"'{language}' is not the code of a language."
            yield written.problem(
                LANGUAGE_CODE, ("study", "languages", i), message, "Write it as 'en', 'nl' or 'pt-BR'."
            )


def words(written: WrittenProtocol) -> Problems:
    """Check that words given by language are given in each language of the study and in no other."""
    languages = written.protocol.study.languages
    for path, text in _texts(written.protocol, ()):
        if isinstance(text, str):
            if not text.strip() and path[-1] in ("ask", "label", "title", "text"):
                yield written.problem(
                    NO_WORDS, path, f"'{path[-1]}' is empty.", "Write the text that people will read."
                )
            continue
        for language in (code for code in text if code not in languages):
            message = f"This text is given in '{language}', which is not a language of the study."
            remedy = f"Languages of the study: {', '.join(languages)}. Add it there, or remove it here."
            yield written.problem(LANGUAGES_DIFFER, (*path, language), message, remedy)
        for language in (code for code in languages if code not in text):
            message = f"This text is missing in '{language}', a language of the study."
            yield written.problem(LANGUAGES_DIFFER, path, message, f"Add '{language}: ...' here.")


def lengths(written: WrittenProtocol) -> Problems:
    """Check that no length of time is zero: nobody is signed out, and no report unopened, after no time."""
    protocol = written.protocol
    safety, practice = protocol.safety, protocol.programme and protocol.programme.home_practice
    lengths_of_time: dict[Path_, timedelta | None] = {
        ("access", name): getattr(protocol.access, name) for name in type(protocol.access).model_fields
    }
    lengths_of_time |= {("safety", name): getattr(safety, name, None) for name in ("answered_within", "deputy_after")}
    lengths_of_time |= {("programme", "home_practice", "editable_for"): practice.editable_for if practice else None}
    for path, length in lengths_of_time.items():
        if length == timedelta():
            message = f"'{path[-1]}' is zero."
            yield written.problem(NO_TIME, path, message, "Write a length of time, such as '30 minutes' or '2 days'.")


def places(written: WrittenProtocol) -> Problems:
    """Check that consent texts and materials lie within the study's folder, so that it can be moved whole."""
    protocol = written.protocol
    named: list[tuple[Path_, str]] = [
        (("consent", "versions", i, "text"), version.text) for i, version in enumerate(protocol.consent.versions)
    ]
    materials = protocol.programme.materials if protocol.programme else []
    named += [(("programme", "materials", i, "file"), m.file) for i, m in enumerate(materials) if m.file]
    for path, place in named:
        parts = PureWindowsPath(place)  # it takes both kinds of slash as steps, and C: as a place
        if parts.drive or parts.root or ".." in parts.parts:
            message = f"'{place}' leads out of the study's folder."
            yield written.problem(
                OUTSIDE, path, message, "Put the file into the folder, and write where it lies there."
            )


def _lists(data: Any, path: Path_) -> Iterator[tuple[Path_, list[Any]]]:
    """Yield every list in the file, with its place."""
    if isinstance(data, list):
        yield path, data
        for i, inner in enumerate(data):
            yield from _lists(inner, (*path, i))
    elif isinstance(data, dict):
        for key, inner in data.items():
            yield from _lists(inner, (*path, key))


def _texts(part: Any, path: Path_) -> Iterator[tuple[Path_, Any]]:
    """Yield every value of a model that is words, or words by language, with its place.

    A label in one language is a plain string, and no more is asked of it than that it is there.
    """
    if isinstance(part, TranslatedText):
        yield path, part.by_language
    if isinstance(part, list):
        for i, inner in enumerate(part):
            yield from _texts(inner, (*path, i))
    if isinstance(part, dict):  # the rounds, by name
        for key, inner in part.items():
            yield from _texts(inner, (*path, key))
    if not isinstance(part, BaseModel):
        return
    for name, field in type(part).model_fields.items():
        value, here = getattr(part, name), (*path, field.alias or name)
        if field.annotation == Text:
            yield here, value
        elif field.annotation == dict[int, Text]:
            yield from (((*here, code), text) for code, text in value.items())
        else:
            yield from _texts(value, here)
