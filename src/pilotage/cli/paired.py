"""A planned course as text for a terminal: the groups by session, and how good they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from pilotage.formatting import counted, per_cent, ranged, rounded

if TYPE_CHECKING:
    from pilotage.pairing.log import Division, Log
    from pilotage.pairing.quality import Quality
    from pilotage.pairing.written import CourseRequest

_WIDTH = 100
_ODD = {"triad": "three make a triad", "teacher": "one is with the teacher", "observer": "one observes"}
_SIZES = {2: "pairs", 3: "threes", 4: "fours"}


def text(asked: CourseRequest, log: Log, measured: Quality) -> str:
    """The course, and below it what there is to know of it."""
    return "\n".join([_title(asked), "", *_sessions(asked, log), "", *_measures(asked, measured)])


def _title(asked: CourseRequest) -> str:
    times = "" if asked.pairings == 1 else f", divided {asked.pairings} times in each"
    groups = _SIZES.get(asked.rules.size, f"groups of {asked.rules.size}")
    sessions = counted(asked.sessions, "session")
    return f"{len(asked.people)} people in {groups}, {sessions}{times}. Whoever is named first speaks first."


def _sessions(asked: CourseRequest, log: Log) -> Iterator[str]:
    width = max(map(len, asked.people))
    for division in log:
        head = f"Session {division.session:>{len(str(asked.sessions))}}"
        if asked.pairings > 1:
            head = f"{head}, {division.pairing}" if division.pairing == 1 else f"{'':{len(head)}}  {division.pairing}"
        absent = asked.absent.get(division.session, frozenset()) if division.pairing == 1 else frozenset()
        yield from _lines(head, [*_groups(division, width), *_aside(division, absent)])


def _groups(division: Division, width: int) -> list[str]:
    groups = sorted(division.groups, key=lambda group: (len(group), division.teacher in group, group))
    return [" – ".join(f"{one:<{width}}" for one in group) for group in groups]


def _aside(division: Division, absent: Collection[str]) -> list[str]:
    observing = [f"{one} observes" for one in division.observers]
    return observing + ([f"away: {', '.join(sorted(absent))}"] if absent else [])


def _lines(head: str, parts: list[str]) -> Iterator[str]:
    """The parts behind the head, on as many lines as they need."""
    line = head
    for part in parts:
        if len(f"{line}   {part}".rstrip()) > _WIDTH and line != head:
            yield line.rstrip()
            line = " " * len(head)
        line = f"{line}   {part}"
    yield line.rstrip()


def _measures(asked: CourseRequest, measured: Quality) -> Iterator[str]:
    met = sum(measured.partners.values()) // 2
    yield f"Repeats       {measured.repeats}{_unavoidable(measured)}{_by_lot(measured)}"
    yield f"Pairs met     {met}, {per_cent(measured.coverage)} of those ever there together"
    yield f"Partners      {_range(measured.partners)} each"
    if asked.rules.size == 2 and any(measured.duties.values()):
        yield f"Odd numbers   {_ODD[asked.rules.odd]}: {_range(measured.duties)} times each"
    yield f"Speaks first  {_range(measured.first_speaker)} times each"


def _unavoidable(measured: Quality) -> str:
    if not measured.repeats_bound:
        return ""
    return (
        ", none fewer is possible"
        if not measured.excess_repeats
        else f"; fewer than {measured.repeats_bound} is not possible"
    )


def _by_lot(measured: Quality) -> str:
    drawn = measured.by_lot
    usual = rounded(drawn.mean_repeats, 1)
    return f" (by lot {usual} on average, {drawn.fewest_repeats} in the best of {drawn.courses})"


def _range(counts: Mapping[str, int]) -> str:
    return ranged(min(counts.values()), max(counts.values()))
