"""Nobody is left out without a name and a reason; and words for sizes come from named tables."""

import numpy as np
import pytest

from pilotage.stats.complete_cases import Exclusion, complete_cases
from pilotage.stats.rules_of_thumb import COHEN_1988_D, COHEN_1988_ETA_SQUARED
from tests.stats import reference

NAN = float("nan")


def test_each_person_left_out_is_named_with_the_occasions_that_are_missing():
    cases = complete_cases(
        ["P1", "P2", "P3", "P4"],
        [[1, 2, 3], [1, NAN, NAN], [NAN, 2, 3], [4, 5, 6]],
        ["pre", "post", "follow-up"],
        ["a", "a", "b", None],
    )
    assert cases.kept == (0,)
    assert cases.excluded == (
        Exclusion("P2", "no value at post, follow-up"),
        Exclusion("P3", "no value at pre"),
        Exclusion("P4", "no group"),
    )


def test_kept_and_left_out_add_up_and_are_counted_by_reason():
    values = reference.three_occasions("three_occasions_missing")
    cases = complete_cases(list(reference.PEOPLE), values, ["pre", "post", "fup"])
    assert cases.n + len(cases.excluded) == 47
    assert cases.n == int(np.isfinite(values).all(axis=1).sum())
    assert sum(cases.count_by_reason().values()) == len(cases.excluded)


def test_lengths_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="do not fit"):
        complete_cases(["P1"], [[1, 2]], ["pre"])
    with pytest.raises(ValueError, match="do not fit"):
        complete_cases(["P1"], [[1, 2]], ["pre", "post"], ["a", "b"])


@pytest.mark.parametrize(
    ("eta", "word"), [(0.0, "negligible"), (0.01, "small"), (0.059, "small"), (0.06, "medium"), (0.14, "large")]
)
def test_cohens_words_for_eta_squared(eta, word):
    assert COHEN_1988_ETA_SQUARED.name(eta) == word


def test_a_size_ignores_its_sign_and_a_table_names_its_source():
    assert COHEN_1988_D.name(-0.6) == "medium"
    assert "Cohen" in COHEN_1988_D.source
