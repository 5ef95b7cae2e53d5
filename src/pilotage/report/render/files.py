"""Writes a document as the files that people open: HTML, Word, and every table as CSV."""

from __future__ import annotations

from pathlib import Path

from pilotage.report.model.document import Document
from pilotage.report.render.html import write_html
from pilotage.report.render.tables_csv import write_tables
from pilotage.report.render.word import write_word


def write_document(document: Document, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``<name>.html`` and ``<name>.docx`` into a folder, and return where they are."""
    files = folder / f"{name}.html", folder / f"{name}.docx"
    write_html(document, files[0])
    write_word(document, files[1])
    return files


def write_document_and_tables(document: Document, folder: Path, name: str) -> tuple[Path, Path]:
    """Write ``<name>.html`` and ``<name>.docx``, and each table as CSV into the folder's ``tables``."""
    files = write_document(document, folder, name)
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    write_tables(document, folder / "tables")
    return files
