"""What study data promise: every table there, its types, what was not collected, and a fingerprint of the content."""

import dataclasses

import polars as pl
import pytest

from pilotage.data.study_data import Simulated, StudyData
from pilotage.data.tables import TABLES
from tests.data.small_study import rows

PEOPLE = pl.DataFrame(
    rows("""
    participant arm      cohort
    P1          training c1
    P2          control  c1
""")
)


def test_study_data_has_a_frame_for_every_table_and_nothing_else():
    fields = [field.name for field in dataclasses.fields(StudyData)]
    assert fields == [*(table.name for table in TABLES), "collected", "simulated"]


def test_a_table_that_was_not_collected_is_empty_with_its_columns_and_said_to_be_absent():
    data = StudyData.from_tables({"participants": PEOPLE})
    assert data.collected == {"participants"}
    assert data.attendance.is_empty()
    assert dict(data.attendance.schema) == next(t for t in TABLES if t.name == "attendance").schema()


def test_columns_that_are_not_required_may_be_left_out():
    data = StudyData.from_tables({"participants": PEOPLE.drop("cohort")})
    assert data.participants["cohort"].to_list() == [None, None]


def test_an_empty_text_is_a_blank():
    data = StudyData.from_tables({"participants": PEOPLE.with_columns(cohort=pl.lit(""))})
    assert data.participants["cohort"].null_count() == 2


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"people": PEOPLE}, "no table 'people'"),
        ({"participants": PEOPLE.drop("arm")}, "needs the column 'arm'"),
        ({"participants": PEOPLE.with_columns(age=pl.lit(3))}, "no column 'age'"),
        ({"attendance": PEOPLE.select("participant", session="arm", status="cohort")}, "types"),
    ],
)
def test_a_table_of_another_shape_is_the_callers_mistake(tables, words):
    with pytest.raises(ValueError, match=words):
        StudyData.from_tables(tables)


def test_the_fingerprint_is_of_the_content_and_not_of_the_order_of_rows():
    data = StudyData.from_tables({"participants": PEOPLE})
    assert StudyData.from_tables({"participants": PEOPLE.reverse()}).fingerprint == data.fingerprint
    assert StudyData.from_tables({"participants": PEOPLE.head(1)}).fingerprint != data.fingerprint


def test_the_fingerprint_tells_an_empty_table_from_one_not_collected():
    data = StudyData.from_tables({"participants": PEOPLE})
    with_none = StudyData.from_tables({"participants": PEOPLE, "deviations": data.deviations})
    assert with_none.fingerprint != data.fingerprint


def test_simulated_data_say_which_rehearsal_made_them():
    data = StudyData.from_tables({"participants": PEOPLE}, Simulated(seed=7, scenario="paper"))
    assert (data.simulated.seed, data.simulated.scenario) == (7, "paper")
