"""Real files imported whole: the trial of Woodworth and colleagues as CSV and .sav, and the 39 items of the FFMQ."""

import csv
import shutil
from collections import Counter

import numpy as np
import polars as pl
import pyreadstat
import pytest

from pilotage.data.answers import answers, item_values
from pilotage.data.check import check
from pilotage.data.importing.run import import_file
from pilotage.problems import ProblemsFound
from pilotage.protocol.load import load
from pilotage.scoring.score import score
from tests.data.small_study import PROTOCOL
from tests.shared import ROOT, shared_file

EXAMPLE = ROOT / "examples" / "positive-psychology"
OCCASIONS = {"pre": 295, "post": 148, "week-1": 156, "month-1": 138, "month-3": 133, "month-6": 120}


@pytest.fixture(scope="module")
def study():
    return load(EXAMPLE)


@pytest.fixture(scope="module")
def corrected():
    return shared_file("data/woodworth/posPsy_long.csv")


def stored_totals(file, column):
    order = list(OCCASIONS)
    with file.open(encoding="utf-8") as lines:
        return {(row["id"], order[int(row["occasion"])]): float(row[column]) for row in csv.DictReader(lines)}


def totals(study, data, instrument):
    found = {}
    for occasion in OCCASIONS:
        people, responses = answers(data, study.instruments[instrument], occasion)
        scores = score(study.instruments[instrument], responses)["total"].score
        found |= {(person, occasion): float(total) for person, total in zip(people, scores, strict=True)}
    return found


def test_the_flawed_original_names_the_two_duplicate_occasions(study):
    with pytest.raises(ProblemsFound) as found:
        import_file(study, shared_file("data/woodworth/posPsy_AHI_CESD.csv"), EXAMPLE / "map.yaml")
    assert [problem.message for problem in found.value.problems] == [
        "Participant 8 has occasion '2' (week-1) twice: rows 27 and 28.",
        "Participant 64 has occasion '4' (month-3) twice: rows 217 and 218.",
    ]


def test_the_corrected_file_gives_everyone_at_every_occasion(study, corrected):
    imported = import_file(study, corrected, EXAMPLE / "map.yaml")
    assert imported.summary.rows == 990
    assert imported.data.participants.height == 295
    asked = imported.data.administrations.filter(pl.col("instrument") == "ahi-24")
    assert Counter(asked["assessment"]) == OCCASIONS
    assert check(imported.data, study) == []


@pytest.mark.parametrize(("instrument", "column"), [("ahi-24", "ahiTotal"), ("ces-d-20", "cesdTotal")])
def test_the_stored_totals_are_reproduced_exactly(study, corrected, instrument, column):
    data = import_file(study, corrected, EXAMPLE / "map.yaml").data
    assert totals(study, data, instrument) == stored_totals(corrected, column)


def test_the_same_through_spss_with_value_labels(study, corrected, tmp_path):
    frame = pl.read_csv(corrected)
    arms = {1.0: "Styrkor på nytt sätt", 2: "Tre bra saker", 3: "Tack för hjälpen", 4: "Minnen från förr, åäö"}
    file = tmp_path / "långt.sav"
    pyreadstat.write_sav(
        frame.rename({"elapsed.days": "elapsed_days"}),
        str(file),
        column_labels={"intervention": "Övning"},
        variable_value_labels={"intervention": arms, "occasion": {0: "före", 1: "efter"}},
        missing_ranges={"ahi24": [99]},
    )
    imported = import_file(study, file, EXAMPLE / "map.yaml")
    assert imported.summary.read_as.startswith("Read as an SPSS file")
    from_csv = import_file(study, corrected, EXAMPLE / "map.yaml").data
    assert imported.data.fingerprint == from_csv.fingerprint


def test_what_describes_people_comes_from_a_file_of_its_own(study, corrected):
    known = import_file(study, corrected, EXAMPLE / "map.yaml").data
    file = shared_file("data/woodworth/posPsy_p_info.csv")
    data = import_file(study, file, EXAMPLE / "map-people.yaml", known).data
    form = study.protocol.form("about-you")
    assert item_values(data, form, "age", "pre")["value"].count() == 295
    assert Counter(item_values(data, form, "sex", "pre")["value"]) == {"female": 251, "male": 44}


def test_a_wide_file_of_one_occasion_is_scored_as_published(tmp_path):
    protocol = PROTOCOL.replace("calm-3", "ffmq-39")
    (tmp_path / "protocol.yaml").write_text(protocol, encoding="utf-8")
    (tmp_path / "map.yaml").write_text(
        "{person: pid, arm: {column: sample, values: {CFA: training, VAL: control}},"
        ' occasions: {pre: {ffmq-39: "ffmq_{n}"}},'
        " also: {gender: {column: gender, values: {Male: man, Female: woman}}}}"
    )
    study = load(tmp_path)
    file = shared_file("data/ffmq39/ffmq39_raw_unreversed_n532.csv")
    data = import_file(study, file, tmp_path / "map.yaml").data
    people, responses = answers(data, study.instruments["ffmq-39"], "pre")
    expected = pl.read_csv(shared_file("data/ffmq39/expected_scores_n532.csv")).cast({"pid": pl.String}).sort("pid")
    assert people == expected["pid"].to_list()
    scores = score(study.instruments["ffmq-39"], responses)
    np.testing.assert_array_equal(scores["observing"].score, expected["observe"])
    assert Counter(item_values(data, study.protocol.form("about-you"), "gender", "pre")["value"]) == {
        "woman": 390,
        "man": 142,
    }


def test_a_range_check_sees_that_a_form_was_another_one(tmp_path):
    """The prison file holds totals up to 44; read as answers, they are refused, each with its place."""
    protocol = PROTOCOL.replace("calm-3", "pss-4").replace("better: higher", "better: lower")
    (tmp_path / "protocol.yaml").write_text(protocol)
    text = shared_file("data/prison-stress/PrisonStress.csv").read_text()
    (tmp_path / "map.yaml").write_text("""
person: Subject
arm: {column: Group, values: {Sport: training, Control: control}}
occasions:
  pre: {pss-4: [PSSbefore, a, b, c]}
""")
    lines = text.replace('"', "").splitlines()
    wide = "".join(f"{line},{'a,b,c' if i == 0 else '0,0,0'}\n".replace(",", ";") for i, line in enumerate(lines))
    (tmp_path / "prison.csv").write_text("\ufeff" + wide, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        import_file(load(tmp_path), tmp_path / "prison.csv", tmp_path / "map.yaml")
    first = found.value.problems[0]
    assert (first.message, first.line) == ("Participant A1 at pre, pss-4 item 1: '25' is not between 0 and 4.", 2)


def test_the_example_says_where_its_data_are_and_holds_none(tmp_path):
    shutil.copytree(EXAMPLE, tmp_path / "study")
    assert "10.6084/m9.figshare.1577563" in (tmp_path / "study" / "README.md").read_text(encoding="utf-8")
    assert not [*EXAMPLE.rglob("*.csv"), *EXAMPLE.rglob("*.sav")]
