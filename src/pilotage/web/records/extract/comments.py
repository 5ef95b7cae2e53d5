"""People's own words, which leave only after somebody read them and took out what identifies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pilotage.protocol.load import LoadedProtocol
from pilotage.web.records import protocols
from pilotage.web.records.extract.answers import key
from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import Comment, Study
from pilotage.web.records.queries.comments import codes_of, readable

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Unread:
    """How many comments wait to be read, of how many."""

    unread: int
    of: int


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
