"""Finding a part of a protocol by its id."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, TypeVar


class _HasId(Protocol):
    @property
    def id(self) -> str: ...


PartT = TypeVar("PartT", bound=_HasId)


def with_id(parts: Iterable[PartT], part_id: str, noun: str) -> PartT:
    """Return the part that has this id.

    Raises
    ------
    KeyError
        When there is none. A bare ``next`` would raise StopIteration, which ends the caller's loop without a word.
    """
    for part in parts:
        if part.id == part_id:
            return part
    raise KeyError(f"There is no {noun} {part_id!r}.")
