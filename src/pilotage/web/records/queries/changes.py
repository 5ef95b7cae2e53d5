"""What differs between two protocols, place by place, for a person to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pilotage.protocol.load import LoadedProtocol


@dataclass(frozen=True)
class ProtocolChange:
    """One place that differs; None where it is on one side alone."""

    path: str
    before: str | None
    after: str | None


def changes(before: LoadedProtocol, after: LoadedProtocol) -> list[ProtocolChange]:
    """Return every place at which two versions of a protocol, or the instruments they use, differ."""
    old, new = (dict(_places(_content(loaded), "")) for loaded in (before, after))
    return [
        ProtocolChange(path, old.get(path), new.get(path))
        for path in dict.fromkeys([*old, *new])
        if old.get(path) != new.get(path)
    ]


def _content(loaded: LoadedProtocol) -> dict[str, Any]:
    definitions = {
        name: instrument.model_dump(mode="json", exclude_unset=True, by_alias=True)
        for name, instrument in loaded.instruments.items()
    }
    return {**loaded.document.data, "definition": definitions}


def _places(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield each leaf by its path; parts of a list go by their id, so that one put between moves no other."""
    if isinstance(value, dict) and value:
        for key, inner in value.items():
            yield from _places(inner, f"{path}.{key}" if path else str(key))
    elif isinstance(value, list) and any(isinstance(part, dict) for part in value):
        for number, part in enumerate(value, start=1):
            name = part.get("id", number) if isinstance(part, dict) else number
            yield from _places(part, f"{path}[{name}]")
    else:
        yield path, _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)
