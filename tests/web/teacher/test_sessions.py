"""Sessions are moved and called off with a reason, begun, ended, and become what their times say."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine

from pilotage.web.records import actions, audit, queries
from pilotage.web.records.models import Event, SessionHeld
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast
from tests.web.teacher.room import BEFORE, THE_EVENING, another_teacher, group, leaves_the_course, session, teacher

STARTS = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "state"), [(60, "held"), (75, "held"), (55, "held"), (54, "truncated"), (40, "truncated")]
)
def test_what_became_of_a_session_follows_from_its_minutes_and_the_tolerance(
    cast: Cast, minutes: int, state: str
) -> None:
    with time_machine.travel(STARTS, tick=False):
        actions.begin_session(teacher(cast), session(cast))
    with time_machine.travel(STARTS + timedelta(minutes=minutes), tick=False):
        actions.end_session(teacher(cast), session(cast))
    assert session(cast).state == state


def test_who_teaches_the_group_taught_the_session_unless_said_otherwise(cast: Cast) -> None:
    second = another_teacher(cast)
    cast.cohort.teachers.create(user=second)
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        held = actions.begin_session(teacher(cast), session(cast))
        assert held.teachers == sorted([teacher(cast).pk, second.pk])
        clock.shift(3600)
        held = actions.end_session(teacher(cast), session(cast), teachers=[second])
    assert held.teachers == [second.pk]


def test_two_teachers_begin_a_session_once(cast: Cast) -> None:
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        first = actions.begin_session(teacher(cast), session(cast))
        clock.shift(20)
        assert actions.begin_session(teacher(cast), session(cast)).started_at == first.started_at
    assert SessionHeld.objects.count() == 1


def test_a_session_of_another_day_is_not_begun_by_mistake(cast: Cast) -> None:
    with time_machine.travel(BEFORE, tick=False), pytest.raises(ActionRefused, match="Thu 5 March"):
        actions.begin_session(teacher(cast), session(cast))


def test_a_beginning_by_mistake_is_undone_until_somebody_was_marked(cast: Cast) -> None:
    (person,) = group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))
        actions.undo_beginning(teacher(cast), session(cast))
        assert not SessionHeld.objects.exists()
        actions.begin_session(teacher(cast), session(cast))
        actions.mark_attendance(teacher(cast), session(cast), person, "present")
        with pytest.raises(ActionRefused):
            actions.undo_beginning(teacher(cast), session(cast))


def test_a_session_nobody_pressed_the_button_for_is_written_down_afterwards(cast: Cast) -> None:
    with time_machine.travel("2026-03-06T09:00:00+00:00", tick=False):
        with pytest.raises(ActionRefused, match="Enter when session 1 started"):
            actions.end_session(teacher(cast), session(cast))
        actions.end_session(teacher(cast), session(cast), started_at=STARTS, ended_at=STARTS + timedelta(minutes=60))
    assert session(cast).state == "held"


def test_times_once_kept_are_changed_with_a_reason_and_the_old_ones_stay_in_the_log(cast: Cast) -> None:
    times = {"started_at": STARTS, "ended_at": STARTS + timedelta(minutes=60)}
    with time_machine.travel("2026-03-06T09:00:00+00:00", tick=False):
        actions.end_session(teacher(cast), session(cast), **times)  # type: ignore[arg-type]
        times["ended_at"] -= timedelta(minutes=20)
        with pytest.raises(ActionRefused, match="Enter the reason"):
            actions.end_session(teacher(cast), session(cast), **times)  # type: ignore[arg-type]
        actions.end_session(teacher(cast), session(cast), reason="the building closed", **times)  # type: ignore[arg-type]
    assert (session(cast).state, session(cast).reason) == ("truncated", "the building closed")
    said = audit.detail(Event.objects.filter(what="session ended").latest("sequence"))
    assert said is not None
    assert said["before"]["ended_at"].startswith("2026-03-05T19:00")


def test_a_session_cannot_end_before_it_began_or_later_than_now(cast: Cast) -> None:
    with time_machine.travel("2026-03-06T09:00:00+00:00", tick=False):
        for end in (STARTS - timedelta(minutes=1), STARTS + timedelta(days=2)):
            with pytest.raises(ActionRefused):
                actions.end_session(teacher(cast), session(cast), started_at=STARTS, ended_at=end)
    assert not SessionHeld.objects.filter(ended_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("write", "state"),
    [
        (actions.cancel_session, "cancelled"),
        (actions.postpone_session, "postponed"),
        (actions.replace_session, "replaced"),
    ],
)
def test_a_session_is_called_off_or_replaced_with_a_reason(cast: Cast, write: object, state: str) -> None:
    with pytest.raises(ActionRefused):
        write(teacher(cast), session(cast), " ")  # type: ignore[operator]
    write(teacher(cast), session(cast), "snow")  # type: ignore[operator]
    assert (session(cast).state, session(cast).reason) == (state, "snow")


def test_a_session_that_was_put_off_is_planned_anew_and_its_first_day_is_kept(cast: Cast) -> None:
    first, later = session(cast).planned_start, session(cast).planned_start + timedelta(days=4)
    actions.postpone_session(teacher(cast), session(cast), "snow")
    with pytest.raises(ActionRefused):
        actions.begin_session(teacher(cast), session(cast))
    actions.plan_session(teacher(cast), session(cast), later, "", "the thaw")
    again = session(cast)
    assert (again.state, again.planned_start, again.first_planned_start) == ("planned", later, first)


def test_a_replaced_session_is_held_and_stays_replaced(cast: Cast) -> None:
    actions.replace_session(teacher(cast), session(cast), "a silent evening in its place")
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        actions.begin_session(teacher(cast), session(cast))
        clock.shift(1800)
        actions.end_session(teacher(cast), session(cast))
    assert session(cast).state == "replaced"


def test_a_session_that_was_held_is_neither_moved_nor_cancelled(cast: Cast) -> None:
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))
        with pytest.raises(ActionRefused, match="not in the future any more"):
            actions.cancel_session(teacher(cast), session(cast), "snow")
        with pytest.raises(ActionRefused, match="not in the future any more"):
            actions.plan_session(teacher(cast), session(cast), STARTS + timedelta(days=1), "", "snow")


def test_the_days_of_a_course_leave_holidays_out_and_keep_the_hour_through_the_change_of_clocks(cast: Cast) -> None:
    days = {"starts_on": date(2026, 3, 19), "starts_at": time(19, 0), "skip": (date(2026, 3, 26),)}
    with time_machine.travel(BEFORE, tick=False):
        actions.plan_course(teacher(cast), cast.cohort, **days)  # type: ignore[arg-type]
    starts = [one.planned_start for one in cast.cohort.sessions.order_by("number")]
    assert starts == [datetime(2026, *when, tzinfo=UTC) for when in ((3, 19, 18), (4, 2, 17), (4, 9, 17))]
    assert session(cast).first_planned_start is None  # nobody had a place, so nobody was told of other days


def test_once_somebody_has_a_place_new_days_need_a_reason_and_are_moves(cast: Cast) -> None:
    group(cast)
    with time_machine.travel(BEFORE, tick=False):
        with pytest.raises(ActionRefused, match="Enter the reason"):
            actions.plan_course(teacher(cast), cast.cohort, starts_on=date(2026, 3, 12), starts_at=time(19, 0))
        actions.plan_course(
            teacher(cast), cast.cohort, starts_on=date(2026, 3, 12), starts_at=time(19, 0), reason="a teacher is ill"
        )
    assert session(cast).first_planned_start == STARTS


def test_a_course_that_has_begun_is_not_planned_anew(cast: Cast) -> None:
    with time_machine.travel(THE_EVENING, tick=False):
        actions.begin_session(teacher(cast), session(cast))
        with pytest.raises(ActionRefused, match="has started"):
            actions.plan_course(teacher(cast), cast.cohort, starts_on=date(2026, 4, 2), starts_at=time(19, 0))


def test_people_on_the_course_are_told_what_changed_since_they_came(cast: Cast) -> None:
    with time_machine.travel(BEFORE, tick=False) as clock:
        actions.plan_session(teacher(cast), session(cast, 3), session(cast, 3).planned_start, "Attic", "")
        clock.shift(60)
        (person,) = group(cast, "P01")
        clock.shift(60)
        actions.plan_session(teacher(cast), session(cast), STARTS + timedelta(days=1), "", "snow")
        clock.shift(60)
        actions.cancel_session(teacher(cast), session(cast, 2), "King's Day")
        clock.shift(60)
        actions.apologise(person, session(cast, 3))
    changes = queries.session_changes(person, datetime(2026, 1, 1, tzinfo=UTC))
    assert [(c.kind, c.session.number) for c in changes] == [("moved", 1), ("cancelled", 2), ("apology", 3)]
    assert (changes[0].before, changes[0].reason) == (STARTS, "snow")
    assert len({change.key for change in changes}) == 3
    assert queries.session_changes(person, changes[1].at) == changes[2:]


def test_who_left_the_course_is_told_of_no_change(cast: Cast) -> None:
    with time_machine.travel(BEFORE, tick=False):
        (person,) = group(cast, "P01")
        actions.cancel_session(teacher(cast), session(cast, 2), "snow")
        leaves_the_course(person)
    assert queries.session_changes(person, datetime(2026, 1, 1, tzinfo=UTC)) == []
