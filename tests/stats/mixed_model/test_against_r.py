"""R's answers: lmerTest and pbkrtest for compound symmetry, mmrm for the unstructured covariance."""

import math

import numpy as np
import pytest
from pytest import approx

from pilotage.stats.mixed_model import mmrm
from tests.stats import reference
from tests.stats.mixed_model import data

R = reference.answers("mixed_model")
EFFECTS = (("group", "group"), ("time", "time"), ("time_by_group", "group:time"))


def fitted(name, **choices):
    return mmrm(data.scores(name), reference.GROUPS, "control", **choices)


def in_sum_coding(log_likelihood, occasions):
    """REML depends on how the effects are coded, by the determinant that turns our coding into R's contr.sum."""
    from_group = math.log(2)
    from_time = math.log(occasions)
    return log_likelihood - (occasions * from_group + 2 * from_time)


@pytest.mark.parametrize("name", data.NAMES)
def test_compound_symmetry_is_lmers(name):
    model, r = fitted(name, covariance="compound symmetry"), R[name]["compound_symmetry"]
    between, total = model.covariance[0, 1], model.covariance[0, 0]
    assert model.n_observations == r["n"]
    assert in_sum_coding(model.log_likelihood, len(model.covariance)) == approx(r["reml"], rel=1e-10)
    assert (between, total - between) == (approx(r["var_id"], rel=1e-6), approx(r["var_res"], rel=1e-6))


@pytest.mark.parametrize("name", data.NAMES)
@pytest.mark.parametrize(("ours", "theirs"), EFFECTS)
def test_kenward_roger_is_pbkrtests(name, ours, theirs):
    test, r = getattr(fitted(name, covariance="compound symmetry").tests, ours), R[name]["compound_symmetry"]["KR"]
    assert test.df1 == r[theirs]["df1"]
    assert test.df2 == approx(r[theirs]["df2"], rel=1e-7)
    assert test.f == approx(r[theirs]["F"], rel=1e-6)
    assert test.p == approx(r[theirs]["p"], rel=1e-6)


@pytest.mark.parametrize("name", data.NAMES)
@pytest.mark.parametrize(("ours", "theirs"), EFFECTS)
def test_satterthwaite_is_lmertests_which_uses_the_observed_information(name, ours, theirs):
    model = fitted(name, covariance="compound symmetry", ddf="satterthwaite", information="observed")
    test, r = getattr(model.tests, ours), R[name]["compound_symmetry"]["Satt"]
    assert test.df2 == approx(r[theirs]["df2"], rel=1e-7)
    assert test.f == approx(r[theirs]["F"], rel=1e-6)


@pytest.mark.parametrize("name", data.NAMES)
@pytest.mark.parametrize(
    ("ddf", "information", "key"), [("kenward-roger", "expected", "did_KR"), ("satterthwaite", "observed", "did_Satt")]
)
def test_differences_in_change_are_those_of_emmeans(name, ddf, information, key):
    model = fitted(name, covariance="compound symmetry", ddf=ddf, information=information)
    for contrast, r in zip(model.contrasts, R[name]["compound_symmetry"][key], strict=True):
        assert contrast.estimate == approx(r["estimate"], rel=1e-6)
        assert contrast.se == approx(r["SE"], rel=1e-6)
        assert contrast.df == approx(r["df"], rel=1e-7)
        assert contrast.p == approx(r["p.value"], rel=1e-6)


@pytest.mark.parametrize("name", data.NAMES)
def test_differences_at_each_occasion_are_those_of_emmeans(name):
    model = fitted(name, covariance="compound symmetry")
    for occasion, r in enumerate(R[name]["compound_symmetry"]["group_diff_by_time"]):
        weights = [[-(k == occasion) for k in range(len(model.covariance))]]
        found = model.combination([*weights, [-w for w in weights[0]]])
        assert found.estimate == approx(r["estimate"], rel=1e-6)
        assert (found.se, found.df) == (approx(r["SE"], rel=1e-6), approx(r["df"], rel=1e-6))
        assert (found.low, found.high) == (approx(r["lower"], rel=1e-5), approx(r["upper"], rel=1e-5))


def as_mmrm(contrast, r):
    assert contrast.estimate == approx(r["Estimate"], rel=1e-4)
    assert contrast.se == approx(r["Std. Error"], rel=1e-4)
    assert contrast.df == approx(r["df"], rel=2e-4)
    assert contrast.p == approx(r["Pr(>|t|)"], rel=5e-3)


@pytest.mark.parametrize("name", data.NAMES)
def test_the_unstructured_model_is_mmrms_kenward_roger_linear(name):
    model, r = fitted(name, information="observed"), R[name]["unstructured"]
    for contrast, row in zip(model.contrasts, r["coef"][-len(model.contrasts) :], strict=True):
        as_mmrm(contrast, row)


@pytest.mark.parametrize("name", data.NAMES)
def test_no_unstructured_fit_of_mmrms_is_higher_than_ours(name):
    model, r = fitted(name), R[name]["unstructured"]
    assert model.log_likelihood >= r["reml"]
    assert model.log_likelihood == approx(r["reml"], abs=1e-6)
    assert model.covariance == approx(np.array(r["varcor"]), rel=3e-4)


def test_every_coefficient_and_its_name_is_mmrms():
    fixed, rows = fitted("three_occasions_missing").fixed, R["three_occasions_missing"]["unstructured"]["coef"]
    assert fixed.names[:4] == ("intercept", "group[training]", "occasion[1]", "occasion[2]")
    for k, row in enumerate(rows):
        assert fixed.estimates[k] == approx(row["Estimate"], rel=1e-4)
        assert math.sqrt(fixed.vcov[k, k]) == approx(row["Std. Error"], rel=5e-4)


def test_satterthwaite_for_the_unstructured_model_is_mmrms():
    model = fitted("three_occasions_missing", ddf="satterthwaite", information="observed")
    rows = R["three_occasions_missing"]["unstructured_satterthwaite"][-2:]
    for contrast, row in zip(model.contrasts, rows, strict=True):
        as_mmrm(contrast, row)


def test_baseline_as_covariate_is_mmrms():
    choices = {"baseline": "covariate", "ddf": "satterthwaite", "information": "observed"}
    model, r = fitted("three_occasions_missing", **choices), R["three_occasions_missing"]
    r = r["baseline_as_covariate_satterthwaite"]
    assert model.log_likelihood == approx(r["reml"], abs=1e-6)
    for contrast, row in zip(model.contrasts, r["diff"], strict=True):
        assert contrast.estimate == approx(row["estimate"], rel=1e-4)
        assert (contrast.se, contrast.df) == (approx(row["SE"], rel=1e-4), approx(row["df"], rel=2e-4))


def test_expected_and_observed_information_differ_where_people_dropped_out():
    ours = {i: fitted("three_occasions_missing", information=i).fixed for i in ("expected", "observed")}
    assert ours["expected"].estimates == approx(ours["observed"].estimates, rel=1e-12)
    assert ours["expected"].vcov[3, 3] != approx(ours["observed"].vcov[3, 3], rel=1e-4)


def test_the_page_prints_what_the_two_informations_give():
    page = (reference.FOLDER.parents[1] / "docs" / "explanation" / "mixed-models.md").read_text()
    for information in ("expected", "observed"):
        contrast = fitted("three_occasions_missing", information=information).contrasts[1]
        p = f"{contrast.p:.5f}".lstrip("0")
        numbers = f"{contrast.estimate:.5f} | {contrast.se:.5f} | {contrast.df:.3f} | {p}"
        assert f"| {information} information | {numbers} |" in page
