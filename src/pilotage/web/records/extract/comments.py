"""People's own words, which leave only after somebody read them and took out what identifies."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from pilotage.protocol.form_items import FreeText
from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records import protocols
from pilotage.web.records.extract.answers import key
from pilotage.web.records.extract.people import consenting
from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import Comment, Leaving, Study

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Unread:
    """How many comments wait to be read, of how many."""

    unread: int
    of: int


def readable(study: Study, loaded: LoadedProtocol, people: Collection[int] | None = None) -> QuerySet[Comment]:
    """The comments that a researcher reads: what reactions say goes to the safety contact, and is screened there."""
    wanted = consenting(study) if people is None else people
    found = Comment.objects.filter(administration__participant__in=wanted).exclude(text="")
    erased = Leaving.objects.filter(what="study", answers="erase").values("participant")
    found = found.exclude(administration__participant__in=erased)
    found = found.filter(administration__participant__erased_at=None)
    safety = loaded.protocol.safety
    return found.exclude(administration__instrument=safety.form) if safety and safety.form else found


def unread(study: Study) -> Unread:
    """How many comments stay behind when the data are frozen now."""
    found = readable(study, protocols.of(study))
    return Unread(found.filter(redacted=None).count(), found.count())


def comments(source: Source) -> Rows:
    """The redacted words and their codes; the words as they were written never leave."""
    found = readable(source.study, source.loaded, source.participants.keys()).filter(redacted__isnull=False)
    found = found.select_related("administration").prefetch_related("readings")
    return [
        {
            **key(one.administration, source),
            "item": one.item,
            "redacted": source.words(one.redacted or ""),
            "codes": " ".join(_codes(one, source.loaded)) or None,
        }
        for one in found
        if one.administration_id in source.administrations
    ]


def _codes(comment: Comment, loaded: LoadedProtocol) -> list[str]:
    """The codes that any reader gave, in the protocol's order."""
    given = {code for reading in comment.readings.all() for code in reading.codes}
    return [code for code in codes_of(loaded, comment.administration.instrument, comment.item) if code in given]


def codes_of(loaded: LoadedProtocol, form: str, item: str) -> list[str]:
    """The codes that the protocol has for an item."""
    found = next((f for f in loaded.protocol.forms if f.id == form), None)
    question = next((q for q in found.items if q.id == item), None) if found else None
    return [option.id for option in question.codes] if isinstance(question, FreeText) else []
