"""Days as people read them: with their year, unless they are in this week."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.utils import timezone, translation

from pilotage.web.pages.dates import day, moment


@pytest.mark.parametrize(
    ("when", "read"),
    [
        (date(2026, 3, 2), "Mon 2 March"),  # the Monday of this week
        (date(2026, 3, 8), "Sun 8 March"),
        (date(2026, 3, 9), "Mon 9 March 2026"),
        (date(2026, 3, 1), "Sun 1 March 2026"),
        (date(2025, 3, 5), "Wed 5 March 2025"),
    ],
)
def test_a_day_carries_its_year_unless_it_is_in_this_week(when: date, read: str) -> None:
    with time_machine.travel("2026-03-05T12:00:00+00:00"):
        assert day(when) == read


def test_a_moment_is_told_by_the_clock_of_the_study() -> None:
    late = datetime(2026, 3, 8, 23, 30, tzinfo=UTC)  # half past midnight in Amsterdam, in the week after
    with time_machine.travel("2026-03-05T12:00:00+00:00"), timezone.override("Europe/Amsterdam"):
        assert moment(late) == "Mon 9 March 2026, 00.30"
        assert day(late) == "Mon 9 March 2026"


def test_a_day_is_read_in_the_readers_language() -> None:
    with time_machine.travel("2026-03-05T12:00:00+00:00"), translation.override("nl"):
        assert day(date(2026, 5, 14)) == "do 14 mei 2026"
