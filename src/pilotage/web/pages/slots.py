"""A page rendered once, with slots left open for what differs between people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

_EDGE = "\x00"  # no text that people write or read holds it


def slot(name: str) -> SafeString:
    """Return what stands in a template where a slot is."""
    return mark_safe(f"{_EDGE}{name}{_EDGE}")


@dataclass(frozen=True)
class Slotted:
    """A page as its fixed pieces and the names of the slots between them."""

    pieces: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def cut(cls, page: str) -> Slotted:
        """Cut a rendered page at its slots."""
        parts = page.split(_EDGE)
        return cls(tuple(parts[0::2]), tuple(parts[1::2]))

    def filled(self, values: Mapping[str, str]) -> str:
        """Return the page for one person; slots not named stay empty.

        Values are HTML already: escape what people typed.
        """
        value_of = values.get
        inner = [
            text
            for name, piece in zip(self.names, self.pieces[1:], strict=True)
            for text in (value_of(name, ""), piece)
        ]
        return self.pieces[0] + "".join(inner)
