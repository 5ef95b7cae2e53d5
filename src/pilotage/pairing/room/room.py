"""A group and what it has done: who there is, who is here, how they are divided, and when each session was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pilotage.pairing.log import Division, Log
from pilotage.pairing.rules import Rules


@dataclass(frozen=True, slots=True)
class Room:
    """Everything that is kept of a group; ``days`` are the dates of its sessions, ISO, by number."""

    people: tuple[str, ...] = ()
    away: frozenset[str] = frozenset()
    resting: frozenset[str] = frozenset()
    rules: Rules = field(default_factory=lambda: Rules(odd="triad", teacher_name="Teacher"))
    speaking: float = 5.0
    talking: float = 5.0
    seed: int = 1
    days: Mapping[int, str] = field(default_factory=dict)
    log: Log = field(default_factory=Log)

    @property
    def here(self) -> frozenset[str]:
        """Who is here and takes part."""
        return frozenset(self.people) - self.away - self.resting

    def session(self, today: str) -> int:
        """Return the number of today's session: the last one if it was today, else the next."""
        last = max(self.days, default=0)
        return last if self.days.get(last) == today else last + 1

    def open(self, today: str) -> Division | None:
        """Return the last division of today, which can still be changed; None where there is none."""
        last = self.log.divisions[-1] if len(self.log) else None
        return last if last and self.days.get(last.session) == today else None
