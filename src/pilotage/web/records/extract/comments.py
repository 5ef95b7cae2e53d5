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
    """Return how many comments stay behind when the data are frozen now."""
    result = readable(study, protocols.of(study))
    return Unread(result.filter(redacted=None).count(), result.count())


def comments(source: Source) -> Rows:
    """Return the redacted words and their codes; the words as they were written never leave."""
    rows = readable(source.study, source.loaded, source.participants.keys()).filter(redacted__isnull=False)
    rows = rows.select_related("administration").prefetch_related("readings")
    return [
        {
            **key(row.administration, source),
            "item": row.item,
            "redacted": source.words(row.redacted or ""),
            "codes": " ".join(_codes(row, source.loaded)) or None,
        }
        for row in rows
        if row.administration_id in source.administrations
    ]


def _codes(comment: Comment, loaded: LoadedProtocol) -> list[str]:
    """Return the codes that any reader gave, in the protocol's order."""
    values = {code for reading in comment.readings.all() for code in reading.codes}
    return [code for code in codes_of(loaded, comment.administration.instrument, comment.item) if code in values]
