"""A private calendar address: right in the weeks the clocks change, following changes, naming nobody, revocable."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import CalendarFeed, Identity
from tests.web.cast import Cast, at_home, consented, signed_in
from tests.web.teacher.room import BEFORE, course_only, group, leaves_the_course, session, teacher

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


def read(token: str) -> tuple[int, bytes]:
    answer = Client().get(f"/calendar/{token}.ics")
    return answer.status_code, answer.content


def events(token: str) -> dict[int, object]:
    """By session number, as a calendar program reads them."""
    status, content = read(token)
    assert status == 200
    found = Calendar.from_ical(content)
    return {int(str(one["SUMMARY"]).rsplit(" ", 1)[1]): one for one in found.walk("VEVENT")}  # type: ignore[union-attr]


@pytest.fixture
def token(cast: Cast) -> str:
    (person,) = group(cast, "P01")
    return actions.make_calendar_address(person)


def test_a_session_keeps_its_hour_through_the_week_in_which_the_clocks_change(cast: Cast, token: str) -> None:
    """The third session is moved to the first Thursday of summer time, 2 April."""
    with time_machine.travel(BEFORE, tick=False):
        summer = datetime(2026, 4, 2, 19, 0, tzinfo=AMSTERDAM)
        actions.plan_session(teacher(cast), session(cast, 3), summer, "", "a holiday")
    found = events(token)
    for number, utc in ((1, datetime(2026, 3, 5, 18, 0, tzinfo=UTC)), (3, datetime(2026, 4, 2, 17, 0, tzinfo=UTC))):
        start = found[number]["DTSTART"]  # type: ignore[index]
        assert start.params["TZID"] == "Europe/Amsterdam"
        assert start.dt.replace(tzinfo=None).hour == 19
        assert start.dt == utc


def test_a_session_in_the_night_of_the_change_is_as_long_as_planned(cast: Cast, token: str) -> None:
    """From 1.30 winter time for two hours: the clock on the wall then shows 4.30."""
    session(cast)
    night = datetime(2026, 3, 29, 1, 30, tzinfo=AMSTERDAM)
    cast.cohort.sessions.filter(number=1).update(planned_start=night, planned_minutes=120)
    event = events(token)[1]
    assert event["DTEND"].dt.replace(tzinfo=None) == datetime(2026, 3, 29, 4, 30)  # type: ignore[index]


def test_the_zones_own_rule_stands_beside_the_sessions(token: str) -> None:
    content = read(token)[1].decode()
    assert "BEGIN:VTIMEZONE" in content
    assert "TZID:Europe/Amsterdam" in content
    assert "TZOFFSETTO:+0200" in content


def test_a_change_raises_the_sequence_and_what_is_off_is_cancelled(cast: Cast, token: str) -> None:
    assert [int(one["SEQUENCE"]) for one in events(token).values()] == [0, 0, 0]  # type: ignore[index]
    with time_machine.travel(BEFORE, tick=False):
        actions.plan_session(teacher(cast), session(cast, 2), session(cast, 2).planned_start, "Attic", "")
        actions.postpone_session(teacher(cast), session(cast, 2), "snow")
        actions.cancel_session(teacher(cast), session(cast, 3), "snow")
    found = {number: (int(one["SEQUENCE"]), str(one["STATUS"])) for number, one in events(token).items()}  # type: ignore[index]
    assert found == {1: (0, "CONFIRMED"), 2: (2, "CANCELLED"), 3: (1, "CANCELLED")}
    with time_machine.travel(BEFORE, tick=False):
        actions.plan_session(
            teacher(cast), session(cast, 2), session(cast, 2).planned_start + timedelta(days=1), "", "the thaw"
        )
    again = events(token)[2]
    assert (int(again["SEQUENCE"]), str(again["STATUS"])) == (3, "CONFIRMED")  # type: ignore[index]


def test_a_session_is_the_same_event_for_ever(cast: Cast, token: str) -> None:
    before = [str(one["UID"]) for one in events(token).values()]  # type: ignore[index]
    with time_machine.travel(BEFORE, tick=False):
        actions.plan_session(teacher(cast), session(cast), session(cast).planned_start + timedelta(days=1), "", "snow")
    assert sorted(str(one["UID"]) for one in events(token).values()) == sorted(before)  # type: ignore[index]


def test_no_person_and_nothing_of_the_course_is_named(cast: Cast, token: str) -> None:
    with time_machine.travel(BEFORE, tick=False):
        actions.plan_session(teacher(cast), session(cast), session(cast).planned_start, "Room 2", "Theo is ill")
    for content in (read(token)[1].decode(), read(actions.make_calendar_address(teacher(cast)))[1].decode()):
        assert "Room 2" in content
        for word in ("Name of", "P01", "Theo", "Calm", "calm again", "mindful", "ill"):
            assert word not in content


def test_a_teacher_reads_all_their_groups_by_name(cast: Cast) -> None:
    token = actions.make_calendar_address(teacher(cast))
    assert [str(one["SUMMARY"]) for one in events(token).values()] == [  # type: ignore[index]
        f"Spring group, session {number}" for number in (1, 2, 3)
    ]


def test_it_speaks_the_owners_language_whatever_the_program_asks(cast: Cast, token: str) -> None:
    Identity.objects.update(language="nl")
    answer = Client().get(f"/calendar/{token}.ics", headers={"Accept-Language": "de"})
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert "no-store" in answer["Cache-Control"]


def test_a_new_address_ends_the_old_one(cast: Cast, token: str) -> None:
    person = cast.study.participants.get(code="P01")
    new = actions.make_calendar_address(person)
    assert [read(one)[0] for one in (token, new)] == [404, 200]
    actions.end_calendar_address(person)
    assert [read(one)[0] for one in (token, new, "no-such-token")] == [404, 404, 404]


def test_only_a_hash_of_the_address_is_kept(token: str) -> None:
    assert token not in str(CalendarFeed.objects.values())


def test_who_left_the_course_has_an_empty_calendar_and_who_was_erased_none(cast: Cast, token: str) -> None:
    person = cast.study.participants.get(code="P01")
    leaves_the_course(person)
    assert events(token) == {}
    person.erased_at = datetime(2026, 3, 6, tzinfo=UTC)
    person.save()
    assert read(token)[0] == 404


def test_an_account_that_is_disabled_has_no_calendar(cast: Cast) -> None:
    token = actions.make_calendar_address(teacher(cast))
    actions.disable(audit.SERVER, teacher(cast))
    assert read(token)[0] == 404


def test_the_address_is_shown_once_and_made_by_a_button(cast: Cast) -> None:
    person = course_only(cast)
    home = at_home(person)
    assert "Create address" in home.get("/me/sessions/calendar/").content.decode()
    assert not CalendarFeed.objects.exists()  # looking makes nothing
    shown = home.post("/me/sessions/calendar/", {"do": "make"}, follow=True).content.decode()
    assert "/calendar/" in shown and ".ics" in shown
    again = home.get("/me/sessions/calendar/").content.decode()
    assert ".ics" not in again
    assert "You have had an address since" in again
    home.post("/me/sessions/calendar/", {"do": "end"})
    assert queries.address_since(person) is None


def test_a_teacher_makes_an_address_on_their_own_page(cast: Cast) -> None:
    shown = signed_in(teacher(cast)).post("/calm/groups/calendar/", {"do": "make"}, follow=True).content.decode()
    assert ".ics" in shown


def test_the_control_arm_has_no_calendar_of_a_course_it_does_not_follow(cast: Cast) -> None:
    assert at_home(consented(cast, "P08", "control")).get("/me/sessions/calendar/").status_code == 404
