"""A planned course as text for a terminal: the groups by session, and how good they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING

from pilotage.formatting import counted, per_cent, plural, ranged, rounded

if TYPE_CHECKING:
    from pilotage.pairing.log import Division, Log
    from pilotage.pairing.quality import Quality
    from pilotage.pairing.written import CourseRequest

_WIDTH = 100
_ODD = {"triad": "in a triad", "teacher": "with the teacher", "observer": "observing"}
_SIZES = {2: "pairs", 3: "threes", 4: "fours"}


def text(course: CourseRequest, log: Log, measured: Quality) -> str:
    """Return the course as text, and below it how good it is."""
    return "\n".join([_title(course), "", *_sessions(course, log), "", *_measures(course, measured)])


def _title(course: CourseRequest) -> str:
    times = "" if course.pairings == 1 else f", {course.pairings} pairings in each"
    groups = _SIZES.get(course.rules.size, f"groups of {course.rules.size}")
    sessions = counted(course.sessions, "session")
    return f"{len(course.people)} people in {groups}, {sessions}{times}. The person named first speaks first."


def _sessions(course: CourseRequest, log: Log) -> Iterator[str]:
    width = max(map(len, course.people))
    for division in log:
        head = f"Session {division.session:>{len(str(course.sessions))}}"
        if course.pairings > 1:
            head = f"{head}, {division.pairing}" if division.pairing == 1 else f"{'':{len(head)}}  {division.pairing}"
        absent = course.absent.get(division.session, frozenset()) if division.pairing == 1 else frozenset()
        yield from _lines(head, [*_groups(division, width), *_aside(division, absent)])


def _groups(division: Division, width: int) -> list[str]:
    groups = sorted(division.groups, key=lambda group: (len(group), division.teacher in group, group))
    return [" – ".join(f"{person:<{width}}" for person in group) for group in groups]


def _aside(division: Division, absent: Collection[str]) -> list[str]:
    observing = [f"{person} observes" for person in division.observers]
    return observing + ([f"away: {', '.join(sorted(absent))}"] if absent else [])


def _lines(head: str, parts: list[str]) -> Iterator[str]:
    """Yield the head and its parts, on as many lines as they need."""
    line = head
    for part in parts:
        if len(f"{line}   {part}".rstrip()) > _WIDTH and line != head:
            yield line.rstrip()
            line = " " * len(head)
        line = f"{line}   {part}"
    yield line.rstrip()


def _measures(course: CourseRequest, measured: Quality) -> Iterator[str]:
    met = sum(measured.partners.values()) // 2
    yield f"Repeats       {measured.repeats}{_unavoidable(measured)}{_random_allocation(measured)}"
    yield f"Pairs met     {met}, {per_cent(measured.coverage)} of the pairs ever present together"
    yield f"Partners      {_range(measured.partners)} each"
    if course.rules.size == 2 and any(measured.duties.values()):
        yield f"Odd numbers   {_ODD[course.rules.odd]}: {_times(measured.duties)} each"
    yield f"Speaks first  {_times(measured.first_speaker)} each"


def _unavoidable(measured: Quality) -> str:
    if not measured.repeats_bound:
        return ""
    return (
        ", the fewest possible"
        if not measured.excess_repeats
        else f"; at least {measured.repeats_bound} cannot be avoided"
    )


def _random_allocation(measured: Quality) -> str:
    drawn = measured.by_lot
    usual = rounded(drawn.mean_repeats, 1)
    return f" (random allocation: {usual} on average, {drawn.fewest_repeats} in the best of {drawn.courses})"


def _times(counts: Mapping[str, int]) -> str:
    return f"{_range(counts)} {plural(max(counts.values()), 'time')}"


def _range(counts: Mapping[str, int]) -> str:
    return ranged(min(counts.values()), max(counts.values()))
