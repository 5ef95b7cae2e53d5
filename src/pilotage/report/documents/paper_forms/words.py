"""The few words that a paper form adds of its own, in each language Pilotage speaks."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

_ENGLISH = {
    "code": "Code",
    "date": "Date",
    "day": "day",
    "month": "month",
    "year": "year",
    "assessment": "Occasion",
    "tick one": "Tick one box on each line.",
    "change": "If you change your mind, fill the wrong box in and tick another.",
    "several": "You may tick more than one.",
    "end": "This was the last question. Thank you.",
    "version": "version",
    "wording": "wording",
    "same": "Same as the edition",
    "no words": "The words of this questionnaire are not there yet, so its items are shown by number. Add {file}.",
    "is": "Only if you answered question {number} with: {value}",
    "is not": "Only if you answered question {number} with something other than: {value}",
    "at least": "Only if your answer to question {number} is {value} or more",
    "at most": "Only if your answer to question {number} is {value} or less",
    "proof": "Proof sheet",
    "proof how": (
        "Lay the edition beside this sheet and compare every text, letter by letter. Tick what is the same; write what"
        " is not beneath it. A second person does this again, without the first one's help, and signs last."
    ),
    "source": "Edition and permission",
    "unknown": "not known: {why}",
    "holder": "Held by",
    "instructions": "Instructions",
    "none printed": "none printed",
    "title": "Title",
    "answer": "Answer {code}",
    "items": "Items",
    "signed": "Signed",
    "first": "Typed or translated by",
    "second": "Checked by",
    "name": "Name",
    "signature": "Signature",
    "statement": "Every text is the same as in the edition named above.",
    "fingerprint": "Fingerprint",
}

_DUTCH = {
    "code": "Code",
    "date": "Datum",
    "day": "dag",
    "month": "maand",
    "year": "jaar",
    "assessment": "Meting",
    "tick one": "Kruis op elke regel één vakje aan.",
    "change": "Bedenkt u zich, maak dan het foute vakje zwart en kruis een ander aan.",
    "several": "U mag meer dan één vakje aankruisen.",
    "end": "Dit was de laatste vraag. Dank u wel.",
    "version": "versie",
    "wording": "tekst",
    "same": "Gelijk aan de uitgave",
    "no words": "De tekst van deze vragenlijst is er nog niet; daarom staan er alleen nummers. Voeg {file} toe.",
    "is": "Alleen als u op vraag {number} hebt geantwoord: {value}",
    "is not": "Alleen als u op vraag {number} iets anders hebt geantwoord dan: {value}",
    "at least": "Alleen als uw antwoord op vraag {number} {value} of hoger is",
    "at most": "Alleen als uw antwoord op vraag {number} {value} of lager is",
    "proof": "Proefblad",
    "proof how": (
        "Leg de uitgave naast dit blad en vergelijk elke tekst, letter voor letter. Kruis aan wat gelijk is; schrijf"
        " eronder wat dat niet is. Iemand anders doet dit nog eens, zonder hulp van de eerste, en tekent als laatste."
    ),
    "source": "Uitgave en toestemming",
    "unknown": "niet bekend: {why}",
    "holder": "Rechthebbende",
    "instructions": "Instructie",
    "none printed": "geen",
    "title": "Titel",
    "answer": "Antwoord {code}",
    "items": "Vragen",
    "signed": "Ondertekend",
    "first": "Overgenomen of vertaald door",
    "second": "Nagekeken door",
    "name": "Naam",
    "signature": "Handtekening",
    "statement": "Elke tekst is gelijk aan die in de uitgave die hierboven staat.",
    "fingerprint": "Vingerafdruk",
}

WORDS: Final = MappingProxyType({"en": _ENGLISH, "nl": _DUTCH})


def words(language: str) -> dict[str, str]:
    """The words in a language; English where we have no others."""
    return WORDS.get(language, _ENGLISH)
