"""Pages of the Word file: A4, upright or on their side, with the stamp above and the page's number below."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section as Pages
from docx.shared import Mm

from pilotage.report.render.word.xml import element, field, run

_SHORT, _LONG, _MARGIN = 210, 297, 20
_TWIPS = 56.69  # twentieths of a point in a millimetre


def set_pages(docx: Docx, stamp: str, title: str) -> None:
    """Set size, margins, header and footer of the first pages; those that follow take them over."""
    pages = docx.sections[0]  # python-docx copies header and margins into every section added later
    _size(pages, on_its_side=False)
    pages.header_distance = pages.footer_distance = Mm(10)
    header = pages.header.paragraphs[0]
    if stamp:
        header.style = docx.styles["Stamp"]
        header.alignment = WD_ALIGN_PARAGRAPH.CENTER
        header.add_run(stamp)
    else:
        header.add_run(title)
    footer = pages.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    for part in (run("Page "), field("PAGE"), run(" of "), field("NUMPAGES")):
        footer._p.append(element(part))


def turn(docx: Docx, *, on_its_side: bool) -> None:
    """Begin new pages, upright or on their side."""
    _size(docx.add_section(WD_SECTION.NEW_PAGE), on_its_side=on_its_side)


def available(*, on_its_side: bool) -> int:
    """Return the width between the margins, in twentieths of a point."""
    return int(((_LONG if on_its_side else _SHORT) - 2 * _MARGIN) * _TWIPS)


def _size(pages: Pages, *, on_its_side: bool) -> None:
    width, height = (_LONG, _SHORT) if on_its_side else (_SHORT, _LONG)
    pages.orientation = WD_ORIENT.LANDSCAPE if on_its_side else WD_ORIENT.PORTRAIT
    pages.page_width, pages.page_height = Mm(width), Mm(height)
    pages.left_margin = pages.right_margin = Mm(_MARGIN)
    pages.top_margin = pages.bottom_margin = Mm(22)
