"""Our own few words for a form that has no licensed wording yet: 'Item 7', 'never', 'very often'."""

from __future__ import annotations

from collections.abc import Mapping

_ITEM = {"en": "Item {number}", "nl": "Vraag {number}"}

# Of the short anchors in the library's files, which are ours and in English; nobody's edition is translated here.
_ANCHORS: Mapping[str, Mapping[str, str]] = {
    "nl": {
        "almost always": "bijna altijd",
        "almost never": "bijna nooit",
        "always": "altijd",
        "nearly every day": "bijna elke dag",
        "never": "nooit",
        "not at all": "helemaal niet",
        "not like me": "lijkt niet op mij",
        "slightly agree": "enigszins mee eens",
        "slightly disagree": "enigszins mee oneens",
        "strongly agree": "helemaal mee eens",
        "strongly disagree": "helemaal mee oneens",
        "very like me": "lijkt veel op mij",
        "very often": "heel vaak",
    }
}


def item_called(number: int, language: str) -> str:
    """Return what stands where an item has no text: ``Item 7``, ``Vraag 7``; English where we have no words."""
    return _ITEM.get(language, _ITEM["en"]).format(number=number)


def anchor_in(language: str, words: str) -> str:
    """Return a short anchor of ours in a language, or as it is written where we have no other."""
    return _ANCHORS.get(language, {}).get(words, words)
