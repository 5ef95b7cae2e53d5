"""What the recommended preset tells of very few people does not leave the team."""

from dataclasses import replace

from pilotage.analysis.disclosure import shareable
from pilotage.analysis.recommended.supplementary_results import CountedShare, IndividualChange, ItemChangeResult
from pilotage.analysis.results import Results
from tests.report import effects, facts


def counted(people: int, of: int = 25) -> CountedShare:
    return CountedShare(people, facts.estimate(people / of, 0.0, 1.0, of))


def shared(**parts: object) -> Results:
    found = replace(effects.found(), **parts)  # type: ignore[arg-type]
    return shareable(replace(facts.results(), recommended=found), 5)


def individual(improved: int, unchanged: int, deteriorated: int) -> IndividualChange:
    n = improved + unchanged + deteriorated
    three = (counted(improved, n), counted(unchanged, n), counted(deteriorated, n))
    one = replace(effects.INDIVIDUAL, n=n, improved=three[0], unchanged=three[1], deteriorated=three[2])
    results = shared(individual=(one,)).recommended
    assert results is not None
    return results.individual[0]


def left(one: IndividualChange) -> list[int | None]:
    return [part.people if part else None for part in (one.improved, one.unchanged, one.deteriorated)]


def test_few_who_got_worse_cannot_be_had_from_the_total() -> None:
    assert left(individual(8, 15, 2)) == [None, 15, None]
    assert left(individual(8, 17, 0)) == [8, 17, 0]


def test_an_arm_of_very_few_people_tells_nothing_of_them() -> None:
    assert left(individual(0, 3, 0)) == [None, None, None]


def test_the_share_at_an_end_is_withheld_when_very_few_are_there() -> None:
    ceiling = effects.found().ceiling[0]
    ends = replace(effects.ENDS, at_maximum=facts.estimate(2 / 25, 0.01, 0.26, 25), at_minimum=facts.estimate(0, n=25))
    results = shared(ceiling=(replace(ceiling, ends=(ends,)),)).recommended
    assert results is not None
    (told,) = results.ceiling[0].ends
    assert told.at_maximum is None
    assert told.at_minimum is not None


def test_an_item_of_very_few_people_is_left_out() -> None:
    ceiling = effects.found().ceiling[0]
    few = ItemChangeResult("scs-26.total", 1, "training", 4, 3.0, 4.0, None, None, False)
    many = replace(few, n=5)
    results = shared(ceiling=(replace(ceiling, items=(few, many)),)).recommended
    assert results is not None
    assert results.ceiling[0].items == (many,)
