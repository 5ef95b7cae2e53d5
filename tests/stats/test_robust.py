"""Robust errors by identities and small examples worked by hand; no R answer was at hand for them."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.robust import FEWEST_CLUSTERS, cr2, hc2, hc3, ols, robust_change_contrast
from pilotage.stats.ttests import student_t, welch_t


def regression(seed, n=24, columns=3):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), rng.normal(size=(n, columns - 1))])
    return X, X.sum(axis=1) + rng.normal(size=n) * (1 + X[:, 1] ** 2)


def two_groups(a, b):
    return [[1.0, 0.0]] * len(a) + [[1.0, 1.0]] * len(b), [*a, *b]


def test_least_squares_is_numpys_and_its_errors_the_textbooks():
    X, y = regression(1)
    fit = ols(X, y)
    assert fit.coefficients == approx(np.linalg.lstsq(X, y, rcond=None)[0], rel=1e-10)
    assert fit.vcov == approx(fit.sse / fit.df * np.linalg.inv(X.T @ X), rel=1e-10)
    assert fit.leverages.sum() == approx(3)


def test_a_columns_sum_of_squares_is_what_the_error_gains_without_it():
    X, y = regression(2)
    assert ols(X, y).squares_of(slice(1, 3)) == approx(ols(X[:, :1], y).sse - ols(X, y).sse, rel=1e-10)


def test_in_two_groups_hc3_is_worked_by_hand():
    # a: 1, 3 (mean 2, residuals -1, 1); b: 4, 8, 6 (mean 6, residuals -2, 2, 0).
    # V(b) = (1 + 1) / (1/2)^2 / 2^2 + (4 + 4) / (2/3)^2 / 3^2 = 2 + 2 = 4.
    found = hc3(*two_groups([1, 3], [4, 8, 6]))
    assert (found.coefficients[1], found.se[1], found.df[1]) == approx((4, 2, 3))


def test_hc3_is_its_own_definition_on_any_design():
    X, y = regression(3)
    b = np.linalg.inv(X.T @ X)
    h = np.diag(X @ b @ X.T)
    e = y - X @ (b @ X.T @ y)
    assert hc3(X, y).vcov == approx(b @ (X.T * (e / (1 - h)) ** 2) @ X @ b, rel=1e-10)


def test_hc3_is_the_jackknife_but_for_its_centre():
    # Leaving person i out moves b by B x e / (1 - h) (Efron 1982); HC3 adds up the squares of those moves.
    X, y = regression(4)
    full = ols(X, y).coefficients
    moves = [full - ols(np.delete(X, i, 0), np.delete(y, i)).coefficients for i in range(len(y))]
    assert hc3(X, y).vcov == approx(np.transpose(moves) @ moves, rel=1e-8)


@given(st.lists(st.integers(-30, 30), min_size=3, max_size=12), st.lists(st.integers(-30, 30), min_size=3, max_size=12))
def test_in_two_groups_hc2_is_welchs_standard_error_and_bell_mccaffreys_df_are_known(a, b):
    assume(len(set(a)) > 1 or len(set(b)) > 1)
    found = hc2(*two_groups(a, b))
    welch = welch_t(b, a)
    assert found.coefficients[1] / found.se[1] == approx(welch.t, rel=1e-9, abs=1e-12)
    # Under equal variances the estimate s_a^2/m + s_b^2/n has this mean and variance, hence these df.
    m, n = len(a), len(b)
    assert found.df[1] == approx((1 / m + 1 / n) ** 2 / (1 / (m**2 * (m - 1)) + 1 / (n**2 * (n - 1))), rel=1e-9)


@pytest.mark.parametrize("seed", range(4))
def test_cr2_of_clusters_of_one_is_hc2(seed):
    X, y = regression(seed)
    alone, clusters = hc2(X, y), cr2(X, y, [str(i) for i in range(len(y))])
    assert clusters.vcov == approx(alone.vcov, rel=1e-10)
    assert clusters.df == approx(alone.df, rel=1e-10)


@settings(max_examples=30)
@given(st.integers(0, 10_000), st.integers(5, 9), st.integers(2, 6))
def test_cr2_of_balanced_clusters_is_the_t_test_on_their_means(seed, clusters, size):
    y = np.random.default_rng(seed).normal(size=(2, clusters, size)).round(3)
    names = [f"{arm}{c}" for arm in "ab" for c in range(clusters) for _ in range(size)]
    (found,) = robust_change_contrast(y.ravel(), ["a"] * (clusters * size) + ["b"] * (clusters * size), "a", names)
    means = student_t(y[1].mean(axis=1), y[0].mean(axis=1))
    assert (found.estimate, found.t, found.df, found.p) == approx(
        (means.difference.value, means.t, means.df, means.p), rel=1e-8
    )
    assert (found.low, found.high) == approx((means.difference.low, means.difference.high), rel=1e-8)


def test_cr2_with_unlike_numbers_of_balanced_clusters_is_welchs_on_their_means_with_bell_mccaffreys_df():
    y = np.random.default_rng(5).normal(size=(14, 4))
    arms = ["a"] * 20 + ["b"] * 36
    (found,) = robust_change_contrast(y.ravel(), arms, "a", [str(i // 4) for i in range(56)])
    means = y.mean(axis=1)
    assert found.t == approx(welch_t(means[5:], means[:5]).t, rel=1e-10)
    assert found.df == approx((1 / 5 + 1 / 9) ** 2 / (1 / (25 * 4) + 1 / (81 * 8)), rel=1e-10)


def test_cr2_is_unbiased_where_errors_are_independent_and_alike():
    # The expectation of the sandwich under V(e) = I, by its definition, is B itself.
    X, _ = regression(6, n=40)
    clusters = np.repeat(np.arange(12), [1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6, 4])
    b = np.linalg.inv(X.T @ X)
    left = np.eye(40) - X @ b @ X.T
    expected = np.mean([cr2(X, np.sqrt(40) * column, clusters.astype(str)).vcov for column in left], axis=0)
    assert expected == approx(b, rel=1e-9, abs=1e-12)


def test_the_order_of_people_and_the_names_of_clusters_do_not_matter():
    X, y = regression(7, n=40)
    clusters = np.repeat(np.arange(10), 4)
    order = np.random.default_rng(0).permutation(40)
    one, other = cr2(X, y, clusters.astype(str)), cr2(X[order], y[order], [f"c{9 - c}" for c in clusters[order]])
    assert (other.vcov, other.df) == (approx(one.vcov, rel=1e-10), approx(one.df, rel=1e-10))


def test_three_arms_each_with_its_own_variance():
    rng = np.random.default_rng(8)
    a, b, c = rng.normal(0, 1, 9), rng.normal(1, 3, 7), rng.normal(2, 0.5, 8)
    found = robust_change_contrast([*a, *b, *c], ["a"] * 9 + ["b"] * 7 + ["c"] * 8, "a")
    expected = [np.sqrt(a.var(ddof=1) / 8 + other.var(ddof=1) / (len(other) - 1)) for other in (b, c)]
    assert [f.se for f in found] == approx(expected, rel=1e-10)


def clustered(arms):
    y = np.random.default_rng(1).normal(size=len(arms))
    return y, list(arms)


@pytest.mark.parametrize(
    ("job", "message"),
    [
        (lambda: robust_change_contrast(*clustered("a" * 22 + "b" * 25), "a", ["x", "y"] * 23 + ["x"]), "has 2 clus"),
        (
            lambda: robust_change_contrast(*clustered("aaaaaaabbbb"), "a", [*"1234567", *"xxyy"]),
            "arm 'b' has 2 clusters; cluster-robust errors need 5 in each arm",
        ),
        (lambda: cr2(*regression(1), ["x", "y"] * 12), f"2 clusters are too few .* need {FEWEST_CLUSTERS}"),
        (lambda: cr2(*regression(1), ["x"]), "24 people do not fit 1 cluster labels"),
        (lambda: hc3([[1, 0], [1, 0], [1, 1]], [1, 2, 3]), "person 2 alone determines"),
        (
            lambda: cr2([[1, i < 3] for i in range(20)], range(20), [str(max(i, 2)) for i in range(20)]),
            "one cluster al",
        ),
        (lambda: ols([[1, 2], [1, 2], [1, 2]], [1, 2, 3]), "column 1 of the design is constant"),
        (lambda: ols([[1, 2], [1, 3]], [1, 2]), "2 people are too few for 2 coefficients"),
        (lambda: ols([[1, 2], [1, 3], [1, 5]], [1, 2]), "must fit one outcome"),
        (lambda: ols([[1, 2], [1, 3], [1, float("nan")]], [1, 2, 3]), "finite numbers"),
        (lambda: robust_change_contrast([1, 1, 2, 2], list("aabb"), "a"), "error is zero"),
    ],
)
def test_what_has_no_answer_is_refused_in_words(job, message):
    with pytest.raises(ValueError, match=message):
        job()
