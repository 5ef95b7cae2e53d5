"""Ends of scales, drift of items, one source for all answers, and dose: what they say and what they refuse."""

import numpy as np
import pytest
from pytest import approx
from scipy import stats as scipy_stats

from pilotage.stats.common_factor import (
    FEWEST_FOR_FACTORS,
    TooFewPeopleError,
    mean_correlation,
    single_factor_share,
    why_no_invariance,
)
from pilotage.stats.dose_response import dose_response
from pilotage.stats.floor_and_ceiling import TERWEE_2007_ENDS, floor_ceiling_shares
from pilotage.stats.item_change import item_change
from tests.stats import reference


def test_the_ends_are_flagged_from_fifteen_percent_on_and_the_rule_is_named():
    twenty = [1, 1, 1, *[3] * 15, 5, 5]
    found = floor_ceiling_shares(twenty, 1, 5)
    assert (found.at_minimum.value, found.at_maximum.value) == (0.15, 0.10)
    assert (found.floor, found.ceiling) == (True, False)
    assert found.rule == TERWEE_2007_ENDS.source
    assert "Terwee" in found.rule


def test_headroom_is_towards_the_better_end():
    scores = [10.0, 12.0, 14.0]
    assert floor_ceiling_shares(scores, 0, 20).headroom == approx(4.0)
    assert floor_ceiling_shares(scores, 0, 20, "lower").headroom == approx(6.0)
    assert floor_ceiling_shares([3, 3], 0, 4).headroom is None


def test_a_mean_of_items_that_misses_its_end_by_rounding_is_at_the_end():
    assert floor_ceiling_shares([5 - 1e-12, 3.0, 4.0], 1, 5).at_maximum.value == approx(1 / 3)


FIRST, LAST = reference.items("SCS|pre"), reference.items("SCS|post")


def test_every_item_is_told_those_that_moved_most_first():
    found = item_change(FIRST, LAST)
    sizes = [abs(drift.change.value) for drift in found]
    assert sizes == sorted(sizes, reverse=True)
    assert sorted(drift.item for drift in found) == list(range(FIRST.shape[1]))
    by_item = {drift.item: drift for drift in found}
    assert by_item[0].change.value == approx((LAST[:, 0] - FIRST[:, 0]).mean() / FIRST[:, 0].std(ddof=1))


def jackknifed(statistic, *tables) -> float:
    """The standard error of a statistic by leaving each person out."""
    n = len(tables[0])
    without = np.array([statistic(*(np.delete(table, row, axis=0) for table in tables)) for row in range(n)])
    return float(np.sqrt((n - 1) / n * ((without - without.mean(axis=0)) ** 2).sum(axis=0)))


def test_intervals_know_that_the_sds_are_estimates_as_the_jackknife_does():
    found = {drift.item: drift for drift in item_change(FIRST, LAST)}
    t = scipy_stats.t.ppf(0.975, len(FIRST) - 1)

    def changes(first, last):
        return (last - first).mean(axis=0) / first.std(axis=0, ddof=1)

    own = jackknifed(lambda a, b: changes(a, b)[4], FIRST, LAST)
    beyond = jackknifed(lambda a, b: changes(a, b)[4] - changes(a, b).mean(), FIRST, LAST)
    assert (found[4].change.high - found[4].change.low) / (2 * t) == approx(own, rel=0.05)
    assert (found[4].beyond_scale.high - found[4].beyond_scale.low) / (2 * t) == approx(beyond, rel=0.05)


def test_beyond_the_scale_items_cancel_out():
    assert sum(drift.beyond_scale.value for drift in item_change(FIRST, LAST)) == approx(0, abs=1e-12)


def test_one_item_that_moves_alone_stands_out_and_the_others_do_not():
    random = np.random.default_rng(2)
    first = random.integers(1, 6, (47, 8)).astype(float)
    last = first + random.integers(-1, 2, (47, 8))
    last[:, 5] += 2
    assert [drift.item for drift in item_change(first, last) if drift.stands_out][:1] == [5]
    unmoved = item_change(first, first + random.integers(-1, 2, (47, 8)))
    assert not any(drift.stands_out for drift in unmoved)


def test_an_item_everyone_answered_alike_has_no_standard_and_no_change():
    first = np.column_stack([np.full(6, 3.0), np.arange(6)])
    found = item_change(first, first + 1)
    assert {drift.item: drift.change is None for drift in found} == {0: True, 1: False}


@pytest.mark.parametrize("n", [47, FEWEST_FOR_FACTORS - 1])
def test_a_first_factor_is_refused_below_the_stated_number_of_people(n):
    with pytest.raises(TooFewPeopleError, match=f"needs at least 150 people .* and there are {n}"):
        single_factor_share(np.random.default_rng(1).normal(size=(n, 6)))


def test_many_items_need_more_people():
    with pytest.raises(TooFewPeopleError, match="of 147 items needs at least 735 people"):
        single_factor_share(np.random.default_rng(1).normal(size=(200, 147)))


def test_the_share_of_one_factor_is_that_of_the_correlations():
    random = np.random.default_rng(5)
    table = random.normal(size=(300, 1)) + random.normal(size=(300, 5))
    largest = np.linalg.svd((table - table.mean(0)) / table.std(0), compute_uv=False)[0] ** 2 / 300
    assert single_factor_share(table).value == approx(largest / 5)


def test_invariance_is_refused_always_and_says_why():
    assert "at least 150 people, and there are 47" in why_no_invariance(47)
    assert "does not fit" in why_no_invariance(400)


def test_the_mean_correlation_of_two_outcomes_is_their_correlation():
    table = np.random.default_rng(3).multivariate_normal([0, 0], [[1, 0.6], [0.6, 1]], size=47)
    found = mean_correlation(table)
    assert found.value == approx(np.corrcoef(table.T)[0, 1])
    theirs = scipy_stats.pearsonr(*table.T).confidence_interval()
    assert (found.low, found.high) == approx((theirs.low, theirs.high), abs=0.08)


def test_dose_is_by_ranks_and_prints_what_could_have_been_told_from_none():
    minutes = reference.practice()[:24]
    change = np.diff(reference.before_and_after("SCS")[reference.TRAINING])[:24, 0].round(9)
    found = dose_response(minutes, change)
    theirs = scipy_stats.spearmanr(minutes, change)
    assert found.rank.estimate.value == approx(theirs.statistic)
    assert round(found.critical, 3) == 0.404
    assert dose_response(minutes**3, change).rank == found.rank


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (lambda: floor_ceiling_shares([], 0, 4), "one person at least"),
        (lambda: floor_ceiling_shares([1, 5], 0, 4), "do not fit a scale"),
        (lambda: floor_ceiling_shares([1, 2], 4, 0), "must lie below"),
        (lambda: item_change(FIRST[:4], LAST[:4]), "at least 5 people, not 4"),
        (lambda: item_change(FIRST[:, :1], LAST[:, :1]), "two items"),
        (lambda: single_factor_share(np.ones((200, 4))), "same for everyone"),
        (lambda: mean_correlation(np.ones((20, 2))), "alike in everyone"),
        (lambda: mean_correlation(FIRST[:9]), "ten people"),
        (lambda: dose_response([1, 2], [3, 4]), "at least 3"),
    ],
)
def test_what_makes_no_sense_is_refused(job, said):
    with pytest.raises(ValueError, match=said):
        job()
