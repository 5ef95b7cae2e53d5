"""Alpha and omega: R's psych and lavaan, the identities they keep, and what is refused."""

import csv
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest import approx

from pilotage.stats.one_factor import one_factor
from pilotage.stats.reliability import OmegaRefusedError, cronbach_alpha, omega_total
from tests.shared import shared_file
from tests.stats import reference

R = reference.answers("reliability")["scales"]


@pytest.mark.parametrize("scale", R)
def test_alpha_its_interval_and_its_items_are_rs(scale):
    r, found = R[scale], cronbach_alpha(reference.items(scale))
    assert (found.n, found.items, found.n_left_out) == (r["n"], r["k"], 0)
    assert found.alpha.value == approx(r["alpha"], rel=1e-12)
    assert (found.alpha.low, found.alpha.high) == approx((r["feldt_lo"], r["feldt_hi"]), rel=1e-12)
    assert found.standardised == approx(r["alpha_std"], rel=1e-12)
    assert found.item_rest == approx(r["item_total_r"], rel=1e-11)
    assert found.if_deleted == approx(r["alpha_if_deleted"], rel=1e-11)


@pytest.mark.parametrize("scale", [s for s in R if "omega_lavaan_ml" in R[s]])
def test_omega_and_its_loadings_are_lavaans(scale):
    r, found = R[scale], omega_total(reference.items(scale))
    assert found.omega == approx(r["omega_lavaan_ml"], rel=1e-6)
    assert found.gradient_norm < 1e-8
    assert found.heywood == ()
    # lavaan's covariances divide by n, ours by n - 1.
    loadings, sign = np.array(r["lavaan_lambda"]) * np.sqrt(47 / 46), np.sign(sum(r["lavaan_lambda"]))
    assert found.loadings == approx(sign * loadings, abs=2e-5)
    assert found.unique_variances == approx(np.array(r["lavaan_theta"]) * 47 / 46, abs=2e-5)


def columns(file, names):
    with shared_file(file).open(encoding="utf-8-sig") as opened:
        rows = list(csv.DictReader(opened))
    return np.array([[float(row[name]) if row[name] not in ("", "NA") else np.nan for name in names] for row in rows])


def numbered(prefix, count):
    return [f"{prefix}{k}" for k in range(1, count + 1)]


@pytest.mark.parametrize(
    ("name", "prefix", "items", "reverse"),
    [
        ("pss10_ukm_reversed4578", "S", 10, (4, 5, 7, 8)),
        ("pss10_ukm_NOT_reversed_wrong", "S", 10, ()),
        ("phq9_ukm", "D", 9, ()),
        ("gad7_ukm", "A", 7, ()),
    ],
)
def test_alphas_of_223_people_are_rs(name, prefix, items, reverse):
    answers = columns("data/pss10/Psychological_aspects.csv", numbered(prefix, items))
    for item in reverse:
        answers[:, item - 1] = 4 - answers[:, item - 1]
    assert_same_as_expected(cronbach_alpha(answers), name)


@pytest.mark.parametrize(
    "name", ["ffmq39_observe", "ffmq39_total_NOT_reversed_wrong", "ffmq39_describe_NOT_reversed_wrong"]
)
def test_alphas_of_532_people_are_rs(name):
    r = json.loads(shared_file("data/expected.json").read_text())[name]
    assert_same_as_expected(cronbach_alpha(columns("data/ffmq39/ffmq39_raw_unreversed_n532.csv", r["drop"])), name)


@pytest.mark.parametrize(
    ("name", "reverse"),
    [
        ("pospsy_ahi24_T0", ()),
        ("pospsy_cesd20_T0_reversed", (4, 8, 12, 16)),
        ("pospsy_cesd20_T0_NOT_reversed_wrong", ()),
    ],
)
def test_alphas_of_295_people_at_their_first_occasion_are_rs(name, reverse):
    names = list(json.loads(shared_file("data/expected.json").read_text())[name]["drop"])
    found = columns("data/woodworth/posPsy_long.csv", ["occasion", *names])
    answers = found[found[:, 0] == 0, 1:]
    for item in reverse:
        answers[:, item - 1] = 5 - answers[:, item - 1]
    assert_same_as_expected(cronbach_alpha(answers), name)


def test_alpha_of_6956_complete_people_is_rs_and_733_are_counted_as_left_out():
    r = json.loads(shared_file("data/expected.json").read_text())["eq22_scored"]
    found = cronbach_alpha(columns("data/eq22/eq22_scored_0to2.csv", r["drop"]))
    assert_same_as_expected(found, "eq22_scored")
    assert found.n_left_out == 733


def assert_same_as_expected(found, name):
    r = json.loads(shared_file("data/expected.json").read_text())[name]
    assert found.n == r["n_complete"]
    assert found.alpha.value == approx(r["alpha_complete"], rel=1e-9)
    assert (found.alpha.low, found.alpha.high) == approx(r["feldt95"], rel=1e-9)
    assert found.standardised == approx(r["std_alpha"], rel=1e-9)
    assert found.mean_correlation == approx(r["mean_r"], rel=1e-9)
    assert found.if_deleted == approx(list(r["drop"].values()), rel=1e-9)
    assert found.item_rest == approx(list(r["r_drop"].values()), rel=1e-9)


def answers(seed, people, items, strength=1.0):
    rng = np.random.default_rng(seed)
    return strength * rng.normal(size=(people, 1)) + rng.normal(size=(people, items))


@given(st.integers(0, 10_000), st.integers(2, 8), st.floats(-20, 20), st.floats(0.1, 10))
def test_alpha_ignores_shift_and_unit(seed, items, shift, unit):
    data = answers(seed, 20, items)
    assert cronbach_alpha(unit * data + shift).alpha.value == approx(
        cronbach_alpha(data).alpha.value, rel=1e-8, abs=1e-8
    )


@given(st.integers(0, 10_000), st.integers(3, 8))
def test_omega_ignores_shift_unit_and_reversal_of_all_items(seed, items):
    data = answers(seed, 60, items)
    assert omega_total(5 - 3 * data).omega == approx(omega_total(data).omega, rel=1e-7)


@given(st.lists(st.floats(0.3, 0.9), min_size=3, max_size=12))
def test_a_true_one_factor_matrix_gives_its_loadings_back(loadings):
    true = np.array(loadings)
    found = one_factor(np.outer(true, true) + np.diag(1 - true**2))
    assert found.loadings == approx(true, abs=1e-6)
    assert found.gradient_norm < 1e-8


@settings(max_examples=60)
@given(st.integers(0, 100_000), st.integers(3, 10), st.integers(2, 40), st.floats(0, 2))
def test_the_search_settles_on_any_answers(seed, items, more, strength):
    found = omega_total(answers(seed, items + more, items, strength))
    assert found.gradient_norm < 1e-8
    assert 0 <= found.omega < 1


def test_equal_items_make_omega_alpha():
    loadings = np.full(5, 0.7)
    r = np.outer(loadings, loadings) + np.diag(1 - loadings**2)
    exact = np.random.default_rng(1).normal(size=(40, 5))
    exact -= exact.mean(axis=0)
    exact = exact @ np.linalg.inv(np.linalg.cholesky(np.cov(exact, rowvar=False))).T @ np.linalg.cholesky(r).T
    assert omega_total(exact).omega == approx(cronbach_alpha(exact).alpha.value, rel=1e-8)


def test_a_heywood_case_is_reported_with_the_item():
    # Three items whose correlations would need a loading above 1: .9 * .9 / .5 = 1.62.
    r = np.array([[1, 0.9, 0.9], [0.9, 1, 0.5], [0.9, 0.5, 1]]) * 0.9 + np.eye(3) * 0.1
    data = np.random.default_rng(2).normal(size=(50, 3))
    data -= data.mean(axis=0)
    data = data @ np.linalg.inv(np.linalg.cholesky(np.cov(data, rowvar=False))).T @ np.linalg.cholesky(r).T
    found = omega_total(data)
    assert found.heywood == (0,)
    assert found.gradient_norm < 1e-8


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (answers(1, 8, 8), "8 people are no more than 8 items"),
        (answers(1, 20, 2), "at least 3 items, and the scale has 2"),
        (np.column_stack([answers(1, 20, 3), np.ones(20)]), "the same answer from everyone"),
        (answers(1, 20, 3)[:, [0, 1, 2, 2]], "determined by the others"),
    ],
)
def test_omega_is_refused_where_the_data_cannot_carry_it(data, message):
    with pytest.raises(OmegaRefusedError, match=message):
        omega_total(data)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([[1], [2]], "not defined for 1 item"),
        ([[1, 2], [np.nan, 2]], "at least 2 people with every item, not 1"),
        ([[1, 3], [2, 2], [3, 1]], "does not vary between people"),
    ],
)
def test_alpha_is_refused_where_it_is_not_defined(data, message):
    with pytest.raises(ValueError, match=message):
        cronbach_alpha(data)


def test_alpha_may_be_negative_and_is_told_so():
    assert cronbach_alpha([[1, 5], [2, 3], [5, 2], [4, 1]]).alpha.value < 0


def test_a_person_with_a_blank_is_left_out_and_counted():
    data = answers(3, 12, 4)
    with_blank = np.vstack([data, [[1.0, np.nan, 2.0, 3.0]]])
    assert cronbach_alpha(with_blank).n_left_out == omega_total(with_blank).n_left_out == 1
    assert cronbach_alpha(with_blank).alpha == cronbach_alpha(data).alpha


def test_two_items_leave_no_alpha_without_one_of_them():
    assert cronbach_alpha([[1, 2], [2, 2], [3, 4]]).if_deleted == (None, None)


@pytest.mark.parametrize(("people", "items"), [(200, 10), (200, 40), (41, 40)])
def test_the_search_takes_few_steps_however_many_items(people, items):
    data = answers(4, people, items)
    assert one_factor(np.corrcoef(data, rowvar=False)).steps <= 15
