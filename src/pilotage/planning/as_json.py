"""What was planned or evaluated as plain data: the dataclasses' own names, at full precision."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

FORMAT = 1
"""Raised when a key is removed or changes its meaning; keys are added without."""


def as_json(found: Any) -> str:
    """A dataclass, with all it holds, as JSON text; numbers that are not finite become null."""
    return json.dumps({"format": FORMAT, **plain(found)}, indent=1, ensure_ascii=False) + "\n"


def plain(value: Any) -> Any:
    """A value as dicts, lists, text and numbers."""
    if is_dataclass(value):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return None if isinstance(value, float) and not isfinite(value) else value
