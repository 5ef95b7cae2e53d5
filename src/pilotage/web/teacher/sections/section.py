"""A part of a session's page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Section:
    """One part: its key (the page's anchor), its heading, the template that draws it, and what that is given."""

    key: str
    title: str | Promise
    template: str
    said: Mapping[str, Any] = field(default_factory=dict)
