"""Individual change: R's counts, exact shares, and no recovery without norms."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.correlation import pearson
from pilotage.stats.proportions import clopper_pearson
from pilotage.stats.reliable_change import (
    NoNormsError,
    Norms,
    clinical_cutoff,
    clinically_significant_change,
    reliable_change,
    sd_of_difference,
)
from tests.stats import reference

R = reference.answers("clusters_and_reliable_change")["reliable_change"]
MADE_UP = Norms(24.0, 6.0, 14.0, 4.0, "made up")


@pytest.mark.parametrize("scale", reference.SCALES)
def test_the_threshold_and_the_counts_are_rs(scale):
    scores, r = reference.before_and_after(scale), R[scale]
    controls, training = scores[~reference.TRAINING], scores[reference.TRAINING]
    retest = pearson(controls[:, 0], controls[:, 1]).estimate.value
    sd = float(scores[:, 0].std(ddof=1))
    found = reliable_change(training[:, 0], training[:, 1], retest, sd)
    assert retest == approx(r["rxx_control_retest"], rel=1e-9)
    assert found.sd_difference == approx(r["Sdiff"], rel=1e-9)
    assert (found.improved.people, found.deteriorated.people) == (r["n_improved"], r["n_worse"])
    assert found.unchanged.people == 25 - r["n_improved"] - r["n_worse"]


@pytest.mark.parametrize(("alpha", "threshold"), [(0.91, 0.83), (0.90, 0.88), (0.84, 1.11), (0.87, 1.00), (0.76, 1.36)])
def test_a_threshold_in_sds_follows_from_the_reliability_alone(alpha, threshold):
    assert sd_of_difference(alpha, 1.0) * 1.96 == approx(threshold, abs=0.005)


scores = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=60)


@given(scores)
def test_everyone_is_counted_once_and_lower_is_the_mirror_of_higher(pairs):
    pre, post = np.array(pairs, dtype=float).T
    up = reliable_change(pre, post, 0.8, 6.0)
    down = reliable_change(-pre, -post, 0.8, 6.0, "lower")
    assert up.improved.people + up.unchanged.people + up.deteriorated.people == len(pairs)
    assert (up.improved, up.unchanged, up.deteriorated) == (down.improved, down.unchanged, down.deteriorated)
    assert up.improved.share == clopper_pearson(up.improved.people, len(pairs))


def test_the_cutoff_lies_nearer_to_the_group_that_differs_less():
    assert clinical_cutoff(MADE_UP) == approx(18.0)
    assert clinical_cutoff(Norms(24.0, 5.0, 14.0, 5.0, "made up")) == approx(19.0)


def test_recovery_asks_for_a_reliable_change_and_for_crossing_the_cutoff():
    # reliable and across; reliable, not across; across, not reliable; began on the general side
    pre, post = [26.0, 38.0, 19.0, 15.0], [10.0, 22.0, 17.0, 2.0]
    change = reliable_change(pre, post, 0.9, 6.0, "lower")
    found = clinically_significant_change(pre, post, change, MADE_UP)
    assert (found.people, found.share.n) == (1, 4)


def test_without_norms_recovery_is_refused_with_the_reason():
    change = reliable_change([1.0], [2.0], 0.9, 1.0)
    with pytest.raises(NoNormsError, match="needs norms of people with and without the complaint"):
        clinically_significant_change([1.0], [2.0], change, None)


@pytest.mark.parametrize(
    ("job", "said"),
    [
        (lambda: reliable_change([1, 2], [2, 3], 1.0, 1.0), "below 1, not 1"),
        (lambda: reliable_change([1, 2], [2, 3], -0.2, 1.0), "not -0.2"),
        (lambda: reliable_change([1, 2], [2, 3], 0.8, 0.0), "SD above 0"),
        (lambda: reliable_change([1, 2], [2], 0.8, 1.0), "same people"),
        (lambda: reliable_change([], [], 0.8, 1.0), "same people"),
        (lambda: reliable_change([1, np.nan], [2, 3], 0.8, 1.0), "without missing"),
        (lambda: clinical_cutoff(Norms(14.0, 5.0, 14.0, 5.0, "made up")), "do not tell two groups apart"),
    ],
)
def test_what_makes_no_sense_is_refused(job, said):
    with pytest.raises(ValueError, match=said):
        job()
