"""`pilotage reliability`: alpha with its interval, omega, and where the data speak against the key."""

import json

import pytest

from tests.shared import shared_file

KNOWN = {
    ("ffmq-39", "ffmq39/ffmq39_raw_unreversed_n532.csv", "ffmq_{n}"): {
        "observing": "ffmq39_observe",
        "describing": "ffmq39_describe",
        "acting_with_awareness": "ffmq39_actaware",
        "nonjudging": "ffmq39_nonjudge",
        "nonreactivity": "ffmq39_nonreact",
        "total": "ffmq39_total",
    },
    ("pss-10", "pss10/Psychological_aspects.csv", "S{n}"): {
        "total": "pss10_ukm_reversed4578",
        "helplessness": "pss10_ukm_helplessness6",
        "self_efficacy": "pss10_ukm_selfefficacy4",
    },
    ("phq-9", "pss10/Psychological_aspects.csv", "D{n}"): {"total": "phq9_ukm"},
    ("gad-7", "pss10/Psychological_aspects.csv", "A{n}"): {"total": "gad7_ukm"},
}


def found(pilotage, instrument, file, pattern, *more):
    ran = pilotage("reliability", instrument, shared_file(f"data/{file}"), "--items", pattern, "--json", *more)
    return json.loads(ran.out)["scales"]


@pytest.mark.parametrize("case", KNOWN)
def test_real_alphas_and_intervals_are_rs(pilotage, case):
    expected = json.loads(shared_file("data/expected.json").read_text())
    scales = found(pilotage, *case)
    for scale, key in KNOWN[case].items():
        known, got = expected[key], scales[scale]
        assert (got["n"], got["items"]) == (known["n_complete"], known["k"])
        assert got["alpha"] == pytest.approx(known["alpha_complete"], rel=1e-9)
        assert (got["ci_low"], got["ci_high"]) == pytest.approx(known["feldt95"], rel=1e-9)
        assert list(got["alpha_if_deleted"].values()) == pytest.approx(list(known["drop"].values()), rel=1e-9)
        assert list(got["item_rest"].values()) == pytest.approx(list(known["r_drop"].values()), rel=1e-9)
        assert 0 < got["omega"] < 1


def test_a_total_over_facets_warns_that_one_factor_does_not_describe_it(pilotage):
    scales = found(pilotage, "ffmq-39", "ffmq39/ffmq39_raw_unreversed_n532.csv", "ffmq_{n}")
    assert "one factor does not describe it" in scales["total"]["omega_note"]
    assert scales["observing"]["omega_note"] == ""


def test_the_keying_check_is_told_in_full_to_programs(pilotage):
    scales = found(pilotage, "ffmq-39", "ffmq39/ffmq39_raw_unreversed_n532.csv", "ffmq_{n}")
    assert scales["describing"]["keying"]["favours"] == "declared"
    assert scales["observing"]["keying"] is None
    assert set(scales["total"]["keying"]["declared"]) == {"alpha", "item_rest", "negative_item_rest", "against"}


def test_a_person_is_told_of_the_keying_only_where_there_is_something_to_say(pilotage, tmp_path):
    file = shared_file("data/pss10/Psychological_aspects.csv")
    assert "reversal" not in pilotage("reliability", "pss-10", file, "--items", "S{n}").out
    header, *rows = [line.split(",") for line in file.read_text(encoding="utf-8-sig").split()]
    items = [header.index(f"S{n}") for n in (4, 5, 7, 8)]
    turned = [[str(4 - int(cell)) if i in items else cell for i, cell in enumerate(row)] for row in rows]
    reversed_already = tmp_path / "reversed.csv"
    reversed_already.write_text("\n".join(",".join(row) for row in [header, *turned]))
    out = pilotage("reliability", "pss-10", reversed_already, "--items", "S{n}").out
    assert "Total: the data favour scoring WITHOUT reversal" in out


def test_where_alpha_or_omega_is_refused_the_reason_is_given(pilotage, tmp_path):
    file = tmp_path / "few.csv"
    file.write_text("q1,q2,q3,q4\n0,4,3,1\n4,1,0,3\n2,,2,2\n")
    ran = pilotage("reliability", "pss-4", file, "--items", "q{n}", "--json")
    total = json.loads(ran.out)["scales"]["total"]
    assert (total["n"], total["n_left_out"], total["omega"]) == (2, 1, None)
    assert "2 people are no more than 4 items" in total["omega_note"]
    file.write_text("q1,q2,q3,q4\n0,4,3,1\n")
    total = json.loads(pilotage("reliability", "pss-4", file, "--items", "q{n}", "--json").out)["scales"]["total"]
    assert total["alpha"] is None
    assert "at least 2 people" in total["alpha_note"]
    assert "not defined" in pilotage("reliability", "pss-4", file, "--items", "q{n}").out


def test_an_answer_out_of_range_is_refused(pilotage, tmp_path):
    file = tmp_path / "shifted.csv"
    file.write_text("q1,q2,q3,q4\n1,5,3,1\n4,1,2,3\n")
    ran = pilotage("reliability", "pss-4", file, "--items", "q{n}")
    assert ran.status == 2
    assert "the file seems coded 1-5, where 0-4 is declared" in ran.err
