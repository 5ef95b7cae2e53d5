"""Writes a wording as a YAML file: an empty one to fill in, or one that came from a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import Wording
from pilotage.yaml_file import Unknown

HEADER = """\
# The words of {name}, in '{language}'.
# They are other people's: use the edition you have permission for, as it is printed, and do not publish this file.
# Whom to ask: {ask}.
# Leave out numbers before items, and marks of the scoring key.
"""
LABELLED = "# where the edition prints words only at some answers: both ends, or their codes, as in [0, 5, 10]"


def blank(instrument: Instrument, language: str) -> Wording:
    """Return a wording with every text still empty."""
    return Wording(
        instrument=instrument.id,
        language=language,
        source="",
        instructions="",
        anchors=dict.fromkeys(instrument.response.codes, ""),
        items=dict.fromkeys(range(1, instrument.items + 1), ""),
    )


def as_yaml(wording: Wording, instrument: Instrument) -> str:
    """Return the wording as the text of its file; what is not said yet is an empty text to fill in."""
    ask = " ".join(instrument.licence.ask.split())
    head = HEADER.format(name=instrument.name, language=wording.language, ask=ask.rstrip("."))
    return head + "\n".join(_lines(wording, instrument)) + "\n"


def _lines(wording: Wording, instrument: Instrument) -> Iterator[str]:
    yield "pilotage: 1"
    yield f"instrument: {wording.instrument}"
    yield f"language: {_quoted(wording.language)}"
    yield f"source: {_source(wording)}  # the edition, and who gave permission"
    yield f"title: {_quoted(wording.title)}  # what people read above it; left empty, the instrument's name"
    yield f"instructions: {_quoted(wording.instructions)}  # or none, where the edition prints none"
    yield f"labelled: {_labelled(wording)}  {LABELLED}"
    yield "anchors:"
    yield from _texts(wording.anchors, instrument.response.anchors)
    yield "items:"
    yield from _texts(wording.items, {})
    if wording.notes:
        yield "notes:"
        yield from _texts(wording.notes, {})
    if wording.alike:
        yield f"alike: {json.dumps(wording.alike)}"


def _source(wording: Wording) -> str:
    if isinstance(wording.source, Unknown):
        return f"{{unknown: {_quoted(wording.source.unknown)}}}"
    return _quoted(wording.source)


def _labelled(wording: Wording) -> str:
    return wording.labelled if isinstance(wording.labelled, str) else json.dumps(wording.labelled)


def _texts(texts: Mapping[int, str], ours: Mapping[int, str]) -> Iterator[str]:
    for n, text in sorted(texts.items()):
        hint = f"  # our own word: {ours[n]}" if n in ours and not text else ""
        yield f"  {n}: {_quoted(text)}{hint}"


def _quoted(text: str) -> str:
    """Return the text in double quotes; JSON's are YAML's."""
    return json.dumps(text, ensure_ascii=False)
