"""A certificate of attendance: hours of a programme for one person, as a page to print on A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pilotage.report.model.palette import Colour
from pilotage.report.render.templates import draw
from pilotage.report.render.templates import style as template_style

_COLOURS: tuple[Colour, ...] = ("ink", "muted", "rule", "accent", "stamp", "stamped")
MONTHS = {
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
    "nl": (
        *("januari", "februari", "maart", "april", "mei", "juni"),
        *("juli", "augustus", "september", "oktober", "november", "december"),
    ),
}
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "title": "Certificate of attendance",
        "this": "This is to certify that",
        "attended": "attended",
        "sessions": "{attended} of {held} sessions",
        "hour": "{hours} hour",
        "hours": "{hours} hours",
        "and_minutes": "{time} and {minutes} minutes",
        "from_to": "{first} to {last}",
        "when": "When",
        "where": "Where",
        "attendance": "Sessions attended",
        "time": "Time attended",
        "teachers": "Teachers",
        "study": "Offered within the study",
        "reference": "Reference",
        "issued": "Issued on",
        "signature": "Signature",
        "only": "This certificate confirms attendance only. It does not qualify the holder to teach the programme.",
        "simulated": "SIMULATED: made from a rehearsal. Nobody attended, so this certifies nothing.",
    },
    "nl": {
        "title": "Bewijs van deelname",
        "this": "Hiermee wordt verklaard dat",
        "attended": "heeft deelgenomen aan",
        "sessions": "{attended} van {held} bijeenkomsten",
        "hour": "{hours} uur",
        "hours": "{hours} uur",
        "and_minutes": "{time} en {minutes} minuten",
        "from_to": "{first} tot en met {last}",
        "when": "Wanneer",
        "where": "Waar",
        "attendance": "Bijgewoonde bijeenkomsten",
        "time": "Bijgewoonde tijd",
        "teachers": "Docenten",
        "study": "Aangeboden binnen het onderzoek",
        "reference": "Kenmerk",
        "issued": "Afgegeven op",
        "signature": "Handtekening",
        "only": "Dit bewijs bevestigt alleen deelname. Het geeft geen bevoegdheid om het programma te geven.",
        "simulated": "SIMULATED: gemaakt met oefengegevens. Niemand nam deel; dit bewijs heeft geen waarde.",
    },
}


@dataclass(frozen=True, slots=True)
class Certificate:
    """What a certificate says: ``held`` are the group's sessions, ``minutes`` those the person was there.

    ``first`` and ``last`` are the days of the first and last session attended. Nothing about answers or results.
    """

    person: str
    programme: str
    study: str
    attended: int
    held: int
    minutes: int
    first: date
    last: date
    teachers: tuple[str, ...]
    place: str
    issued: date
    reference: str = ""

    def __post_init__(self) -> None:
        if not 0 < self.attended <= self.held:
            raise ValueError(f"{self.attended} of {self.held} sessions attended cannot be certified.")
        if self.minutes <= 0:
            raise ValueError(f"{self.minutes} minutes cannot be certified.")
        if self.last < self.first:
            raise ValueError(f"The last session ({self.last}) lies before the first ({self.first}).")


def certificate(
    of: Certificate, *, language: str = "en", simulated: bool = False, stylesheet: str | None = None
) -> str:
    """Return the certificate as HTML to print; a browser makes a PDF of it.

    Parameters
    ----------
    language
        Dutch (``nl``) or English, which is also used where there are no words in a language.
    simulated
        Whether the study is a rehearsal, which the page then says.
    stylesheet
        Where `style` is served, for a site that allows no styles inside a page; else they are inside.
    """
    words = WORDS.get(language, WORDS["en"])
    return draw(
        "certificate.html.j2",
        of=of,
        words=words,
        facts=_facts(of, words, language),
        language=language if language in WORDS else "en",
        simulated=simulated,
        stylesheet=stylesheet,
        style=style(),
        issued=day(of.issued, language),
    )


def _facts(of: Certificate, words: dict[str, str], language: str) -> list[tuple[str, str]]:
    first, last = day(of.first, language), day(of.last, language)
    facts = [
        (words["attendance"], words["sessions"].format(attended=of.attended, held=of.held)),
        (words["time"], hours(of.minutes, language)),
        (words["when"], first if first == last else words["from_to"].format(first=first, last=last)),
        (words["where"], of.place),
        (words["teachers"], ", ".join(of.teachers)),
        (words["study"], of.study),
        (words["reference"], of.reference),
    ]
    return [(name, fact) for name, fact in facts if fact]


def hours(minutes: int, language: str = "en") -> str:
    """Return minutes as hours, with what is left over.

    Examples
    --------
    >>> hours(1230), hours(1350, "nl"), hours(1200)
    ('20 hours and 30 minutes', '22 uur en 30 minuten', '20 hours')
    """
    words = WORDS.get(language, WORDS["en"])
    whole, rest = divmod(minutes, 60)
    time = words["hour" if whole == 1 else "hours"].format(hours=whole)
    return words["and_minutes"].format(time=time, minutes=rest) if rest else time


def day(when: date, language: str = "en") -> str:
    """Return a date in words.

    Examples
    --------
    >>> day(date(2027, 1, 19)), day(date(2027, 3, 16), "nl")
    ('19 January 2027', '16 maart 2027')
    """
    return f"{when.day} {MONTHS.get(language, MONTHS['en'])[when.month - 1]} {when.year}"


def style() -> str:
    """Return the styles of a certificate, with the report's light colours."""
    return template_style("certificate.css", colours=_COLOURS)
