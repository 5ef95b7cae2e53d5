"""What importing into data that are there already promises: added, refused, or replaced when told to."""

from datetime import date

import polars as pl
import pytest

from pilotage.data.importing.merge import merged
from pilotage.data.study_data import Simulated, StudyData
from pilotage.problems import ProblemsFound

KEY = {"instrument": "calm-3", "number": 1}


def of(people, taken, flow=(), simulated=None):
    """People as (code, arm), what they took as (code, assessment, answer), flow as (code, day of consent)."""
    asked = [{"participant": person, "assessment": when} | KEY for person, when, _ in taken]
    given = [row | {"item": "1", "value": value} for row, (_, _, value) in zip(asked, taken, strict=True)]
    tables = {
        "participants": pl.DataFrame(people, schema=["participant", "arm"], orient="row"),
        "administrations": pl.DataFrame(asked),
        "responses": pl.DataFrame(given),
    }
    if flow:
        tables["flow"] = pl.DataFrame(flow, schema=["participant", "consented_on"], orient="row")
    return StudyData.from_tables(tables, simulated)


def codes(existing, new, **options):
    with pytest.raises(ProblemsFound) as found:
        merged(existing, new, **options)
    return [problem.code for problem in found.value.problems]


EXISTING = of([("P1", "a"), ("P2", "b")], [("P1", "pre", "1"), ("P2", "pre", "2")])


def values(data):
    return data.responses.select("participant", "assessment", "value").rows()


def test_new_administrations_and_people_are_added():
    both = merged(EXISTING, of([("P1", "a"), ("P3", "a")], [("P1", "post", "3"), ("P3", "pre", "4")]))
    assert both.participants["participant"].to_list() == ["P1", "P2", "P3"]
    assert values(both) == [("P1", "pre", "1"), ("P2", "pre", "2"), ("P1", "post", "3"), ("P3", "pre", "4")]


def test_answers_that_are_there_already_are_refused():
    assert codes(EXISTING, of([("P1", "a")], [("P1", "pre", "3")])) == ["IMPORT-011"]


def test_told_to_replace_the_new_answers_stand_in_place_of_the_old():
    both = merged(EXISTING, of([("P1", "a")], [("P1", "pre", "3")]), replace=True)
    assert values(both) == [("P2", "pre", "2"), ("P1", "pre", "3")]


def test_nobody_changes_arm_even_when_told_to_replace():
    assert codes(EXISTING, of([("P1", "b")], [("P1", "post", "3")]), replace=True) == ["IMPORT-012"]


def test_real_answers_are_never_mixed_with_simulated_ones():
    rehearsed = of([("P1", "a")], [("P1", "pre", "1")], simulated=Simulated(1, "paper"))
    assert codes(rehearsed, of([("P2", "a")], [("P2", "pre", "3")]), replace=True) == ["IMPORT-013"]


def test_the_flow_is_completed_and_not_overwritten():
    there = of([("P1", "a")], [("P1", "pre", "1")], flow=[("P1", date(2026, 1, 1))])
    other = of([("P1", "a")], [("P1", "post", "1")], flow=[("P1", date(2026, 1, 2))])
    assert codes(there, other) == ["IMPORT-014"]
    assert merged(there, other, replace=True).flow["consented_on"].to_list() == [date(2026, 1, 2)]
    unsaid = of([("P1", "a")], [("P1", "post", "1")], flow=[("P1", None)])
    unsaid_flow = unsaid.flow.with_columns(pl.col("consented_on").cast(pl.Date))
    unsaid = StudyData.from_tables({"flow": unsaid_flow, "participants": unsaid.participants})
    assert merged(there, unsaid).flow["consented_on"].to_list() == [date(2026, 1, 1)]


def test_tables_that_the_file_does_not_hold_stay_as_they_were():
    sessions = pl.DataFrame({"cohort": ["c1"], "session": [1], "held_on": [date(2026, 3, 2)], "state": ["held"]})
    tables = {table.name: frame for table, frame in EXISTING.tables()}
    existing = StudyData.from_tables(tables | {"sessions": sessions})
    both = merged(existing, of([("P3", "a")], [("P3", "pre", "3")]))
    assert both.sessions.height == 1
    assert "flow" not in both.collected
