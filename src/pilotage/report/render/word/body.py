"""Writes a document's parts into a Word file, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document as Docx
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from pilotage.report.figures import drawing
from pilotage.report.model.document import (
    Block,
    Bullets,
    ChangeFigure,
    Document,
    Figure,
    FlowFigure,
    GridFigure,
    Paragraph,
    Section,
    TableBlock,
)
from pilotage.report.model.layout import band, caption_number, is_wide
from pilotage.report.render.raster import png_of
from pilotage.report.render.word.page import available, set_pages, turn
from pilotage.report.render.word.styles import set_styles
from pilotage.report.render.word.table import word_table
from pilotage.report.render.word.xml import clean, element, run

_WIDEST, _TALLEST = 165.0, 205.0  # of a figure, in millimetres
_UNIT = 0.27  # millimetres of a figure's unit, so that its letters are of the size of the text
_TOC = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> TOC \\o "1-2" \\h '
    '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_TOC_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_STATED = {"plain": "Normal", "note": "Note", "warning": "Warning"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading in the stream of parts."""

    title: str
    level: int
    new_page: bool


Piece = Heading | Block


def pieces(document: Document) -> list[Piece]:
    """Return headings and blocks in reading order."""
    return [piece for section in document.sections for piece in _pieces(section, 1)]


def _pieces(section: Section, level: int) -> Iterator[Piece]:
    yield Heading(section.title, level, section.new_page)
    yield from section.blocks
    for inner in section.sections:
        yield from _pieces(inner, level + 1)


class Writer:
    """Writes one document, knowing which way the page is turned."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._docx: Docx = docx.Document()
        self._on_its_side = False

    def written(self) -> Docx:
        """Return the whole Word file."""
        set_styles(self._docx, self._document.language)
        set_pages(self._docx, clean(band(self._document)), clean(self._document.title))
        self._properties()
        self._front()
        parts = pieces(self._document)
        for n, piece in enumerate(parts):
            self._turn_for(parts[n:])
            self._write(piece)
        return self._docx

    def _properties(self) -> None:
        core = self._docx.core_properties
        properties = {
            "title": self._document.title,
            "subject": self._document.subtitle,
            "language": self._document.language,
        }
        properties |= {"author": ", ".join(self._document.byline), "comments": band(self._document)}
        for name, words in properties.items():
            setattr(core, name, clean(words)[:255])
        # No dates: the same document is the same file.
        for date in [child for child in core._element if child.tag.endswith(("}created", "}modified"))]:
            core._element.remove(date)

    def _front(self) -> None:
        self._paragraph(self._document.title, "Title")
        for words in (self._document.subtitle, ", ".join(self._document.byline)):
            if words:
                self._paragraph(words, "Subtitle")
        for name, fact in self._document.facts.items():
            self._labelled(name, fact)
        self._contents()

    def _labelled(self, name: str, words: str) -> None:
        paragraph = self._paragraph("", "Table Note")
        paragraph.add_run(f"{name}: ").bold = True
        paragraph.add_run(clean(words))

    def _contents(self) -> None:
        """Write a list that shows the headings now, and their pages once Word is asked to update it."""
        titles = [p.title for p in pieces(self._document) if isinstance(p, Heading) and p.level == 1]
        if len(titles) < 2:
            return
        self._paragraph("Contents", "Subtitle").paragraph_format.space_before = Mm(6)
        for n, title in enumerate(titles):
            source = (_TOC if n == 0 else "") + run(title) + (_TOC_END if n == len(titles) - 1 else "")
            paragraph = self._paragraph("", "Contents")
            for part in list(element(f"<w:p>{source}</w:p>")):
                paragraph._p.append(part)

    def _turn_for(self, rest: list[Piece]) -> None:
        """Turn the page for a wide table, its heading included, and back after it."""
        first = next((piece for piece in rest if not isinstance(piece, Heading)), None)
        wide = isinstance(first, TableBlock) and is_wide(first)
        if wide != self._on_its_side:
            turn(self._docx, on_its_side=wide)
            self._on_its_side = wide

    def _write(self, piece: Piece) -> None:
        match piece:
            case Heading(title, level, new_page):
                self._paragraph(title, f"Heading {level}").paragraph_format.page_break_before = new_page or None
            case Paragraph(text, kind):
                self._stated(text, kind)
            case Bullets(items):
                for item in items:
                    self._paragraph(item, "List Bullet")
            case TableBlock():
                self._table(piece)
            case ChangeFigure() | FlowFigure() | GridFigure():
                self._figure(piece)

    def _stated(self, text: str, kind: str) -> None:
        paragraph = self._paragraph("", _STATED[kind])
        if kind == "warning":
            paragraph.add_run("▲ Please note. ").bold = True
        paragraph.add_run(clean(text))

    def _table(self, table: TableBlock) -> None:
        self._caption(table)
        drawn = word_table(table, available(on_its_side=self._on_its_side))
        self._docx.element.body._insert_tbl(drawn)
        self._notes(table.notes or ("",))

    def _figure(self, figure: Figure) -> None:
        drawn = drawing(figure)
        width = min(drawn.width * _UNIT, _WIDEST, _TALLEST * drawn.width / drawn.height)
        paragraph = self._paragraph("", "Normal")
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(BytesIO(png_of(drawn, scale=2.0)), width=Mm(width))
        about = picture._inline.docPr
        about.set("descr", clean(figure.alt))
        about.set("title", clean(figure.title))
        self._caption(figure)
        self._notes(figure.notes)

    def _notes(self, notes: tuple[str, ...]) -> None:
        for n, note in enumerate(notes, 1):
            paragraph = self._paragraph(note, "Table Note")
            if n == len(notes):
                paragraph.paragraph_format.space_after = Pt(10)

    def _caption(self, block: TableBlock | Figure) -> None:
        paragraph = self._paragraph("", "Caption")
        if block.number:
            paragraph.add_run(f"{caption_number(block)}. ").bold = True
        paragraph.add_run(clean(block.title))
        if not isinstance(block, TableBlock) and not block.notes:
            paragraph.paragraph_format.keep_with_next = False

    def _paragraph(self, words: str, style: str) -> WordParagraph:
        paragraph = self._docx.add_paragraph(clean(words))
        # By its id: python-docx would look through all styles for its name, a millisecond each time.
        paragraph._p.style = style.replace(" ", "")
        return paragraph
