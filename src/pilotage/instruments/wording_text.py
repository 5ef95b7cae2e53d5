"""What a text for people never holds: tags, hidden characters, scars of a bad copy, marks of the scoring key."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_TAG = re.compile(r"</?[A-Za-z!][^>]*>?|&(?:[A-Za-z]+|#\d+|#x[0-9A-Fa-f]+);")
_SCAR = re.compile("\N{REPLACEMENT CHARACTER}|[ÃÂ][\u0080-\u00bf]|â€|#(?:NAME|REF|VALUE)[?!]")
_MEANT = "\n\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}"  # several scripts are spelled with the joiners
_OWN_NUMBER = re.compile(r"\(?(\d{1,3})\s*[.):]\s")
_KEY_MARK = re.compile(r"[(\[]\s*(?:R|r|\*)\s*[)\]]|(?<=[.!?\s])\*$|(?<=[.!?])\s*R$")


def flaws(text: str) -> Iterator[str]:
    """Yield what is in this text and should not be, each as the end of a sentence: 'has the tag <b>'."""
    if tag := _TAG.search(text):
        yield f"has '{tag[0]}', which is written for a web page and would be shown as it stands"
    if hidden := next((c for c in text if is_hidden(c)), None):
        name = unicodedata.name(hidden, "a control character").lower()
        yield f"holds a character that cannot be seen (U+{ord(hidden):04X}, {name})"
    if scar := _SCAR.search(text):
        yield f"has '{scar[0]}', the mark of a text that was damaged in copying"


def is_hidden(character: str) -> bool:
    """Whether a character is a control, or hides or turns round what is beside it."""
    return character not in _MEANT and unicodedata.category(character) in ("Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp")


def additions(number: int, text: str) -> Iterator[str]:
    """Yield what stands in an item's text on a scoring sheet and not on a form: its own number, a mark of the key."""
    own = _OWN_NUMBER.match(text)
    if own and int(own[1]) == number:
        yield f"begins with its own number, '{own[0].strip()}'"
    if mark := _KEY_MARK.search(text):
        yield f"has '{mark[0].strip()}', which looks like a mark of the scoring key"


def compared(text: str) -> str:
    """Return the text by which two are called the same: no case, spaces or punctuation."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()
