"""An assessment opens and closes at midnight of the study's own zone, on the days its window says."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from pilotage.protocol.assessment import Assessment
from pilotage.protocol.windows import Dates, Opening, openings

GRONINGEN = ZoneInfo("Europe/Amsterdam")
TUESDAYS = {k + 1: date(2027, 1, 19) + k * timedelta(weeks=1) for k in range(9)}
PERSON = Dates(enrolled=date(2026, 12, 20), allocated=date(2027, 1, 4), sessions=TUESDAYS)


def opened(when: object, dates: Dates = PERSON, zone: ZoneInfo = GRONINGEN) -> tuple[Opening, ...]:
    asked = {"id": "asked", "label": "Asked", "when": when, "arms": ["training"], "forms": ["week"]}
    return openings([Assessment.model_validate(asked)], dates, zone)


def days(opening: Opening) -> tuple[str, str | None]:
    return str(opening.opens.date()), str(opening.last_day) if opening.closes else None


@pytest.mark.parametrize(
    ("when", "first", "last"),
    [
        ({"before": "session 1", "within": "3 weeks"}, "2026-12-29", "2027-01-18"),
        ({"before": "session 1"}, "2027-01-05", "2027-01-18"),
        ({"after": "last session", "within": "3 weeks"}, "2027-03-16", "2027-04-06"),
        ({"after": "last session", "within": "1 day"}, "2027-03-16", "2027-03-17"),
        ({"after": "session 2", "from": "3 days"}, "2027-01-29", "2027-02-12"),
        ({"after": "last session", "from": "11 weeks", "within": "15 weeks"}, "2027-06-01", "2027-06-29"),
        ({"after": "enrolment", "within": "1 week"}, "2026-12-20", "2026-12-27"),
        ({"after": "allocation", "within": "2 hours"}, "2027-01-04", "2027-01-04"),
        ({"unknown": "not yet decided"}, "2027-01-04", "2027-01-18"),
        ("any time", "2026-12-20", None),
    ],
)
def test_a_window_is_open_from_its_first_day_to_its_last(when: object, first: str, last: str | None) -> None:
    (opening,) = opened(when)

    assert days(opening) == (first, last)


def test_a_window_is_open_through_the_end_of_its_last_day() -> None:
    (opening,) = opened({"before": "session 1", "within": "3 weeks"})

    assert opening.opens == datetime(2026, 12, 29, tzinfo=GRONINGEN)
    assert opening.open_at(datetime(2027, 1, 18, 23, 59, 59, tzinfo=GRONINGEN))
    assert not opening.open_at(datetime(2027, 1, 19, tzinfo=GRONINGEN))
    assert not opening.open_at(datetime(2026, 12, 28, 23, 59, 59, tzinfo=GRONINGEN))


def test_three_weeks_are_an_hour_short_where_the_clocks_go_forward() -> None:
    (opening,) = opened({"after": "last session", "within": "3 weeks"})
    assert opening.closes is not None

    assert opening.opens.astimezone(UTC) == datetime(2027, 3, 15, 23, tzinfo=UTC)
    assert opening.closes.astimezone(UTC) == datetime(2027, 4, 6, 22, tzinfo=UTC)


def test_a_day_without_a_midnight_begins_when_it_begins() -> None:
    dates = Dates(allocated=date(2027, 3, 28))

    (opening,) = opened({"after": "allocation", "within": "1 day"}, dates, ZoneInfo("Asia/Beirut"))

    assert opening.opens.isoformat() == "2027-03-28T01:00:00+03:00"


def test_each_session_is_asked_about_from_its_end_for_two_days() -> None:
    ended = {2: datetime(2027, 1, 26, 20, 30, tzinfo=UTC)}

    asked = opened("after each session", Dates(PERSON.enrolled, PERSON.allocated, TUESDAYS, ended))

    assert [opening.number for opening in asked] == list(range(1, 10))
    assert asked[0].opens == datetime(2027, 1, 19, tzinfo=GRONINGEN)
    assert asked[1].opens == datetime(2027, 1, 26, 21, 30, tzinfo=GRONINGEN)
    assert asked[1].last_day == date(2027, 1, 28)


def test_what_follows_the_last_session_waits_for_its_end() -> None:
    ended = {9: datetime(2027, 3, 16, 20, 30, tzinfo=UTC)}
    dates = Dates(PERSON.enrolled, PERSON.allocated, TUESDAYS, ended)

    (soon,) = opened({"after": "last session", "within": "3 weeks"}, dates)
    (later,) = opened({"after": "last session", "from": "1 day", "within": "3 weeks"}, dates)

    assert soon.opens == ended[9]
    assert later.opens == datetime(2027, 3, 17, tzinfo=GRONINGEN)


def test_an_arm_without_sessions_is_asked_weekly_by_the_dates_of_the_cohort_it_follows() -> None:
    follows = Dates(PERSON.enrolled, PERSON.allocated, TUESDAYS, attends=False)

    assert opened("after each session", follows) == ()
    assert opened("every week", follows) == opened("every week")


def test_a_weekly_question_is_open_until_the_next_one_also_in_a_week_without_a_session() -> None:
    skipped = {number: day + timedelta(weeks=number > 4) for number, day in TUESDAYS.items()}

    asked = opened("every week", Dates(PERSON.enrolled, PERSON.allocated, skipped))

    assert [opening.number for opening in asked] == list(range(1, 11))
    assert [str(opening.opens.date()) for opening in asked[:2]] == ["2027-01-24", "2027-01-31"]
    assert all(one.closes == following.opens for one, following in pairwise(asked))


def test_who_comes_later_is_not_asked_about_weeks_before() -> None:
    late = Dates(date(2027, 1, 20), date(2027, 2, 2), TUESDAYS)

    assert [opening.number for opening in opened("every week", late)] == list(range(2, 10))
    assert len(opened({"before": "session 1"}, late)) == 1, (
        "what could not be answered any more is still seen as missed"
    )


def test_a_window_whose_days_are_not_yet_known_has_no_opening() -> None:
    approached = Dates()

    for when in ({"before": "session 1"}, {"after": "enrolment"}, "every week", "after each session", "any time"):
        assert opened(when, approached) == ()
