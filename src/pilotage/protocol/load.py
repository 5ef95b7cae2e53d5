"""Loads a study: its protocol, the instruments it uses, and the fingerprint of both."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pilotage.instruments import catalogue
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.protocol.check import check
from pilotage.protocol.protocol import Protocol
from pilotage.yaml_file import YamlDocument, read_model

NO_STUDY = kind("PROTOCOL-001", "There is no protocol at this place")
UNKNOWN_INSTRUMENT = kind("PROTOCOL-002", "An instrument is used that is not known")

LIBRARY = Path(__file__).parent / "library"
FILE = "protocol.yaml"


@dataclass(frozen=True)
class LoadedProtocol:
    """A protocol that was read and checked, with all that it refers to."""

    protocol: Protocol
    document: YamlDocument
    folder: Path
    instruments: dict[str, Instrument]
    fingerprint: str
    """SHA-256 of the content; comments and layout do not change it."""

    @property
    def short_fingerprint(self) -> str:
        """The fingerprint as it is shown: its first twelve digits."""
        return self.fingerprint[:12]


def library() -> tuple[str, ...]:
    """The ids of the protocols that Pilotage ships."""
    return tuple(sorted(file.parent.name for file in LIBRARY.glob(f"*/{FILE}")))


def load(study: str | Path) -> LoadedProtocol:
    """The study in a folder that holds protocol.yaml, in that file itself, or of the library by its id.

    Raises
    ------
    ProblemsFound
        With everything that is wrong: the shape of the file first, and once that is sound, what the parts say
        of each other.
    """
    file = find(study)
    protocol, document = read_model(file, Protocol)
    instruments, problems = _instruments(protocol, document)
    refuse([*problems, *check(protocol, document, instruments)])
    return LoadedProtocol(protocol, document, file.parent, instruments, _fingerprint(document.data, instruments))


def find(study: str | Path) -> Path:
    """The protocol file that a person means; a folder of theirs wins over the library."""
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


def _instruments(protocol: Protocol, document: YamlDocument) -> tuple[dict[str, Instrument], list[Problem]]:
    """The study's instruments by name, and what is wrong with them."""
    folders = [document.file.parent / "instruments"]
    found: dict[str, Instrument] = {}
    problems: list[Problem] = []
    for i, name in enumerate(protocol.instruments):
        if name not in catalogue.available(folders):
            problems.append(_unknown(name, document, i, catalogue.available(folders)))
            continue
        try:
            found[name] = catalogue.load(name, folders)
        except ProblemsFound as wrong:
            problems.extend(wrong.problems)
    return found, problems


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
    """The value with every key as text, for numbers and words among keys cannot be put in one order."""
    if isinstance(value, dict):
        return {str(key): _text_keys(inner) for key, inner in value.items()}
    return [_text_keys(inner) for inner in value] if isinstance(value, list) else value
