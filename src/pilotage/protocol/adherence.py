"""Adherence to the form of the practice in pairs: items of our own, asked of whoever taught or watched a session."""

from __future__ import annotations

from dataclasses import dataclass

from pilotage.protocol.words import Text


@dataclass(frozen=True, slots=True)
class AdherenceItem:
    """One item, rated 0 (no), 1 (partly) or 2 (yes), or left blank where it did not arise."""

    id: str
    ask: Text


VALUES: dict[int, Text] = {
    0: {"en": "no", "nl": "nee"},
    1: {"en": "partly", "nl": "deels"},
    2: {"en": "yes", "nl": "ja"},
}

ITEMS: tuple[AdherenceItem, ...] = (
    AdherenceItem(
        "guideline",
        {
            "en": "The guideline was introduced before the pairs began.",
            "nl": "De richtlijn werd ingeleid voordat de tweetallen begonnen.",
        },
    ),
    AdherenceItem(
        "rounds",
        {"en": "One spoke and the other listened, in turns.", "nl": "De een sprak en de ander luisterde, om de beurt."},
    ),
    AdherenceItem(
        "timing",
        {"en": "Each turn had its time.", "nl": "Elke beurt kreeg zijn tijd."},
    ),
    AdherenceItem(
        "switch",
        {
            "en": "The change of turns was announced, and everyone changed.",
            "nl": "De wisseling werd aangekondigd, en iedereen wisselde.",
        },
    ),
    AdherenceItem(
        "dialogue",
        {"en": "There was a round in which both talked.", "nl": "Er was een ronde waarin beiden spraken."},
    ),
    AdherenceItem(
        "safety",
        {
            "en": "People were reminded that they choose what they share and may stop.",
            "nl": "Er werd aan herinnerd dat ieder kiest wat hij deelt en mag stoppen.",
        },
    ),
    AdherenceItem(
        "reflection",
        {"en": "The group reflected on the practice afterwards.", "nl": "De groep stond daarna stil bij de oefening."},
    ),
    AdherenceItem(
        "teacher",
        {
            "en": "No teacher practised along, unless the number was odd.",
            "nl": "Geen docent oefende mee, behalve bij een oneven aantal.",
        },
    ),
)
