"""The small kinds of value a protocol is written with: identifiers, durations, text in several languages."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints, WithJsonSchema

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
    if isinstance(text, str):
        return text
    return text.get(language) or next(iter(text.values()))


def file_in(place: str, language: str) -> str:
    """Return where a file lies in a language: ``{language}`` in its place stands for the language's code."""
    return place.replace("{language}", language)
