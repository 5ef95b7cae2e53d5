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
    "assessment": "Assessment",
    "tick one": "Tick one box on each line.",
    "change": "If you change your mind, fill in the wrong box and tick another one.",
    "several": "You may tick more than one.",
    "end": "This was the last question. Thank you.",
    "version": "version",
    "wording": "wording",
    "same": "Same as the edition",
    "no words": "The text of this questionnaire is missing, so only item numbers are shown. Add the file {file}.",
    "is": "Only if you answered question {number} with: {value}",
    "is not": "Only if you answered question {number} with something other than: {value}",
    "at least": "Only if your answer to question {number} is {value} or more",
    "at most": "Only if your answer to question {number} is {value} or less",
    "proof": "Proof sheet",
    "proof how": (
        "Compare every text on this sheet with the edition, letter by letter. Tick each text that is the same, and"
        " write any difference below it. A second person then repeats this without help from the first, and signs."
    ),
    "source": "Edition and permission",
    "unknown": "not known: {why}",
    "holder": "Copyright holder",
    "instructions": "Instructions",
    "none printed": "none",
    "title": "Title",
    "answer": "Answer {code}",
    "items": "Items",
    "signed": "Signed",
    "first": "Entered or translated by",
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
    "change": "Als u van gedachten verandert, maak dan het foute vakje zwart en kruis een ander vakje aan.",
    "several": "U mag meer dan één vakje aankruisen.",
    "end": "Dit was de laatste vraag. Dank u wel.",
    "version": "versie",
    "wording": "tekst",
    "same": "Gelijk aan de uitgave",
    "no words": "De tekst van deze vragenlijst ontbreekt; daarom staan er alleen nummers. Voeg het bestand {file} toe.",
    "is": "Alleen als u op vraag {number} hebt geantwoord: {value}",
    "is not": "Alleen als u op vraag {number} iets anders hebt geantwoord dan: {value}",
    "at least": "Alleen als uw antwoord op vraag {number} {value} of hoger is",
    "at most": "Alleen als uw antwoord op vraag {number} {value} of lager is",
    "proof": "Controleblad",
    "proof how": (
        "Vergelijk elke tekst op dit blad letter voor letter met de uitgave. Kruis aan welke tekst gelijk is, en"
        " schrijf elk verschil eronder. Daarna herhaalt een tweede persoon dit zelfstandig, en ondertekent."
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
    "first": "Ingevoerd of vertaald door",
    "second": "Gecontroleerd door",
    "name": "Naam",
    "signature": "Handtekening",
    "statement": "Elke tekst is gelijk aan die in de uitgave die hierboven staat.",
    "fingerprint": "Vingerafdruk",
}

WORDS: Final = MappingProxyType({"en": _ENGLISH, "nl": _DUTCH})


def words(language: str) -> dict[str, str]:
    """Return the phrases in a language; English where there are none in it."""
    return WORDS.get(language, _ENGLISH)
