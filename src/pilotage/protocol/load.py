"""Loads a study: its protocol, the instruments it uses, and the fingerprint of both."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pilotage.instruments import catalogue
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.protocol.check import check
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import YamlDocument, parse_model, read_model

NO_STUDY = kind("PROTOCOL-001", "There is no protocol here")
UNKNOWN_INSTRUMENT = kind("PROTOCOL-002", "An instrument is used that is not known")

LIBRARY = Path(__file__).parent / "library"
FILE = "protocol.yaml"
_INSTRUMENT_FILE = re.compile(rf"instruments/([A-Za-z0-9-]+)/{re.escape(catalogue.FILE)}")


@dataclass(frozen=True)
class LoadedProtocol:
    """A protocol that was read and checked, with all that it refers to."""

    protocol: Protocol
    document: YamlDocument
    instruments: dict[str, Instrument]
    fingerprint: str
    """SHA-256 of the content; comments and layout do not change it."""
    folder_on_disk: Path | None
    """Where the study's other files are; none where it was loaded from texts."""

    @property
    def folder(self) -> Path:
        """The study's folder, with its wording, consent texts and data.

        Raises
        ------
        ValueError
            When the protocol was loaded from texts, and so has no folder.
        """
        if self.folder_on_disk is None:
            raise ValueError("A protocol loaded from texts has no folder.")
        return self.folder_on_disk

    @property
    def short_fingerprint(self) -> str:
        """The fingerprint as it is shown: its first twelve digits."""
        return self.fingerprint[:12]


def library() -> tuple[str, ...]:
    """Return the ids of the protocols that Pilotage ships."""
    return tuple(sorted(file.parent.name for file in LIBRARY.glob(f"*/{FILE}")))


def load(study: str | Path) -> LoadedProtocol:
    """Load the study in a folder that holds protocol.yaml, in that file itself, or of the library by its id.

    Raises
    ------
    ProblemsFound
        With everything that is wrong: the shape of the file first, and once that is sound, what the parts say
        of each other.
    """
    file = find(study)
    protocol, document = read_model(file, Protocol)
    folders = (file.parent / "instruments",)
    known = catalogue.available(folders)
    return _checked(protocol, document, known, lambda name: catalogue.load(name, folders), file.parent)


def load_texts(texts: Mapping[str, str]) -> LoadedProtocol:
    """Load a study whose files are given as texts by their path in the study's folder.

    ``protocol.yaml`` is required; ``instruments/<id>/instrument.yaml`` wins over the library. Other texts are not read.

    Raises
    ------
    KeyError
        When there is no ``protocol.yaml`` among the texts.
    ProblemsFound
        As `load`.
    """
    protocol, document = parse_model(texts[FILE], Path(FILE), Protocol)
    own = _own_instruments(texts)
    known = tuple(sorted({*own, *catalogue.available()}))

    def instrument(name: str) -> Instrument:
        return catalogue.read_text(own[name], name) if name in own else catalogue.load(name)

    return _checked(protocol, document, known, instrument, None)


def find(study: str | Path) -> Path:
    """Return the protocol file that a person means; a folder of theirs wins over the library."""
    place = Path(study)
    if (place / FILE).is_file():
        return place / FILE
    if place.is_file():
        return place
    if str(study) in library():
        return LIBRARY / str(study) / FILE
    missing = f"'{study}' holds no {FILE}" if place.is_dir() else f"There is no study at '{study}'"
    near = did_you_mean(str(study), library())
    remedy = f"Give the folder of a study, or one of the library: {', '.join(library())}."
    raise ProblemsFound([Problem(NO_STUDY, f"{missing}.{near}", remedy)])


def _own_instruments(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts of the study's own instrument files, by the instrument's name."""
    matches = ((_INSTRUMENT_FILE.fullmatch(path), text) for path, text in texts.items())
    return {match[1]: text for match, text in matches if match}


def _checked(
    protocol: Protocol,
    document: YamlDocument,
    known: tuple[str, ...],
    instrument: Callable[[str], Instrument],
    folder: Path | None,
) -> LoadedProtocol:
    """Return the study with the instruments it uses, or refuse it with all that is wrong."""
    instruments: dict[str, Instrument] = {}
    problems: list[Problem] = []
    for i, name in enumerate(protocol.instruments):
        if name not in known:
            problems.append(_unknown(name, document, i, known))
            continue
        try:
            instruments[name] = instrument(name)
        except ProblemsFound as error:
            problems.extend(error.problems)
    refuse([*problems, *check(protocol, document, instruments)])
    return LoadedProtocol(protocol, document, instruments, _fingerprint(document.data, instruments), folder)


def _unknown(name: str, document: YamlDocument, i: int, known: tuple[str, ...]) -> Problem:
    message = f"The study uses '{name}', which is not in the instrument library.{did_you_mean(name, known)}"
    remedy = f"Correct the name, or add instruments/{name}/instrument.yaml to your study."
    return document.problem(UNKNOWN_INSTRUMENT, ("instruments", i), message, remedy)


def _fingerprint(data: Any, instruments: dict[str, Instrument]) -> str:
    definitions = {name: instrument.model_dump(mode="json", exclude_unset=True, by_alias=True)
                   for name, instrument in instruments.items()}  # fmt: skip
    content = {"protocol": _text_keys(data), "instruments": _text_keys(definitions)}
    return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _text_keys(value: Any) -> Any:
    """Return the value with every key as text, for numbers and words among keys cannot be put in one order."""
    if isinstance(value, dict):
        return {str(key): _text_keys(inner) for key, inner in value.items()}
    return [_text_keys(inner) for inner in value] if isinstance(value, list) else value
