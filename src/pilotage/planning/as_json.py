"""What was planned or evaluated as plain data: the dataclasses' own names, at full precision."""

from __future__ import annotations

from typing import Any

from pilotage.plain_json import json_text, plain

FORMAT = 1
"""Raised when a key is removed or changes its meaning; keys are added without."""


def as_json(planned: Any) -> str:
    """Return a dataclass, with all it holds, as JSON text; numbers that are not finite become null."""
    return json_text({"format": FORMAT, **plain(planned)}, indent=1) + "\n"
