"""The `paper` scenario of the 2020 study: counts and forms exactly, effects and reliabilities on average."""

from collections import Counter

import numpy as np
import polars as pl
import pytest

from pilotage.data.simulate import simulate
from tests.data.rehearsals import alpha, by_arm, counted, effect, item, printed, rehearsal, study, summed

SEEDS = (1, 2, 3)
PRINTED = (  # item, n, mean, SD, lowest, highest
    ("evaluation.teacher-1", (24, 8.3, 0.8, 7, 10)),
    ("evaluation.teacher-2", (24, 8.4, 0.6, 8, 10)),
    ("evaluation.material", (24, 3.9, 0.5, 3, 5)),
    ("evaluation.practice-times", (24, 3.6, 2.1, 1, 8)),
    ("evaluation.practice-minutes", (24, 92.4, 81.3, 5, 300)),
    ("evaluation.study-minutes", (24, 28.7, 14.7, 10, 75)),
)
COUNTED = (
    ("evaluation.relevant-profession", {"very": 21, "slightly": 3}),
    ("evaluation.relevant-personal", {"very": 20, "slightly": 4}),
    ("evaluation.recommend", {"yes": 21, "maybe": 3}),
    ("evaluation.plans", {"continue": 17, "none-yet": 4, "trainer-course": 1}),
)
EFFECTS = {
    "scs-26.total": 0.119,
    "eq-40.total": 0.109,
    "proqol-5.compassion_fatigue": 0.104,
    "ffmq-39.nonreactivity": 0.093,
    "scs-26.isolation": 0.088,
}
ALPHAS = {
    "ffmq-39.total": 0.91,
    "scs-26.total": 0.90,
    "eq-40.total": 0.84,
    "pss-10.total": 0.87,
    "proqol-5.compassion_satisfaction": 0.84,
    "proqol-5.compassion_fatigue": 0.76,
    "proqol-5.burnout": 0.57,
    "proqol-5.secondary_traumatic_stress": 0.69,
}


@pytest.mark.parametrize("seed", SEEDS)
def test_as_many_people_take_part_as_in_the_study(seed: int) -> None:
    data = rehearsal("imp-2020", seed=seed)
    training = by_arm(data, data.participants, "training")
    assert Counter(data.participants["arm"]) == {"training": 25, "control": 22}
    assert Counter(training["cohort"]) == {"training-1": 14, "training-2": 11}
    assert data.flow["course_left_on"].null_count() == data.flow["study_left_on"].null_count() == 47


@pytest.mark.parametrize("seed", SEEDS)
def test_ages_are_printed_as_in_the_study_in_each_arm_and_together(seed: int) -> None:
    data = rehearsal("imp-2020", seed=seed)
    age = item(study("imp-2020"), data, "about-you.age", "pre")
    assert printed(age["value"]) == (47, 49.6, 10.7, 22, 68)
    assert printed(by_arm(data, age, "training")["value"])[:3] == (25, 51.4, 10.8)
    assert printed(by_arm(data, age, "control")["value"])[:3] == (22, 47.5, 10.4)


@pytest.mark.parametrize("seed", SEEDS)
def test_one_man_is_in_the_training_arm_and_three_in_the_control_arm(seed: int) -> None:
    data = rehearsal("imp-2020", seed=seed)
    gender = item(study("imp-2020"), data, "about-you.gender", "pre")
    assert counted(by_arm(data, gender, "training")["value"]) == {"female": 24, "male": 1}
    assert counted(by_arm(data, gender, "control")["value"]) == {"female": 19, "male": 3}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "figures"), PRINTED)
def test_the_evaluation_form_has_the_published_means_spreads_and_ranges(
    seed: int, name: str, figures: tuple[float, ...]
) -> None:
    data = rehearsal("imp-2020", seed=seed)
    assert printed(item(study("imp-2020"), data, name, "evaluation")["value"]) == figures


@pytest.mark.parametrize("seed", SEEDS)
def test_the_grade_and_the_organisation_have_the_published_means_and_spreads(seed: int) -> None:
    data = rehearsal("imp-2020", seed=seed)
    assert printed(item(study("imp-2020"), data, "evaluation.grade", "evaluation")["value"])[:3] == (24, 8.2, 0.7)
    assert printed(summed(study("imp-2020"), data, "organisation", "evaluation")) == (24, 7.4, 1.2, 5, 10)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("name", "counts"), COUNTED)
def test_choices_are_made_as_often_as_in_the_study(seed: int, name: str, counts: dict[str, int]) -> None:
    data = rehearsal("imp-2020", seed=seed)
    assert counted(item(study("imp-2020"), data, name, "evaluation")["value"]) == counts


def test_all_sessions_were_held_and_all_completed_the_course() -> None:
    data = rehearsal("imp-2020")
    came = data.attendance.filter(pl.col("minutes").is_not_null()).group_by("participant").len()
    assert data.sessions["state"].to_list() == ["held"] * 18
    assert came.height == 25
    assert came["len"].min() >= 5  # type: ignore[operator] - there are people


def test_five_people_report_reactions_and_six_topics_were_missed() -> None:
    data = rehearsal("imp-2020")
    reactions = data.adverse_events
    assert Counter(reactions["kind"]) == {"problems-with-awareness": 4, "flashbacks-dreams": 1}
    assert by_arm(data, reactions, "training")["participant"].n_unique() == 5
    assert set(data.comments.filter(pl.col("item") == "missed")["codes"]) == {
        "daily-work", "silence", "comeback", "profession", "personal", "variation"}  # fmt: skip


@pytest.mark.parametrize("seed", SEEDS)
def test_the_course_is_fully_delivered_but_for_optional_blocks_and_flexible_parts(seed: int) -> None:
    data = rehearsal("imp-2020", seed=seed)
    programme = study("imp-2020").protocol.programme
    assert programme is not None
    optional = [block.id for block in programme.blocks if block.optional]
    of_teachers = data.fidelity.filter(pl.col("rater").str.starts_with("T"))
    assert set(of_teachers.filter(~pl.col("block").is_in(optional))["done"]) == {"done"}
    assert of_teachers.height == 18 * len(programme.blocks)
    assert (data.sessions["minutes"] == data.sessions["planned_minutes"]).all()
    assert set(data.deviations["core"]) == {"flexible"}


def test_what_the_paper_does_not_report_is_absent_and_never_zero() -> None:
    data = rehearsal("imp-2020")
    assert "home_practice" not in data.collected
    assert data.approached["count"].to_list() == [None, None]
    assert data.flow["approached_on"].null_count() == data.flow["screened_on"].null_count() == 47


def test_every_questionnaire_is_answered_whole_before_and_after() -> None:
    data = rehearsal("imp-2020")
    asked = data.responses.filter(pl.col("instrument") != "evaluation")
    assert asked["value"].null_count() == 0
    assert asked.filter(pl.col("instrument") == "eq-40").height == 47 * 2 * 40


def met(values: list[float], wanted: float) -> bool:
    """Whether the average is within three standard errors of what is wanted."""
    return bool(abs(np.mean(values) - wanted) < 3 * np.std(values, ddof=1) / np.sqrt(len(values)))


def test_effects_and_reliabilities_are_near_the_published_ones_over_a_few_seeds() -> None:
    loaded = study("imp-2020")
    data = [simulate(loaded, seed=seed, scenario="paper") for seed in range(16)]
    assert met([effect(loaded, one, "scs-26.total") for one in data], 0.119)
    assert met([alpha(loaded, one, "ffmq-39.total") for one in data], 0.91)


@pytest.mark.long
def test_each_published_effect_and_reliability_is_met_within_monte_carlo_error() -> None:
    loaded = study("imp-2020")
    effects: dict[str, list[float]] = {name: [] for name in EFFECTS}
    alphas: dict[str, list[float]] = {name: [] for name in ALPHAS}
    for seed in range(400):
        data = simulate(loaded, seed=seed, scenario="paper")
        for name, found in effects.items():
            found.append(effect(loaded, data, name))
        for name, found in alphas.items():
            found.append(alpha(loaded, data, name))
    assert {name: np.mean(found) for name, found in effects.items() if not met(found, EFFECTS[name])} == {}
    assert {name: np.mean(found) for name, found in alphas.items() if not met(found, ALPHAS[name])} == {}
