"""Wishes to be kept apart: for the coordinator's eyes, explained where they make pairs impossible."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine

from pilotage.web.records import actions, queries
from pilotage.web.records.models import Event, KeepApart
from tests.web.cast import Cast, signed_in
from tests.web.teacher.room import THE_EVENING, group, session, teacher

ADDRESS = "/calm/people/groups/spring/pairs/"


@pytest.fixture(autouse=True)
def evening() -> Iterator[Any]:
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        yield clock


def test_two_are_kept_apart_and_the_log_seals_it(cast: Cast) -> None:
    one, other, _ = group(cast)
    client = signed_in(cast.staff["coordinator"])
    client.post(ADDRESS, {"person": other.pk, "other": one.pk, "hard": "yes", "kind": "at work"})
    wish = KeepApart.objects.get()
    assert (wish.one, wish.other, wish.hard) == (one, other, True)
    assert queries.rules_of(cast.cohort).apart_hard == {frozenset({"P01", "P02"})}
    assert set(Event.objects.filter(what="kept apart").values_list("person", flat=True)) == {one.pk, other.pk}


def test_a_wish_is_lifted(cast: Cast) -> None:
    one, other, _ = group(cast)
    wish = actions.keep_apart(cast.staff["coordinator"], cast.cohort, one, other)
    signed_in(cast.staff["coordinator"]).post(ADDRESS, {"lift": wish.pk})
    assert not queries.wishes_of(cast.cohort).exists()
    assert not queries.rules_of(cast.cohort).apart_hard


def test_somebody_is_not_kept_apart_from_themselves_nor_twice(cast: Cast) -> None:
    one, other, _ = group(cast)
    client = signed_in(cast.staff["coordinator"])
    answer = client.post(ADDRESS, {"person": one.pk, "other": one.pk, "hard": "yes"}).content.decode()
    assert "different people" in answer
    actions.keep_apart(cast.staff["coordinator"], cast.cohort, one, other)
    answer = client.post(ADDRESS, {"person": one.pk, "other": other.pk, "hard": "no"}).content.decode()
    assert "already kept apart" in answer


def test_wishes_that_make_a_course_impossible_are_named_to_the_coordinator(cast: Cast) -> None:
    people = group(cast, "P01", "P02", "P03", "P04")
    for other in people[1:]:
        actions.keep_apart(cast.staff["coordinator"], cast.cohort, people[0], other)
    text = signed_in(cast.staff["coordinator"]).get(ADDRESS).content.decode()
    assert "cannot be divided" in text
    assert "Name of P01 (P01)" in text


def test_the_forecast_and_whose_absence_would_stop_it_are_said_before_the_course(cast: Cast) -> None:
    people = group(cast, "P01", "P02", "P03", "P04")
    for other in people[1:3]:
        actions.keep_apart(cast.staff["coordinator"], cast.cohort, people[0], other)
    text = signed_in(cast.staff["coordinator"]).get(ADDRESS).content.decode()
    assert "repeats if everyone attends" in text
    assert "One absence can make pairs impossible" in text


def test_why_these_pairs_is_said_afterwards(cast: Cast) -> None:
    people = group(cast, "P01", "P02", "P03", "P04")
    actions.begin_session(teacher(cast), session(cast))
    for person in people:
        actions.mark_attendance(teacher(cast), session(cast), person, "present")
    actions.pair_them(teacher(cast), session(cast), seed=1)
    assert "for the first time" in signed_in(cast.staff["coordinator"]).get(ADDRESS).content.decode()


def test_a_teacher_does_not_see_the_wishes(cast: Cast) -> None:
    assert signed_in(teacher(cast)).get(ADDRESS).status_code == 404
