"""Pairs in the room: made for those there, put right as people come and go, kept as a log, and no wish broken."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
import time_machine

from pilotage.web.records import actions, queries
from pilotage.web.records.models import Pairing, Participant, Session
from pilotage.web.records.refused import ActionRefused
from tests.web.cast import Cast
from tests.web.teacher.room import THE_EVENING, group, session, teacher

SEVEN = ("P01", "P02", "P03", "P04", "P05", "P06", "P07")


@pytest.fixture(autouse=True)
def evening() -> Iterator[object]:
    with time_machine.travel(THE_EVENING, tick=False) as clock:
        yield clock


def in_the_room(cast: Cast, *codes: str, number: int = 1) -> Session:
    """A session that goes on, with these people there; everybody of them has a place."""
    found = session(cast, number)
    known = set(Participant.objects.filter(study=cast.study).values_list("code", flat=True))
    if new := [code for code in codes if code not in known]:
        group(cast, *new)
    actions.begin_session(teacher(cast), found)
    for code in codes:
        actions.mark_attendance(teacher(cast), found, person(cast, code), "present")
    return found


def person(cast: Cast, code: str) -> Participant:
    return Participant.objects.get(study=cast.study, code=code)


def groups(pairing: Pairing) -> set[frozenset[str]]:
    found = queries.pairings_of(pairing.session).get(pk=pairing.pk)
    return {frozenset(one) for one in queries.division_of(found).groups}


def paired(pairing: Pairing) -> set[str]:
    return {code for one in groups(pairing) for code in one}


def test_those_there_are_paired_and_an_odd_one_makes_three(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN)
    made = actions.pair_them(teacher(cast), found, seed=1)
    assert sorted(map(len, groups(made))) == [2, 2, 3]
    assert paired(made) == set(SEVEN)


def test_who_is_away_is_not_paired(cast: Cast) -> None:
    found = in_the_room(cast, "P01", "P02", "P03", "P04", "P05")
    actions.mark_attendance(teacher(cast), found, person(cast, "P05"), "absent")
    assert paired(actions.pair_them(teacher(cast), found, seed=1)) == {"P01", "P02", "P03", "P04"}


def test_the_same_seed_makes_the_same_pairs_and_is_kept(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN)
    made = actions.pair_them(teacher(cast), found, seed=7)
    first = groups(made)
    actions.take_pairing_back(teacher(cast), made)
    again = actions.pair_them(teacher(cast), found, seed=7)
    assert groups(again) == first
    assert again.seed == 7


def test_nobody_meets_the_same_person_in_the_next_session(cast: Cast, evening: time_machine.Coordinates) -> None:
    first = actions.pair_them(teacher(cast), in_the_room(cast, "P01", "P02", "P03", "P04"), seed=1)
    evening.move_to(session(cast, 2).planned_start)
    second = actions.pair_them(teacher(cast), in_the_room(cast, "P01", "P02", "P03", "P04", number=2), seed=1)
    assert not groups(first) & groups(second)


def test_the_log_is_read_from_what_is_kept(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN)
    made = actions.pair_them(teacher(cast), found, seed=1)
    (division,) = queries.log_of(cast.cohort)
    three = next(one for one in division.groups if len(one) == 3)
    assert division.place == (1, 1)
    assert set(division.duties) == set(three)
    assert [one.role_order for one in made.members.filter(participant__code=three[0])] == [1]


def test_a_late_arrival_changes_as_few_groups_as_can_be(cast: Cast) -> None:
    group(cast, "P07")
    found = in_the_room(cast, *SEVEN[:6])
    made = actions.pair_them(teacher(cast), found, seed=1)
    before = groups(made)
    actions.mark_attendance(teacher(cast), found, person(cast, "P07"), "late")
    now = actions.put_pairs_right(teacher(cast), made)
    assert len(before & groups(now)) == 2
    assert paired(now) == set(SEVEN)
    assert now.changes == 1


def test_one_who_leaves_early_is_taken_out_of_the_pairs(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN[:6])
    made = actions.pair_them(teacher(cast), found, seed=1)
    actions.mark_attendance(teacher(cast), found, person(cast, "P03"), "left early")
    now = actions.put_pairs_right(teacher(cast), made)
    assert paired(now) == set(SEVEN[:6]) - {"P03"}
    assert sorted(map(len, groups(now))) == [2, 3]


def test_who_sits_out_stays_out_until_they_join_again(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN[:6])
    made = actions.pair_them(teacher(cast), found, seed=1)
    actions.sits_out(teacher(cast), made, "P02")
    assert "P02" not in paired(made)
    actions.mark_attendance(teacher(cast), found, person(cast, "P05"), "left early")
    actions.put_pairs_right(teacher(cast), made)
    assert paired(made) == {"P01", "P03", "P04", "P06"}
    actions.joins_again(teacher(cast), made, "P02")
    assert paired(made) == {"P01", "P02", "P03", "P04", "P06"}


def test_two_are_swapped_quietly_or_with_a_reason_that_is_kept(cast: Cast) -> None:
    found = in_the_room(cast, "P01", "P02", "P03", "P04")
    made = actions.pair_them(teacher(cast), found, seed=1)
    one, other = (sorted(pair)[0] for pair in sorted(map(sorted, groups(made))))
    actions.swap_two(teacher(cast), made, one, other)
    made.refresh_from_db()
    assert (made.changes, made.override) == (2, "")
    actions.swap_two(teacher(cast), made, one, other, "one of them hears badly")
    made.refresh_from_db()
    assert made.override == "one of them hears badly"


def test_two_kept_apart_are_never_together_also_in_threes(cast: Cast) -> None:
    found = in_the_room(cast, *SEVEN)
    for one, other in (("P01", "P02"), ("P01", "P03"), ("P04", "P05")):
        actions.keep_apart(cast.staff["coordinator"], cast.cohort, person(cast, one), person(cast, other))
    for seed in range(20):
        made = actions.pair_them(teacher(cast), found, seed=seed)
        for wish in ({"P01", "P02"}, {"P01", "P03"}, {"P04", "P05"}):
            assert not any(wish <= one for one in groups(made))
        actions.take_pairing_back(teacher(cast), made)


def test_a_teacher_whose_people_cannot_be_divided_is_sent_to_the_coordinator_and_told_no_more(cast: Cast) -> None:
    found = in_the_room(cast, "P01", "P02")
    actions.keep_apart(cast.staff["coordinator"], cast.cohort, person(cast, "P01"), person(cast, "P02"))
    with pytest.raises(ActionRefused, match="ask the coordinator") as refused:
        actions.pair_them(teacher(cast), found)
    assert "P01" not in str(refused.value)


def test_a_swap_that_a_wish_forbids_is_refused_without_saying_why(cast: Cast) -> None:
    found = in_the_room(cast, "P01", "P02", "P03", "P04")
    actions.keep_apart(cast.staff["coordinator"], cast.cohort, person(cast, "P01"), person(cast, "P02"))
    made = actions.pair_them(teacher(cast), found, seed=1)
    partner = next(one for one in groups(made) if "P01" in one) - {"P01"}
    with pytest.raises(ActionRefused, match="ask the coordinator"):
        actions.swap_two(teacher(cast), made, *partner, "P02")


def test_putting_pairs_right_is_felt_as_at_once(cast: Cast) -> None:
    codes = [f"P{number:02}" for number in range(1, 15)]
    found = in_the_room(cast, *codes)
    made = actions.pair_them(teacher(cast), found, seed=1)
    actions.mark_attendance(teacher(cast), found, person(cast, "P14"), "left early")
    before = time.perf_counter()
    actions.put_pairs_right(teacher(cast), made)
    assert time.perf_counter() - before < 0.5
