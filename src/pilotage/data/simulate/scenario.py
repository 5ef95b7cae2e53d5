"""The three rehearsals: as the targets say, with the usual accidents, and with trouble. The rates are ours."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeVar

import numpy as np

ScenarioName = Literal["paper", "ordinary", "troubled"]
T = TypeVar("T")


@dataclass(frozen=True)
class Scenario:
    """How much goes otherwise than planned: shares of what could, and at least one where a share is above 0."""

    name: ScenarioName
    leaves_course: float = 0.0
    leaves_study: float = 0.0
    leaves_first_arm: float = 0.0
    misses_occasion: float = 0.0
    unfinished: float = 0.0
    late: float = 0.0
    twice: float = 0.0
    blank_item: float = 0.0
    no_diary: float = 0.0
    cancelled: int = 0
    truncated: int = 0
    postponed: int = 0
    replaced: int = 0
    blocks_otherwise: float = 0.0
    absent_more: float = 0.0
    alpha_kept: float = 1.0
    more_reactions: bool = False
    turned_away: float = 0.0
    unread: float = 0.0

    @property
    def as_targeted(self) -> bool:
        """Whether nothing is added to the targets."""
        return self.name == "paper"


SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        "paper": Scenario("paper"),
        "ordinary": Scenario(
            "ordinary", leaves_course=0.08, leaves_study=0.05, misses_occasion=0.05, unfinished=0.02, late=0.08,
            twice=0.02, blank_item=0.01, no_diary=0.15, cancelled=1, truncated=1, postponed=1, blocks_otherwise=0.1,
            absent_more=0.05, more_reactions=True, turned_away=0.6, unread=0.1,
        ),
        "troubled": Scenario(
            "troubled", leaves_course=0.2, leaves_study=0.12, leaves_first_arm=0.25, misses_occasion=0.15,
            unfinished=0.08, late=0.2, twice=0.05, blank_item=0.04, no_diary=0.5, cancelled=2, truncated=2, postponed=1,
            replaced=1, blocks_otherwise=0.35, absent_more=0.2, alpha_kept=0.55, more_reactions=True, turned_away=2.5,
            unread=0.3,
        ),
    }
)  # fmt: skip


@dataclass(frozen=True)
class Chance:
    """Random numbers for each part of a rehearsal apart, so that a part added leaves the others as they were."""

    seed: int

    def of(self, *part: str) -> np.random.Generator:
        """Return the generator of a part, always in the same state."""
        return np.random.default_rng([self.seed, *(zlib.crc32(name.encode()) for name in part)])


def some(rng: np.random.Generator, pool: Sequence[T], share: float) -> list[T]:
    """Draw a share of the pool by chance, in the pool's order: none where the share is 0, else at least one."""
    if share <= 0 or not pool:
        return []
    return few(rng, pool, max(1, round(share * len(pool))))


def few(rng: np.random.Generator, pool: Sequence[T], count: int) -> list[T]:
    """Draw so many of the pool by chance, or all of it, in the pool's order."""
    chosen = rng.choice(len(pool), size=min(count, len(pool)), replace=False).tolist() if pool else []
    return [pool[i] for i in sorted(chosen)]
