"""The mixed ANOVA: R's numbers, the identities it must keep, and what it refuses."""

import csv
import json
from collections import defaultdict

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from pytest import approx

from pilotage.stats.anova import _effect, mixed_anova
from pilotage.stats.complete_cases import complete_cases
from pilotage.stats.ttests import student_t
from tests.shared import shared_file
from tests.stats import reference

EFFECTS = (("group", "group"), ("time", "time"), ("interaction", "time_by_group"))


def assert_same_as_r(effect, r):
    assert (effect.df1, effect.df2) == (r["df1"], r["df2"])
    assert effect.f == approx(r["F"], rel=1e-9, abs=1e-11)
    assert effect.p == approx(r["p"], rel=1e-9)
    assert effect.partial_eta_squared == approx(r["pes"], rel=1e-9, abs=1e-12)
    for ours, key in ((effect.ss, "SS"), (effect.ss_error, "SSE"), (effect.generalised_eta_squared, "ges")):
        assert key not in r or ours == approx(r[key], rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("scale", reference.SCALES)
def test_two_occasions_are_rs(scale):
    result = mixed_anova(reference.before_and_after(scale), reference.GROUPS)
    for theirs, ours in EFFECTS:
        assert_same_as_r(getattr(result, ours), reference.answers("mixed_anova")["two_occasions"][scale][theirs])


@pytest.mark.parametrize(
    ("data", "answers"),
    [("three_occasions", "three_occasions"), ("three_occasions_missing", "three_occasions_complete_cases")],
)
def test_three_occasions_with_both_epsilons_and_mauchly_are_rs(data, answers):
    values, r = reference.three_occasions(data), reference.answers("mixed_anova")[answers]
    kept = list(complete_cases(list(reference.PEOPLE), values, ["pre", "post", "fup"]).kept)
    result = mixed_anova(values[kept], [reference.GROUPS[k] for k in kept])
    for theirs, ours in EFFECTS:
        assert_same_as_r(getattr(result, ours), r["tests"][theirs])
    for row, effect in enumerate((result.time, result.time_by_group)):
        assert effect.epsilon_gg == approx(r["GG"][row], rel=1e-10)
        assert effect.epsilon_hf == approx(r["HF"][row], rel=1e-10)
        assert effect.p_gg == approx(r["pGG"][row], rel=1e-9)
        assert effect.p_hf == approx(r["pHF"][row], rel=1e-9)
    assert result.mauchly.w == approx(r["mauchly_W"][0], rel=1e-10)
    assert result.mauchly.p == approx(r["mauchly_p"][0], rel=1e-9)


def test_the_time_effect_is_not_the_one_by_weighted_means():
    r = reference.answers("mixed_anova")["two_occasions_type2_time_f"]
    ours = {s: mixed_anova(reference.before_and_after(s), reference.GROUPS).time.f for s in reference.SCALES}
    assert all(abs(ours[s] / r[s] - 1) > 1e-3 for s in reference.SCALES)


@pytest.mark.parametrize(("f", "omega"), [(6.078, 0.0975), (5.505, 0.0875), (5.223, 0.0824)])
def test_partial_omega_squared_of_the_papers_effects(f, omega):
    effect = _effect("group", f, (1, 45), (45.0, 45.0), None)
    assert effect.omega_squared_partial == approx(omega, abs=6e-5)


def test_an_epsilon_above_one_is_told_and_cut_at_one_for_p():
    # Four people in two groups, changes near to spherical: Huynh-Feldt's epsilon exceeds 1.
    result = mixed_anova([[1, 5, 2], [4, 2, 6], [2, 1, 7], [6, 3, 1], [5, 8, 5], [1, 2, 2]], list("aaabbb"))
    assert result.time.epsilon_hf > 1
    assert result.time.p_hf == result.time.p


def expected(name):
    return json.loads(shared_file("data/expected.json").read_text())[name]


def woodworth(total, occasions):
    people, arm = defaultdict(dict), {}
    with shared_file("data/woodworth/posPsy_long.csv").open() as file:
        for row in csv.DictReader(file):
            people[row["id"]][int(row["occasion"])] = float(row[total])
            arm[row["id"]] = row["intervention"]
    values = [[scores.get(k, np.nan) for k in range(occasions)] for scores in people.values()]
    cases = complete_cases(list(people), values, [f"occasion {k}" for k in range(occasions)])
    return mixed_anova(np.array(values)[list(cases.kept)], [arm[list(people)[k]] for k in cases.kept]), cases


def assert_same_as_published_answers(result, r):
    for theirs, ours in (("group", "group"), ("time", "time"), ("group_x_time", "time_by_group")):
        assert_same_as_r(getattr(result, ours), r["type3"][theirs])
    for group, n, means, sds in zip(
        result.cells.groups, result.cells.n, result.cells.means, result.cells.sds, strict=True
    ):
        theirs = list(r["cells"][group].values())
        assert [n] * len(theirs) == [cell["n"] for cell in theirs]
        assert means == approx([cell["mean"] for cell in theirs], rel=1e-9)
        assert sds == approx([cell["sd"] for cell in theirs], rel=1e-9)


def test_the_prison_study_of_15_against_11_is_rs():
    with shared_file("data/prison-stress/PrisonStress.csv").open() as file:
        rows = list(csv.DictReader(file))
    result = mixed_anova([[float(r["PSSbefore"]), float(r["PSSafter"])] for r in rows], [r["Group"] for r in rows])
    assert_same_as_published_answers(result, expected("prison_pss"))
    assert result.time_by_group.f == approx(14.9122026694, rel=1e-10)
    assert result.time.f == approx(1.3749371415, rel=1e-10)


@pytest.mark.parametrize(("total", "name"), [("ahiTotal", "ahi"), ("cesdTotal", "cesd")])
def test_four_arms_before_and_after_are_rs_with_everyone_left_out_named(total, name):
    result, cases = woodworth(total, 2)
    assert_same_as_published_answers(result, expected(f"pospsy_{name}_pre_post"))
    assert (result.n, len(cases.excluded)) == (148, 147)
    assert cases.count_by_reason() == {"no value at occasion 1": 147}


@pytest.mark.parametrize(("total", "name"), [("ahiTotal", "ahi"), ("cesdTotal", "cesd")])
def test_four_arms_at_six_occasions_are_rs_with_both_epsilons_and_mauchly(total, name):
    result, _ = woodworth(total, 6)
    r = expected(f"pospsy_{name}_6occ")
    assert_same_as_published_answers(result, r)
    assert result.mauchly.w == approx(r["mauchly"][0], rel=1e-10)
    assert result.mauchly.p == approx(r["mauchly"][1], rel=1e-9)
    for effect, key in ((result.time, "t"), (result.time_by_group, "g:t")):
        assert (effect.epsilon_gg, effect.epsilon_hf) == approx((r["gg_eps"], r["hf_eps"]), rel=1e-10)
        assert effect.p_gg == approx(r["gg_p"][key], rel=1e-9)


@st.composite
def studies(draw, most_groups=3, most_occasions=4):
    sizes = draw(st.lists(st.integers(2, 9), min_size=2, max_size=most_groups))
    occasions = draw(st.integers(2, most_occasions))
    answers = draw(arrays(np.int64, (sum(sizes), occasions), elements=st.integers(0, 40)))
    # A different small slope for each person keeps the error variance above zero.
    tilt = np.outer(np.linspace(0.1, 1.3, sum(sizes)) ** 2, np.arange(occasions) ** 1.5 + 1)
    return answers + tilt, [f"arm {k}" for k, size in enumerate(sizes) for _ in range(size)]


def every_f(result):
    return [effect.f for effect in result.effects]


@given(studies(most_groups=2, most_occasions=2))
def test_f_of_the_interaction_is_the_square_of_t_on_the_change(study):
    values, groups = study
    change, first = values[:, 1] - values[:, 0], np.array(groups) == "arm 0"
    result, t = mixed_anova(values, groups), student_t(change[first], change[~first])
    assert result.time_by_group.f == approx(t.t**2, rel=1e-10, abs=1e-10)
    assert result.time_by_group.p == approx(t.p, rel=1e-8)


@given(studies(), st.randoms())
def test_the_order_of_people_and_of_groups_changes_nothing(study, random):
    values, groups = study
    order = list(range(len(groups)))
    random.shuffle(order)
    shuffled = mixed_anova(values[order], [groups[k] for k in order])
    assert every_f(shuffled) == approx(every_f(mixed_anova(values, groups)), rel=1e-9, abs=1e-9)


@given(studies(), st.integers(-50, 50))
def test_adding_the_same_to_every_score_changes_nothing(study, shift):
    values, groups = study
    assert every_f(mixed_anova(values + shift, groups)) == approx(
        every_f(mixed_anova(values, groups)), rel=1e-9, abs=1e-9
    )


@given(studies())
def test_reversing_the_scale_changes_nothing_but_the_means(study):
    values, groups = study
    assert every_f(mixed_anova(40 - values, groups)) == approx(every_f(mixed_anova(values, groups)), rel=1e-9, abs=1e-9)


@given(studies())
def test_reversing_the_order_of_occasions_changes_no_f_and_no_epsilon(study):
    values, groups = study
    one, other = mixed_anova(values, groups), mixed_anova(values[:, ::-1], groups)
    assert every_f(other) == approx(every_f(one), rel=1e-8, abs=1e-8)
    assert (other.time.epsilon_gg or 1) == approx(one.time.epsilon_gg or 1, rel=1e-8)


@given(studies())
def test_with_equal_groups_the_parts_add_up_to_the_whole(study):
    values, groups = study
    kept = np.concatenate([np.flatnonzero(np.array(groups) == g)[:2] for g in dict.fromkeys(groups)])
    result = mixed_anova(values[kept], [groups[k] for k in kept])
    parts = sum(e.ss for e in result.effects) + result.group.ss_error + result.time.ss_error
    assert parts == approx(((values[kept] - values[kept].mean()) ** 2).sum(), rel=1e-9)


@given(studies(most_occasions=5))
def test_epsilons_lie_where_they_must(study):
    result = mixed_anova(*study)
    occasions = len(result.cells.means[0])
    if occasions == 2:
        assert result.time.epsilon_gg is None
        assert result.mauchly is None
    else:
        assert 1 / (occasions - 1) - 1e-9 <= result.time.epsilon_gg <= 1 + 1e-9
        assert result.group.epsilon_gg is None
        assert result.time.epsilon_hf is None or result.time.epsilon_hf >= result.time.epsilon_gg - 1e-9


GOOD = [[1, 2], [2, 5], [3, 4], [2, 2], [4, 3]]


@pytest.mark.parametrize(
    ("scores", "groups", "message"),
    [
        (GOOD, ["a"] * 5, "at least two groups, and there is only a"),
        (GOOD, ["a", "a", "a", "a", "b"], "group 'b' has only 1 complete person"),
        (GOOD, ["a", "b"], "5 people do not fit 2 group labels"),
        ([[1], [2], [3], [4], [5]], list("aabbb"), "at least two occasions"),
        ([[1, 2], [2, float("nan")], [3, 4], [2, 2], [4, 3]], list("aabbb"), "must be a finite number"),
        ([[1, 2], [2, 3], [3, 4], [2, 3], [4, 5]], list("aabbb"), "everyone in a group changes alike"),
        ([[1, 2], [2, 1], [3, 4], [4, 3]], list("aabb"), "people within a group do not differ"),
    ],
)
def test_what_cannot_be_analysed_is_refused_in_words(scores, groups, message):
    with pytest.raises(ValueError, match=message):
        mixed_anova(scores, groups)
