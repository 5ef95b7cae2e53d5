"""Results: the same data give the same numbers, and the shared file has no codes."""

import json

from pilotage.analysis.adverse_events import adverse_events
from pilotage.analysis.as_json import as_json
from pilotage.analysis.delivery import attendance, practice, session_states
from pilotage.analysis.flow import flow
from pilotage.analysis.forms import coded_comments, describe_forms
from pilotage.analysis.run import analyse
from tests.analysis.study import analysed, given, given_without, loaded, rehearsed
from tests.shared import shared_file


def test_the_same_data_give_the_same_results_to_the_last_digit() -> None:
    again, _ = analyse(loaded(), rehearsed())
    assert as_json(analysed(), codes=True) == as_json(again, codes=True)


def test_the_shared_results_name_nobody() -> None:
    text = as_json(analysed(), codes=False)
    assert [p for p in given().people() if f'"{p}"' in text] == []


def test_results_are_plain_json_with_their_format() -> None:
    assert json.loads(as_json(analysed(), codes=True))["format"] == 1


def test_the_flow_says_nothing_of_what_was_not_recorded() -> None:
    training, control = flow(given())
    assert (training.approached, training.consented, training.in_study) == (None, 25, 25)
    assert list(training.cohorts.values()) == [14, 11]
    assert control.assessed == {"pre": 22, "post": 22}
    assert flow(given_without("flow"))[0].consented is None


def test_each_question_has_its_own_denominator() -> None:
    found = {d.item: d for d in describe_forms(given())}
    assert found["evaluation.plans"].n == 22
    assert found["evaluation.grade"].n == 24
    assert found["evaluation.recommend"].counts["yes"] == 21


def test_comments_are_counted_by_code_and_their_words_stay_behind() -> None:
    found = {c.item: c for c in coded_comments(given())}
    assert sum(found["evaluation.missed"].by_code.values()) == 6
    assert not hasattr(found["evaluation.missed"], "text")


def test_attendance_practice_and_sessions_are_none_where_not_collected() -> None:
    assert attendance(given_without("attendance")) == ()
    assert session_states(given_without("sessions")) is None
    assert practice(given_without("responses", "administrations")) == ()


def test_an_arm_that_was_not_asked_about_reactions_is_told_from_one_without_any() -> None:
    training, control = adverse_events(given())
    assert (training.asked, training.people_with) == (True, 5)
    assert (control.asked, control.events) == (False, 0)


def test_the_oracle_of_positive_psychology_is_met_to_nine_digits() -> None:
    import polars as pl
    import pytest

    from pilotage.analysis.analysis_input import AnalysisInput
    from pilotage.analysis.change import comparisons
    from pilotage.analysis.scores import score_all
    from pilotage.data.study_data import StudyData
    from pilotage.protocol.load import load
    from tests.shared import ROOT

    expected = json.loads(shared_file("data/expected.json").read_text(encoding="utf-8"))
    trial = load(ROOT / "examples" / "positive-psychology")
    data = trial_data(pl.read_csv(shared_file("data/woodworth/posPsy_long.csv"), infer_schema=False), StudyData)
    study = AnalysisInput(trial, data)
    first, all_six = comparisons(study, score_all(study), (), seed=1)
    for comparison, suffix in ((first, "pre_post"), (all_six, "6occ")):
        for outcome, name in zip(comparison.outcomes, ("ahi", "cesd"), strict=True):
            oracle = expected[f"pospsy_{name}_{suffix}"]
            assert outcome.n_analysed == oracle["n_complete"]
            assert len(outcome.excluded) == 295 - oracle["n_complete"]
            for effect, key in (
                (outcome.group, "group"),
                (outcome.time, "time"),
                (outcome.time_by_group, "group_x_time"),
            ):
                assert effect is not None
                assert effect.f == pytest.approx(oracle["type3"][key]["F"], rel=1e-9)
                assert effect.p == pytest.approx(oracle["type3"][key]["p"], rel=1e-9)


def trial_data(wide: "pl.DataFrame", study_data: type) -> "StudyData":  # noqa: F821 - only for the reader
    """The trial's file as tidy tables, without the importer, so that this test speaks of the analysis alone."""
    import polars as pl

    occasions = dict(zip("012345", ("pre", "post", "week-1", "month-1", "month-3", "month-6"), strict=True))
    arms = dict(
        zip("1234", ("signature-strengths", "three-good-things", "gratitude-visit", "early-memories"), strict=True)
    )
    keyed = wide.with_columns(
        participant=pl.col("id"),
        assessment=pl.col("occasion").replace_strict(occasions),
        arm=pl.col("intervention").replace_strict(arms),
        number=pl.lit(1),
    )
    long = []
    for instrument, pattern, items in (("ahi-24", "ahi{:02}", 24), ("ces-d-20", "cesd{:02}", 20)):
        for n in range(1, items + 1):
            chosen = keyed.select("participant", "assessment", "number", value=pl.col(pattern.format(n)))
            long.append(chosen.with_columns(instrument=pl.lit(instrument), item=pl.lit(str(n))))
    responses = pl.concat(long)
    keys = ["participant", "assessment", "instrument", "number"]
    return study_data.from_tables({  # type: ignore[no-any-return, attr-defined]
        "participants": keyed.select("participant", "arm").unique(),
        "administrations": responses.select(keys).unique(),
        "responses": responses,
    })  # fmt: skip
