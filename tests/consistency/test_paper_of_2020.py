"""The 2020 study's own numbers, as shipped, give these findings and no others of their kind."""

import json

import pytest

from pilotage.consistency.load import load
from pilotage.consistency.recheck import as_json, counts, recheck
from tests.stats import reference

PAPER = load("imp-2020")
FOUND = recheck(PAPER)


def finding(check, about, **having):
    (one,) = [f for f in FOUND if (f.check, f.about) == (check, about) and having.items() <= f.numbers.items()]
    return one


# outcome: F, p, p range, |t|, d, g, interval of partial eta squared, partial epsilon squared
TESTS = {
    "SCS total": (6.078, 0.0176, 0.0173, 0.0178, 2.465, 0.721, 0.709, 0.012, 0.268, 0.099),
    "EQ total": (5.505, 0.0234, 0.0231, 0.0238, 2.346, 0.686, 0.674, 0.008, 0.257, 0.089),
    "ProQOL compassion fatigue": (5.223, 0.02705, 0.0267, 0.0274, 2.285, 0.668, 0.657, 0.006, 0.251, 0.084),
    "FFMQ non-reactivity": (4.614, 0.0371, 0.0366, 0.0377, 2.148, 0.628, 0.617, 0.003, 0.237, 0.073),
    "SCS isolation": (4.342, 0.0429, 0.0423, 0.0435, 2.084, 0.609, 0.599, 0.002, 0.231, 0.068),
}


@pytest.mark.parametrize("outcome", TESTS)
def test_each_outcome_gives_f_p_t_d_g_interval_and_epsilon(outcome):
    f, p, p_low, p_high, t, d, g, low, high, epsilon = TESTS[outcome]
    derived = finding("test.derived", outcome).numbers
    assert (derived["F"], derived["t"]) == (pytest.approx(f, abs=5e-4), pytest.approx(t, abs=5e-4))
    assert [derived[k] for k in ("p", "p_low", "p_high")] == pytest.approx([p, p_low, p_high], abs=5.1e-5)
    difference = finding("test.difference", outcome).numbers
    assert (difference["d"], difference["g"]) == (pytest.approx(d, abs=5.1e-4), pytest.approx(g, abs=5.1e-4))
    interval = finding("test.interval", outcome).numbers
    assert (interval["low"], interval["high"]) == pytest.approx((low, high), abs=5.1e-4)
    assert interval["level"] == 0.90
    less_biased = finding("test.less_biased", outcome).numbers
    assert less_biased["partial_epsilon_squared"] == pytest.approx(epsilon, abs=5.1e-4)
    assert finding("test.significance", outcome).verdict == "consistent"


def test_f_and_p_are_rs():
    r = reference.answers("paper_2020")["pes_ci_paper"]
    for outcome, name in zip(TESTS, ("scs", "eq", "pqcf", "nr", "iso"), strict=True):
        ours = finding("test.derived", outcome).numbers
        assert (ours["F"], ours["p"]) == (pytest.approx(r[name]["F"], rel=1e-9), pytest.approx(r[name]["p"], rel=1e-9))


def test_omega_squared_of_the_first_three():
    omegas = [finding("test.less_biased", outcome).numbers["partial_omega_squared"] for outcome in list(TESTS)[:3]]
    assert omegas == pytest.approx([0.0975, 0.0875, 0.0824], abs=5.1e-5)


def test_d_of_change_has_the_exact_interval():
    scs = finding("test.difference", "SCS total").numbers
    assert (scs["d_low"], scs["d_high"]) == pytest.approx((0.13, 1.31), abs=5e-3)


def test_holm_leaves_nothing_in_any_family_of_three_or_more():
    holm = finding("family", "the six outcomes", method="Holm").numbers
    assert (holm["survive"], holm["undecided"]) == ([], [])
    assert [a["p"] for a in holm["adjusted"]] == pytest.approx([0.105, 0.117, 0.117], abs=5e-4)
    assert {(row["survive"], row["undecided"]) for row in holm["by_size"]} == {(0, 0)}


def test_benjamini_hochberg_leaves_all_three_up_to_five_tests_and_none_from_six():
    bh = finding("family", "the six outcomes", method="Benjamini-Hochberg")
    assert [a["p"] for a in bh.numbers["adjusted"]] == pytest.approx([0.0541] * 3, abs=5e-5)
    by_size = {row["size"]: (row["survive"], row["undecided"]) for row in bh.numbers["by_size"]}
    assert [by_size[size] for size in range(3, 8)] == [(3, 0), (3, 0), (3, 0), (0, 0), (0, 0)]
    assert "all 3 survive in families of up to 5, none in a family of 6 or more" in bh.sentence


def test_the_power_is_that_of_the_largest_effect_alone_with_f_rounded():
    power = finding("power.reproduced", "post hoc power by G*Power")
    ((given),) = power.numbers["given_by"]
    assert (given["effect"], given["convention"]) == ("SCS total", "lambda = f^2 N, f to two digits")
    assert given["power"] == pytest.approx(0.6992, abs=5e-5)


@pytest.mark.parametrize(
    ("convention", "powers"),
    [
        ("lambda = f^2 N", (0.693, 0.650, 0.628, 0.658)),
        ("lambda = f^2 (N - 2) = F", (0.675, 0.632, 0.609, None)),
        ("lambda = f^2 N m / (1 - rho), m = 2, rho = .5", (0.9985, None, None, None)),
        ("lambda = f^2 N m / (1 - rho), m = 2, rho = 0", (0.937, None, None, None)),
    ],
)
def test_the_other_conventions_give_other_powers(convention, powers):
    effects = [*list(TESTS)[:3], "the mean of these effects"]
    for effect, power in zip(effects, powers, strict=True):
        found = finding("power.conventions", "post hoc power by G*Power", effect=effect).numbers["conventions"]
        assert power is None or found[convention]["power"] == pytest.approx(power, abs=5.1e-4)


def test_within_between_would_need_an_absurd_correlation():
    needed = finding("power.correlation", "post hoc power by G*Power", test="SCS total").numbers["rho"]
    assert needed == pytest.approx(-0.97, abs=5e-3)


def test_what_the_groups_could_have_shown():
    detectable = finding("power.detectable", "post hoc power by G*Power").numbers
    assert detectable["d"] == {"0.8": pytest.approx(0.84, abs=5e-3), "0.9": pytest.approx(0.97, abs=5e-3)}
    assert detectable["partial_eta_squared_by_df2"] == pytest.approx(0.154, abs=1e-3)


def test_the_percentages():
    profession = "relevance for the profession"
    assert finding("breakdown.percentages", profession).sentence == "88 % and 13 % are 21 of 24 and 3 of 24."
    assert finding("breakdown.sum", profession).verdict == "note"
    assert "88 + 13 = 101" in finding("breakdown.sum", profession).sentence
    assert finding("breakdown.percentages", "relevance for personal life").sentence.endswith("20 of 24 and 4 of 24.")
    assert finding("breakdown.n", "would recommend the training").numbers["n"] == [24]
    assert finding("breakdown.asked", profession).numbers["missing"] == 1
    mixed = [f.numbers for f in FOUND if f.check == "breakdown.precision"]
    assert [(m["count"], m["n"], m["as"]) for m in mixed] == [(21, 24, ["88", "87.5"]), (3, 24, ["13", "12.5"])]


def test_four_men_of_47_are_told_from_every_other_denominator_near():
    assert finding("proportion.percent", "male participants").numbers["fitting"] == [47]


@pytest.mark.parametrize(
    ("about", "low", "high"),
    [
        ("completed the training", 86.3, 100.0),
        ("returned the evaluation form", 79.6, 99.9),
        ("adverse reactions among those trained", 6.8, 40.7),
        ("adverse reactions among the forms", 7.1, 42.2),
    ],
)
def test_the_intervals_of_proportions(about, low, high):
    found = finding("proportion.interval", about).numbers
    assert (100 * found["low"], 100 * found["high"]) == pytest.approx((low, high), abs=0.05)


@pytest.mark.parametrize(
    ("about", "pairs"),
    [
        ("grade for the training", 5),
        ("grade for the first teacher", 6),
        ("grade for the second teacher", 3),
        ("course material", 2),
        ("organisation", 6),
        ("times exercised at home", 10),
    ],
)
def test_means_and_sds_are_possible_for_any_n_of_22_to_25(about, pairs):
    found = finding("sample.sd", about)
    assert (found.verdict, found.numbers["pairs"]) == ("consistent", pairs)
    assert found.numbers["n"] == [22, 23, 24, 25]


def test_minutes_of_practice_cannot_all_be_multiples_of_five():
    practice = finding("sample.multiples", "minutes of home practice")
    assert practice.verdict == "note"
    assert "the sum is 2,217 or 2,218" in practice.sentence
    assert practice.numbers["n"] == [23, 25]
    study = finding("sample.multiples", "minutes of studying")
    assert (study.verdict, study.numbers["sums"]) == ("consistent", [690])


def test_the_sds_of_minutes_are_within_what_the_range_allows():
    for about, low, high in (("minutes of home practice", 47.3, 136.2), ("minutes of studying", 10.5, 29.8)):
        limits = finding("sample.limits", about)
        assert limits.verdict == "consistent"
        assert (limits.numbers["low"], limits.numbers["high"]) == pytest.approx((low, high), abs=0.05)
    assert finding("sample.shape", "minutes of home practice").numbers["sd_over_mean"] == pytest.approx(0.88, abs=5e-3)


def test_ages():
    total = finding("comparison.total", "age")
    assert total.verdict == "consistent"
    assert (total.numbers["mean"], total.numbers["sd"]) == pytest.approx((49.57, 10.68), abs=5e-3)
    assert finding("comparison.sums", "age").numbers == {"ways": 9, "fitting": 8}
    t = finding("comparison.t", "age").numbers
    assert (t["t"], t["p"], t["p_low"], t["p_high"]) == pytest.approx((1.257, 0.215, 0.202, 0.229), abs=5e-4)
    assert t["welch_p"] == pytest.approx(0.214, abs=5e-4)
    assert finding("test.significance", "age").verdict == "consistent"


def test_the_critical_correlation():
    found = finding("correlation.critical", "practice with change in outcomes").numbers
    assert found["critical_r"] == pytest.approx(0.404, abs=5e-4)


def test_nothing_in_the_paper_is_contradicted():
    assert counts(FOUND)["inconsistent"] == 0


def test_the_json_is_plain_and_whole():
    plain = as_json(PAPER, FOUND)
    assert json.loads(json.dumps(plain, allow_nan=False)) == plain
    assert set(plain["findings"][0]) == {"verdict", "check", "about", "sentence", "numbers", "place"}
