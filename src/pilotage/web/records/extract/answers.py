"""What people answered: each questionnaire or form that was begun, and each answer in it."""

from __future__ import annotations

from typing import Any

from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import Administration, Answer

Rows = list[dict[str, Any]]


def administrations(source: Source) -> Rows:
    """Each instrument or form given."""
    return [
        {
            **key(one, source),
            "protocol_version": one.version.label,
            "language": one.language,
            "started_at": one.started_at,
            "completed_at": one.completed_at,
            "mode": one.mode,
        }
        for one in source.administrations.values()
    ]


def responses(source: Source) -> Rows:
    """Each answer; null where it was left blank on purpose."""
    keys = {one.pk: key(one, source) for one in source.administrations.values()}
    wanted = Answer.objects.filter(administration__participant__in=source.participants)
    found = wanted.values_list("administration", "item", "value").iterator(chunk_size=5000)
    return [
        {**keys[administration], "item": item, "value": value}
        for administration, item, value in found
        if administration in keys
    ]


def key(administration: Administration, source: Source) -> dict[str, Any]:
    """The columns by which an administration is known."""
    return {
        "participant": source.participants[administration.participant_id].code,
        "assessment": administration.assessment,
        "instrument": administration.instrument,
        "number": administration.number,
    }
