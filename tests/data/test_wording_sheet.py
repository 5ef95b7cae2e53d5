"""A wording filled in as a spreadsheet, as Excel and LibreOffice save it."""

from pathlib import Path

import pytest

from pilotage.data.importing.wording_sheet import read_sheet, sheet
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import problems_of
from pilotage.problems import ProblemsFound
from pilotage.yaml_file import validate
from tests.instruments.test_wording_yaml import AWKWARD
from tests.instruments.wordings import calm

ROWS = """\
part,number,text,hint
instrument,,calm-4,
language,,nl,
source,,our own,
title,,,
instructions,,Eén antwoord per regel,
labelled,,Both ends,
anchor,0,nooit,
anchor,4,altijd,
item,1,één,
item,2,twee,
item,3,drie,
item,4,vier,
item,5,vijf,
"""


def read(folder: Path, raw: bytes) -> Wording:
    file = folder / "filled in.csv"
    file.write_bytes(raw)
    return validate(read_sheet(file), Wording)


def said(folder: Path, text: str) -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        read(folder, text.encode())
    return [f"{problem.code} {problem.line} {problem.message}" for problem in found.value.problems]


SAVED = {
    "UTF-8": ROWS.encode(),
    "UTF-8 with its mark": ROWS.encode("utf-8-sig"),
    "Windows-1252": ROWS.encode("cp1252"),
    "Excel's Unicode text": ROWS.replace(",", "\t").encode("utf-16"),
    "semicolons": ROWS.replace(",", ";").encode(),
    "lines of Windows": ROWS.replace("\n", "\r\n").encode(),
    "a line that says the separator": b"sep=;\r\n" + ROWS.replace(",", ";").encode(),
    "numbers with a decimal": ROWS.replace(",1,", ",1.0,").replace(",4,", ',"4,0",').encode(),
    "a column of the translator's own and empty rows": ROWS.replace("\n", ",back\n").encode() + b",,,\n\n",
}


@pytest.mark.parametrize("how", SAVED)
def test_a_sheet_is_read_however_it_was_saved(tmp_path: Path, how: str) -> None:
    wording = read(tmp_path, SAVED[how])
    assert (wording.instrument, wording.language, wording.labelled) == ("calm-4", "nl", "both ends")
    assert wording.items == {1: "één", 2: "twee", 3: "drie", 4: "vier", 5: "vijf"}
    assert wording.anchors == {0: "nooit", 4: "altijd"}


def test_what_is_written_is_read_back_word_for_word(tmp_path: Path) -> None:
    for delimiter in ",;":
        assert read(tmp_path, sheet(AWKWARD, calm(tmp_path), delimiter).encode("utf-8-sig")) == AWKWARD


def test_a_mistake_in_the_words_is_said_with_its_row(tmp_path: Path) -> None:
    file = tmp_path / "sheet.csv"
    file.write_text(ROWS.replace("drie", "3. drie").replace("item,5,vijf,\n", ""), encoding="utf-8")
    document = read_sheet(file)
    found = problems_of(validate(document, Wording), document, {"calm-4": calm(tmp_path)}, ["nl"])
    assert [(problem.file, problem.line, problem.message) for problem in found] == [
        ("sheet.csv", 10, "Item 5 is missing; calm-4 has items 1 to 5."),
        ("sheet.csv", 12, "Item 3 begins with its own number, '3.'."),
    ]


def test_rows_that_cannot_be_read_are_said_all_at_once(tmp_path: Path) -> None:
    text = ROWS.replace("item,2", "itm,2").replace("item,3", "item,three").replace("item,4", "item,1")
    assert said(tmp_path, text) == [
        "WORDING-011 11 Row 11: 'itm' is not a part of a wording. Did you mean 'item'?",
        "WORDING-011 12 Row 12: the number of this item is 'three', which is not a whole number.",
        "WORDING-011 13 Row 13: this part is given in row 10 already.",
    ]


def test_a_part_that_is_missing_is_said(tmp_path: Path) -> None:
    assert said(tmp_path, ROWS.replace("language,,nl,\n", "")) == ["FILE-007 1 'language' is missing here."]


@pytest.mark.parametrize("text", ["number,text\n1,een\n", "part\n", "nothing here\n", "part,no,words\nitem,1,een\n"])
def test_another_table_is_refused(tmp_path: Path, text: str) -> None:
    [problem] = said(tmp_path, text)
    assert problem.startswith("WORDING-010 1 The first row has no ")


def test_an_excel_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "sheet.xlsx"
    file.write_bytes(b"PK\x03\x04...")
    with pytest.raises(ProblemsFound, match="Save the table as CSV"):
        read_sheet(file)
