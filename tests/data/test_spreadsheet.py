"""A person's table: what is detected is said, what is hostile is refused quickly, what is wrong has its place."""

import time

import polars as pl
import pyreadstat
import pytest

from pilotage.data.formats.dialect import DialectHints
from pilotage.data.formats.spreadsheet import read_spreadsheet
from pilotage.problems import ProblemsFound
from tests.shared import shared_file


@pytest.fixture
def write(tmp_path):
    def write(content, name="people.csv"):
        file = tmp_path / name
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
        return file

    return write


def refused(file, told=None):
    with pytest.raises(ProblemsFound) as found:
        read_spreadsheet(file, told)
    return found.value.problems


TABLE = "id{d}q1{d}q2\na{d}1{d}2{m}5\nb{d}{d}4\n"


@pytest.mark.parametrize(
    ("delimiter", "mark", "name"),
    [(",", ".", "commas"), (";", ",", "semicolons"), ("\t", ".", "tabs"), ("|", ",", "bars")],
)
def test_delimiter_and_decimal_mark_are_detected_and_said(write, delimiter, mark, name):
    sheet = read_spreadsheet(write(TABLE.format(d=delimiter, m=mark)))
    assert sheet.numbers("q2") == ([2.5, 4.0], [])
    assert sheet.numbers("q1") == ([1.0, None], [])
    assert f"separated by {name}, decimal {'commas' if mark == ',' else 'points'}." in sheet.detected.sentence


@pytest.mark.parametrize(
    ("encoding", "sentence"),
    [
        ("utf-8", "Read as UTF-8, columns"),
        ("utf-8-sig", "Read as UTF-8 with a byte order mark, columns"),
        ("utf-16", "Read as UTF-16 with a byte order mark, columns"),
        ("cp1252", "Read as Windows-1252, columns"),
    ],
)
def test_the_encoding_is_detected_and_said(write, encoding, sentence):
    sheet = read_spreadsheet(write("naïve;q1\nzoë;2,5\n".encode(encoding)))
    assert sheet.columns == {"naïve": ["zoë"], "q1": ["2,5"]}
    assert sheet.detected.decimal == ","
    assert sheet.detected.sentence.startswith(sentence)


def test_what_the_person_says_is_held_to_and_said_back(write):
    sheet = read_spreadsheet(write("id;q1,q2\n1;2,3\n"), DialectHints(delimiter=";", decimal=","))
    assert sheet.columns == {"id": ["1"], "q1,q2": ["2,3"]}
    assert sheet.detected.sentence.endswith("decimal commas (delimiter and decimal as you said).")


def test_a_delimiter_that_cannot_be_decided_is_asked_for(write):
    (problem,) = refused(write("a,b;c\n1,2;3\n"))
    assert problem.code == "TABLE-005"
    assert problem.message == "Columns could be separated by commas or semicolons."


def test_decimal_commas_and_points_in_one_file_are_asked_for(write):
    (problem,) = refused(write("a;b\n1,5;2.5\n"))
    assert problem.message == "Some cells have a decimal comma (1,5) and some a decimal point (2.5)."


def test_quoted_decimal_commas_between_commas_are_seen(write):
    assert read_spreadsheet(write('a,b\n"1,5",2\n')).numbers("a") == ([1.5], [])


def test_text_in_a_number_column_is_named_by_its_row_as_a_spreadsheet_shows_it(write):
    numbers, (problem,) = read_spreadsheet(write("id,q1\na,1\n\nb,often\n")).numbers("q1")
    assert numbers == [1.0, None]
    assert problem.message == "Row 4, column 'q1': 'often' is not a number."


@pytest.mark.parametrize("cell", ["1_000", "inf", "0x1", "١"])
def test_what_only_a_programmer_takes_for_a_number_is_none(write, cell):
    _, problems = read_spreadsheet(write(f"id,q1\na,{cell}\n")).numbers("q1")
    assert len(problems) == 1


def test_a_point_where_commas_are_decimal_is_not_read_as_either(write):
    _, (problem,) = read_spreadsheet(write("id;q1\na;1.500\n"), DialectHints(decimal=",")).numbers("q1")
    assert "give --decimal '.'" in problem.remedy


def test_other_codes_for_blank_can_be_said(write):
    sheet = read_spreadsheet(write("id,q1\na,-99\nb,NA\n"), blank={"-99", "NA"})
    assert sheet.columns["q1"] == [None, None]


def test_every_ragged_row_is_listed(write):
    problems = refused(write("id,q1\na,1,2\nb\nc,3\n"))
    assert [p.message for p in problems] == [
        "Row 2 has 3 cells; the header has 2.",
        "Row 3 has 1 cell; the header has 2.",
    ]


def test_an_open_quote_does_not_swallow_the_rest_of_the_file(write):
    (problem,) = refused(write('id,q1\na,"1\nb,2\nc,3\n'), DialectHints(delimiter=","))
    assert problem.code == "TABLE-013"
    assert "breaks off" in problem.message


def test_columns_of_the_same_name_are_refused(write):
    (problem,) = refused(write("id,q1,q1\na,1,2\n"))
    assert problem.message == "Columns 2 and 3 are both called 'q1'."


def test_a_nameless_column_is_called_by_its_position(write):
    assert list(read_spreadsheet(write(",q1\n1,2\n")).columns) == ["column 1", "q1"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04" + b"x" * 100, "an Excel or other zipped file"),
        (b"id,q1\n1,\x00\n", "binary"),
        (b"\x00" * 1000, "binary"),
        (b"", "empty"),
        (b" \n \n", "empty"),
        (b"id,q1\n", "no rows"),
        (b"id,q1\n\x81\x8d,2\n", "does not decode as UTF-8 or Windows-1252"),
        (b"\xff\xfei", "does not decode as utf-16"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(write, content, words):
    (problem,) = refused(write(content))
    assert words in problem.message


@pytest.mark.parametrize(
    "content", [b"a," * 50_000_000, b"id,q1\n" + b"1" * 100_000_000, b"id,q1\n" + b"," * 100_000_000]
)
def test_a_line_of_a_hundred_megabytes_is_refused_in_under_two_seconds(write, content):
    file = write(content)
    began = time.perf_counter()
    (problem,) = refused(file)
    assert time.perf_counter() - began < 2
    assert "is longer than 1,048,576 bytes" in problem.message


def test_an_absent_file_and_a_folder_are_named(tmp_path):
    assert "No such file" in refused(tmp_path / "none.csv")[0].message
    assert "is not a file" in refused(tmp_path)[0].message
    assert "No such file" in refused(tmp_path / "none.sav")[0].message


def test_an_unknown_encoding_is_named(write):
    assert "does not decode as klingon" in refused(write("a,b\n1,2\n"), DialectHints(encoding="klingon"))[0].message


def test_an_spss_file_reads_as_the_same_table(tmp_path):
    file = tmp_path / "people.sav"
    frame = pl.DataFrame({"id": ["a", "b"], "q1": [1.0, None], "q2": [2.5, 4.0]})
    pyreadstat.write_sav(frame, str(file), variable_value_labels={"q2": {4.0: "often"}})
    sheet = read_spreadsheet(file)
    assert sheet.texts("id") == ["a", "b"]
    assert sheet.texts("q1") == ["1", None]
    assert sheet.numbers("q2") == ([2.5, 4.0], [])
    assert sheet.labels == {"q2": {4.0: "often"}}
    assert sheet.detected.sentence == "Read as an SPSS file in UTF-8."


def test_a_broken_spss_file_is_refused(write):
    (problem,) = refused(write(b"$FL2" + bytes(range(256)) * 4, "people.sav"))
    assert problem.code == "TABLE-016"


def test_the_real_file_with_a_byte_order_mark_keeps_its_first_columns_name():
    sheet = read_spreadsheet(shared_file("data/pss10/Psychological_aspects.csv"))
    assert sheet.names[0] == "D1"
    assert sheet.detected.bom
    assert len(sheet) == 223
