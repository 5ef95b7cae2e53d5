"""The small kinds of value a protocol is written with: identifiers, durations, text in several languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import (
    BeforeValidator,
    Field,
    StringConstraints,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    WrapValidator,
)

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
    Field(description="the name by which the rest of the file knows it: small letters, digits, hyphens"),
]
ScaleName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+\.[a-z][a-z0-9_]*$")]
"""A scale of an instrument: ``ffmq-39.observing``."""
Day = date
"""A day, written 2026-11-22; a name of its own, for a field may be called date."""
Text = str | dict[str, str]
"""Words, or the same words by language: ``{en: ..., nl: ...}``."""

_PREFERRED: ContextVar[tuple[str, ...]] = ContextVar("languages in which a label stands in tables", default=())


class TranslatedText(str):
    """A short text in several languages: a string in the study's own, and the others beside it.

    Tables, figures, records and log entries need one name for one thing, so it is a string, in the canonical language:
    that of the report (``report.language``) where the text has it, else the first of the study's languages that it
    has, else the first in which it is written. `say` gives it in the language of whoever reads a page.
    """

    __slots__ = ("by_language",)
    by_language: Mapping[str, str]

    def __new__(cls, by_language: Mapping[str, str], preferred: Iterable[str] = ()) -> TranslatedText:
        """Make the text; ``preferred`` are the languages of the string itself, the best first."""
        canonical = next((by_language[code] for code in preferred if by_language.get(code)), None)
        text = super().__new__(cls, next(iter(by_language.values())) if canonical is None else canonical)
        text.by_language = dict(by_language)
        return text

    def __getnewargs__(self) -> tuple[Any, ...]:
        """Return what makes this text again: analyses hand protocols to other processes."""
        canonical = (code for code, text in self.by_language.items() if text == self)
        return self.by_language, tuple(canonical)


@contextmanager
def canonical_languages(languages: Iterable[str]) -> Iterator[None]:
    """Read labels with these as the languages of their strings, the best first."""
    token = _PREFERRED.set(tuple(languages))
    try:
        yield
    finally:
        _PREFERRED.reset(token)


def _label(value: Any, handler: ValidatorFunctionWrapHandler) -> str:
    if isinstance(value, TranslatedText):
        return value
    if not isinstance(value, dict):
        return str(handler(value))
    if not value or not all(isinstance(part, str) for pair in value.items() for part in pair):
        raise ValueError(
            "This is neither a text nor texts by language.\nWrite it as 'Training', or as {en: ..., nl: ...}."
        )
    return TranslatedText(value, _PREFERRED.get())


# The names are codes of languages, so that an editor does not take {unknown: why} for a text.
_BY_LANGUAGE = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": "^[a-z]{2,3}(-[A-Z]{2})?$"},
    "additionalProperties": {"type": "string"},
}

Label = Annotated[str, WrapValidator(_label), WithJsonSchema({"anyOf": [{"type": "string"}, _BY_LANGUAGE]})]
"""A name or a short text, alone or by language; in Python a string, and a `TranslatedText` where it has several."""

_DURATION = re.compile(r"^(\d+) (minute|hour|day|week|month)s?$")
_UNIT = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1)}
_UNIT |= {"week": timedelta(weeks=1), "month": timedelta(days=30)}


def _duration(value: Any) -> Any:
    if isinstance(value, timedelta):
        return value
    match = _DURATION.match(str(value).strip())
    if match is None:
        raise ValueError(f"'{value}' is not a duration.\nWrite a number and a unit, such as '3 weeks' or '1 day'.")
    return int(match[1]) * _UNIT[match[2]]


Duration = Annotated[
    timedelta, BeforeValidator(_duration), WithJsonSchema({"type": "string", "pattern": _DURATION.pattern})
]
"""A length of time, written '3 weeks'."""

_CLOCK = re.compile(r"^([01]\d|2[0-3]):([0-5]\d)$")


def _clock(value: Any) -> Any:
    if isinstance(value, time):
        return value
    match = _CLOCK.match(str(value).strip())
    if match is None:
        raise ValueError(f"'{value}' is not a time of day.\nWrite hours and minutes, such as '21:00'.")
    return time(int(match[1]), int(match[2]))


Clock = Annotated[time, BeforeValidator(_clock), WithJsonSchema({"type": "string", "pattern": _CLOCK.pattern})]
"""A time of day in the study's own time zone, written '21:00'."""


def say(text: Text, language: str = "en") -> str:
    """Return the words in a language, or in the first one they are written in."""
    if isinstance(text, TranslatedText):
        return text.by_language.get(language) or str(text)
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()))


def all_of(text: Text) -> tuple[str, ...]:
    """Return the words in every language in which they are written."""
    if isinstance(text, TranslatedText):
        return tuple(text.by_language.values())
    return (text,) if isinstance(text, str) else tuple(text.values())


def with_unit(number: float, unit: str) -> str:
    """Return a number with its unit, in each language that the unit has."""
    if not isinstance(unit, TranslatedText):
        return f"{number:g} {unit}"
    # The string of the new text is in the language of the unit's, whatever that is.
    canonical = [language for language, words in unit.by_language.items() if words == unit]
    return TranslatedText({language: f"{number:g} {words}" for language, words in unit.by_language.items()}, canonical)


def in_minutes(unit: Text) -> bool:
    """Return whether a unit is one of minutes, in whatever language it is written."""
    return any("minut" in words for words in all_of(unit))


def file_in(place: str, language: str) -> str:
    """Return where a file lies in a language: ``{language}`` in its place stands for the language's code."""
    return place.replace("{language}", language)
