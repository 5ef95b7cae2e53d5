"""Turn what was computed into plain data for JSON: dataclasses by their own names, at full precision."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from math import isfinite
from typing import Any

Adapt = Callable[[Any, dict[str, Any]], dict[str, Any]]
"""Takes a dataclass and its plain fields, and returns the fields to write."""


def plain(value: Any, adapt: Adapt | None = None) -> Any:
    """Return a value as dicts, lists, text and numbers.

    A dataclass becomes a dict of its fields, changed by ``adapt`` where that is passed. A number that is not finite
    becomes None, because JSON has no word for it and other programs refuse a file with ``NaN`` or ``Infinity``.

    Examples
    --------
    >>> plain({"f": 6.1, "df": (1, float("inf"))})
    {'f': 6.1, 'df': [1, None]}
    """
    if is_dataclass(value):
        named = {field.name: plain(getattr(value, field.name), adapt) for field in fields(value)}
        return adapt(value, named) if adapt else named
    if isinstance(value, Mapping):
        return {str(key): plain(inner, adapt) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner, adapt) for inner in value]
    return None if isinstance(value, float) and not isfinite(value) else value


def json_text(value: Any, *, indent: int | None = None) -> str:
    """Return a value as JSON text, with letters as they are written and not escaped."""
    return json.dumps(plain(value), ensure_ascii=False, indent=indent, allow_nan=False)
