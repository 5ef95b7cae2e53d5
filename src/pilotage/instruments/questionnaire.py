"""An instrument as people meet it, in one language: with the site's wording, or by number without it."""

from __future__ import annotations

from collections.abc import Mapping

from pilotage.instruments.definition import Instrument
from pilotage.instruments.plain_words import anchor_in, item_called
from pilotage.instruments.shown import ResponseFormat, ShownItem, ShownOption, ShownSheet
from pilotage.instruments.wording import NONE_PRINTED, Wording
from pilotage.instruments.wording_files import file_name


def questionnaire(instrument: Instrument, wording: Wording | None, language: str) -> ShownSheet:
    """Return the instrument as it is shown; without a wording, items by number and our own short anchors.

    Raises
    ------
    ValueError
        When the wording is of another instrument or language.
    """
    if wording is None:
        return _without_words(instrument, language)
    if (wording.instrument, wording.language) != (instrument.id, language):
        raise ValueError(f"a wording of {wording.instrument} in {wording.language} is not {instrument.id}, {language}")
    options = _options(instrument, wording.anchors)
    return ShownSheet(
        instrument=instrument.id,
        version=instrument.key.version,
        language=language,
        title=wording.title or instrument.name,
        instructions="" if wording.instructions == NONE_PRINTED else wording.instructions,
        items=tuple(_item(n, text, wording.notes.get(n, ""), options) for n, text in sorted(wording.items.items())),
        grid=True,
        fingerprint=wording.fingerprint,
    )


def _without_words(instrument: Instrument, language: str) -> ShownSheet:
    anchors = {code: anchor_in(language, words) for code, words in instrument.response.anchors.items()}
    options = _options(instrument, anchors)
    return ShownSheet(
        instrument=instrument.id,
        version=instrument.key.version,
        language=language,
        title=instrument.name,
        instructions="",
        items=tuple(_item(n, item_called(n, language), "", options) for n in range(1, instrument.items + 1)),
        grid=True,
        missing_file=file_name(instrument.id, language),
    )


def _item(number: int, text: str, note: str, options: tuple[ShownOption, ...]) -> ShownItem:
    return ShownItem(str(number), number, text, ResponseFormat.RATING, options, note)


def _options(instrument: Instrument, anchors: Mapping[int, str]) -> tuple[ShownOption, ...]:
    return tuple(ShownOption(str(code), anchors.get(code, ""), str(code)) for code in instrument.response.codes)
