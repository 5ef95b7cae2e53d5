"""Adjusted p values are R's, and keep the order that theory gives them."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.multiplicity import benjamini_hochberg, bonferroni, hochberg, holm, hommel
from tests.stats import reference

METHODS = {
    "bonferroni": bonferroni, "holm": holm, "hochberg": hochberg, "hommel": hommel, "BH": benjamini_hochberg
}  # fmt: skip
families = st.lists(st.floats(0, 1), min_size=1, max_size=30)


@pytest.mark.parametrize("name", METHODS)
def test_adjusted_p_values_are_rs(name):
    r = reference.answers("p_adjust")
    assert METHODS[name](r["p"]) == approx(r[name], rel=1e-12)


@given(families)
def test_a_stricter_promise_never_gives_a_smaller_p(p):
    adjusted = [method(p) for method in (bonferroni, holm, hochberg, hommel, benjamini_hochberg)]
    for unadjusted, strictest_first in zip(p, zip(*adjusted, strict=True), strict=True):
        assert all(weaker <= stricter + 1e-12 for stricter, weaker in pairwise(strictest_first))
        assert unadjusted - 1e-12 <= strictest_first[-1]
        assert strictest_first[0] <= 1


@given(families, st.randoms())
def test_the_order_of_the_tests_changes_nothing(p, random):
    order = list(range(len(p)))
    random.shuffle(order)
    for method in METHODS.values():
        whole = method(p)
        assert method([p[k] for k in order]) == approx([whole[k] for k in order], abs=1e-15)


def test_the_papers_three_totals_survive_benjamini_hochberg_in_a_family_of_five_and_not_of_six():
    totals = [0.0176, 0.0234, 0.0270]
    assert max(benjamini_hochberg([*totals, 1, 1])[:3]) < 0.05 < max(benjamini_hochberg([*totals, 1, 1, 1])[:3])
    assert min(holm(totals)) > 0.05


@pytest.mark.parametrize("method", METHODS.values())
def test_a_missing_p_is_refused_and_no_tests_need_no_adjusting(method):
    with pytest.raises(ValueError, match="between 0 and 1"):
        method([0.01, float("nan")])
    assert method([]) == []
