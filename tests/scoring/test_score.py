"""Answers in, scores out: keys, totals, points, switches and blanks, on instruments small enough to add by hand."""

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pilotage.instruments.catalogue import LIBRARY, available, load, read
from pilotage.instruments.definition import Instrument
from pilotage.problems import ProblemsFound
from pilotage.scoring import kernel
from pilotage.scoring.score import score
from tests.shared import shared_file

NAN = np.nan


def instrument(**parts):
    """A made-up instrument of six items, 1 to 5; the second and fifth are reversed."""
    about = {
        "id": "calm-6", "name": "Calm", "abbreviation": "C", "measures": "Calm.", "recall": "today", "items": 6,
        "response": {"minimum": 1, "maximum": 5}, "reverse": [2, 5], "missing": {"rule": "prorate", "at_most": 0.2},
        "scales": [{"id": "total", "items": "all"}],
        "key": {"status": "confirmed", "evidence": "made up"},
        "licence": {"terms": "none", "holder": "nobody", "ask": "nobody"}, "references": [],
    }  # fmt: skip
    return Instrument.model_validate(about | parts)


def scores(*rows, choose=None, **parts):
    made = score(instrument(**parts), np.array(rows, dtype=float), choose)
    return {name: s.score.tolist() for name, s in made.items()}


def test_a_sum_turns_reversed_items_round():
    assert scores([1, 1, 1, 1, 1, 1], [5, 1, 5, 5, 1, 5]) == {"total": [14, 30]}


def test_a_mean_divides_by_the_items():
    scales = [{"id": "total", "items": [1, 2, 3], "method": "mean_of_items"}]
    assert scores([5, 1, 4, 1, 1, 1], scales=scales) == {"total": [14 / 3]}


def test_reversal_can_be_for_the_total_only():
    scales = [{"id": "stern", "items": [2, 5], "reversal": "none"}, {"id": "total", "items": "all"}]
    assert scores([1, 5, 1, 1, 4, 1], scales=scales) == {"stern": [9], "total": [7]}


def test_a_scale_can_be_multiplied():
    assert scores([1, 1, 1, 1, 1, 1], scales=[{"id": "index", "items": [1, 3], "times": 4}]) == {"index": [8]}


def test_composites_add_or_average_their_parts_whatever_the_order_they_stand_in():
    scales = [
        {"id": "both", "of": ["a", "b"], "method": "sum_of_scales"},
        {"id": "middle", "of": ["a", "b"], "method": "mean_of_scales"},
        {"id": "a", "items": [1, 3], "method": "mean_of_items"},
        {"id": "b", "items": [4, 6], "method": "mean_of_items"},
    ]
    assert scores([1, 3, 2, 5, 3, 4], scales=scales) == {"both": [6], "middle": [3], "a": [1.5], "b": [4.5]}


def test_a_part_can_enter_a_composite_turned_round_within_its_range():
    scales = [
        {"id": "kind", "items": [1, 3], "method": "mean_of_items"},
        {"id": "stern", "items": [2, 5], "reversal": "none", "method": "mean_of_items"},
        {"id": "total", "of": ["kind", "stern"], "reverse_scales": ["stern"], "method": "mean_of_scales"},
    ]
    assert scores([5, 1, 4, 1, 2, 1], scales=scales)["total"] == [(4.5 + (6 - 1.5)) / 2]


def test_a_composite_is_empty_where_a_part_is():
    scales = [{"id": "a", "items": [1]}, {"id": "b", "items": [3]}, {"id": "ab", "of": ["a", "b"]}]
    scales[2]["method"] = "sum_of_scales"
    made = score(instrument(scales=scales), np.array([[NAN, 3, 2, 3, 3, 3]]))
    assert np.isnan(made["ab"].score[0])
    assert made["ab"].n_missing.tolist() == [1]


POINTS = {
    "reverse": [],
    "response": {"minimum": 0, "maximum": 3},
    "points": {"agree": {0: 2, 1: 1, 2: 0, 3: 0}, "disagree": {0: 0, 1: 0, 2: 1, 3: 2}},
    "keyed": {"agree": [1, 2, 3], "disagree": [4, 5]},
    "fillers": [6],
    "switches": [
        {
            "id": "item-3",
            "default": "agree",
            "why": "disputed",
            "choices": [{"id": "agree"}, {"id": "disagree", "keyed": {"disagree": [3]}}],
        }
    ],
    "missing": {"rule": "complete"},
}


def test_points_by_response_count_in_both_directions_and_fillers_are_ignored():
    assert scores([0, 1, 2, 3, 2, 3], [0, 0, 0, 0, 0, NAN], **POINTS) == {"total": [6, 6]}


def test_a_switch_chooses_the_other_key():
    row = [0, 1, 3, 3, 2, 0]
    assert scores(row, **POINTS) == {"total": [6]}
    assert scores(row, choose={"item-3": "disagree"}, **POINTS) == {"total": [8]}


def test_a_blank_item_gives_no_points_even_where_its_lowest_code_would():
    points = POINTS | {"missing": {"rule": "prorate", "at_most": 0.5}}
    assert scores([NAN, 1, 2, 3, 2, 0], **points) == {"total": [4 * 5 / 4]}


def test_points_need_not_be_whole():
    points = POINTS | {"points": {"agree": {0: 1.5, 1: 1, 2: 0, 3: -1}, "disagree": {0: 0, 1: 0, 2: 1, 3: 2}}}
    assert scores([0, 3, 2, 3, 2, 0], **points) == {"total": [3.5]}


def test_an_unknown_switch_or_choice_is_named():
    with pytest.raises(ProblemsFound) as found:
        scores([0] * 6, choose={"item-4": "agree", "item-3": "disagre"}, **POINTS)
    assert [p.message for p in found.value.problems] == [
        "'calm-6' has no switch 'item-4'. Did you mean 'item-3'?",
        "The switch 'item-3' has no choice 'disagre'. Did you mean 'disagree'?",
    ]


def test_the_mean_of_the_answered_items_after_reversal_stands_in_for_a_blank():
    row = [5, NAN, 5, 4, 1, 5]  # after reversal 5 . 5 4 5 5
    made = score(instrument(), np.array([row]))["total"]
    assert made.score.tolist() == [24 * 6 / 5]
    assert made.n_missing.tolist() == [1]


def test_a_blank_in_a_mean_leaves_the_mean_of_the_answered():
    scales = [{"id": "total", "items": "all", "method": "mean_of_items"}]
    assert scores([5, NAN, 5, 4, 1, 5], scales=scales) == {"total": [24 / 5]}


def test_blanks_above_one_fifth_leave_the_scale_empty_but_counted():
    made = score(instrument(), np.array([[5, NAN, 5, 4, 1, NAN], [NAN] * 6]))["total"]
    assert np.isnan(made.score).all()
    assert made.n_missing.tolist() == [2, 6]


def test_the_complete_rule_allows_no_blank():
    assert np.isnan(scores([5, NAN, 5, 4, 1, 5], missing={"rule": "complete"})["total"][0])


def test_a_scale_may_have_its_own_rule_for_blanks():
    scales = [{"id": "total", "items": "all", "missing": {"rule": "prorate", "at_most": 0.5}}]
    assert scores([2, NAN, 2, 2, NAN, NAN], scales=scales) == {"total": [12]}


def test_codes_may_begin_below_zero_or_run_to_a_thousand():
    below = {"response": {"minimum": -2, "maximum": 2}}
    assert scores([-2, 2, 1, 0, -1, 2], [NAN, 2, 2, 2, -2, 2], **below) == {"total": [0, 6 * 6 / 5]}
    wide = {"response": {"minimum": 0, "maximum": 1000}}
    assert scores([1000, 0, 1000, 1000, 0, 1000], **wide) == {"total": [6000]}


@pytest.mark.parametrize("kind", [np.int8, np.uint8, np.int16, np.int64, np.float32, np.float64])
@pytest.mark.parametrize("order", ["C", "F"])
def test_any_kind_of_number_scores_the_same(kind, order):
    rows = np.array([[1, 2, 3, 4, 5, 1], [5, 5, 4, 3, 2, 1]]).astype(kind, order=order)
    assert score(instrument(), rows)["total"].score.tolist() == [1 + 4 + 3 + 4 + 1 + 1, 5 + 1 + 4 + 3 + 4 + 1]


@pytest.mark.parametrize("kind", [np.int8, np.int64])
@pytest.mark.parametrize("blank", [-99, -1, 0, 99])
def test_an_integer_can_stand_for_a_blank(kind, blank):
    made = score(instrument(), np.array([[5, blank, 5, 4, 1, 5]], kind), blank=blank)["total"]
    assert (made.score.tolist(), made.n_missing.tolist()) == ([24 * 6 / 5], [1])


def test_scores_cannot_be_changed_in_place():
    made = score(instrument(), np.ones((2, 6)))["total"]
    with pytest.raises(ValueError, match="read-only"):
        made.score[0] = 9


def test_an_array_of_the_wrong_shape_or_kind_is_the_callers_mistake():
    with pytest.raises(ValueError, match="people, 6"):
        score(instrument(), np.ones((2, 5)))
    with pytest.raises(ValueError, match="must be numbers"):
        score(instrument(), np.array([["1"] * 6]))


def test_nobody_gives_no_scores():
    assert score(instrument(), np.empty((0, 6)))["total"].score.shape == (0,)


def test_an_unconfirmed_key_is_refused_with_what_is_missing_and_whom_to_ask():
    with pytest.raises(ProblemsFound) as found:
        score(load("scs-24-nl"), np.ones((1, 24)))
    text = str(found.value)
    assert "nobody could confirm its key" in text
    assert "Roos Vonk" in text
    assert "Copy its instrument.yaml" in text


def test_a_sites_own_file_with_the_numbering_makes_it_score(tmp_path):
    shipped = (LIBRARY / "scs-24-nl" / "instrument.yaml").read_text()
    numbering = (
        "reverse: [1, 2]\nscales:\n  - {id: total, items: all, method: mean_of_items}\n"
        "  - {id: self_kindness, items: [3, 4]}\nkey:\n  status: one source\n  evidence: the site's own form\nlicence:"
    )
    before, _, after = shipped.partition("key:")
    folder = tmp_path / "scs-24-nl"
    folder.mkdir()
    (folder / "instrument.yaml").write_text(before + numbering + after.partition("licence:")[2])
    made = score(read(folder / "instrument.yaml"), np.ones((1, 24)))
    assert made["total"].score.tolist() == [(22 + 2 * 5) / 24]


@pytest.mark.parametrize("name", available())
def test_every_instrument_scores_its_worked_cases(name):
    found = load(name)
    with (LIBRARY / name / "cases.csv").open(newline="") as file:
        for case in csv.DictReader(file):
            answers = np.array([[NAN if a == "." else float(a) for a in case["answers"].split()]])
            switches = dict(pair.split("=") for pair in (case.get("switches") or "").split())
            for scale, made in score(found, answers, switches).items():
                expected = float(Fraction(case[scale])) if case[scale] else NAN
                np.testing.assert_allclose(made.score[0], expected, rtol=1e-12, err_msg=f"{case['case']}: {scale}")


def by_hand(found, row):
    """One person's scores in plain Python, item by item; for instruments of sums over items."""
    codes, made = found.response, {}
    for scale in found.scales:
        items, turned = found.items_of(scale), found.reversed_in(scale)
        given = [row[n - 1] for n in items]
        worth = [codes.minimum + codes.maximum - a if n in turned else a for n, a in zip(items, given, strict=True)]
        answered = [w for w in worth if not np.isnan(w)]
        blanks = len(items) - len(answered)
        allowed = blanks / len(items) <= found.missing.at_most
        made[scale.id] = (sum(answered) * len(items) / len(answered) if allowed else None, blanks)
    return made


@given(arrays(float, (7, 39), elements=st.sampled_from([1.0, 2.0, 3.0, 4.0, 5.0, 5.0, 4.0, NAN])))
def test_the_kernel_agrees_with_adding_up_by_hand(answers):
    found = load("ffmq-39")
    made = score(found, answers)
    for person, row in enumerate(answers.tolist()):
        for scale, (expected, blanks) in by_hand(found, row).items():
            assert made[scale].n_missing[person] == blanks
            got = made[scale].score[person]
            assert np.isnan(got) if expected is None else got == expected


def test_many_people_in_blocks_and_threads_score_as_few_do(monkeypatch):
    generator = np.random.default_rng(5)
    answers = generator.integers(1, 6, (1000, 39)).astype(float)
    answers[generator.random(answers.shape) < 0.03] = NAN
    whole = score(load("ffmq-39"), answers)
    monkeypatch.setattr(kernel, "_BLOCK", 64)
    monkeypatch.setattr(kernel, "_MANY", 100)
    monkeypatch.setattr(kernel, "_processors", lambda: 3)
    for scale, made in score(load("ffmq-39"), answers).items():
        np.testing.assert_array_equal(made.score, whole[scale].score)
        np.testing.assert_array_equal(made.n_missing, whole[scale].n_missing)


def table(name: str) -> tuple[list[str], list[list[str]]]:
    with Path(shared_file(name)).open(newline="", encoding="utf-8-sig") as file:
        header, *rows = filter(None, csv.reader(file))
    return header, rows


def numbers(header, rows, columns):
    places = [header.index(c) for c in columns]
    return np.array([[float(row[i]) if row[i] else NAN for i in places] for row in rows])


def test_every_facet_and_total_of_all_532_real_people_is_reproduced():
    answers = numbers(*table("data/ffmq39/ffmq39_raw_unreversed_n532.csv"), [f"ffmq_{n}" for n in range(1, 40)])
    expected = numbers(
        *table("data/ffmq39/expected_scores_n532.csv"),
        ["observe", "describe", "actaware", "nonjudge", "nonreact", "ffmq_total"],
    )
    made = score(load("ffmq-39"), answers)
    names = ["observing", "describing", "acting_with_awareness", "nonjudging", "nonreactivity", "total"]
    np.testing.assert_array_equal(np.column_stack([made[name].score for name in names]), expected)


def test_the_real_pss_totals_have_their_known_mean():
    answers = numbers(*table("data/pss10/Psychological_aspects.csv"), [f"S{n}" for n in range(1, 11)])
    total = score(load("pss-10"), answers)["total"].score
    assert round(total.mean(), 3) == 15.399
    assert (total.min(), total.max(), round(total.std(ddof=1), 4)) == (0, 40, 7.0024)
