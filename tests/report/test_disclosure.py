"""Small counts do not leave the team, not even by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from pilotage.analysis.disclosure import shareable, withheld
from pilotage.report.model.values import Quantity, Suppressed
from pilotage.report.sections.disclosure import count_cells
from tests.analysis.study import analysed


def test_counts_from_one_to_four_are_withheld_when_five_is_the_limit() -> None:
    assert withheld({"a": 3, "b": 2, "c": 20}, 5) == {"a", "b"}


def test_nought_is_not_withheld() -> None:
    assert withheld({"a": 0, "b": 25}, 5) == frozenset()


def test_a_lone_gap_takes_the_smallest_other_count_with_it() -> None:
    assert withheld({"woman": 24, "man": 1, "other": 0}, 5) == {"woman", "man"}
    assert withheld({"a": 9, "b": 1, "c": 20}, 5) == {"a", "b"}


def test_what_is_withheld_is_said_to_be_withheld() -> None:
    assert count_cells({"a": None, "b": 9}, 5) == {"a": Suppressed(5), "b": Quantity(9, "count")}


def test_the_one_man_of_an_arm_cannot_be_found_in_the_shared_results() -> None:
    found = shareable(analysed(), 5)
    gender = {d.group: d.counts for d in found.baseline if d.item == "about-you.gender"}
    assert gender["training"] == {"female": None, "male": None, "other": 0}
    assert set(gender["all"].values()) == {None}
    ages = [d.summary for d in found.baseline if d.item == "about-you.age"]
    assert all(age and age.low is None and age.high is None for age in ages)


def test_answers_about_the_course_and_the_flow_stay() -> None:
    found = shareable(analysed(), 5)
    recommended = next(d for d in found.forms if d.item == "evaluation.recommend")
    assert recommended.counts["maybe"] == 3
    assert found.flow[0].in_study == 25


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 40), min_size=2), st.integers(2, 10))
def test_no_withheld_count_is_the_total_less_the_rest(counts: dict[str, int], below: int) -> None:
    gone = withheld(counts, below)
    assert all(counts[name] == 0 or counts[name] >= below for name in counts if name not in gone)
    assert len(gone) != 1 or all(counts[n] == 0 for n in counts if n not in gone)
