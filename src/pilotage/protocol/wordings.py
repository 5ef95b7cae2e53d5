"""The words that a study has for its questionnaires, and what is still missing."""

from __future__ import annotations

from pathlib import Path

from pilotage.instruments.definition import Instrument
from pilotage.instruments.questionnaire import questionnaire
from pilotage.instruments.shown import ShownSheet
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import NOT_ASKED_IN, NOT_USED, Wordings, file_name, load_wordings, read_wording
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind
from pilotage.protocol.load import LIBRARY, LoadedProtocol

NO_WORDING = kind("WORDING-012", "A wording is missing")
NO_FOLDER = kind("WORDING-014", "The library's own studies hold no wordings")


def wordings_of(loaded: LoadedProtocol) -> Wordings:
    """Return every wording in the study's folder, checked; see `load_wordings`."""
    return load_wordings(loaded.folder, loaded.instruments, loaded.protocol.study.languages)


def questionnaires_of(loaded: LoadedProtocol) -> dict[tuple[str, str], ShownSheet]:
    """Return every questionnaire of the study in each of its languages, with words or with their stand-ins."""
    wordings = wordings_of(loaded)
    return {
        (name, language): questionnaire(instrument, wordings.get((name, language)), language)
        for name, instrument in loaded.instruments.items()
        for language in loaded.protocol.study.languages
    }


def wording_of(loaded: LoadedProtocol, name: str, language: str) -> Wording | None:
    """Return the wording of one instrument, checked, whatever is wrong with others; None when there is none."""
    file = loaded.folder / file_name(instrument_of(loaded, name, language).id, language)
    return read_wording(file, loaded.instruments, loaded.protocol.study.languages) if file.exists() else None


def needed_wording(loaded: LoadedProtocol, name: str, language: str) -> Wording:
    """Return the wording of one instrument; ProblemsFound, with the file to add, when there is none."""
    wording = wording_of(loaded, name, language)
    if wording is None:
        message = f"There is no wording of '{name}' in '{language}' yet."
        remedy = f"Add {file_name(name, language)}; pilotage wording template writes an empty one."
        raise ProblemsFound([Problem(NO_WORDING, message, remedy)])
    return wording


def instrument_of(loaded: LoadedProtocol, name: str, language: str) -> Instrument:
    """Return the study's instrument of this name; ProblemsFound when it is not used, or not in this language."""
    asked_in(loaded, language)
    if name not in loaded.instruments:
        near = did_you_mean(name, loaded.instruments)
        remedy = f"It has {', '.join(loaded.instruments)}. Correct the name, or add it to the protocol."
        raise ProblemsFound([Problem(NOT_USED, f"The study does not use '{name}'.{near}", remedy)])
    return loaded.instruments[name]


def asked_in(loaded: LoadedProtocol, language: str) -> None:
    """Refuse a language that the study does not ask in."""
    languages = loaded.protocol.study.languages
    if language not in languages:
        remedy = f"It has {', '.join(languages)}. Choose one, or add it to the study's languages in the protocol."
        raise ProblemsFound([Problem(NOT_ASKED_IN, f"The study does not ask in '{language}'.", remedy)])


def place_of(loaded: LoadedProtocol, name: str, language: str) -> Path:
    """Return where the study keeps this wording; the library's own studies keep none."""
    if LIBRARY in loaded.folder.resolve().parents:
        message = f"'{loaded.protocol.study.id}' is a study of Pilotage's library, and nothing is written there."
        raise ProblemsFound([Problem(NO_FOLDER, message, "Begin a study of your own: pilotage new FOLDER")])
    return loaded.folder / file_name(name, language)
