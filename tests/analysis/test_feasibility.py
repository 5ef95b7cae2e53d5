"""Feasibility: every indicator has its denominator, and what was not collected is never nought."""

from dataclasses import replace

import polars as pl
import pytest

from pilotage.analysis.adverse_events import adverse_events
from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.results import DomainResult, IndicatorResult
from pilotage.analysis.run import analyse
from tests.analysis.study import given, given_without, loaded, people, rehearsed
from tests.data.rehearsals import rehearsal, study


def indicators(study: AnalysisInput) -> dict[str, IndicatorResult]:
    return {i.id: i for domain in feasibility(study) for i in domain.indicators}


def domains(study: AnalysisInput) -> dict[str, DomainResult]:
    return {domain.id: domain for domain in feasibility(study)}


def test_the_papers_figures_come_out_with_their_denominators() -> None:
    found = indicators(given())
    assert (found["recommend"].n, found["recommend"].of) == (21, 24)
    assert (found["plans"].n, found["plans"].of) == (17, 22)
    assert (found["evaluations"].n, found["evaluations"].of) == (24, 25)
    assert (found["completion"].n, found["completion"].of) == (25, 25)


def test_the_interval_of_full_retention_is_the_exact_one() -> None:
    estimate = indicators(given())["completion"].estimate
    assert estimate is not None
    assert estimate.low == pytest.approx(0.8628148, abs=1e-6)
    assert estimate.high == 1.0


def test_practice_is_amber_a_verdict_the_paper_did_not_draw() -> None:
    found = indicators(given())["practice"]
    assert found.light == "amber"
    assert found.estimate is not None
    assert found.estimate.value == pytest.approx(121.1 / 315, abs=0.002)


def test_a_light_changes_with_the_facts() -> None:
    data = rehearsed()
    few = data.attendance.with_columns(
        status=pl.when(pl.col("participant").is_in(people("training")[:12]) & (pl.col("session") > 4))
        .then(pl.lit("absent"))
        .otherwise("status")
    )
    found = indicators(given(attendance=few))["completion"]
    assert (found.n, found.of, found.light) == (13, 25, "red")


def test_a_planned_replacement_does_not_count_against_delivery() -> None:
    data = rehearsed()
    cancelled = data.sessions.with_columns(
        state=pl.when(pl.col("session") == 3).then(pl.lit("cancelled")).otherwise("state")
    )
    assert indicators(given())["departures"].n == 0
    assert indicators(given(sessions=cancelled))["departures"].n == 2


@pytest.mark.parametrize(
    ("table", "indicator"),
    [("attendance", "completion"), ("sessions", "departures"), ("administrations", "post-complete"),
     ("responses", "recommend"), ("adverse_events", "reactions")],
)  # fmt: skip
def test_what_was_not_collected_is_said_and_has_no_light(table: str, indicator: str) -> None:
    found = indicators(given_without(table))[indicator]
    assert (found.n, found.of, found.estimate, found.light) == (None, None, None, "none")
    assert found.not_collected


def test_somebody_who_left_an_item_blank_leaves_its_denominator() -> None:
    data = rehearsed()
    answer = (pl.col("participant") == people("training")[0]) & (pl.col("item") == "grade")
    blanked = data.responses.with_columns(value=pl.when(answer).then(None).otherwise("value"))
    before, after = indicators(given())["grade"], indicators(given(responses=blanked))["grade"]
    assert before.n is not None
    assert after.n in (before.n, before.n - 1)
    assert indicators(given(responses=blanked))["teacher-1"].n == before.n


def test_a_domain_that_does_not_apply_keeps_its_reason() -> None:
    found = domains(given())["expansion"]
    assert (found.status, found.indicators) == ("not applicable", ())
    assert found.why


def test_the_probability_of_green_is_between_nought_and_one_and_names_its_prior() -> None:
    for found in indicators(given()).values():
        if found.p_green is not None:
            assert 0 <= found.p_green <= 1
            assert found.p_method in ("Jeffreys prior", "t posterior")


def test_an_empty_study_gives_a_report_of_what_is_missing() -> None:
    data = rehearsed()
    collected = frozenset({"participants"})
    emptied = {t.name: f.clear() for t, f in data.tables() if t.name not in collected}
    results, _ = analyse(loaded(), replace(data, **emptied, collected=collected))
    assert "responses" in results.not_collected
    assert all(o.time_by_group is None for o in results.comparisons[0].outcomes)


def with_seriousness(seriousness: pl.Expr) -> AnalysisInput:
    whole = AnalysisInput(study("imp"), rehearsal("imp", "troubled"))
    in_training = pl.col("participant").is_in(list(whole.people("training")))
    events = whole.data.adverse_events.filter(in_training).with_columns(serious=seriousness)
    return AnalysisInput(study("imp"), replace(whole.data, adverse_events=events))


FIRST = pl.col("event") == pl.col("event").first()
REST_WAITS = pl.lit(None, pl.Boolean)


def test_a_criterion_on_serious_events_has_no_light_until_every_event_was_judged() -> None:
    assert indicators(with_seriousness(pl.lit(value=False)))["serious"].light == "green"
    waiting = with_seriousness(pl.when(~FIRST).then(pl.lit(value=False)))
    found = indicators(waiting)["serious"]
    assert (found.n, found.light) == (None, "none")
    assert found.not_collected.startswith("the seriousness of 1 of ")
    arm = next(arm for arm in adverse_events(waiting) if arm.arm == "training")
    assert (arm.seriousness_not_judged, arm.serious_upper) == (1, None)


def test_what_is_known_to_be_serious_stays_red_while_other_events_wait_to_be_judged() -> None:
    found = indicators(with_seriousness(pl.when(FIRST).then(pl.lit(value=True)).otherwise(REST_WAITS)))["serious"]
    assert (found.n, found.light, found.not_collected) == (1, "red", "")
