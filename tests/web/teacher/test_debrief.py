"""Afterwards: departures judged, the form of the pairs rated, notes without names; and a second rater apart from it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from pilotage.web.records import actions
from pilotage.web.records.actions.fidelity import Tapped
from pilotage.web.records.models import AdherenceRating, BlockDelivered, Debrief, Deviation
from tests.web.cast import Cast, signed_in
from tests.web.teacher.room import THE_EVENING, another_teacher, group, session, teacher


@pytest.fixture(autouse=True)
def evening() -> Iterator[Any]:
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        yield clock


def address(cast: Cast) -> str:
    return f"/calm/groups/sessions/{session(cast).pk}/debrief/"


def partly(cast: Cast, why: str = "time was short") -> None:
    tap = Tapped(1, "partly", "pairs", THE_EVENING, why)
    assert not actions.keep_taps(teacher(cast), session(cast), "tablet", [tap])


def test_a_block_that_departed_is_judged_and_becomes_a_deviation(cast: Cast) -> None:
    partly(cast)
    client = signed_in(teacher(cast))
    assert "In pairs: partly" in client.get(address(cast)).content.decode()
    said = {"block-pairs-core": "core", "block-pairs-planned": "ad hoc", "notes": "a quiet evening"}
    assert client.post(address(cast), said).status_code == 302
    row = Deviation.objects.get()
    assert (row.core, row.planned, row.block, row.description) == (
        "core",
        "ad hoc",
        "pairs",
        "In pairs: partly, time was short",
    )
    assert Debrief.objects.get().notes == "a quiet evening"


def test_a_departure_is_asked_of_once(cast: Cast) -> None:
    partly(cast)
    client = signed_in(teacher(cast))
    for _ in range(2):
        client.post(address(cast), {"block-pairs-core": "flexible", "block-pairs-planned": "planned", "notes": ""})
    assert Deviation.objects.count() == 1
    assert "block-pairs-core" not in client.get(address(cast)).content.decode()


def test_something_else_done_otherwise_is_described(cast: Cast) -> None:
    actions.begin_session(teacher(cast), session(cast))
    client = signed_in(teacher(cast))
    assert client.post(address(cast), {"kind": "setting", "notes": ""}).status_code == 200
    said = {"kind": "setting", "description": "another room", "core": "flexible", "planned": "planned", "notes": ""}
    assert client.post(address(cast), said).status_code == 302
    row = Deviation.objects.get()
    assert (row.kind, row.description) == ("setting", "another room")


def test_the_pairs_are_rated_and_what_does_not_apply_is_no_number(cast: Cast) -> None:
    actions.begin_session(teacher(cast), session(cast))
    said = {"guideline": "2", "timing": "1", "teacher": "none", "notes": ""}
    signed_in(teacher(cast)).post(address(cast), said)
    kept = dict(AdherenceRating.objects.values_list("item", "value"))
    assert kept == {"guideline": 2, "timing": 1, "teacher": None}


def test_a_name_in_the_notes_is_warned_of_and_kept_only_when_it_is_meant(cast: Cast) -> None:
    (rose,) = group(cast, "P01")
    rose.identity.name = "Rose Tulip"
    rose.identity.save()
    actions.begin_session(teacher(cast), session(cast))
    client = signed_in(teacher(cast))
    answer = client.post(address(cast), {"notes": "Rose was quiet"})
    assert "Rose. Remove it" in answer.content.decode()
    assert not Debrief.objects.exists()
    client.post(address(cast), {"notes": "a rose on the table", "names_are_meant": "on"})
    assert Debrief.objects.get().notes == "a rose on the table"


def test_a_second_rater_has_rows_of_their_own_and_sees_no_names(cast: Cast) -> None:
    group(cast)
    partly(cast)
    rater = another_teacher(cast)
    client = signed_in(rater)
    assert "Session 1" in client.get("/calm/groups/ratings/").content.decode()
    place = f"/calm/groups/ratings/{session(cast).pk}/"
    text = client.get(place).content.decode()
    assert "Name of" not in text
    assert "checked" not in text
    client.post(place, {"block-arrival": "done", "block-pairs": "done", "switch": "0"})
    marks = set(BlockDelivered.objects.values_list("rater", "block", "done"))
    assert marks == {
        (teacher(cast).pk, "pairs", "partly"),
        (rater.pk, "arrival", "done"),
        (rater.pk, "pairs", "done"),
    }
    assert AdherenceRating.objects.get().rater == rater


def test_a_session_that_has_not_begun_is_not_rated(cast: Cast) -> None:
    client = signed_in(another_teacher(cast))
    assert client.get(f"/calm/groups/ratings/{session(cast).pk}/").status_code == 404
