"""A tick never deletes on the word of a clock alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session as SignedIn

from pilotage.web.mail.tick import tick
from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import ClockSeen, Identity, PersonalLink, Study
from tests.web.cast import Cast, calm, consented

NOW = datetime(2026, 4, 10, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW - DAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def study(clock: time_machine.Traveller, db: None) -> Cast:
    """A study whose last session and last question are over, with somebody in it."""
    cast = calm("clock")
    person = consented(cast)
    actions.make_link(audit.SERVER, person)
    tick(NOW)
    return cast


def due_day(cast: Cast) -> datetime:
    """The first morning on which contact data may go."""
    until = queries.contact_data_until(cast.study)
    assert until is not None
    return datetime(until.year, until.month, until.day, 9, tzinfo=UTC) + DAY


def ticks(first: datetime, last: datetime, every: timedelta = timedelta(hours=12)) -> None:
    moment = first
    while moment <= last:
        tick(moment)
        moment += every


def contact_data() -> tuple[int, int]:
    return Identity.objects.count(), PersonalLink.objects.count()


def test_one_tick_of_a_clock_that_is_years_ahead_removes_nothing(study: Cast, caplog: pytest.LogCaptureFixture) -> None:
    tick(NOW + 800 * DAY)
    assert contact_data() == (1, 1)
    assert "Check the clock of this machine" in caplog.text
    tick(NOW + timedelta(minutes=1))
    tick(NOW + DAY)
    assert contact_data() == (1, 1)
    assert Study.objects.get(pk=study.study.pk).contact_data_due_seen_at is None


def test_two_ticks_a_day_apart_of_a_clock_that_jumped_remove_nothing(study: Cast) -> None:
    ticks(NOW + 800 * DAY, NOW + 802 * DAY)
    assert contact_data() == (1, 1)


def test_two_honest_ticks_a_day_apart_after_the_due_day_remove_contact_data(study: Cast) -> None:
    due = due_day(study)
    ticks(NOW, due - DAY, every=DAY)
    tick(due)
    tick(due + timedelta(hours=23))
    assert contact_data() == (1, 1)
    tick(due + DAY)
    assert contact_data() == (0, 0)


def test_after_the_server_was_off_for_days_contact_data_go_a_week_later(study: Cast) -> None:
    back = due_day(study) + 3 * DAY
    ticks(back, back + timedelta(days=6, hours=12))
    assert contact_data() == (1, 1)
    tick(back + 7 * DAY)
    assert contact_data() == (0, 0)


def test_a_coordinator_need_not_wait(study: Cast, clock: time_machine.Traveller) -> None:
    clock.move_to(due_day(study))
    actions.remove_contact_data(study.staff["coordinator"], study.study)
    assert contact_data() == (0, 0)


def test_a_clock_that_goes_back_is_a_jump_too(study: Cast) -> None:
    tick(NOW - timedelta(hours=1))
    assert ClockSeen.objects.get().jumped_at == NOW - timedelta(hours=1)


def test_ticks_of_an_ordinary_day_are_no_jump_and_write_little(study: Cast) -> None:
    tick(NOW + timedelta(seconds=30))
    assert ClockSeen.objects.get().ticked_at == NOW
    tick(NOW + timedelta(hours=35))
    seen = ClockSeen.objects.get()
    assert (seen.ticked_at, seen.jumped_at) == (NOW + timedelta(hours=35), None)


def test_nobody_is_signed_out_by_a_clock_that_jumped(study: Cast) -> None:
    SignedIn.objects.create(session_key="x", session_data="", expire_date=NOW + DAY / 2)
    tick(NOW + 800 * DAY)
    assert SignedIn.objects.count() == 1
    tick(NOW + timedelta(hours=1))
    assert SignedIn.objects.count() == 1
