"""A person's diary of home practice: whether they keep one, what stands in it, and what can still be changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pilotage.protocol.programme import HomePracticePlan as Rules
from pilotage.protocol.programme import PracticeKind
from pilotage.web.records import protocols
from pilotage.web.records.models import HomePractice, Participant, Session
from pilotage.web.records.queries.days import day_of

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DiaryDay:
    """One day of the diary, or one week of it where it is kept weekly."""

    date: date
    entries: Mapping[str, HomePractice]
    """By kind; a kind that was not noted is not there."""
    editable: bool
    ahead: bool

    @property
    def noted(self) -> bool:
        """Whether anything was noted, be it that nothing was practised."""
        return bool(self.entries)

    @property
    def minutes(self) -> float:
        """Minutes of all kinds together."""
        return sum(entry.minutes or 0 for entry in self.entries.values())

    @property
    def times(self) -> int:
        """Times of all kinds together."""
        return sum(entry.times or 0 for entry in self.entries.values())

    @property
    def practised(self) -> bool:
        """Whether there was any practice."""
        return self.minutes > 0 or self.times > 0


@dataclass(frozen=True)
class PracticeWeek:
    """Seven days from a Monday, or one entry where the diary is kept weekly."""

    monday: date
    days: tuple[DiaryDay, ...]

    @property
    def minutes(self) -> float:
        """Minutes of the week."""
        return sum(day.minutes for day in self.days)


@dataclass(frozen=True)
class PracticeCard:
    """What the first page shows of the diary: today, its first kind of practice, and the week so far."""

    day: DiaryDay
    first: PracticeKind
    week: PracticeWeek


def diary_rules(participant: Participant) -> Rules | None:
    """Return the diary that this person is asked to keep; None without one, without consent, or off the course."""
    programme = protocols.of(participant.study).protocol.programme
    rules = programme.home_practice if programme else None
    if rules is None or rules.diary == "none" or not rules.kinds:
        return None
    on_course = getattr(participant, "place", None) is not None and participant.place.on_course
    stays = on_course and not participant.leavings.exists()
    return rules if stays and participant.consents.filter(ended_at=None).exists() else None


def diary_begins(participant: Participant) -> date | None:
    """Return the day of the first session, from which there is something to practise; None while nobody knows it."""
    place = getattr(participant, "place", None)
    if place is None:
        return None
    sessions = Session.objects.filter(cohort=place.cohort_id).exclude(state="cancelled").order_by("planned_start")
    start = sessions.values_list("planned_start", flat=True).first()
    return day_of(participant.study, start) if start else place.cohort.starts_on


def practice_week(participant: Participant, rules: Rules, of: date, at: datetime | None = None) -> PracticeWeek:
    """Return the week that holds a day, as it stands at a moment."""
    monday, today = of - timedelta(days=of.weekday()), day_of(participant.study, at)
    rows = participant.home_practice.filter(date__gte=monday, date__lt=monday + _WEEK)
    by_day: dict[date, dict[str, HomePractice]] = {}
    for row in rows:
        by_day.setdefault(entry_date(rules, row.date), {})[row.kind] = row
    dates = [monday] if rules.diary == "weekly" else [monday + timedelta(days=n) for n in range(7)]
    days = (DiaryDay(d, by_day.get(d, {}), editable(rules, d, today), d > today) for d in dates)
    return PracticeWeek(monday, tuple(days))


def practice_card(participant: Participant, now: datetime | None = None) -> PracticeCard | None:
    """Return the diary for the first page; None for whoever keeps none, or not yet."""
    rules, begins = diary_rules(participant), diary_begins(participant)
    today = day_of(participant.study, now)
    if rules is None or (begins is not None and begins > today):
        return None
    week = practice_week(participant, rules, today, now)
    current = entry_date(rules, today)
    return PracticeCard(next(day for day in week.days if day.date == current), rules.kinds[0], week)


def entry_date(rules: Rules, day: date) -> date:
    """Return the date under which a day is noted: itself, or the Monday of its week where the diary is kept weekly."""
    return day - timedelta(days=day.weekday()) if rules.diary == "weekly" else day


def editable(rules: Rules, day: date, today: date) -> bool:
    """Return whether an entry can be made or changed today: not ahead of its day, and not later than is allowed."""
    over = day + timedelta(days=6) if rules.diary == "weekly" else day
    return day <= today <= over + rules.editable_for
