"""A proof sheet: every text of a wording, to be compared with the edition and signed by two people."""

from __future__ import annotations

from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import NONE_PRINTED, Wording
from pilotage.report.documents.paper_forms.html import draw_page, paragraphs
from pilotage.report.documents.paper_forms.words import words
from pilotage.yaml_file import OrUnknown, Unknown


def proof_sheet(wording: Wording, instrument: Instrument, *, stylesheet: str | None = None) -> str:
    """Return the wording as HTML to print on A4; the scoring key is not on it."""
    phrases = words(wording.language)
    printed = wording.instructions != NONE_PRINTED
    return draw_page(
        "paper_proof.html.j2",
        stylesheet,
        wording=wording,
        instrument=instrument,
        words=phrases,
        source=_known(wording.source, phrases),
        holder=_known(instrument.licence.holder, phrases),
        instructions=paragraphs(wording.instructions) if printed else [phrases["none printed"]],
    )


def _known(value: OrUnknown[str], phrases: dict[str, str]) -> str:
    return phrases["unknown"].format(why=value.unknown) if isinstance(value, Unknown) else value
