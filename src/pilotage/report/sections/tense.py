"""The tense of a methods text, by where the study stands: what will be, is, or was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Status = Literal["planned", "running", "closed"]


@dataclass(frozen=True, slots=True)
class Tense:
    """The forms of *to be* that a methods text needs."""

    is_: str
    are: str


TENSES: dict[Status, Tense] = {
    "planned": Tense("will be", "will be"),
    "running": Tense("is", "are"),
    "closed": Tense("was", "were"),
}
