"""An instrument as people meet it, in one language: everything that a page or a sheet of paper shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilotage.instruments.definition import Instrument
from pilotage.instruments.plain_words import anchor_in, item_called
from pilotage.instruments.wording import NONE_PRINTED, Wording
from pilotage.instruments.wording_files import file_name


@dataclass(frozen=True)
class Question:
    """One item: its number on the form, its text or its stand-in, and what is printed beneath it."""

    number: int
    text: str
    note: str = ""


@dataclass(frozen=True)
class Questionnaire:
    """One instrument in one language, to be shown; it knows nothing of keys and scales.

    Attributes
    ----------
    instrument : str
        The instrument's id, and ``version`` its key's version.
    codes : tuple of int
        Every answer there is, lowest first; ``anchors`` has the words at some or all of them.
    missing_file : str or None
        The file to add to the study, where there is no wording and items are shown by number alone.
    fingerprint : str or None
        Of the wording; None where there is none.
    """

    instrument: str
    version: str
    language: str
    title: str
    instructions: str
    codes: tuple[int, ...]
    anchors: Mapping[int, str]
    items: tuple[Question, ...]
    missing_file: str | None = None
    fingerprint: str | None = None


def questionnaire(instrument: Instrument, wording: Wording | None, language: str) -> Questionnaire:
    """The instrument with its wording in a language; without one, items by number and our own short anchors.

    Raises
    ------
    ValueError
        When the wording is of another instrument or language.
    """
    if wording is None:
        return _without_words(instrument, language)
    if (wording.instrument, wording.language) != (instrument.id, language):
        raise ValueError(f"a wording of {wording.instrument} in {wording.language} is not {instrument.id}, {language}")
    return Questionnaire(
        instrument=instrument.id,
        version=instrument.key.version,
        language=language,
        title=wording.title or instrument.name,
        instructions="" if wording.instructions == NONE_PRINTED else wording.instructions,
        codes=tuple(instrument.response.codes),
        anchors=dict(sorted(wording.anchors.items())),
        items=tuple(Question(n, text, wording.notes.get(n, "")) for n, text in sorted(wording.items.items())),
        fingerprint=wording.fingerprint,
    )


def _without_words(instrument: Instrument, language: str) -> Questionnaire:
    return Questionnaire(
        instrument=instrument.id,
        version=instrument.key.version,
        language=language,
        title=instrument.name,
        instructions="",
        codes=tuple(instrument.response.codes),
        anchors={code: anchor_in(language, words) for code, words in sorted(instrument.response.anchors.items())},
        items=tuple(Question(n, item_called(n, language)) for n in range(1, instrument.items + 1)),
        missing_file=file_name(instrument.id, language),
    )
