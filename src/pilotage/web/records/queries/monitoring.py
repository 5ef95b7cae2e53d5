"""How the study is getting on: who answered what, which windows close soon, and who came in against the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain, groupby

from pilotage.protocol.assessment import Assessment
from pilotage.web.records import protocols
from pilotage.web.records.models import Participant, Study
from pilotage.web.records.queries.due import Due, asked_of_all
from pilotage.web.records.queries.flow import Passage

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Completion:
    """How many of an arm have answered one instrument or form at one assessment."""

    assessment: Assessment
    instrument: str
    arm: str
    finished: int
    open: int
    missed: int
    to_come: int

    @property
    def total(self) -> int:
        """How many have been asked so far."""
        return self.finished + self.open + self.missed


@dataclass(frozen=True)
class Closing:
    """A window that closes soon for someone who has not answered all of it."""

    person: Participant
    assessment: Assessment
    number: int
    closes: datetime
    done: int
    of: int

    @property
    def last_day(self) -> date:
        """The last day on which it is taken."""
        return (self.closes - timedelta(seconds=1)).date()


@dataclass(frozen=True)
class Week:
    """Who came into an arm in a week (named by its Monday), and in all so far."""

    monday: date
    new: int
    so_far: int


@dataclass(frozen=True)
class Enrolment:
    """Consents to one arm, week by week, against the number that was planned."""

    arm: str
    label: str
    planned: int | None
    enrolled: int
    weeks: tuple[Week, ...]


def waited_for(study: Study, people: Iterable[Participant], at: datetime) -> list[Due]:
    """Return all that these people are asked and that somebody waits for, without what may be told at any time."""
    dues = asked_of_all(study, people, at)
    return [due for all_due in dues.values() for due in all_due if not due.any_time and not due.by_someone_else]


def completion(study: Study, dues: Sequence[Due]) -> list[Completion]:
    """Count what is finished, open, missed and to come, by assessment, instrument and arm, in the protocol's order."""
    counts: Counter[tuple[str, str, str, str]] = Counter(
        (d.assessment.id, d.instrument, d.participant.allocation.arm, d.state) for d in dues
    )
    return [row for row in _cells(study, counts) if row.total + row.to_come]


def closing_soon(dues: Sequence[Due], at: datetime, within: timedelta) -> list[Closing]:
    """Return windows that close within this time and are not fully answered, the soonest first."""

    def whose(due: Due) -> tuple[int, str, int]:
        return due.participant.pk, due.assessment.id, due.number

    groups = (list(group) for _key, group in groupby(sorted(dues, key=whose), key=whose))
    results = [_closing(group) for group in groups if any(d.state == "open" and _soon(d, at, within) for d in group)]
    return sorted(results, key=lambda closing: (closing.closes, closing.person.code))


def enrolment(study: Study, ways: Sequence[Passage]) -> list[Enrolment]:
    """Return consents by arm and week, from the week of the first one in the study to that of the last."""
    protocol = protocols.of(study).protocol
    days = [way.consented_on for way in ways if way.consented_on is not None]
    mondays = _mondays(min(days), max(days)) if days else []
    results = []
    for arm in protocol.arms:
        mine = [way.consented_on for way in ways if way.arm == arm.id and way.consented_on is not None]
        planned = arm.planned if isinstance(arm.planned, int) else None
        results.append(Enrolment(arm.id, arm.label, planned, len(mine), tuple(_weeks(mine, mondays))))
    return results


def contact_data_until(study: Study, dues: Iterable[Due] | None = None) -> date | None:
    """Return the last day on which contact data may be kept; None while the end of the study, or the time, is unknown.

    ``dues`` is all that everybody in the study is asked, where it was looked up already.
    """
    kept = protocols.of(study).protocol.consent.contact_data_kept
    if dues is None:
        dues = chain.from_iterable(asked_of_all(study, study.participants.all()).values())
    end = max((due.last_day.date() for due in dues if due.last_day), default=None)
    return end + kept if kept is not None and end is not None else None


def _cells(study: Study, counts: Counter[tuple[str, str, str, str]]) -> Iterator[Completion]:
    protocol = protocols.of(study).protocol
    for assessment in protocol.assessments:
        for instrument in (*protocol.instruments_at(assessment), *assessment.forms):
            for arm in assessment.arms:
                n = {s: counts[assessment.id, instrument, arm, s] for s in ("finished", "open", "missed", "to come")}
                yield Completion(assessment, instrument, arm, n["finished"], n["open"], n["missed"], n["to come"])


def _soon(due: Due, at: datetime, within: timedelta) -> bool:
    return due.closes is not None and due.closes <= at + within


def _closing(group: Sequence[Due]) -> Closing:
    row = group[0]
    closes = min(due.closes for due in group if due.closes is not None)
    done = sum(due.finished for due in group)
    return Closing(row.participant, row.assessment, row.number, closes, done, len(group))


def _mondays(first: date, last: date) -> list[date]:
    start = first - timedelta(days=first.weekday())
    return [start + week * _WEEK for week in range((last - start) // _WEEK + 1)]


def _weeks(days: Sequence[date], mondays: Sequence[date]) -> Iterator[Week]:
    so_far = 0
    for monday in mondays:
        new = sum(monday <= day < monday + _WEEK for day in days)
        so_far += new
        yield Week(monday, new, so_far)
