"""Numbers the tables and figures of a document in the order in which they are read, and resolves references to them.

Sections say whether a table or figure belongs to the main text or to the supplement, never its number. Sentences refer
to one by its key, with `ref`; what they print is decided here, once the document is whole.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from pilotage.report.model.document import Block, Bullets, Document, Exhibit, Paragraph, Section, TableBlock

_REFERENCE = re.compile(r"⟦([^⟦⟧]+)⟧")  # brackets that nobody types, so that no text of an author is taken for one
_NOTHING: Mapping[str, str] = MappingProxyType({})


def ref(key: str) -> str:
    """Return a mark for a sentence, which becomes the number of the table or figure with this key: ``Table S4``."""
    return f"⟦{key}⟧"


def kind(exhibit: Exhibit) -> str:
    """Return what a reader calls it: ``Table`` or ``Figure``."""
    return "Table" if isinstance(exhibit, TableBlock) else "Figure"


def numbered(document: Document, known_as: Mapping[str, str] = _NOTHING) -> Document:
    """Return the document with every table and figure numbered, and every reference resolved.

    Parameters
    ----------
    document : Document
    known_as : mapping of str to str
        What another publication calls a table, by key; shown beside its own number.

    Raises
    ------
    ValueError
        Where two tables have one key, or a sentence refers to a table that the document does not have.
    """
    names = _names(document)
    sections = tuple(_section(section, names, known_as) for section in document.sections)
    return replace(document, sections=sections)


def _names(document: Document) -> dict[str, str]:
    """Return what each table and figure is called, by its key."""
    counts: Counter[tuple[str, str]] = Counter()
    names: dict[str, str] = {}
    for block in document.exhibits():
        if block.id in names:
            raise ValueError(f"two tables or figures have the key {block.id!r}")
        series = kind(block), block.place
        counts[series] += 1
        names[block.id] = f"{kind(block)} {'S' if block.place == 'supplement' else ''}{counts[series]}"
    return names


def _section(section: Section, names: Mapping[str, str], known_as: Mapping[str, str]) -> Section:
    blocks = tuple(_block(block, names, known_as) for block in section.blocks)
    return replace(section, blocks=blocks, sections=tuple(_section(s, names, known_as) for s in section.sections))


def _block(block: Block, names: Mapping[str, str], known_as: Mapping[str, str]) -> Block:
    if isinstance(block, Paragraph):
        return replace(block, text=_resolved(block.text, names))
    if isinstance(block, Bullets):
        return replace(block, items=tuple(_resolved(item, names) for item in block.items))
    number = names[block.id].partition(" ")[2]
    notes = tuple(_resolved(note, names) for note in block.notes)
    return replace(block, number=number, notes=notes, known_as=known_as.get(block.id, ""))


def _resolved(text: str, names: Mapping[str, str]) -> str:
    def name(match: re.Match[str]) -> str:
        if match[1] not in names:
            raise ValueError(f"a sentence refers to {match[1]!r}, which is no table or figure of this document")
        return names[match[1]]

    return _REFERENCE.sub(name, text)
