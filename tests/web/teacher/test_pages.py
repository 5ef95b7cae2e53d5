"""A teacher's pages: their own groups' people, sessions and attendance, and nothing that anybody answered."""

from __future__ import annotations

import pytest
import time_machine
from django.test import Client

from pilotage.web.records import actions, audit
from pilotage.web.records.models import Attendance, Cohort, CohortTeacher, Comment, RoleHeld
from tests.web.cast import Cast, consented, signed_in
from tests.web.teacher.room import BEFORE, THE_EVENING, another_teacher, course_only, group, session, teacher

GROUPS = "/calm/groups/"


@pytest.fixture
def theo(cast: Cast) -> Client:
    return signed_in(teacher(cast))


def page(client: Client, path: str = "") -> str:
    answer = client.get(GROUPS + path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def of(cast: Cast, number: int = 1) -> str:
    return f"sessions/{session(cast, number).pk}/"


def test_the_next_session_comes_first(cast: Cast, theo: Client) -> None:
    early = Cohort.objects.create(study=cast.study, centre=cast.south, key="early", name="Early", minimum=4, maximum=6)
    early.teachers.create(user=teacher(cast))
    early.sessions.create(number=1, planned_start=BEFORE.replace(hour=20), planned_minutes=60)
    with time_machine.travel(BEFORE, tick=False):
        shown = page(theo)
    assert shown.index("Early") < shown.index("Spring group")
    assert "Thu 5 March, 19.00" in shown


def test_a_teacher_without_groups_reads_who_makes_them(cast: Cast, theo: Client) -> None:
    CohortTeacher.objects.all().delete()
    assert "The coordinator sets up groups" in page(theo)


def test_a_session_shows_its_people_by_name_and_who_wrote(cast: Cast, theo: Client) -> None:
    ann, _bob = group(cast, "P01", "P02")
    course_only(cast)
    consented(cast, "P08", "control")
    with time_machine.travel(BEFORE, tick=False):
        actions.apologise(ann, session(cast))
    with time_machine.travel(THE_EVENING, tick=False):
        shown = page(theo, of(cast))
    assert all(name in shown for name in ("Name of P01", "Name of P02", "Name of P09", "has said they cannot come"))
    assert "Name of P08" not in shown  # the control arm is in no room
    assert "people.example" not in shown  # nor is anybody's address


def test_a_tap_works_without_script_and_with_it(cast: Cast, theo: Client) -> None:
    group(cast, "P01")
    tap = f"{GROUPS}{of(cast)}people/P01/"
    with time_machine.travel(THE_EVENING, tick=False):
        plain = theo.post(tap, {"status": "late"})
        fragment = theo.post(tap, {"status": "present"}, headers={"HX-Request": "true"})
        refused = theo.post(tap, {"status": "made of cheese"})
    assert plain["Location"].endswith("#person-P01")
    assert 'id="person-P01"' in fragment.content.decode()
    assert "1 of 1 present" in fragment.content.decode()
    assert "<html" not in fragment.content.decode()
    assert refused.status_code == 400
    assert Attendance.objects.get().status == "present"


def test_all_others_are_present_in_one_tap(cast: Cast, theo: Client) -> None:
    group(cast)
    with time_machine.travel(THE_EVENING, tick=False):
        theo.post(f"{GROUPS}{of(cast)}people/P02/", {"status": "absent"})
        theo.post(f"{GROUPS}{of(cast)}others-present/")
    assert dict(Attendance.objects.values_list("participant__code", "status")) == {
        "P01": "present",
        "P02": "absent",
        "P03": "present",
    }


def test_an_evening_from_beginning_to_end(cast: Cast, theo: Client) -> None:
    group(cast, "P01")
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        theo.post(f"{GROUPS}{of(cast)}begin/")
        theo.post(f"{GROUPS}{of(cast)}others-present/")
        clock.shift(25 * 60)
        assert "End session" in page(theo, of(cast))
        clock.shift(20 * 60)
        form = {
            "on": "2026-03-05",
            "began": "18:50",
            "ended": "19:35",
            "teachers": [teacher(cast).pk],
            "reason": "fire",
        }
        assert theo.post(f"{GROUPS}{of(cast)}end/", form).status_code == 302
        assert "held, shorter than planned" in page(theo, "spring/")
    assert (session(cast).state, session(cast).reason) == ("truncated", "fire")
    assert Attendance.objects.get().minutes == 45


def test_a_session_made_up_needs_its_day_and_what_was_typed_stays(cast: Cast, theo: Client) -> None:
    group(cast, "P01")
    details = f"{GROUPS}{of(cast)}people/P01/details/"
    with time_machine.travel("2026-03-10T09:00:00+00:00", tick=False):
        again = theo.post(details, {"status": "made up", "minutes": "40"}).content.decode()
        assert "Enter the day" in again
        assert 'value="40"' in again
        theo.post(details, {"status": "made up", "minutes": "40", "made_up_on": "2026-03-09"})
    assert Attendance.objects.get().minutes == 40


def test_another_groups_teacher_finds_nothing(cast: Cast) -> None:
    group(cast, "P01")
    tina = signed_in(another_teacher(cast))
    with time_machine.travel(THE_EVENING, tick=False):
        assert "Spring group" not in page(tina)
        for path in ("spring/", of(cast), f"{of(cast)}end/", f"{of(cast)}people/P01/details/"):
            assert tina.get(GROUPS + path).status_code == 404
        for path in ("begin/", "others-present/", "people/P01/", "materials/workbook/"):
            assert tina.post(f"{GROUPS}{of(cast)}{path}", {"status": "present"}).status_code == 404
    assert not Attendance.objects.exists()


def test_who_is_not_of_this_session_is_not_found_in_it(cast: Cast, theo: Client) -> None:
    consented(cast, "P08", "control")
    with time_machine.travel(THE_EVENING, tick=False):
        assert theo.post(f"{GROUPS}{of(cast)}people/P08/", {"status": "present"}).status_code == 404


def test_who_teaches_no_more_finds_nothing(cast: Cast, theo: Client) -> None:
    actions.end_role(audit.SERVER, RoleHeld.objects.get(user=teacher(cast), role="teacher"))
    assert theo.get(GROUPS).status_code == 404


def test_a_teacher_of_one_centre_has_no_group_of_another(cast: Cast, theo: Client) -> None:
    RoleHeld.objects.filter(user=teacher(cast), role="teacher").update(centre=cast.south)
    assert theo.get(GROUPS + of(cast)).status_code == 404


def test_no_page_of_a_teacher_asks_for_an_answer_a_score_or_a_diary(cast: Cast, theo: Client) -> None:
    """The very tables are not read, whatever a template would show."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    group(cast)
    with time_machine.travel(THE_EVENING, tick=False), CaptureQueriesContext(connection) as asked:
        actions.begin_session(teacher(cast), session(cast))
        for path in ("", "spring/", "calendar/", of(cast), f"{of(cast)}end/", f"{of(cast)}people/P01/details/"):
            page(theo, path)
    sql = " ".join(query["sql"] for query in asked)
    never = (
        "answer",
        "comment",
        "administration",
        "homepractice",
        "adverseevent",
        "freeze",
        "analysisrun",
        "screening",
    )
    assert [table for table in never if f'"records_{table}"' in sql] == []
    assert Comment.objects.count() == 0


def test_the_pages_of_a_session_are_kept_in_no_cache(cast: Cast, theo: Client) -> None:
    assert "no-store" in theo.get(GROUPS + of(cast))["Cache-Control"]
