"""The calendar as a coordinator changes it and a participant reads it."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Apology, User
from tests.web.cast import Cast, at_home, consented, signed_in
from tests.web.teacher.room import BEFORE, THE_EVENING, course_only, group, leaves_the_course, session, teacher

CALENDAR = "/calm/people/groups/spring/calendar/"
SESSION = "/calm/people/groups/spring/sessions/1/"
COURSE = {"starts_on": "2026-04-02", "starts_at": "19:00", "location": "Attic", "video_link": ""}
ONE = {"do": "plan", "on": "2026-03-06", "at": "19:30", "location": "Attic", "video_link": "", "reason": "snow"}


@pytest.fixture
def cora(cast: Cast) -> Client:
    return signed_in(cast.staff["coordinator"])


@pytest.mark.parametrize("written", ["2026-04-09", "9-4-2026", "2026-04-09, 2026-12-25", "09/04/2026\n25.12.2026"])
def test_a_coordinator_plans_all_days_with_holidays_left_out(cast: Cast, cora: Client, written: str) -> None:
    with time_machine.travel(BEFORE, tick=False):
        assert cora.post(CALENDAR, {**COURSE, "skip": written}).status_code == 302
    starts = [one.planned_start.date().isoformat() for one in cast.cohort.sessions.order_by("number")]
    assert starts == ["2026-04-02", "2026-04-16", "2026-04-23"]


def test_a_new_group_leaves_holidays_out(cast: Cast, cora: Client) -> None:
    form = {"name": "Autumn", "centre": cast.north.pk, "starts_on": "2026-09-03", "starts_at": "19:00"}
    cora.post("/calm/people/groups/add/", {**form, "skip": "2026-09-10"})
    starts = [one.planned_start.day for one in cast.study.cohorts.get(key="autumn").sessions.order_by("number")]
    assert starts == [3, 17, 24]


def test_what_is_no_day_is_named_and_nothing_is_planned(cast: Cast, cora: Client) -> None:
    shown = cora.post(CALENDAR, {**COURSE, "skip": "2026-04-09 Easter"}).content.decode()
    assert "&#x27;Easter&#x27; is not a date." in shown
    assert session(cast).planned_start.day == 5


@pytest.mark.parametrize(
    ("do", "state"), [("plan", "planned"), ("put off", "postponed"), ("cancel", "cancelled"), ("replace", "replaced")]
)
def test_one_session_is_moved_put_off_cancelled_or_replaced(cast: Cast, cora: Client, do: str, state: str) -> None:
    with time_machine.travel(BEFORE, tick=False):
        assert cora.post(SESSION, {**ONE, "do": do}).status_code == 302
        assert "snow" in cora.get(CALENDAR).content.decode()
    assert (session(cast).state, session(cast).reason) == (state, "snow")


def test_without_a_reason_nothing_changes_and_what_was_typed_stays(cast: Cast, cora: Client) -> None:
    shown = cora.post(SESSION, {**ONE, "reason": ""}).content.decode()
    assert "Enter the reason for moving session 1." in shown
    assert 'value="2026-03-06"' in shown
    assert session(cast).first_planned_start is None


def test_another_centres_calendar_is_not_found(cast: Cast) -> None:
    user = User.objects.create(email="sara@calm.example", name="Sara South")
    actions.give_role(audit.SERVER, user, cast.study, "coordinator", cast.south)
    client = signed_in(user)
    assert [client.get(path).status_code for path in (CALENDAR, SESSION)] == [404, 404]


def test_a_participant_says_that_they_cannot_come_and_takes_it_back(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    home, path = at_home(person), f"/me/sessions/{session(cast).pk}/cannot-come/"
    with time_machine.travel(BEFORE, tick=False):
        shown = home.post(path, {"do": "not"}, follow=True).content.decode()
        assert "You told us that you cannot come." in shown
        shown = home.post(path, {"do": "come"}, follow=True).content.decode()
        assert "You told us that you cannot come." not in shown
    assert not Apology.objects.filter(taken_back_at=None).exists()


def test_after_the_start_it_is_too_late_and_the_page_says_whom_to_tell(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel("2026-03-05T18:00:01+00:00", tick=False):
        answer = at_home(person).post(f"/me/sessions/{session(cast).pk}/cannot-come/", {"do": "not"}, follow=True)
    assert "Tell your teacher instead." in answer.content.decode()
    assert not Apology.objects.exists()


def test_looking_says_nothing_to_the_teachers(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    assert at_home(person).get(f"/me/sessions/{session(cast).pk}/cannot-come/").status_code == 405


def test_the_days_show_what_comes_and_what_was(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        actions.mark_attendance(teacher(cast), session(cast), person, "present")
        clock.shift(3600)
        actions.end_session(teacher(cast), session(cast))
        actions.postpone_session(teacher(cast), session(cast, 2), "a teacher is ill")
    with time_machine.travel("2026-03-13T09:00:00+00:00", tick=False):
        shown = at_home(person).get("/me/sessions/").content.decode()
    coming, was = shown.split("Past sessions")
    assert "You were present." in was
    assert "postponed, new date to follow" in coming
    assert "a teacher is ill" not in shown  # a reason is for the report
    assert "Thu 19 March 2026, 19.00" in coming


def test_people_who_take_the_course_alone_have_its_days(cast: Cast) -> None:
    with time_machine.travel(BEFORE, tick=False):
        assert "Session 1" in at_home(course_only(cast)).get("/me/sessions/").content.decode()


def test_who_follows_no_course_or_left_it_finds_no_days(cast: Cast) -> None:
    control, left = consented(cast, "P08", "control"), consented(cast, "P02")
    leaves_the_course(left)
    for person in (control, left):
        assert at_home(person).get("/me/sessions/").status_code == 404
        assert at_home(person).post(f"/me/sessions/{session(cast).pk}/cannot-come/").status_code == 404


def test_the_next_session_is_the_one_that_goes_on_or_comes(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    actions.cancel_session(teacher(cast), session(cast, 1), "snow")
    card = queries.own_next_session(person, BEFORE)
    assert card is not None
    assert (card.session.number, card.theme, card.can_change, card.cannot_come) == (2, "storms", True, False)
    assert queries.own_next_session(consented(cast, "P08", "control"), BEFORE) is None
