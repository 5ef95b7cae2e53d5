"""The run-sheet: what was tapped is kept once, in its order and with its time, and is its teacher's alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from pilotage.protocol.load import load
from pilotage.web.records import actions, queries
from pilotage.web.records.deidentify import names_in
from pilotage.web.records.models import AdverseEvent, BlockDelivered, Event, Participant, Session, Tap
from pilotage.web.teacher.views_run_sheet import term
from tests.shared import ROOT
from tests.web.cast import Cast, signed_in
from tests.web.teacher.room import THE_EVENING, another_teacher, group, leaves_the_course, session, teacher


@pytest.fixture(autouse=True)
def evening() -> Iterator[Any]:
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        yield clock


def page(cast: Cast, part: str = "run-sheet") -> str:
    return f"/calm/groups/sessions/{session(cast).pk}/{part}/"


def send(client: Client, cast: Cast, *taps: tuple[int, str, str, int], device: str = "tablet", **more: Any) -> Any:
    """Taps as the page's script sends them: number, what, about what, and how many minutes ago."""
    said = [{"sequence": n, "what": what, "about": about, "ago": ago * 60_000} | more for n, what, about, ago in taps]
    body = json.dumps({"device": device, "taps": said})
    return client.post(page(cast, "tap"), body, content_type="application/json")


def block(cast: Cast, key: str) -> BlockDelivered:
    return BlockDelivered.objects.get(session=session(cast), block=key)


def begun(cast: Cast) -> Session:
    found = session(cast)
    actions.begin_session(teacher(cast), found)
    return found


def test_the_blocks_of_the_protocol_stand_in_order_with_their_minutes(cast: Cast) -> None:
    group(cast)
    text = signed_in(teacher(cast)).get(page(cast)).content.decode()
    assert 0 < text.index("Arrival") < text.index("In pairs")
    assert "quiet" in text  # the contemplation of the first session
    assert "1:00" in text


def test_one_tap_says_what_was_done_and_how_long_it_took(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    assert send(client, cast, (1, "start", "arrival", 18), (2, "done", "arrival", 2)).json() == {"refused": {}}
    found = block(cast, "arrival")
    assert (found.done, found.minutes, found.planned_minutes) == ("done", 16.0, 20)
    assert found.started_at == THE_EVENING - timedelta(minutes=18)


def test_the_first_block_begins_the_session(cast: Cast) -> None:
    send(signed_in(teacher(cast)), cast, (1, "start", "arrival", 3))
    assert session(cast).held.started_at == THE_EVENING - timedelta(minutes=3)


def test_starting_a_block_stops_the_one_before(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    send(client, cast, (1, "start", "arrival", 30), (2, "start", "pairs", 10), (3, "done", "arrival", 0))
    assert block(cast, "arrival").minutes == 20.0


def test_a_block_that_was_interrupted_took_the_sum_of_its_parts(cast: Cast) -> None:
    taps = [(1, "start", "pairs", 40), (2, "pause", "pairs", 30), (3, "start", "pairs", 20), (4, "done", "pairs", 5)]
    send(signed_in(teacher(cast)), cast, *taps)
    assert block(cast, "pairs").minutes == 25.0


def test_what_is_sent_twice_counts_once(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    for _ in range(3):
        send(client, cast, (1, "start", "arrival", 18), (2, "partly", "arrival", 2))
    assert Tap.objects.count() == 2
    assert Event.objects.filter(what="block marked").count() == 1


def test_what_arrives_in_another_order_is_read_in_its_own(cast: Cast) -> None:
    send(
        signed_in(teacher(cast)), cast, (3, "omitted", "pairs", 0), (1, "start", "arrival", 9), (2, "done", "pairs", 5)
    )
    assert block(cast, "pairs").done == "omitted"


def test_a_tap_that_was_wrong_is_taken_back(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    send(client, cast, (1, "omitted", "pairs", 1))
    send(client, cast, (2, "undo", "pairs", 0))
    assert not BlockDelivered.objects.exists()


def test_a_departure_in_a_main_block_asks_why_and_keeps_it(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    send(client, cast, (1, "partly", "pairs", 1))
    (line,) = (one for one in queries.lines_of(session(cast), teacher(cast)) if one.block.id == "pairs")
    assert line.departs
    send(client, cast, (2, "reason", "pairs", 0), reason="time was short")
    assert block(cast, "pairs").reason == "time was short"


def test_a_reason_with_somebodys_name_is_not_kept(cast: Cast) -> None:
    (anna,) = group(cast, "P01")
    anna.identity.name = "Anna de Vries"
    anna.identity.save()
    answer = send(signed_in(teacher(cast)), cast, (1, "partly", "pairs", 0), reason="anna was ill")
    assert "anna" in answer.json()["refused"]["1"]
    assert not Tap.objects.exists()


@pytest.mark.parametrize(
    ("text", "found"),
    [("Anna spoke", ["Anna"]), ("banana", []), ("mr VRIES", ["VRIES"]), ("Theo led", []), ("de tijd", [])],
)
def test_names_of_the_group_are_recognised_as_words(cast: Cast, text: str, found: list[str]) -> None:
    (anna,) = group(cast, "P01")
    anna.identity.name = "Anna de Vries"
    anna.identity.save()
    assert names_in(text, cast.cohort) == found


def test_a_plain_form_does_without_script(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    answer = client.post(page(cast, "tap"), {"what": "done", "about": "arrival", "at": "block-arrival"})
    assert answer.headers["Location"] == page(cast) + "#block-arrival"
    assert block(cast, "arrival").done == "done"


def test_late_and_leaving_have_the_time_of_the_tap(cast: Cast) -> None:
    group(cast)
    found = begun(cast)
    found.held.started_at = THE_EVENING - timedelta(minutes=50)
    found.held.save()
    send(signed_in(teacher(cast)), cast, (1, "late", "P01", 40), (2, "left early", "P02", 5))
    rows = {row.participant.code: row for row in found.attendance.all()}
    assert rows["P01"].arrived_at == THE_EVENING - timedelta(minutes=40)
    assert rows["P02"].left_at == THE_EVENING - timedelta(minutes=5)


def test_nobody_is_present_until_somebody_says_so(cast: Cast) -> None:
    people = group(cast)
    with time_machine.travel(THE_EVENING - timedelta(days=1)):
        actions.apologise(people[2], session(cast))
    client = signed_in(teacher(cast))
    client.get(page(cast))
    assert not session(cast).attendance.exists()
    client.post(page(cast, "everybody-here"))
    assert set(session(cast).attendance.values_list("participant__code", "status")) == {
        ("P01", "present"),
        ("P02", "present"),
    }


def test_a_concern_reaches_the_inbox_and_is_not_kept_with_the_taps(cast: Cast) -> None:
    group(cast)
    begun(cast)
    send(signed_in(teacher(cast)), cast, (1, "concern", "P02", 0))
    event = AdverseEvent.objects.get()
    assert (event.source, event.participant.code, event.session) == ("teacher", "P02", session(cast))
    assert "coordinator" in event.may_know
    assert Tap.objects.get().block == ""


def test_two_teachers_taps_are_their_own(cast: Cast) -> None:
    colleague = another_teacher(cast)
    cast.cohort.teachers.create(user=colleague)
    send(signed_in(teacher(cast)), cast, (1, "done", "arrival", 0))
    send(signed_in(colleague), cast, (1, "partly", "arrival", 0))
    assert {row.rater: row.done for row in BlockDelivered.objects.all()} == {teacher(cast): "done", colleague: "partly"}


def test_the_time_that_is_left_and_what_the_rest_needs(cast: Cast, evening: time_machine.Coordinates) -> None:
    found = begun(cast)
    send(signed_in(teacher(cast)), cast, (1, "start", "arrival", 0))
    evening.shift(timedelta(minutes=25))
    send(signed_in(teacher(cast)), cast, (2, "done", "arrival", 0))
    found = queries.sessions_taught_by(teacher(cast), cast.study).get(pk=found.pk)
    time = queries.time_of(found, queries.lines_of(found, teacher(cast)), THE_EVENING + timedelta(minutes=25))
    assert (time.gone, time.left, time.needs) == (25 * 60, 35 * 60, 40 * 60)


def test_what_is_no_tap_is_refused(cast: Cast) -> None:
    client = signed_in(teacher(cast))
    for body in ("", "[]", '{"device": "x"}', '{"device": "x", "taps": [{"sequence": 1, "what": "no", "about": ""}]}'):
        assert client.post(page(cast, "tap"), body, content_type="application/json").status_code == 400


def test_another_groups_teacher_finds_nothing(cast: Cast) -> None:
    client = signed_in(another_teacher(cast))
    for part in ("run-sheet", "projector", "debrief"):
        assert client.get(page(cast, part)).status_code == 404
    assert client.post(page(cast, "tap"), {"what": "done", "about": "arrival"}).status_code == 404


def test_the_projector_shows_names_and_no_menus_and_nothing_new_when_nothing_changed(cast: Cast) -> None:
    people = group(cast, "P01", "P02", "P03", "P04")
    found = begun(cast)
    for person in people:
        actions.mark_attendance(teacher(cast), found, person, "present")
    actions.pair_them(teacher(cast), found, seed=1)
    client = signed_in(teacher(cast))
    answer = client.get(page(cast, "projector"))
    text = answer.content.decode()
    assert "Name" in text
    assert "<nav" not in text
    seen = text.partition('data-seen="')[2].partition('"')[0]
    assert client.get(page(cast, "projector"), {"seen": seen}).status_code == 204
    assert client.get(page(cast, "projector"), {"seen": ""}).status_code == 200


def test_the_turns_clock_is_kept_as_it_was_tapped(cast: Cast) -> None:
    people = group(cast, "P01", "P02", "P03", "P04")
    found = begun(cast)
    for person in people:
        actions.mark_attendance(teacher(cast), found, person, "present")
    made = actions.pair_them(teacher(cast), found, seed=1)
    send(signed_in(teacher(cast)), cast, (1, "clock", "1", 2), clock={"total": 2400, "gone": 60, "running": 1})
    made.refresh_from_db()
    assert made.clock == {"total": 2400.0, "gone": 60.0, "since": (THE_EVENING - timedelta(minutes=2)).isoformat()}


def test_who_left_the_course_is_not_on_the_sheet(cast: Cast) -> None:
    people: list[Participant] = group(cast)
    with time_machine.travel(THE_EVENING - timedelta(days=1)):
        leaves_the_course(people[1])
    text = signed_in(teacher(cast)).get(page(cast)).content.decode()
    assert 'data-person="P01"' in text
    assert 'data-person="P02"' not in text


@pytest.mark.parametrize(("study", "words"), [("imp-2020", "trust emergence"), ("imp", "attune to emergence")])
def test_terms_are_those_of_the_manual(study: str, words: str) -> None:
    loaded = load(ROOT / "src" / "pilotage" / "protocol" / "library" / study)
    assert term(loaded, "trust-emergence", "nl") == words
