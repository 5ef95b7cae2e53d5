"""A card: one thing to do or to know, drawn by a template of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Card:
    """One card.

    Attributes
    ----------
    key : str
        What it is about; unique on the page.
    to_do : bool
        Whether something is to be done now: the first such card of a page has its main button.
    """

    key: str
    template: str
    to_do: bool = False
    said: Mapping[str, Any] = field(default_factory=dict)
