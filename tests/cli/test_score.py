"""`pilotage score`: a spreadsheet of answers in, scores out."""

import csv
import json

import numpy as np
import polars as pl
import pyreadstat
import pytest

from pilotage.data.formats import large
from tests.shared import shared_file

# The wording is nobody's: only numbers, codes and points, as a person would write them for the public file.
EQ22 = """
pilotage: 1
id: eq-22
name: Empathy Quotient, short form
abbreviation: EQ-22
measures: Empathy.
recall: {unknown: not said in the data}
items: 22
response: {minimum: 1, maximum: 4}
points:
  agree: {1: 0, 2: 0, 3: 1, 4: 2}
  disagree: {1: 2, 2: 1, 3: 0, 4: 0}
keyed:
  agree: [1, 2, 6, 8, 9, 10, 12, 13, 14, 15, 16, 18, 19, 20, 21, 22]
  disagree: [3, 4, 5, 7, 11, 17]
missing: {rule: complete, whose: the data's own total}
scales: [{id: total, items: all}]
key: {status: one source, evidence: 'the columns of the public data ending in R'}
licence: {terms: CC BY 4.0 (data), holder: {unknown: not said}, ask: the authors of the data}
references: [{cite: 'Wakabayashi et al. 2006', doi: 10.1016/j.paid.2006.03.017}]
"""
CELLS = "id,q1,q2,q3,q4\na,0,4,4,0\nb,4,,0,4\nc,2,2,2,2\n"
PSS4 = ("--items", "q{n}", "--id", "id")


@pytest.fixture
def people(tmp_path):
    file = tmp_path / "people.csv"
    file.write_text(CELLS)
    return file


def rows(file):
    with file.open(newline="", encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


def test_json_holds_each_persons_score_on_each_scale(pilotage, people):
    ran = pilotage("score", "pss-4", people, *PSS4, "--json")
    assert json.loads(ran.out) == {
        "scores": [
            {"id": "a", "scale": "total", "score": 0, "n_missing": 0},
            {"id": "b", "scale": "total", "score": None, "n_missing": 1},
            {"id": "c", "scale": "total", "score": 8, "n_missing": 0},
        ]
    }


def test_a_csv_has_one_row_a_person_with_scores_and_then_blanks(pilotage, people, tmp_path):
    ran = pilotage("score", "pss-4", people, *PSS4, "--out", tmp_path / "out" / "scores.csv")
    assert (tmp_path / "out" / "scores.csv").read_text() == "id,total,total_missing\na,0,0\nb,,1\nc,8,0\n"
    assert "2 of 3 rows scored on 1 scale" in ran.out


def test_without_either_a_summary_and_few_peoples_scores_are_printed(pilotage, people):
    ran = pilotage("score", "pss-4", people, *PSS4)
    assert ran.out.startswith("Read as UTF-8, columns separated by commas, decimal points.\n")
    assert "Total  2  4.00  5.66    0.00     8.00           1              1" in ran.out
    assert "Each person" in ran.out


def test_rows_are_numbered_as_the_file_shows_them_where_no_id_is_named(pilotage, people):
    ran = pilotage("score", "pss-4", people, "--items", "q{n}", "--json")
    assert [s["id"] for s in json.loads(ran.out)["scores"]] == ["2", "3", "4"]


def test_ids_that_are_blank_or_given_twice_are_said(pilotage, people):
    people.write_text("id,q1,q2,q3,q4\na,0,4,4,0\na,4,1,0,4\n,2,2,2,2\n")
    ran = pilotage("score", "pss-4", people, *PSS4, "--json")
    assert ran.status == 0
    assert ran.err == "1 row has no id.\n1 id is in more than one row (a); each row is scored by itself.\n"


def test_every_mistake_is_said_at_once_with_status_2_and_nothing_is_written(pilotage, people, tmp_path):
    people.write_text("id,q1,q2,q3,q5\na,0,often,4,0\n")
    ran = pilotage("score", "pss-4", people, "--items", "q{n}", "--id", "ids", "--out", tmp_path / "scores.csv")
    assert ran.status == 2
    assert "no column 'ids'. Did you mean 'id'?" in ran.err
    assert "no column 'q4' for item 4." in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "scores.csv").exists()


def test_a_text_answer_is_named_by_row_and_column(pilotage, people):
    people.write_text("id,q1,q2,q3,q4\na,0,often,4,0\n")
    assert "Row 2, column 'q2': 'often' is not a number." in pilotage("score", "pss-4", people, *PSS4).err


def test_an_answer_out_of_range_is_named_with_the_person(pilotage, people):
    people.write_text(CELLS.replace("c,2,2", "c,2,44"))
    ran = pilotage("score", "pss-4", people, *PSS4)
    assert (ran.status, ran.out) == (2, "")
    assert "Row 4, person 'c', item 2 (column 'q2'): the answer is 44; pss-4 has 0 to 4." in ran.err


def test_a_code_for_blank_can_be_said(pilotage, people):
    people.write_text(CELLS.replace("b,4,,", "b,4,-99,"))
    ran = pilotage("score", "pss-4", people, *PSS4, "--blank", "-99", "--json")
    assert json.loads(ran.out)["scores"][1] == {"id": "b", "scale": "total", "score": None, "n_missing": 1}


def test_an_unconfirmed_instrument_is_refused_before_the_file_is_read(pilotage, tmp_path):
    ran = pilotage("score", "scs-24-nl", tmp_path / "none.csv", "--items", "s{n}")
    assert ran.status == 2
    assert "nobody could confirm its key" in ran.err


def test_a_switch_is_chosen_or_refused(pilotage, tmp_path):
    file = tmp_path / "eq.csv"
    file.write_text(",".join(f"e{n}" for n in range(1, 41)) + "\n" + ",".join(["0"] * 40) + "\n")
    score = ("score", "eq-40", file, "--items", "e{n}", "--json")
    assert json.loads(pilotage(*score).out)["scores"][0]["score"] == 42
    assert json.loads(pilotage(*score, "--switch", "item-23=disagree").out)["scores"][0]["score"] == 40
    assert "'item-23' is no switch and its choice" in pilotage(*score, "--switch", "item-23").err
    assert "Did you mean 'item-23'?" in pilotage(*score, "--switch", "item23=agree").err


def test_a_short_form_is_scored_from_the_columns_of_a_longer_one(pilotage, tmp_path):
    file = tmp_path / "pss.csv"
    file.write_text("S2,S4,S5,S10\n1,3,4,2\n")
    ran = pilotage("score", "pss-4", file, "--items", "S{n}", "--from", "pss-10", "--json")
    assert json.loads(ran.out)["scores"][0]["score"] == 1 + 1 + 0 + 2


@pytest.mark.parametrize(
    "cells",
    [
        CELLS,
        CELLS.replace("\n", "\r\n"),
        CELLS.removesuffix("\n"),
        CELLS + "\n\n",
        CELLS.replace(",", ";"),
        CELLS.replace("c,2", "c,2.0"),
        CELLS.replace("b,4,,", "b,4,NA,"),
        CELLS.replace("a,", '"a",'),
        CELLS.replace("c,2,2", "c, 2,2"),
        CELLS.replace("\na", "\n\na"),
        "\ufeff" + CELLS,
    ],
)
def test_a_large_file_is_read_by_column_to_the_same_scores(pilotage, people, monkeypatch, cells):
    people.write_bytes(cells.encode())
    few = pilotage("score", "pss-4", people, *PSS4, "--json").out
    monkeypatch.setattr(large, "LARGE", 0)
    assert json.loads(pilotage("score", "pss-4", people, *PSS4, "--json").out) == json.loads(few)
    out = people.parent / "scores.csv"
    pilotage("score", "pss-4", people, *PSS4, "--out", out)
    assert out.read_text() == "id,total,total_missing\na,0,0\nb,,1\nc,8,0\n"


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        (CELLS.replace("c,2", "c,often"), "Row 4, column 'q1': 'often' is not a number."),
        (CELLS.replace("c,2,2", "c,2"), "Row 4 has 4 cells; the header has 5."),
        (CELLS.replace("c,2,2", "c,2,7"), "Row 4, person 'c', item 2 (column 'q2'): the answer is 7"),
        (CELLS.replace("c,2,2", "c,2,-128"), "the answer is -128"),
        (CELLS.replace("c,2,2", "c,2,1.5"), "the answer is 1.5"),
    ],
)
def test_what_is_wrong_in_a_large_file_is_named_as_in_a_small_one(pilotage, people, monkeypatch, cells, words):
    people.write_text(cells)
    small = pilotage("score", "pss-4", people, *PSS4)
    monkeypatch.setattr(large, "LARGE", 0)
    ran = pilotage("score", "pss-4", people, *PSS4)
    assert ran == small
    assert ran.status == 2
    assert words in ran.err


def test_all_532_real_people_score_exactly_as_published(pilotage, tmp_path):
    out = tmp_path / "scores.csv"
    file = shared_file("data/ffmq39/ffmq39_raw_unreversed_n532.csv")
    pilotage("score", "ffmq-39", file, "--id", "pid", "--items", "ffmq_{n}", "--out", out)
    names = {"observe": "observing", "describe": "describing", "actaware": "acting_with_awareness",
             "nonjudge": "nonjudging", "nonreact": "nonreactivity", "ffmq_total": "total"}  # fmt: skip
    expected = rows(shared_file("data/ffmq39/expected_scores_n532.csv"))
    for got, known in zip(rows(out), expected, strict=True):
        assert {theirs: got[ours] for theirs, ours in names.items()} == {k: known[k] for k in names}


def test_a_persons_own_instrument_scores_7689_real_people(pilotage, tmp_path):
    (tmp_path / "eq-22.yaml").write_text(EQ22)
    out = tmp_path / "scores.csv"
    ran = pilotage(
        "score", tmp_path / "eq-22.yaml", shared_file("data/eq22/eq22_numeric_1to4_raw.csv"),
        "--id", "id", "--items", r"/^Q(\d+)R?$/", "--out", out,
    )  # fmt: skip
    assert ran.status == 0, ran.err
    expected = {row["id"]: row["eq22_total"] for row in rows(shared_file("data/eq22/eq22_scored_0to2.csv"))}
    got = {row["id"]: row["total"] for row in rows(out)}
    assert len(got) == 7689
    assert sum(1 for total in got.values() if total) == 6956
    assert {person: float(total) for person, total in got.items() if total} == {
        person: float(total) for person, total in expected.items() if total not in ("", "NA")
    }
    totals = np.array([float(total) for total in got.values() if total])
    assert (round(totals.mean(), 3), round(totals.std(ddof=1), 4)) == (24.632, 9.1145)


def test_an_spss_file_scores_as_its_csv_does(pilotage, people, tmp_path):
    sav = tmp_path / "people.sav"
    frame = pl.read_csv(people)
    pyreadstat.write_sav(frame, str(sav))
    scored = [pilotage("score", "pss-4", file, *PSS4, "--json").out for file in (people, sav)]
    assert scored[0] == scored[1]
