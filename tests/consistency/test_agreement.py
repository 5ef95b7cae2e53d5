"""F, t, p and partial eta squared agree, or it is said which do not; what follows from them is right."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pilotage.consistency.f_range import f_of_p
from pilotage.stats.distributions import f_sf
from tests.consistency.rows import ROUNDINGS, as_printed, findings, only


@given(
    f=st.floats(0.02, 60), df1=st.integers(1, 5), df2=st.integers(3, 200), digits=st.integers(2, 3),
    rounding=st.sampled_from(ROUNDINGS),
)  # fmt: skip
@settings(max_examples=200)
def test_numbers_rounded_from_one_test_agree(f, df1, df2, digits, rounding):
    p, eta = f_sf(f, df1, df2), df1 * f / (df1 * f + df2)
    row = {"df": [df1, df2], "F": as_printed(f, 2, rounding), "partial_eta_squared": as_printed(eta, digits, rounding)}
    row["p"] = as_printed(p, 3, rounding) if p >= 0.001 else "< .001"
    if df1 == 1:
        row["t"] = as_printed(-math.sqrt(f), 2, rounding)
    assert [x.sentence for x in findings(tests=[row]) if x.verdict == "inconsistent"] == []


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"F": "6.08", "p": ".03"}, "F = 6.08 means F(1, 45) = 6.075–6.085, but p = .03 means F(1, 45) = 4.727–5.377"),
        ({"F": "6.08", "partial_eta_squared": ".129"}, "partial eta squared = .129 means"),
        ({"t": "2.47", "F": "6.68"}, "F = 6.68 means F(1, 45) = 6.675–6.685, but t = 2.47"),
        ({"F": "4.00", "p": "< .001"}, "but p < .001 means F(1, 45) of at least 12.392"),
    ],
)
def test_numbers_that_disagree_are_named_with_what_each_means(row, words):
    finding = only(findings(tests=[{"df": [1, 45]} | row]), "test.agreement")
    assert finding.verdict == "inconsistent"
    assert words in finding.sentence


def test_a_one_sided_p_is_recognised():
    one_sided = only(findings(tests=[{"df": [45], "t": "2.47", "p": ".009"}]), "test.agreement")
    assert (one_sided.verdict, one_sided.sentence.endswith("It would fit if p were one-sided.")) == (
        "inconsistent",
        True,
    )
    wrong = only(findings(tests=[{"df": [45], "t": "2.47", "p": ".002"}]), "test.agreement")
    assert "one-sided" not in wrong.sentence


@pytest.mark.parametrize(
    ("eta", "claimed", "verdict"),
    [
        (".119", True, "consistent"),
        (".119", False, "inconsistent"),
        (".08", True, "note"),
        (".05", True, "inconsistent"),
    ],
)
def test_what_is_said_of_significance_is_held_against_p(eta, claimed, verdict):
    found = findings(tests=[{"df": [1, 45], "partial_eta_squared": eta, "significant": claimed}])
    assert only(found, "test.significance").verdict == verdict


def test_a_bound_alone_gives_a_bound_and_no_interval():
    found = findings(tests=[{"df": [1, 45], "p": "< .05", "between": [25, 22]}])
    assert [f.check for f in found] == ["test.derived"]
    assert found[0].sentence == "p < .05 means F(1, 45) of at least 4.057, and p of at most .0500."


def test_d_keeps_the_sign_that_the_paper_gives():
    down = only(findings(tests=[{"df": [45], "t": "-2.465", "between": [25, 22]}]), "test.difference").numbers
    up = only(findings(tests=[{"df": [45], "t": "2.465", "between": [25, 22]}]), "test.difference").numbers
    assert (down["d"], down["d_low"], down["d_high"]) == pytest.approx((-up["d"], -up["d_high"], -up["d_low"]))


def test_the_inverse_of_p_holds_far_into_the_tail():
    for p in (0.9, 0.05, 1e-6, 1e-60):
        assert f_sf(f_of_p(p, 2, 30), 2, 30) == pytest.approx(p, rel=1e-9)
    assert (f_of_p(1.0, 2, 30), f_of_p(0.0, 2, 30)) == (0.0, math.inf)


@pytest.mark.parametrize(("df", "verdict"), [(46, "inconsistent"), (44, "note"), (43.2, "note")])
def test_error_df_are_held_against_the_groups(df, verdict):
    assert only(findings(tests=[{"df": [df], "t": "2.5", "between": [25, 22]}]), "test.df").verdict == verdict


def test_a_family_whose_fate_hangs_on_rounding_says_so():
    tests = [{"df": [1, 45], "p": ".025"}, {"df": [1, 45], "p": "< .001"}]
    found = findings(tests=tests, families=[{"tests": ["row 0", "row 1"], "size": 4}])
    holm, bh = (f.numbers for f in found if f.check == "family")
    assert (holm["survive"], holm["undecided"]) == (["row 1"], [])
    assert (bh["survive"], bh["undecided"]) == (["row 1"], ["row 0"])


def test_no_power_follows_from_a_bound():
    found = findings(tests=[{"df": [1, 45], "p": "< .05"}], power=[{"reported": ".8", "tests": ["row 0"]}])
    assert [f.check for f in found if f.place.startswith("power")] == ["power.no_effect"]


def test_a_power_that_no_convention_gives_is_inconsistent():
    rows = {"tests": [{"df": [1, 45], "F": "6.08"}], "power": [{"reported": ".95", "tests": ["row 0"]}]}
    assert only(findings(**rows), "power.reproduced").verdict == "inconsistent"
