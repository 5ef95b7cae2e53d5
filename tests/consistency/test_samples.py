"""Means and SDs: no real sample is called impossible, and impossible ones are."""

from statistics import mean, stdev

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.stats.ttests import student_t
from tests.consistency.rows import ROUNDINGS, as_printed, findings, only


@given(
    values=st.lists(st.integers(1, 9), min_size=2, max_size=30), digits=st.integers(0, 3),
    rounding=st.sampled_from(ROUNDINGS), bounds=st.sampled_from(["range", "scale", "none"]),
)  # fmt: skip
@settings(max_examples=200)
def test_a_real_sample_is_never_called_impossible(values, digits, rounding, bounds):
    row = {"n": len(values), "mean": as_printed(mean(values), digits, rounding)}
    row["sd"] = as_printed(stdev(values), digits, rounding)
    if bounds != "none":
        row[bounds] = [min(values), max(values)] if bounds == "range" else [1, 9]
    assert [f.sentence for f in findings(samples=[row]) if f.verdict == "inconsistent"] == []


@given(st.lists(st.integers(4, 20), min_size=2, max_size=25), st.sampled_from(ROUNDINGS))
def test_means_of_items_are_counted_in_their_own_steps(sums, rounding):
    values = [s / 4 for s in sums]
    row = {"n": len(values), "items": 4, "scale": [1, 5]}
    row |= {"mean": as_printed(mean(values), 2, rounding), "sd": as_printed(stdev(values), 2, rounding)}
    assert [f.sentence for f in findings(samples=[row]) if f.verdict == "inconsistent"] == []


def test_a_mean_that_no_whole_numbers_have_is_inconsistent():
    finding = only(findings(samples=[{"n": 28, "mean": "5.19"}]), "sample.mean")
    assert (finding.verdict, finding.sentence) == (
        "inconsistent", "No 28 whole numbers have a mean of 5.19: the nearest are 5.1786 and 5.2143.",
    )  # fmt: skip


def test_an_sd_that_no_whole_numbers_have_is_inconsistent():
    found = findings(samples=[{"n": 18, "mean": "3.44", "sd": "2.47", "scale": [1, 7]}])
    assert only(found, "sample.mean").verdict == "consistent"
    assert only(found, "sample.sd").sentence == "No whole numbers have mean 3.44 and SD 2.47 between 1 and 7 of n = 18."


@pytest.mark.parametrize(("sd", "verdict"), [("0.2", "inconsistent"), ("0.8", "consistent"), ("2.0", "inconsistent")])
def test_an_sd_too_small_or_too_large_for_the_range_is_inconsistent(sd, verdict):
    found = findings(samples=[{"n": 24, "mean": "8.3", "sd": sd, "range": [7, 10], "whole_numbers": False}])
    assert only(found, "sample.limits").verdict == verdict


def test_a_mean_outside_its_range_is_inconsistent():
    found = findings(samples=[{"n": 24, "mean": "10.4", "sd": "1.0", "range": [7, 10]}])
    assert {f.check for f in found if f.verdict == "inconsistent"} == {"sample.sd", "sample.limits"}


@given(st.data())
@settings(max_examples=60)
def test_the_total_of_real_groups_is_consistent(data):
    rng = np.random.default_rng(data.draw(st.integers(0, 10**6)))
    groups = [rng.integers(18, 70, data.draw(st.integers(3, 30))) for _ in range(data.draw(st.integers(2, 4)))]
    rounding = data.draw(st.sampled_from(ROUNDINGS))

    def moments(values):
        printed = as_printed(mean(map(int, values)), 1, rounding), as_printed(stdev(map(int, values)), 1, rounding)
        return {"n": len(values), "mean": printed[0], "sd": printed[1]}

    row = {"groups": {f"g{i}": moments(g) for i, g in enumerate(groups)}, "total": moments(np.concatenate(groups))}
    assert [f.sentence for f in findings(comparisons=[row]) if f.verdict == "inconsistent"] == []


@given(seed=st.integers(0, 10**6), digits=st.integers(1, 2), rounding=st.sampled_from(ROUNDINGS))
@settings(max_examples=60)
def test_the_t_and_p_of_real_groups_are_consistent(seed, digits, rounding):
    rng = np.random.default_rng(seed)
    groups = [rng.normal(50 + shift, 10, rng.integers(5, 40)) for shift in (0, 5)]
    test = student_t(*groups)
    moments = [{"n": len(g), "mean": as_printed(g.mean(), digits, rounding),
                "sd": as_printed(g.std(ddof=1), digits, rounding)} for g in groups]  # fmt: skip
    row = {"groups": {"a": moments[0], "b": moments[1]}, "t": as_printed(test.t, 2, rounding), "whole_numbers": False}
    row["p"] = as_printed(test.p, 3, rounding)
    found = findings(comparisons=[row])
    assert only(found, "comparison.printed_t").verdict == "consistent"
    assert only(found, "comparison.printed_p").verdict == "consistent"


def test_a_total_that_the_groups_do_not_make_is_inconsistent():
    groups = {"a": {"n": 25, "mean": "51.4", "sd": "10.8"}, "b": {"n": 22, "mean": "47.5", "sd": "10.4"}}
    row = {"groups": groups, "total": {"n": 47, "mean": "49.9", "sd": "10.7"}}
    found = findings(comparisons=[row])
    assert {f.check for f in found if f.verdict == "inconsistent"} == {"comparison.total", "comparison.sums"}


@pytest.mark.parametrize(("p", "verdict"), [(".215", "consistent"), (".21", "consistent"), (".150", "inconsistent")])
def test_a_printed_p_is_held_against_means_and_sds(p, verdict):
    groups = {"a": {"n": 25, "mean": "51.4", "sd": "10.8"}, "b": {"n": 22, "mean": "47.5", "sd": "10.4"}}
    found = findings(comparisons=[{"groups": groups, "p": p}])
    assert only(found, "comparison.printed_p").verdict == verdict


def test_a_correlation_has_its_interval_and_its_p():
    found = findings(correlations=[{"n": 24, "r": ".45", "p": ".30", "significant": True}])
    assert only(found, "correlation.interval").numbers["p"] == pytest.approx(0.0274, abs=5e-5)
    assert only(found, "correlation.p").verdict == "inconsistent"
    assert only(found, "test.significance").verdict == "consistent"


def test_a_census_of_round_answers_is_as_quick_as_a_class():
    found = findings(samples=[{"n": 1_000_000, "mean": "30", "sd": "12", "range": [0, 90], "multiples_of": 5}])
    assert only(found, "sample.multiples").sentence.endswith("(sum 29,500,000, 29,500,005, ... 30,500,000).")
    assert only(found, "sample.sd").verdict == "note"
