"""`pilotage compare`: arms compared over columns of a spreadsheet, with everyone left out named."""

import json
import subprocess
import sys

import docx
import pytest

from tests.shared import shared_file

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
"""
WHO = ("--id", "person", "--arm", "arm")


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(CELLS)
    return file


def expected():
    return json.loads(shared_file("data/expected.json").read_text())


def test_the_prison_study_gives_rs_numbers(pilotage):
    file = shared_file("data/prison-stress/PrisonStress.csv")
    known = expected()["prison_pss"]
    ran = pilotage("compare", file, "--id", "Subject", "--arm", "Group", "--outcome", "s=PSSbefore,PSSafter", "--json")
    (outcome,) = json.loads(ran.out)["outcomes"]
    for ours, theirs in {"group": "group", "time": "time", "time_by_group": "group_x_time"}.items():
        effect, r = outcome["effects"][ours], known["type3"][theirs]
        assert effect["F"] == pytest.approx(r["F"], rel=1e-9)
        assert effect["p"] == pytest.approx(r["p"], rel=1e-9)
        assert effect["partial_eta_squared"] == pytest.approx(r["pes"], rel=1e-9)
        assert (effect["df1"], effect["df2"]) == (r["df1"], r["df2"])
    assert outcome["effects"]["time_by_group"]["F"] == pytest.approx(14.9122026694, rel=1e-11)
    assert outcome["effects"]["time"]["F"] == pytest.approx(1.3749371415, rel=1e-9)
    assert outcome["arms"]["Sport"]["means"] == pytest.approx([23.9333333333, 20])


def test_the_json_has_the_documented_shape(pilotage, people):
    ran = pilotage(
        "compare", people, *WHO, "--outcome", "stress=pre,post", "--outcome", "long=pre,post,later", "--json"
    )
    two, three = json.loads(ran.out)["outcomes"]
    assert list(two) == ["name", "n_analysed", "excluded", "arms", "effects"]
    assert list(two["effects"]) == ["group", "time", "time_by_group"]
    assert list(two["effects"]["time"]) == [
        "F", "df1", "df2", "p", "partial_eta_squared", "generalised_eta_squared",
        "ci_low", "ci_high", "ci_level", "epsilon_gg", "p_gg",
    ]  # fmt: skip
    assert two["arms"]["training"] == {"n": 4, "means": [10.5, 13.75], "sds": pytest.approx([1.2909944, 1.2583057])}
    assert (two["effects"]["time"]["epsilon_gg"], two["effects"]["time"]["p_gg"]) == (None, None)
    assert 0 < three["effects"]["time"]["epsilon_gg"] <= 1
    assert three["effects"]["group"]["epsilon_gg"] is None
    assert two["effects"]["time"]["ci_level"] == 0.90


def test_everyone_left_out_is_named_with_the_reason(pilotage, people):
    ran = pilotage("compare", people, *WHO, "--outcome", "stress=pre,post", "--json")
    (outcome,) = json.loads(ran.out)["outcomes"]
    assert outcome["n_analysed"] == 7
    assert outcome["excluded"] == [{"id": "P8", "reason": "no value at post"}, {"id": "P9", "reason": "no group"}]


def test_the_table_for_a_person_has_arms_tests_and_who_was_left_out(pilotage, people):
    out = pilotage("compare", people, *WHO, "--outcome", "stress=pre,post").out
    assert "stress   training  4           10.50 (1.29)           13.75 (1.26)" in out
    assert "stress: 2 people excluded: P8 (no value at post); P9 (no group)." in out
    assert "time by group" in out


def test_table_5_is_written_as_a_real_word_table(pilotage, people, tmp_path):
    word = tmp_path / "table5.docx"
    ran = pilotage("compare", people, *WHO, "--outcome", "stress=pre,post", "--word", word)
    assert f"Written to {word}." in ran.out
    table = docx.Document(str(word)).tables[0]
    assert [cell.text for cell in table.rows[0].cells][:3] == ["Outcome", "Arm", "n"]
    assert table.rows[1].cells[3].text == "10.50 (1.29)"


def test_mistakes_in_the_options_and_columns_are_said_at_once(pilotage, people):
    ran = pilotage("compare", people, "--id", "persn", "--arm", "arm", "--outcome", "a=pre", "--outcome", "b=pre,pots")
    assert ran.status == 2
    assert "'a=pre' does not name an outcome with at least two columns." in ran.err
    assert "no column 'persn'. Did you mean 'person'?" in ran.err
    assert "no column 'pots'. Did you mean 'post'?" in ran.err
    assert "Traceback" not in ran.err


def test_mistakes_in_the_cells_are_said_at_once(pilotage, people):
    people.write_text(CELLS.replace("P2,training,12", "P1,training,high").replace("P4,", ",").replace("9,10", "9,x"))
    ran = pilotage("compare", people, *WHO, "--outcome", "stress=pre,post", "--outcome", "long=pre,later")
    assert ran.status == 2
    assert "The id 'P1' is in rows 2, 3." in ran.err
    assert "Row 5, column 'person': the id is missing." in ran.err
    assert "Row 3, column 'pre': 'high' is not a number." in ran.err
    assert "Row 8, column 'later': 'x' is not a number." in ran.err


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("control", "training", "the file has the single arm 'training'"),
        ("P1,training", "P1,other", "each arm needs two people with every value; there are 1 in 'other'"),
        (",training", ",", "the file has the single arm 'control'"),
    ],
)
def test_too_few_arms_or_people_are_said(pilotage, people, old, new, words):
    people.write_text(CELLS.replace(old, new))
    ran = pilotage("compare", people, *WHO, "--outcome", "stress=pre,post")
    assert ran.status == 2
    assert words in ran.err


def test_scores_without_any_variance_are_said_and_not_divided_by(pilotage, people):
    people.write_text("person,arm,pre,post\n" + "".join(f"P{i},{'ab'[i % 2]},1,1\n" for i in range(6)))
    ran = pilotage("compare", people, *WHO, "--outcome", "flat=pre,post")
    assert ran.status == 2
    assert "flat: F is not defined" in ran.err


def test_it_loads_nothing_that_is_slow_to_load():
    code = (
        "import sys; from pilotage.cli.main import main; sys.argv = ['pilotage', *sys.argv[1:]]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "slow = ('polars', 'scipy', 'matplotlib', 'pydantic', 'ruamel', 'docx', 'pandas')\n"
        "print([m for m in slow if m in sys.modules])"
    )
    file = shared_file("data/prison-stress/PrisonStress.csv")
    options = ["--id", "Subject", "--arm", "Group", "--outcome", "s=PSSbefore,PSSafter", "--json"]
    command = [sys.executable, "-c", code, "compare", str(file), *options]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    loaded = done.stdout.splitlines()[-1]
    assert loaded in ("[]", "['pydantic']")  # which Typer from 0.29 on loads by itself
