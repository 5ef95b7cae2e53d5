"""Small counts do not leave the team, not even by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from pilotage.report.disclosure import count_cells, withheld
from pilotage.report.values import Quantity, Suppressed


def test_counts_from_one_to_four_are_withheld_when_five_is_the_limit() -> None:
    assert withheld({"a": 3, "b": 2, "c": 20}, 5) == {"a", "b"}


def test_nought_is_not_withheld() -> None:
    assert withheld({"a": 0, "b": 25}, 5) == frozenset()


def test_a_lone_gap_takes_the_smallest_other_count_with_it() -> None:
    assert withheld({"woman": 24, "man": 1, "other": 0}, 5) == {"woman", "man"}
    assert withheld({"a": 9, "b": 1, "c": 20}, 5) == {"a", "b"}


def test_nothing_is_withheld_from_analysts() -> None:
    assert count_cells({"a": 1}, None) == {"a": Quantity(1, "count")}
    assert count_cells({"a": 1, "b": 9}, 5) == {"a": Suppressed(5), "b": Suppressed(5)}


@given(st.dictionaries(st.text(min_size=1), st.integers(0, 40), min_size=2), st.integers(2, 10))
def test_no_withheld_count_is_the_total_less_the_rest(counts: dict[str, int], below: int) -> None:
    gone = withheld(counts, below)
    assert all(counts[name] == 0 or counts[name] >= below for name in counts if name not in gone)
    assert len(gone) != 1 or all(counts[n] == 0 for n in counts if n not in gone)
