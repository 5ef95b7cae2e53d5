"""A data folder comes back as it was written, is what Frictionless says, and is never half there."""

import json
from datetime import UTC, date, datetime

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilotage.data.check_table import check_table
from pilotage.data.formats import folder
from pilotage.data.rows import NUMBER, numbered
from pilotage.data.study_data import Simulated, StudyData
from pilotage.data.tables import TABLES, Column
from pilotage.problems import ProblemsFound
from tests.data.small_study import rows, small_study

_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
_VALUES = {
    "string": _TEXT | st.sampled_from(["=1+1", "'=1", "''@x", "-1", "- 1", "+46 8", "\tx", "\rx", '"', "a\nb", "null"]),
    "integer": st.integers(-(2**63), 2**63 - 1),
    "number": st.floats(allow_nan=False, allow_infinity=False),
    "date": st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "datetime": st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)),
    "boolean": st.booleans(),
}


def _value(column: Column):
    value = st.sampled_from(column.values) if column.values else _VALUES[column.type]
    return value.filter(lambda value: value != "") if column.required else st.none() | value


@st.composite
def frames(draw):
    """One table with rows that its own rules allow."""
    table = draw(st.sampled_from(TABLES))
    names = [column.name for column in table.columns]
    row = st.tuples(*(_value(column) for column in table.columns))
    different = st.lists(row, max_size=4, unique_by=lambda row: tuple(row[names.index(name)] for name in table.key))
    frame = pl.DataFrame(draw(different), schema=table.schema(), orient="row")
    sound = ~pl.col(NUMBER).is_in([problem.line for problem in check_table(table, numbered(frame))])
    return {table.name: numbered(frame).filter(sound).drop(NUMBER)}


def sample(simulated=None):
    people = rows("""
        participant arm      cohort
        P1          training c1
        P2          control  -
    """)
    asked = rows("""
        participant assessment instrument number
        P1          pre        calm-3     1
    """)
    given_ = rows("""
        participant assessment instrument number item value
        P1          pre        calm-3     1      1    -1
        P1          pre        calm-3     1      2    -
    """)
    tables = {"participants": people, "administrations": asked, "responses": given_}
    return StudyData.from_tables({name: pl.DataFrame(table) for name, table in tables.items()}, simulated)


def refused(place):
    with pytest.raises(ProblemsFound) as found:
        folder.read(place)
    return [str(problem) for problem in found.value.problems]


@given(frames())
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_written_is_read_back_exactly(tmp_path, tables):
    data = StudyData.from_tables(tables)
    folder.write(data, tmp_path / "data")
    back = folder.read(tmp_path / "data")
    assert back.collected == data.collected
    assert back.fingerprint == data.fingerprint
    for table in TABLES:
        assert back.table(table.name).equals(data.table(table.name))


@pytest.mark.parametrize("text", ["=1+1", "+46 70 1", "-x", "@SUM(A1)", "\t=1", "\r=1"])
def test_text_that_a_spreadsheet_program_would_run_is_written_with_an_apostrophe(tmp_path, text):
    event = pl.DataFrame({"event": "E1", "participant": "P1", "description": text})
    folder.write(StudyData.from_tables({"adverse_events": event}), tmp_path / "data")
    assert f"'{text}" in (tmp_path / "data" / "adverse_events.csv").read_bytes().decode()
    assert folder.read(tmp_path / "data").adverse_events["description"].to_list() == [text]


def test_a_negative_number_is_no_formula(tmp_path):
    folder.write(sample(), tmp_path / "data")
    assert "calm-3,1,1,-1\n" in (tmp_path / "data" / "responses.csv").read_text()


def test_frictionless_finds_the_folder_valid(tmp_path, study):
    from frictionless import Package

    folder.write(sample(), tmp_path / "data", study)
    package = Package(str(tmp_path / "data" / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])
    assert set(package.resource_names) == {"participants", "administrations", "responses", "codebook"}
    assert package.get_resource("responses").schema.primary_key[-1] == "item"


def test_frictionless_finds_an_answer_without_its_administration(tmp_path):
    from frictionless import Package

    folder.write(sample(), tmp_path / "data")
    with (tmp_path / "data" / "responses.csv").open("a") as file:
        file.write("P9,pre,calm-3,1,1,3\n")
    report = Package(str(tmp_path / "data" / "datapackage.json")).validate()
    assert report.flatten(["type"]) == [["foreign-key"]]


def test_times_and_booleans_are_as_frictionless_reads_them(tmp_path):
    from frictionless import Package

    left = pl.DataFrame({"participant": ["P1"], "answers_kept": [True], "study_left_on": [date(2026, 3, 2)]})
    asked = sample().administrations.with_columns(completed_at=pl.lit(datetime(2026, 3, 2, 18, 30, 0, 5, tzinfo=UTC)))
    data = StudyData.from_tables({"flow": left, "administrations": asked, "participants": sample().participants})
    folder.write(data, tmp_path / "data")
    assert "2026-03-02T18:30:00.000005Z" in (tmp_path / "data" / "administrations.csv").read_text()
    report = Package(str(tmp_path / "data" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["type", "note"])


def test_simulated_data_are_stamped_in_title_and_property_and_stay_stamped(tmp_path, study):
    folder.write(sample(Simulated(7, "paper")), tmp_path / "data", study)
    package = json.loads((tmp_path / "data" / "datapackage.json").read_text())
    assert package["title"] == "SIMULATED: A small study"
    assert package["pilotage"]["simulated"] == {"seed": 7, "scenario": "paper"}
    assert folder.read(tmp_path / "data").simulated == Simulated(7, "paper")


def test_the_same_data_give_the_same_bytes(tmp_path, study):
    for name in ("one", "two"):
        folder.write(sample(), tmp_path / name, study)
    for file in (tmp_path / "one").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_the_codebook_explains_each_column_item_and_question(tmp_path, study):
    folder.write(sample(), tmp_path / "data", study)
    book = {
        (r["part"], r["name"]): r
        for r in pl.read_csv(tmp_path / "data" / "codebook.csv", infer_schema=False).to_dicts()
    }
    assert all((table.name, column.name) in book for table in TABLES for column in table.columns)
    item = book["calm-3", "2"]
    assert (item["minimum"], item["maximum"], item["key"]) == ("0", "4", "reversed")
    assert (item["values"], item["scales"]) == ("0 = never; 4 = always", "total")
    assert book["about-you", "gender"]["values"] == "woman; man; other"
    assert book["about-you", "age"]["unit"] == "years"


def test_a_file_of_ones_own_beside_the_tables_is_kept(tmp_path):
    folder.write(sample(), tmp_path / "data")
    (tmp_path / "data" / "notes.txt").write_text("mine")
    (tmp_path / "data" / "attendance.csv").write_text("participant,session,status\nP1,1,present\n")
    folder.write(sample(), tmp_path / "data")
    assert (tmp_path / "data" / "notes.txt").read_text() == "mine"
    assert not (tmp_path / "data" / "attendance.csv").exists()


def test_a_write_that_fails_leaves_the_old_data_and_nothing_else(tmp_path, monkeypatch):
    folder.write(sample(), tmp_path / "data")
    before = folder.read(tmp_path / "data").fingerprint
    (tmp_path / "data" / "locked").symlink_to(tmp_path / "nowhere")  # cannot be copied
    with pytest.raises(FileNotFoundError):
        folder.write(StudyData.from_tables({"participants": sample().participants}), tmp_path / "data")
    assert folder.read(tmp_path / "data").fingerprint == before
    assert [place.name for place in tmp_path.iterdir()] == ["data"]


def test_a_swap_cut_off_between_its_renames_is_undone(tmp_path):
    folder.write(sample(), tmp_path / "data")
    fingerprint = folder.read(tmp_path / "data").fingerprint
    (tmp_path / "data").rename(tmp_path / ".data-before")
    assert folder.read(tmp_path / "data").fingerprint == fingerprint
    folder.write(sample(), tmp_path / "data")
    assert [place.name for place in tmp_path.iterdir()] == ["data"]


def test_a_place_without_data_says_so(tmp_path):
    (said,) = refused(tmp_path / "data")
    assert said.startswith("DATA-001")


def test_everything_wrong_with_the_files_is_listed_at_once(tmp_path):
    (tmp_path / "participants.csv").write_text("participant,armm\nP1,training\n")
    (tmp_path / "attendance.csv").write_text("participant,session,status\nP1,one,present\nP2,2,present\n")
    (tmp_path / "sessions.csv").write_text("cohort;session;state\nc1;1;held\n")
    said = refused(tmp_path)
    assert any("'armm' is no column of this table. Did you mean 'arm'?" in problem for problem in said)
    assert "DATA-004 attendance.csv:2 session\n'one' is not a whole number." in said[-1]
    assert any(("sessions.csv" in problem and "semicolons" in problem) or "otherwise" in problem for problem in said)


def test_attendance_in_two_groups_and_a_blank_reason_stay_readable(tmp_path):
    (tmp_path / "attendance.csv").write_text("participant,session,status\nP1,1,absent\nP1,1,present\n")
    (tmp_path / "approached.csv").write_text("arm,stage,reason,count\ntraining,declined,,1\n")
    assert folder.read(tmp_path).attendance.height == 2


def test_a_session_that_contradicts_itself_is_refused_where_it_is_read(tmp_path):
    (tmp_path / "sessions.csv").write_text(
        "cohort,session,held_on,minutes,state\nc1,1,,,held\nc1,2,2026-03-02,60,cancelled\nc1,3,,60,postponed\n"
    )
    assert [problem.split("\n")[0] for problem in refused(tmp_path)] == [
        "DATA-014 sessions.csv:2 held_on",
        "DATA-014 sessions.csv:3 held_on",
        "DATA-014 sessions.csv:4 minutes",
    ]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2,3\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path, content):
    (tmp_path / "participants.csv").write_bytes(content)
    assert refused(tmp_path)[0].startswith(("DATA-002", "DATA-003"))


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    return small_study(tmp_path_factory.mktemp("study"))
