"""A proof sheet: every text of a wording, to be compared with the edition and signed by two people."""

from __future__ import annotations

from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import NONE_PRINTED, Wording
from pilotage.report.documents.paper_forms.html import draw_page, paragraphs
from pilotage.report.documents.paper_forms.words import words
from pilotage.yaml_file import OrUnknown, Unknown


def proof_sheet(wording: Wording, instrument: Instrument, *, stylesheet: str | None = None) -> str:
    """The wording as HTML to print on A4; the scoring key is not on it."""
    said = words(wording.language)
    printed = wording.instructions != NONE_PRINTED
    return draw_page(
        "paper_proof.html.j2",
        stylesheet,
        wording=wording,
        instrument=instrument,
        words=said,
        source=_said(wording.source, said),
        holder=_said(instrument.licence.holder, said),
        instructions=paragraphs(wording.instructions) if printed else [said["none printed"]],
    )


def _said(value: OrUnknown[str], said: dict[str, str]) -> str:
    return said["unknown"].format(why=value.unknown) if isinstance(value, Unknown) else value
