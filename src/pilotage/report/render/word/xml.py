"""Pieces of WordprocessingML written as text: quicker and plainer than building them part by part."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement

# What XML 1.0 cannot hold, though a person's file can.
_FORBIDDEN = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_text(words: str) -> str:
    """Return words escaped, to stand in a source."""
    return escape(clean(words), {'"': "&quot;"})


def clean(words: str) -> str:
    """Return words without the control characters that would make the file unreadable."""
    return _FORBIDDEN.sub("", words)


def element(source: str) -> BaseOxmlElement:
    """Return an element from its source; the prefix ``w`` is known."""
    name, rest = re.match(r"<([\w:]+)(.*)", source, re.DOTALL).groups()  # type: ignore[union-attr]
    return parse_xml(f"<{name} {nsdecls('w')}{rest}")


def run(words: str, *, bold: bool = False, italic: bool = False, colour: str = "") -> str:
    """Return a run of text."""
    look = (
        ("<w:b/>" if bold else "") + ("<w:i/>" if italic else "") + (f'<w:color w:val="{colour}"/>' if colour else "")
    )
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{xml_text(words)}</w:t></w:r>'


def field(instruction: str, shown: str = "1") -> str:
    """Return a field such as PAGE, with what stands there until Word computes it."""
    return f'<w:fldSimple w:instr=" {instruction} ">{run(shown)}</w:fldSimple>'
