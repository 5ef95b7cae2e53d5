"""Rehearsals with accidents: every path is walked, nothing is invalid, and the same seed gives the same people."""

import polars as pl
import pytest

from pilotage.analysis.contacts import log_of
from pilotage.data.check import check
from pilotage.data.simulate import SCENARIOS, ScenarioName, simulate
from pilotage.data.simulate.scenario import Chance
from pilotage.pairing import Rules, quality
from pilotage.problems import ProblemsFound
from pilotage.protocol.simulation import ScaleTarget, Simulation
from tests.data.rehearsals import POSITIVE_PSYCHOLOGY, aiming_at, by_arm, rehearsal, study

ALL = pytest.mark.parametrize("scenario", list(SCENARIOS))
WITH_ACCIDENTS = pytest.mark.parametrize("scenario", ["ordinary", "troubled"])


@ALL
@pytest.mark.parametrize("name", ["imp-2020", "imp"])
@pytest.mark.parametrize("seeds", [(1,), pytest.param((2, 3), marks=pytest.mark.long)])
def test_simulated_data_are_valid_and_stamped(name: str, scenario: ScenarioName, seeds: tuple[int, ...]) -> None:
    for seed in seeds:
        data = rehearsal(name, scenario, seed)
        assert check(data, study(name)) == []
        assert data.simulated is not None
        assert (data.simulated.seed, data.simulated.scenario) == (seed, scenario)


@ALL
def test_the_same_seed_gives_the_same_study_and_another_seed_another(scenario: ScenarioName) -> None:
    first, again = rehearsal("imp-2020", scenario), simulate(study("imp-2020"), seed=1, scenario=scenario)
    other = simulate(study("imp-2020"), seed=2, scenario=scenario)
    assert first.fingerprint == again.fingerprint != other.fingerprint


def test_each_part_has_chances_of_its_own() -> None:
    one, again, other = (Chance(1).of(part).random(3).tolist() for part in ("a", "a", "b"))
    assert one == again != other


def test_accidents_leave_the_answers_of_those_who_answer_as_they_were() -> None:
    paper, ordinary = rehearsal("imp-2020"), rehearsal("imp-2020", "ordinary")
    key = ["participant", "assessment", "instrument", "number", "item"]
    once = ordinary.responses.filter(pl.col("value").is_not_null() & (pl.col("number") == 1))
    both = once.join(paper.responses, on=key, suffix="_paper").filter(pl.col("instrument") != "reaction")
    assert both.height > 12_000
    assert both.filter(pl.col("value") != pl.col("value_paper")).height == 0


@WITH_ACCIDENTS
def test_people_leave_the_course_and_the_study_with_a_reason(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    course = data.flow.filter(pl.col("course_left_on").is_not_null())
    left = data.flow.filter(pl.col("study_left_on").is_not_null())
    assert course.height > 0 and left.height > 0
    assert course["course_left_why"].null_count() == left["study_left_why"].null_count() == 0
    after = data.administrations.join(left, on="participant").filter(
        pl.col("started_at").dt.date() > pl.col("study_left_on")
    )
    assert after.height == 0


@WITH_ACCIDENTS
def test_forms_are_missed_late_unfinished_and_filled_in_twice(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    asked = rehearsal("imp-2020").administrations.height
    given = data.administrations
    planned_end = rehearsal("imp-2020").administrations.filter(pl.col("assessment") == "pre")["started_at"].max()
    assert given.filter(pl.col("number") == 1).height < asked
    assert given["completed_at"].null_count() > 0
    assert given.filter(pl.col("number") == 2).height > 0
    assert given.filter(pl.col("assessment") == "pre")["started_at"].max() > planned_end  # type: ignore[operator]
    assert data.responses["value"].null_count() > 50


def test_every_state_of_a_session_occurs_with_its_reason() -> None:
    data = rehearsal("imp-2020", "troubled")
    otherwise = data.sessions.filter(pl.col("state") != "held")
    assert set(otherwise["state"]) == {"cancelled", "truncated", "postponed", "replaced"}
    assert otherwise["reason"].null_count() == 0
    truncated = otherwise.filter(pl.col("state") == "truncated")
    assert (truncated["minutes"] < truncated["planned_minutes"]).all()
    cancelled = data.sessions.filter(pl.col("state") == "cancelled").select("cohort", "session")
    came = data.attendance.join(data.participants, on="participant").join(cancelled, on=["cohort", "session"])
    assert came.height == 0
    assert set(data.fidelity["done"]) == {"done", "partly", "omitted", "moved"}


def test_trouble_brings_severe_and_serious_reactions_in_both_arms() -> None:
    data = rehearsal("imp-2020", "troubled")
    assert {"mild", "moderate", "severe"} <= set(data.adverse_events["severity"])
    assert data.adverse_events["serious"].any()
    assert by_arm(data, data.adverse_events, "control").height == 1


def test_trouble_empties_the_first_arm() -> None:
    data = rehearsal("imp-2020", "troubled")
    left = by_arm(data, data.flow.filter(pl.col("study_left_on").is_not_null()), "training").height
    assert left >= 6


@WITH_ACCIDENTS
def test_those_who_did_not_come_in_are_counted_and_add_up(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    for arm, inside in (("training", 25), ("control", 22)):
        rows = data.approached.filter(pl.col("arm") == arm)
        total = rows.filter(pl.col("stage") == "approached")["count"].sum()
        assert total == inside + rows.filter(pl.col("stage") != "approached")["count"].sum()


def test_weekly_harms_session_ratings_and_the_diary_are_walked() -> None:
    data = rehearsal("imp")
    times = data.administrations.group_by("assessment").agg(pl.col("number").max()).sort("assessment")
    assert dict(times.iter_rows())["weeks"] == dict(times.iter_rows())["sessions"] == 9
    yes = data.responses.filter((pl.col("item") == "unpleasant") & (pl.col("value") == "yes"))
    told = data.comments.filter(pl.col("item") == "description")
    assert yes.height == told.height == data.adverse_events.height == 5
    assert set(data.home_practice["kind"]) == {"formal", "informal", "study"}
    assert by_arm(data, data.home_practice, "control").height == 0


def test_an_item_that_is_not_shown_has_no_answer() -> None:
    data = rehearsal("imp")
    asked = data.responses.filter((pl.col("instrument") == "week") & (pl.col("item") == "how-bad"))
    assert asked.height == 5


@ALL
def test_everyone_who_came_practised_in_a_pair_or_a_triad(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    groups = data.pairings.group_by("cohort", "session", "pairing", "group").len()
    assert set(groups["len"]) <= {2, 3}
    came = data.attendance.filter(pl.col("minutes").is_not_null()).join(data.participants, on="participant")
    practised = came.join(data.pairings.select("cohort", "session").unique(), on=["cohort", "session"])
    assert practised.height == data.pairings.height


def test_people_meet_new_partners_as_long_as_there_are_any() -> None:
    data = rehearsal("imp-2020")
    for cohort in ("training-1", "training-2"):
        log = log_of(data.pairings.filter(pl.col("cohort") == cohort))
        found = quality(log, Rules(odd="triad"), courses=200)
        assert found.repeats <= found.repeats_bound + 3
        assert found.repeats < found.by_lot.fewest_repeats


@ALL
def test_the_blocks_of_a_session_fill_its_minutes(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    filled = data.fidelity.group_by("cohort", "session", "rater").agg(pl.col("minutes").sum().alias("filled"))
    joined = filled.join(data.sessions, on=["cohort", "session"])
    assert joined.height > 0 and (joined["filled"] == joined["minutes"]).all()


@ALL
def test_a_teacher_rates_every_session_and_an_outsider_some(scenario: ScenarioName) -> None:
    data = rehearsal("imp-2020", scenario)
    held = data.sessions.filter(pl.col("held_on").is_not_null()).height
    rated = data.fidelity.select("cohort", "session", "rater").unique()
    assert rated.filter(pl.col("rater").str.starts_with("T")).height == held
    assert 0 < rated.filter(pl.col("rater") == "R1").height < held / 2
    in_pairs = data.fidelity.filter((pl.col("block") == "practice") & (pl.col("minutes") > 0))
    assert data.adherence.select("cohort", "session", "rater").unique().height == in_pairs.height


def test_nobody_practises_in_pairs_where_a_silent_session_took_its_place() -> None:
    data = rehearsal("imp-2020", "troubled")
    replaced = data.sessions.filter(pl.col("state") == "replaced").select("cohort", "session")
    assert replaced.height > 0
    assert data.pairings.join(replaced, on=["cohort", "session"]).height == 0


@ALL
def test_a_study_of_four_arms_and_six_occasions_without_a_programme_is_rehearsed(scenario: ScenarioName) -> None:
    arms = ("signature-strengths", "three-good-things", "gratitude-visit", "early-memories")
    aims = Simulation.model_validate(
        {
            "start": "2026-01-13",
            "people": {arm: [20] for arm in arms},
            "changed": list(arms[:3]),
            "scales": [{"scale": "ahi-24.total", "mean": 70, "sd": 12, "alpha": 0.92}],
        }
    )
    loaded = aiming_at(study(str(POSITIVE_PSYCHOLOGY)), aims)
    data = simulate(loaded, seed=1, scenario=scenario)
    assert check(data, loaded) == []
    assert data.administrations["assessment"].n_unique() == 6
    assert "sessions" not in data.collected


def test_a_study_that_does_not_say_what_to_aim_at_is_told_what_to_add() -> None:
    with pytest.raises(
        ProblemsFound, match=r"Add to the protocol: simulation: \{start: 2026-01-13, people: \{training"
    ):
        simulate(aiming_at(study("imp-2020"), None), seed=1, scenario="paper")


def test_targets_of_scales_that_cannot_be_met_are_refused() -> None:
    simulation = study("imp-2020").protocol.simulation
    assert simulation is not None
    impossible = ScaleTarget(scale="ffmq-39.total", mean=100, sd=14, alpha=0.91)
    scales = [impossible if target.scale == impossible.scale else target for target in simulation.scales]
    loaded = aiming_at(study("imp-2020"), simulation.model_copy(update={"scales": scales}))
    with pytest.raises(
        ProblemsFound, match=r"ffmq-39.total: a mean of 100 is wanted; with the other targets it comes to"
    ):
        simulate(loaded, seed=1, scenario="paper")


def test_a_target_of_more_people_than_answer_is_refused() -> None:
    simulation = study("imp-2020").protocol.simulation
    assert simulation is not None
    loaded = aiming_at(study("imp-2020"), simulation.model_copy(update={"completed": {"evaluation": 20}}))
    with pytest.raises(ProblemsFound, match=r"is of 2. people, but 20 answer"):
        simulate(loaded, seed=1, scenario="paper")
