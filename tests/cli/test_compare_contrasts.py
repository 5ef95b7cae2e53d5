"""`pilotage compare --method`: each arm with a reference, by change, ANCOVA, a mixed model or permutation."""

import json
import subprocess
import sys

import docx
import pytest
from pytest import approx

from pilotage.stats.permutation import permutation_change
from tests.shared import shared_file
from tests.stats import reference

CELLS = """person,arm,pre,post,later
P1,training,10,14,15
P2,training,12,15,13
P3,training,9,14,
P4,training,11,12,12
P5,control,10,11,9
P6,control,13,12,13
P7,control,8,9,10
P8,control,11,,12
P9,,10,12,14
P10,waiting,9,9,12
P11,waiting,12,11,11
P12,waiting,14,15,13
P13,waiting,,,
P14,training,13,17,14
P15,control,9,10,11
"""
METHODS = ("change", "ancova", "mmrm", "permutation")
WHO = ("--id", "person", "--arm", "arm")
KEYS = [
    "arm", "reference", "occasion", "estimate", "se", "df", "t", "p", "ci_low", "ci_high", "ci_level", "method",
]  # fmt: skip


@pytest.fixture
def three(tmp_path):
    """Three arms."""
    file = tmp_path / "three.csv"
    file.write_text(CELLS)
    return file


@pytest.fixture
def two(tmp_path):
    """Two arms; the control arm appears last."""
    file = tmp_path / "two.csv"
    file.write_text("".join(line for line in CELLS.splitlines(keepends=True) if "waiting" not in line))
    return file


@pytest.fixture
def prison(pilotage):
    """The prison study by a method: its outcome's JSON."""

    def by(*options):
        file = shared_file("data/prison-stress/PrisonStress.csv")
        who = ("--id", "Subject", "--arm", "Group", "--outcome", "s=PSSbefore,PSSafter")
        return json.loads(pilotage("compare", file, *who, *options, "--json").out)["outcomes"][0]

    return by


def r():
    return json.loads(shared_file("data/expected.json").read_text())["prison_pss"]


def test_change_in_the_prison_study_is_rs_t_test(prison):
    (contrast,) = prison("--method", "change")["contrasts"]
    assert (contrast["arm"], contrast["reference"], contrast["occasion"]) == ("Sport", "Control", "PSSafter")
    assert -contrast["t"] == approx(r()["gain_t"]["t"], rel=1e-9)
    assert contrast["p"] == approx(r()["gain_t"]["p"], rel=1e-9)
    assert contrast["df"] == 24
    assert contrast["estimate"] == approx(20 - 23.9333333333 - 23.7272727273 + 16.3636363636, rel=1e-9)
    assert contrast["ci_low"] < contrast["estimate"] < contrast["ci_high"] < 0


def test_ancova_in_the_prison_study_is_rs(prison):
    (contrast,) = prison("--method", "ancova")["contrasts"]
    assert contrast["t"] ** 2 == approx(r()["ancova_group"]["F"], rel=1e-9)
    assert contrast["p"] == approx(r()["ancova_group"]["p"], rel=1e-9)
    assert contrast["df"] == 23


@pytest.mark.parametrize("information", ["expected", "observed"])
def test_the_mixed_model_of_complete_scores_is_the_t_test_of_change(prison, information):
    (contrast,) = prison("--method", "mmrm", "--information", information)["contrasts"]
    (change,) = prison("--method", "change")["contrasts"]
    for key in ("estimate", "se", "t", "df", "p", "ci_low", "ci_high"):
        assert contrast[key] == approx(change[key], rel=1e-8)
    assert f"{information} information" in contrast["method"]


def test_permutation_is_exact_and_has_no_t(prison):
    (contrast,) = prison("--method", "permutation")["contrasts"]
    assert (contrast["se"], contrast["df"], contrast["t"]) == (None, None, None)
    assert contrast["p"] == approx(0.0007759352640897936, rel=1e-9)
    assert contrast["ci_low"] < contrast["estimate"] < contrast["ci_high"]


def test_permutation_of_a_scales_sums_gives_coins_p(pilotage, tmp_path):
    scores = [reference.items(f"EQ|{when}").sum(axis=1).astype(int) for when in ("pre", "post")]
    rows = zip(reference.PEOPLE, reference.GROUPS, *scores, strict=True)
    file = tmp_path / "eq.csv"
    file.write_text("id,arm,pre,post\n" + "".join(",".join(map(str, row)) + "\n" for row in rows))
    options = ("--id", "id", "--arm", "arm", "--outcome", "eq=pre,post", "--reference", "control")
    ran = pilotage("compare", file, *options, "--method", "permutation", "--json")
    (contrast,) = json.loads(ran.out)["outcomes"][0]["contrasts"]
    assert contrast["p"] == approx(reference.answers("permutation")["scales"]["EQ"]["p_exact"], rel=1e-9)


def compared(pilotage, file, *options):
    return json.loads(pilotage("compare", file, *WHO, "--outcome", "s=pre,post,later", *options, "--json").out)


@pytest.mark.parametrize("method", METHODS)
def test_the_json_has_a_contrast_for_each_other_arm_and_later_occasion(pilotage, three, method):
    (outcome,) = compared(pilotage, three, "--method", method, "--reference", "waiting")["outcomes"]
    assert list(outcome) == ["name", "n_analysed", "excluded", "arms", "contrasts"]
    assert [(c["arm"], c["occasion"]) for c in outcome["contrasts"]] == [
        ("training", "post"), ("training", "later"), ("control", "post"), ("control", "later"),
    ]  # fmt: skip
    for contrast in outcome["contrasts"]:
        assert list(contrast) == KEYS
        assert contrast["reference"] == "waiting"
        assert contrast["ci_level"] == 0.95
    assert list(outcome["arms"]["training"]) == ["n", "means", "sds"]


@pytest.mark.parametrize("method", ["change", "ancova", "permutation"])
def test_these_methods_take_people_with_every_score(pilotage, three, method):
    (outcome,) = compared(pilotage, three, "--method", method, "--reference", "control")["outcomes"]
    assert outcome["n_analysed"] == 11
    assert {left["id"]: left["reason"] for left in outcome["excluded"]} == {
        "P3": "no value at later",
        "P8": "no value at post",
        "P9": "no group",
        "P13": "no value at pre, post, later",
    }


def test_the_mixed_model_takes_everyone_with_a_score_and_says_so(pilotage, three):
    found = compared(pilotage, three, "--method", "mmrm", "--reference", "control")
    (outcome,) = found["outcomes"]
    assert outcome["n_analysed"] == 13
    assert [left["id"] for left in outcome["excluded"]] == ["P9", "P13"]
    assert any("Everyone with at least one score is analysed" in note for note in found["notes"])
    out = pilotage("compare", three, *WHO, "--outcome", "s=pre,post,later", "--method", "mmrm",
                   "--reference", "control").out  # fmt: skip
    assert "Everyone with at least one score is analysed" in out
    assert "n = 4" in out


def test_observed_and_expected_information_differ_where_scores_are_missed(pilotage, three):
    found = [
        compared(pilotage, three, "--method", "mmrm", "--reference", "control", "--information", name)["outcomes"][0]
        for name in ("expected", "observed")
    ]
    dfs = [one["contrasts"][0]["df"] for one in found]
    assert dfs[0] != approx(dfs[1], rel=1e-3)
    assert found[0]["contrasts"][0]["estimate"] == approx(found[1]["contrasts"][0]["estimate"], rel=1e-9)


def test_each_permutation_leaves_the_other_arms_where_they_are(pilotage, three):
    (outcome,) = compared(pilotage, three, "--method", "permutation", "--reference", "waiting")["outcomes"]
    changes = [4, 3, 1, 4, 0, -1, 1]
    alone = permutation_change(changes, ["training"] * 4 + ["waiting"] * 3, "waiting")
    assert outcome["contrasts"][0]["p"] == approx(alone.p, rel=1e-12)
    assert outcome["contrasts"][0]["estimate"] == approx(alone.estimate)


@pytest.mark.parametrize("method", METHODS)
def test_turning_the_reference_turns_the_difference(pilotage, two, method):
    ours, theirs = (
        compared(pilotage, two, "--method", method, "--reference", name)["outcomes"][0]["contrasts"][0]
        for name in ("control", "training")
    )
    assert (ours["arm"], theirs["arm"]) == ("training", "control")
    assert ours["estimate"] == approx(-theirs["estimate"], rel=1e-8)
    assert (ours["ci_low"], ours["ci_high"]) == approx((-theirs["ci_high"], -theirs["ci_low"]), rel=1e-7)
    assert ours["p"] == approx(theirs["p"], rel=1e-7)


def test_of_two_arms_the_last_in_the_file_is_the_reference_and_that_is_said(pilotage, two):
    found = compared(pilotage, two, "--method", "change")
    assert found["reference"] == "control"
    out = " ".join(pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", "change").out.split())
    assert "No --reference was chosen, so it is 'control', the arm that appears last in the file." in out
    said = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", "change", "--reference", "control").out
    assert "No --reference" not in said


def test_of_three_arms_the_reference_must_be_said(pilotage, three):
    ran = pilotage("compare", three, *WHO, "--outcome", "s=pre,post", "--method", "change")
    assert ran.status == 2
    assert "There are 3 arms, and no reference arm is chosen." in ran.err
    assert "Add --reference with one of 'training', 'control', 'waiting'." in ran.err


def test_an_unknown_reference_is_said_with_the_near_miss(pilotage, three):
    ran = pilotage("compare", three, *WHO, "--outcome", "s=pre,post", "--method", "mmrm", "--reference", "contrl")
    assert ran.status == 2
    assert "No arm is called 'contrl'. Did you mean 'control'?" in ran.err
    assert "Traceback" not in ran.err


def test_permutation_refuses_scores_that_are_not_whole_with_the_row_and_reason(pilotage, two):
    two.write_text(two.read_text().replace("P4,training,11,12", "P4,training,11,12.5"))
    ran = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", "permutation")
    assert ran.status == 2
    assert "Row 5, column 'post': 12.5 is not a whole number, as an exact permutation test needs." in ran.err
    assert "Use sums of items instead of means" in ran.err


@pytest.mark.parametrize(
    ("method", "old", "new", "words"),
    [
        ("change", "control", "training", "the file has the single arm 'training'"),
        ("mmrm", "control,8", "x,8", "each arm needs two people with a score; there are 1 in 'x'"),
        ("ancova", "control,8", "x,8", "each arm needs two people with every value; there are 1 in 'x'"),
    ],
)
def test_too_few_arms_or_people_are_said(pilotage, two, method, old, new, words):
    two.write_text(two.read_text().replace(old, new))
    ran = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", method, "--reference", "training")
    assert ran.status == 2
    assert words in ran.err


@pytest.mark.parametrize("method", ["change", "ancova", "mmrm"])
def test_scores_without_any_variance_are_said_and_not_divided_by(pilotage, two, method):
    two.write_text("person,arm,pre,post\n" + "".join(f"P{i},{'ab'[i % 2]},1,1\n" for i in range(8)))
    ran = pilotage("compare", two, *WHO, "--outcome", "flat=pre,post", "--method", method)
    assert ran.status == 2
    assert "COMPARE-005" in ran.err
    assert "flat: " in ran.err


def test_an_unknown_method_is_said_with_those_there_are(pilotage, two):
    ran = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", "anov")
    assert ran.status == 2
    assert "'anov' is not one of" in ran.err


def test_the_analysis_of_variance_says_that_it_uses_no_reference(pilotage, two):
    ran = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--reference", "control")
    assert "--reference is not used" in ran.out


@pytest.mark.parametrize("method", METHODS)
def test_the_tables_are_printed_and_written_as_word(pilotage, two, tmp_path, method):
    word = tmp_path / "contrasts.docx"
    ran = pilotage("compare", two, *WHO, "--outcome", "s=pre,post", "--method", method, "--word", word)
    assert "Each arm minus control" in ran.out
    assert f"Written to {word}." in ran.out
    scores, contrasts = docx.Document(str(word)).tables
    assert [cell.text for cell in scores.rows[0].cells][:3] == ["Outcome", "Arm", "n"]
    headings = [cell.text for cell in contrasts.rows[0].cells]
    assert headings[:4] == ["Outcome", "Arm", "Occasion", "Difference [95 %]"]
    assert ("SE" in headings) == (method != "permutation")


@pytest.mark.parametrize("method", METHODS)
def test_it_loads_nothing_that_is_slow_to_load(two, method):
    code = (
        "import sys; from pilotage.cli.main import main; sys.argv = ['pilotage', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "slow = ('polars', 'scipy', 'matplotlib', 'ruamel', 'docx', 'pandas')\n"
        "print([m for m in slow if m in sys.modules])"
    )
    options = [*WHO, "--outcome", "s=pre,post", "--method", method, "--json"]
    command = [sys.executable, "-c", code, "compare", str(two), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
