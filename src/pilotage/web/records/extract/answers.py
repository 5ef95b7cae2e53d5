"""What people answered: each questionnaire or form that was begun, and each answer in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotage.web.records import items, protocols
from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import Administration, Answer

Rows = list[dict[str, Any]]


def administrations(source: Source) -> Rows:
    """Return each instrument or form given."""
    return [
        {
            **key(administration, source),
            "protocol_version": administration.version.label,
            "language": administration.language,
            "started_at": administration.started_at,
            "completed_at": administration.completed_at,
            "mode": administration.mode,
        }
        for administration in source.administrations.values()
    ]


def responses(source: Source) -> Rows:
    """Return each item that was asked; null where it has no answer, be it left blank on purpose or never reached."""
    wanted = Answer.objects.filter(administration__participant__in=source.participants)
    by_key: dict[int, dict[str, str | None]] = {primary_key: {} for primary_key in source.administrations}
    for administration, item, value in wanted.values_list("administration", "item", "value").iterator(chunk_size=5000):
        if administration in by_key:
            by_key[administration][item] = value
    return [
        {**key(source.administrations[primary_key], source), "item": item, "value": answers.get(item)}
        for primary_key, answers in by_key.items()
        for item in _asked(source.administrations[primary_key], answers)
    ]


def _asked(administration: Administration, answers: Mapping[str, str | None]) -> list[str]:
    """Return the items asked under the version that holds for it, and any other that has an answer."""
    of = items.source(protocols.of_version(administration.version), administration.instrument)
    own_words = items.own_words(of)
    results = [item for item in items.asked(of, answers) if item not in own_words]
    return list(dict.fromkeys([*results, *answers]))


def key(administration: Administration, source: Source) -> dict[str, Any]:
    """Return the columns by which an administration is known."""
    return {
        "participant": source.participants[administration.participant_id].code,
        "assessment": administration.assessment,
        "instrument": administration.instrument,
        "number": administration.number,
    }
