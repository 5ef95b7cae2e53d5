"""Who came: in one tap, once a person and session, from apologies given beforehand, with minutes that follow."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Apology, Attendance, Event
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast, consented
from tests.web.teacher.room import BEFORE, THE_EVENING, course_only, group, leaves_the_course, session, teacher


def test_minutes_follow_from_arriving_leaving_and_the_end(cast: Cast) -> None:
    """Begun at 18.50; each mark some minutes later; ended at 19.50."""
    people = dict(
        zip(("present", "late", "left early", "absent"), group(cast, "P01", "P02", "P03", "P04"), strict=True)
    )
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        actions.mark_attendance(teacher(cast), session(cast), people["present"], "present")
        clock.shift(15 * 60)
        actions.mark_attendance(teacher(cast), session(cast), people["late"], "late")
        actions.mark_attendance(teacher(cast), session(cast), people["absent"], "absent")
        clock.shift(25 * 60)
        actions.mark_attendance(teacher(cast), session(cast), people["left early"], "left early")
        clock.shift(20 * 60)
        actions.end_session(teacher(cast), session(cast))
    minutes = dict(Attendance.objects.values_list("status", "minutes"))
    assert minutes == {"present": 60, "late": 45, "left early": 40, "absent": None}


def test_who_came_late_and_leaves_early_was_there_in_between(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        clock.shift(10 * 60)
        actions.mark_attendance(teacher(cast), session(cast), person, "late")
        clock.shift(30 * 60)
        actions.mark_attendance(teacher(cast), session(cast), person, "left early")
        clock.shift(20 * 60)
        actions.end_session(teacher(cast), session(cast))
    assert Attendance.objects.get().minutes == 30


def test_a_person_has_one_attendance_a_session_and_the_last_tap_counts(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False):
        for status in ("absent", "late", "late", "present"):
            actions.mark_attendance(teacher(cast), session(cast), person, status)
    assert [row.status for row in Attendance.objects.all()] == ["present"]
    log = Event.objects.filter(what__startswith="attendance")
    assert [event.what for event in log] == ["attendance marked", *["attendance changed"] * 2]
    assert {event.person for event in log} == {person.pk}  # sealed with their own key


def test_an_apology_given_beforehand_is_there_already(cast: Cast) -> None:
    ann, bob = group(cast, "P01", "P02")
    with time_machine.travel(BEFORE, tick=False):
        actions.apologise(ann, session(cast))
    assert [line.status for line in queries.roster(session(cast))] == ["excused", ""]
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        assert actions.mark_others_present(teacher(cast), session(cast)) == 1
        clock.shift(3600)
        actions.end_session(teacher(cast), session(cast))
    kept = {row.participant: (row.status, row.minutes) for row in Attendance.objects.all()}
    assert kept == {ann: ("excused", None), bob: ("present", 60)}


def test_an_apology_is_given_and_taken_back_until_the_session_starts(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(BEFORE, tick=False):
        actions.apologise(person, session(cast))
        actions.apologise(person, session(cast))
        actions.take_back_apology(person, session(cast))
        actions.apologise(person, session(cast))
    assert Apology.objects.filter(taken_back_at=None).count() == 1
    with time_machine.travel(session(cast).planned_start, tick=False):
        for write in (actions.apologise, actions.take_back_apology):
            with pytest.raises(ActionRefused, match="until the session starts"):
                write(person, session(cast))


def test_an_apology_is_refused_once_the_group_has_begun_early_or_the_session_is_off(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    actions.cancel_session(teacher(cast), session(cast, 2), "snow")
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))
        for number in (1, 2):
            with pytest.raises(ActionRefused):
                actions.apologise(person, session(cast, number))


def test_an_apology_was_for_its_day_and_ends_when_the_session_is_moved(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(BEFORE, tick=False):
        actions.apologise(person, session(cast))
        actions.plan_session(teacher(cast), session(cast), session(cast).planned_start + timedelta(days=1), "", "snow")
    assert queries.apologies_of(person) == set()


def test_people_who_take_the_course_alone_are_there_like_everybody(cast: Cast) -> None:
    person = course_only(cast)
    with time_machine.travel(BEFORE, tick=False):
        actions.apologise(person, session(cast))
    with time_machine.travel(THE_EVENING, tick=False):
        actions.mark_attendance(teacher(cast), session(cast), person, "present")
    assert [line.name for line in queries.roster(session(cast))] == ["Name of P09"]


def test_nobody_is_marked_who_has_no_place_on_the_course(cast: Cast) -> None:
    control = consented(cast, "P08", "control")
    with time_machine.travel(THE_EVENING, tick=False), pytest.raises(ActionRefused, match="no place"):
        actions.mark_attendance(teacher(cast), session(cast), control, "present")


def test_who_left_the_course_is_expected_no_more_but_stays_where_they_were(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel("2026-03-09T12:00:00+00:00", tick=False):
        leaves_the_course(person)
    assert [bool(queries.roster(session(cast, number))) for number in (1, 2)] == [True, False]


def test_a_session_that_is_to_come_or_was_called_off_has_nobody_present(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    actions.cancel_session(teacher(cast), session(cast, 2), "snow")
    with time_machine.travel(BEFORE, tick=False):
        actions.mark_attendance(teacher(cast), session(cast), person, "excused")  # they telephoned
        with pytest.raises(ActionRefused, match="not started yet"):
            actions.mark_attendance(teacher(cast), session(cast), person, "present")
    with (
        time_machine.travel("2026-03-13T09:00:00+00:00", tick=False),
        pytest.raises(ActionRefused, match="cancelled or"),
    ):
        actions.mark_attendance(teacher(cast), session(cast, 2), person, "absent")


def test_from_the_day_after_a_change_asks_for_a_reason_and_keeps_the_old(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        actions.mark_attendance(teacher(cast), session(cast), person, "absent")
        clock.shift(3600)
        actions.end_session(teacher(cast), session(cast))
    with time_machine.travel("2026-03-06T09:00:00+00:00", tick=False):
        with pytest.raises(ActionRefused, match="reason"):
            actions.mark_attendance(teacher(cast), session(cast), person, "present")
        actions.mark_attendance(teacher(cast), session(cast), person, "present", reason="overlooked")
    said = audit.detail(Event.objects.filter(what="attendance changed").latest("sequence"))
    assert said is not None
    assert (said["before"]["status"], said["after"]["status"], said["reason"]) == ("absent", "present", "overlooked")


def test_a_session_made_up_keeps_its_day_and_minutes(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    there = actions.There(minutes=45, made_up_on=date(2026, 3, 9))
    with time_machine.travel("2026-03-10T09:00:00+00:00", tick=False):
        times = (datetime(2026, 3, 5, hour, tzinfo=UTC) for hour in (18, 19))
        actions.mark_attendance(teacher(cast), session(cast), person, "made up", there)
        actions.end_session(teacher(cast), session(cast), started_at=next(times), ended_at=next(times))
    row = Attendance.objects.get()
    assert (row.status, row.minutes, row.made_up_on) == ("made up", 45, date(2026, 3, 9))
