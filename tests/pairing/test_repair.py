"""After a division was published: few groups change, the teacher's choice is kept, and nobody learns why not."""

from itertools import combinations
from random import Random

import pytest

from pilotage.pairing import Change, Division, Impossible, Log, Rules, divide, override, repair, sit_out, swap
from pilotage.pairing.history import history
from pilotage.pairing.rules import sizes
from tests.pairing.courses import course, pairs, people
from tests.pairing.test_exact import divisions


def published(count: int, rules: Rules, seed: int = 1) -> tuple[Log, Division]:
    log = course([people(count)] * 3, people(count), rules, seed)
    return Log(log.divisions[:2]), log.divisions[2]


def groups(division: Division) -> set[frozenset[str]]:
    alone = {frozenset((one,)) for one in division.observers}
    return {frozenset(group) - {division.teacher} for group in division.groups} | alone


@pytest.mark.parametrize("odd", ["triad", "teacher", "observer"])
def test_no_repair_could_have_changed_fewer_groups(odd: str) -> None:
    rules = Rules(odd=odd, apart_hard=[("P01", "P09")])  # type: ignore[arg-type]
    random = Random(odd)
    for seed in range(25):
        log, division = published(random.choice((6, 7, 8)), rules, seed)
        leave = random.sample(sorted(division.practising), random.randrange(0, 3))
        present = (division.practising - set(leave)) | {"P09", "P10"} - set(random.sample(["P09", "P10"], 1))
        wanted = tuple(size for size, count in sizes(len(present), rules) for _ in range(count))
        every = [{frozenset(group) for group in one} for one in divisions(tuple(sorted(present)), wanted)]
        allowed = [one for one in every if frozenset(("P01", "P09")) not in map(frozenset, together(one))]
        most_kept = max(len(one & groups(division)) for one in allowed)
        repaired = repair(division, present, log, rules, seed)
        assert repaired.practising == present
        assert len(groups(repaired) & groups(division)) == most_kept
        assert repaired.changes == (Change(len(groups(division)) - most_kept),)


def together(division: set[frozenset[str]]) -> list[tuple[str, str]]:
    return [pair for group in division for pair in combinations(group, 2)]


def test_someone_late_makes_a_pair_three_and_only_that_pair_changes() -> None:
    log, division = published(10, Rules())
    repaired = repair(division, division.practising | {"P11"}, log, Rules(), 1, reason="came late")
    assert repaired.changes == (Change(1, "came late"),)
    assert len(set(repaired.groups) & set(division.groups)) == 4, "the others keep their order of speaking too"
    assert "P11" in repaired.duties


def test_when_one_of_the_three_leaves_the_other_two_stay_together() -> None:
    log, division = published(11, Rules())
    three = next(group for group in division.groups if len(group) == 3)
    repaired = repair(division, division.practising - {three[0]}, log, Rules(), 1)
    assert frozenset(three[1:]) in groups(repaired)
    assert (repaired.changes[0].groups, repaired.duties) == (1, ())


def test_whoever_sits_out_is_there_but_in_no_group() -> None:
    log, division = published(10, Rules(odd="teacher"))
    after = sit_out(division, ["P04"], log, Rules(odd="teacher"), 1)
    assert after.sat_out == ("P04",)
    assert "P04" in after.present - after.practising
    assert after.teacher == "teacher"
    back = repair(after, division.practising, log, Rules(odd="teacher"), 1)
    assert (back.sat_out, groups(back)) == ((), groups(division))


def test_a_teachers_change_is_kept_with_its_reason() -> None:
    _, division = published(10, Rules())
    one, other = division.groups[0][0], division.groups[1][1]
    swapped = swap(division, one, other, Rules(), "hearing")
    assert swapped.changes == (Change(2, "hearing", by_teacher=True),)
    assert frozenset((other, division.groups[0][1])) in groups(swapped)
    assert history([swapped]).met[tuple(sorted((other, division.groups[0][1])))] == 1  # type: ignore[index]


def test_a_change_that_may_not_be_is_refused_without_saying_why() -> None:
    _, division = published(4, Rules())
    one, other = division.groups[0][0], division.groups[1][1]
    rules = Rules(apart_hard=[(other, division.groups[0][1])])
    with pytest.raises(Impossible) as refused:
        swap(division, one, other, rules, "hearing")
    assert str(refused.value) == "This change cannot be made. Please ask the coordinator."
    assert other in refused.value.for_coordinator


def test_an_override_divides_the_same_people() -> None:
    _, division = published(4, Rules())
    with pytest.raises(ValueError, match="the same people"):
        override(division, [("P01", "P02")], Rules(), "hurry")


def test_what_was_changed_is_what_the_next_division_counts_with() -> None:
    log, division = published(10, Rules())
    one, other = division.groups[0][0], division.groups[1][1]
    log = log.kept(swap(division, one, other, Rules(), "hearing"))
    following = divide(people(10), log, Rules(), 1)
    before = {pair for earlier in log for pair in pairs(earlier)}
    assert before.isdisjoint(pairs(following))


def test_the_coordinator_learns_which_wishes_make_it_impossible_and_the_teacher_does_not() -> None:
    wishes = [("P01", "P02"), ("P01", "P03"), ("P01", "P04"), ("P05", "P06")]
    with pytest.raises(Impossible) as refused:
        divide(people(4), Log(), Rules(apart_hard=wishes), 1)
    assert (
        str(refused.value) == refused.value.for_teacher == "These people cannot be divided. Please ask the coordinator."
    )
    assert refused.value.wishes == (("P01", "P02"), ("P01", "P03"), ("P01", "P04"))
    assert "Lifting any one of them makes it possible" in refused.value.for_coordinator


def test_it_is_said_when_another_way_with_an_odd_number_would_do() -> None:
    with pytest.raises(Impossible) as refused:
        divide(people(3), Log(), Rules(apart_hard=[("P01", "P02")]), 1)
    assert (
        "No wish has to be lifted with the teacher in a pair or with one person observing."
        in refused.value.for_coordinator
    )


@pytest.mark.parametrize("wishes", [[("P01", "P01")], [("P01",)], [("P01", "P02", "P03")]])
def test_a_wish_is_about_two_people(wishes: list[tuple[str, ...]]) -> None:
    with pytest.raises(ValueError, match="Two different people"):
        Rules(apart_hard=wishes)  # type: ignore[arg-type]
