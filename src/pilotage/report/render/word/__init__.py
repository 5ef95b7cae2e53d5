"""The document as a Word file: real headings, real tables, figures as pictures with their descriptions."""

from __future__ import annotations

from pathlib import Path

from pilotage.atomic import write_bytes
from pilotage.report.model.document import Document
from pilotage.report.render.word.body import Writer
from pilotage.report.render.word.package import packed


def write_word(document: Document, file: Path) -> None:
    """Write the document as one .docx; the same document gives the same bytes."""
    write_bytes(file, packed(Writer(document).written()))
