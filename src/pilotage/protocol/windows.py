"""When each assessment opens and closes for a person, from the days of their sessions and of their enrolment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pilotage.protocol.assessment import Assessment, Window

# Ours: how long an assessment is open of which the protocol does not say it.
USUAL_WINDOW = timedelta(weeks=2)
AFTER_A_SESSION = timedelta(days=2)
WEEK = timedelta(weeks=1)
LATE_IN_THE_WEEK = timedelta(days=5)  # a question about a week is asked when most of it is over


@dataclass(frozen=True)
class Dates:
    """What the windows of one person rest on; days are those of the study's own time zone.

    ``sessions`` are the planned days, by delivered number, of the cohort the person is in, or of the one whose dates
    an arm without sessions follows. ``ended`` are the moments at which sessions end, as far as they are known.
    """

    enrolled: date | None = None
    allocated: date | None = None
    sessions: Mapping[int, date] = field(default_factory=dict)
    ended: Mapping[int, datetime] = field(default_factory=dict)
    attends: bool = True
    """Whether the person is in an arm that follows the programme."""


@dataclass(frozen=True)
class Span:
    """The first and the last day on which an assessment is open; ``last`` is None when it stays open."""

    number: int
    first: date
    last: date | None
    session: int | None = None
    """The session on whose day it opens, for it opens when that session has ended."""


@dataclass(frozen=True)
class Opening:
    """The moments between which an assessment is open, for the ``number``-th time; ``closes`` is the first moment
    at which it no longer is, and None when it stays open."""

    assessment: str
    number: int
    opens: datetime
    closes: datetime | None

    def open_at(self, moment: datetime) -> bool:
        """Return whether it can be answered at a moment."""
        return self.opens <= moment and (self.closes is None or moment < self.closes)

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be answered, as people are told it."""
        return self.closes.date() - timedelta(days=1) if self.closes else None


def openings(assessments: Sequence[Assessment], dates: Dates, zone: ZoneInfo) -> tuple[Opening, ...]:
    """Return every opening of these assessments for one person that can be known already, in order of time.

    Those of a repeated assessment that closed before the person came into their arm are left out. A window that rests
    on a day not yet known has no opening yet.
    """
    each_opening = [
        Opening(assessment.id, span.number, _opens(span, dates, zone), _midnight_after(span.last, zone))
        for assessment in assessments
        for span in _asked_of(window_of(assessment), dates)
    ]
    return tuple(sorted(each_opening, key=lambda opening: (opening.opens, opening.number)))


def window_of(assessment: Assessment) -> Window:
    """Return the window of an assessment; one that is unknown follows allocation."""
    return assessment.when if isinstance(assessment.when, Window) else Window(after="allocation")


def spans(window: Window, dates: Dates) -> Iterator[Span]:
    """Yield the days on which a window is open, by number from 1; none while they cannot be known."""
    match window.repeats:
        case "any time":
            yield from _any_time(dates)
        case "after each session":
            yield from _after_each_session(window, dates)
        case "every week":
            yield from _every_week(window, dates)
        case None:
            yield from _once(window, dates)


def _any_time(dates: Dates) -> Iterator[Span]:
    start = dates.enrolled or dates.allocated
    if start is not None:
        yield Span(1, start, None)


def _after_each_session(window: Window, dates: Dates) -> Iterator[Span]:
    length = window.within or AFTER_A_SESSION
    for number, day in sorted(dates.sessions.items()):
        if dates.attends:
            yield Span(number, day, day + length, session=number)


def _every_week(window: Window, dates: Dates) -> Iterator[Span]:
    """Yield a span for each week from that of session 1 to that of the last, open until the next one opens."""
    if not dates.sessions:
        return
    day, end, number = min(dates.sessions.values()), max(dates.sessions.values()), 1
    length = min(window.within or WEEK, WEEK)
    while day <= end:
        first = day + LATE_IN_THE_WEEK
        yield Span(number, first, first + length - timedelta(days=1))
        day, number = day + WEEK, number + 1


def _once(window: Window, dates: Dates) -> Iterator[Span]:
    anchor = _anchor(window.before or window.after or "allocation", dates)
    if anchor is None:
        return
    if window.before is not None:
        yield Span(1, anchor - (window.within or USUAL_WINDOW), anchor - timedelta(days=1))
        return
    first = anchor + (window.from_ or timedelta())
    last = max(first, anchor + window.within) if window.within else first + USUAL_WINDOW
    yield Span(1, first, last, session=None if window.from_ else _session(window.after, dates))


def _anchor(event: str, dates: Dates) -> date | None:
    """Return the day of an event, where it is known."""
    if event == "enrolment":
        return dates.enrolled
    if event == "allocation":
        return dates.allocated
    return dates.sessions.get(_session(event, dates) or 0)


def _session(event: str | None, dates: Dates) -> int | None:
    """Return the number of the session that an event names; None when it names none."""
    if event == "last session":
        return max(dates.sessions, default=None)
    return int(event.removeprefix("session ")) if event and event.startswith("session ") else None


def _asked_of(window: Window, dates: Dates) -> Iterator[Span]:
    """Return the days on which a person is asked; those of a repeated window that were over before are left out."""
    for span in spans(window, dates):
        over = span.last is not None and dates.allocated is not None and span.last < dates.allocated
        if window.repeats is None or not over:
            yield span


def _opens(span: Span, dates: Dates, zone: ZoneInfo) -> datetime:
    """Return midnight, or the end of the session after which it is asked."""
    ended = dates.ended.get(span.session) if span.session is not None else None
    midnight = _midnight(span.first, zone)
    return max(midnight, ended.astimezone(zone)) if ended is not None else midnight


def _midnight_after(day: date | None, zone: ZoneInfo) -> datetime | None:
    return _midnight(day + timedelta(days=1), zone) if day else None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the first moment of a day; by way of UTC, for clocks may go forward at midnight."""
    return datetime.combine(day, time(), zone).astimezone(UTC).astimezone(zone)
