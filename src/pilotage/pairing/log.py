"""The log of a course: each division of those present, in order; everything else is counted from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

Group = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What was changed after a division was published: how many published groups, and why where a teacher chose it."""

    groups: int
    reason: str = ""
    by_teacher: bool = False


@dataclass(frozen=True, slots=True)
class Division:
    """One division of the people present into groups.

    ``groups`` are in order of speaking: who stands first speaks first. ``duties`` are the people with the triad, the
    teacher or the observing; ``teacher`` is the name under which a teacher stands in a group, where one does.
    ``plan`` is a forecast: how the next pairings would go if everyone expected came. Nobody needs to keep it, but where
    it is kept, the next division begins from it.
    """

    session: int
    pairing: int
    groups: tuple[Group, ...]
    observers: tuple[str, ...] = ()
    sat_out: tuple[str, ...] = ()
    duties: tuple[str, ...] = ()
    teacher: str = ""
    changes: tuple[Change, ...] = ()
    plan: tuple[tuple[Group, ...], ...] = ()

    @property
    def practising(self) -> frozenset[str]:
        """Those in a group or observing, without the teacher."""
        return frozenset([*(person for group in self.groups for person in group), *self.observers]) - {self.teacher}

    @property
    def present(self) -> frozenset[str]:
        """Those who were there, whether they practised or sat out."""
        return self.practising | frozenset(self.sat_out)

    @property
    def place(self) -> tuple[int, int]:
        """Session and pairing: where in the course it stands."""
        return self.session, self.pairing

    def of_people(self) -> tuple[Group, ...]:
        """Return the groups without the teacher."""
        return tuple(tuple(person for person in group if person != self.teacher) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Log:
    """The divisions that took place, in order of session and pairing."""

    divisions: tuple[Division, ...] = ()

    def __post_init__(self) -> None:
        places = [division.place for division in self.divisions]
        if len(set(places)) < len(places):
            raise ValueError("Two divisions stand at the same session and pairing.")
        object.__setattr__(self, "divisions", tuple(sorted(self.divisions, key=lambda division: division.place)))

    def __iter__(self) -> Iterator[Division]:
        return iter(self.divisions)

    def __len__(self) -> int:
        return len(self.divisions)

    def kept(self, division: Division) -> Log:
        """Return the log with this division, in the place of an earlier one of the same session and pairing."""
        return Log((*self.without(division).divisions, division))

    def without(self, division: Division) -> Log:
        """Return the log without what stands at this division's session and pairing."""
        return replace(self, divisions=tuple(kept for kept in self.divisions if kept.place != division.place))

    @property
    def next_session(self) -> int:
        """The session after the last one that is in the log."""
        return max((division.session for division in self.divisions), default=0) + 1
