"""Adverse events as they were judged, with the description that the safety contact screened."""

from __future__ import annotations

from typing import Any

from pilotage.web.records.extract.source import Source
from pilotage.web.records.models import AdverseEvent

Rows = list[dict[str, Any]]


def adverse_events(source: Source) -> Rows | None:
    """Return each event reported while the person was in the study; None where the protocol does not ask for any.

    What an alert rule raised is an event once it was judged, for a score beyond a limit is none by itself.
    """
    if source.loaded.protocol.safety is None:
        return None
    rows = AdverseEvent.objects.filter(participant__in=source.participants)
    rows = rows.exclude(source="alert rule", judged_at=None)
    events = [event for event in rows if source.before_leaving(event.participant_id, event.reported_at)]
    events.sort(key=lambda event: (source.participants[event.participant_id].code, event.reported_at))
    return [_event(f"E{number:03}", event, source) for number, event in enumerate(events, start=1)]


def _event(code: str, event: AdverseEvent, source: Source) -> dict[str, Any]:
    return {
        "event": code,
        "participant": source.participants[event.participant_id].code,
        "onset": event.onset,
        "kind": event.kind or None,
        "description": source.words(event.screened),
        "ascertainment": event.ascertainment,
        "severity": event.severity,
        "serious": event.serious,
        "relatedness": event.relatedness,
        "expectedness": event.expectedness,
        "action": source.words(event.action),
        "outcome": event.outcome or None,
    }
