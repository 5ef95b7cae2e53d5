"""What people answered: each questionnaire or form that was begun, and each answer in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pilotage.web.records import items, protocols
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
    """Each item that was asked; null where it has no answer, be it left blank on purpose or never reached."""
    wanted = Answer.objects.filter(administration__participant__in=source.participants)
    given: dict[int, dict[str, str | None]] = {one: {} for one in source.administrations}
    for administration, item, value in wanted.values_list("administration", "item", "value").iterator(chunk_size=5000):
        if administration in given:
            given[administration][item] = value
    return [
        {**key(source.administrations[one], source), "item": item, "value": answers.get(item)}
        for one, answers in given.items()
        for item in _asked(source.administrations[one], answers)
    ]


def _asked(administration: Administration, answers: Mapping[str, str | None]) -> list[str]:
    """The items asked under the version that holds for it, and any other that has an answer."""
    of = items.source(protocols.of_version(administration.version), administration.instrument)
    own_words = items.own_words(of)
    asked = [item for item in items.asked(of, answers) if item not in own_words]
    return list(dict.fromkeys([*asked, *answers]))


def key(administration: Administration, source: Source) -> dict[str, Any]:
    """The columns by which an administration is known."""
    return {
        "participant": source.participants[administration.participant_id].code,
        "assessment": administration.assessment,
        "instrument": administration.instrument,
        "number": administration.number,
    }
