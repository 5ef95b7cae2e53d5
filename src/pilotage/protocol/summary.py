"""What a protocol holds, in a few lines; and every place where it says that something is not known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pilotage.formatting import counted
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import OfferedReasons
from pilotage.yaml_file import Path_, written


def summary(loaded: LoadedProtocol) -> dict[str, str]:
    """Return what the protocol holds, by heading."""
    protocol = loaded.protocol
    outcomes = protocol.analysis.outcomes
    domains = protocol.feasibility.domains if protocol.feasibility else []
    indicators = [indicator for domain in domains for indicator in domain.indicators]
    criteria = sum(indicator.criterion is not None for indicator in indicators)
    return {
        "arms": _listed([arm.id for arm in protocol.arms]),
        "sessions": _sessions(loaded),
        "assessments": _listed([assessment.id for assessment in protocol.assessments]),
        "instruments": _listed(protocol.instruments),
        "forms": _listed([f"{form.id} ({counted(len(form.items), 'item')})" for form in protocol.forms]),
        "reasons": _reasons(protocol.reasons),
        "feasibility": ", ".join(
            (
                counted(len(domains), "domain"),
                counted(len(indicators), "indicator"),
                counted(criteria, "criterion", "criteria"),
            )
        ),
        "outcomes": f"{len(outcomes.main)} main, {len(outcomes.secondary)} secondary, "
        f"{len(outcomes.if_reliable)} if reliable",
        "unknown": str(sum(1 for _ in unknowns(loaded))),
        "fingerprint": loaded.short_fingerprint,
    }


def unknowns(loaded: LoadedProtocol) -> Iterator[str]:
    """Yield each ``{unknown: why}`` of the protocol: its line, its place, and the reason."""
    for path, why in places_unknown(loaded.document.data):
        line, _ = loaded.document.place(path)
        yield f"{line}: {written(path)}: {why}"


def places_unknown(data: Any, path: Path_ = ()) -> Iterator[tuple[Path_, str]]:
    """Yield the place of each ``{unknown: why}`` of a file's plain data, with the reason."""
    if isinstance(data, dict):
        if set(data) == {"unknown"}:
            yield path, str(data["unknown"])
            return
        for key, inner in data.items():
            yield from places_unknown(inner, (*path, key))
    elif isinstance(data, list):
        for i, inner in enumerate(data):
            yield from places_unknown(inner, (*path, i))


def _reasons(reasons: OfferedReasons) -> str:
    """Return how many reasons forms offer, by what they are reasons for."""
    counts = {name: len(getattr(reasons, name)) for name in OfferedReasons.model_fields}
    return ", ".join(f"{count} for {name}" for name, count in counts.items() if count) or "none"


def _sessions(loaded: LoadedProtocol) -> str:
    programme = loaded.protocol.programme
    if programme is None:
        return "none"
    minutes = programme.delivered.minutes
    length = f" of {minutes} minutes" if isinstance(minutes, int) else ""
    return f"{programme.delivered.sessions}{length}"


def _listed(names: list[str]) -> str:
    return f"{len(names)}: {', '.join(names)}" if names else "none"
