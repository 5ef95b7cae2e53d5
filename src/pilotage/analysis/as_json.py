"""Results as plain data for ``results.json``: the dataclasses' own names, at full precision."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

from pilotage.analysis.results import Results

NAMING = frozenset({"person_doses", "who", "met"})
"""Keys under which people stand one by one, by code."""

FORMAT = 1
"""Raised when a key is removed or changes its meaning; keys are added without."""


def as_json(results: Results, *, codes: bool) -> str:
    """The results as JSON text; without ``codes``, nobody stands in it, and people left out are counted by reason."""
    return json.dumps({"format": FORMAT, **_plain(results, codes)}, indent=1, ensure_ascii=False) + "\n"


def _plain(value: Any, codes: bool) -> Any:
    if is_dataclass(value):
        named = {f.name: _plain(getattr(value, f.name), codes) for f in fields(value)}
        if not codes:
            named |= {key: [] for key in NAMING & named.keys()}
        if not codes and "excluded" in named:
            named["excluded"] = _counted([e["reason"] for e in named["excluded"]])
        return named
    if isinstance(value, dict):
        return {str(key): _plain(inner, codes) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner, codes) for inner in value]
    if isinstance(value, float) and not isfinite(value):
        return None
    return value


def _counted(reasons: list[str]) -> list[dict[str, Any]]:
    return [{"reason": reason, "n": reasons.count(reason)} for reason in dict.fromkeys(reasons)]
