import csv
from io import StringIO

from pilotage.report.model.document import TableBlock, TableColumn, TableRow
from pilotage.report.model.values import Estimated, LightCell, MeanSd, NotCollected, Quantity, ShareOf
from pilotage.report.render.tables_csv import table_csv, write_tables
from pilotage.vocabulary import Light
from tests.report.sample import DOCUMENT, FEASIBILITY, OUTCOMES


def rows_of(table: TableBlock) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(table_csv(table))))


def one_column(*cells) -> TableBlock:
    return TableBlock("t", "A table", (TableColumn("x", "X"),), tuple(TableRow((cell,)) for cell in cells))


def test_numbers_keep_their_full_precision():
    row = rows_of(OUTCOMES)[0]
    assert row["pre_mean"] == "3.2149"
    assert row["eta"] == "0.11897"
    third = rows_of(one_column(Quantity(1 / 3, "p")))[0]["x"]
    assert float(third) == 1 / 3


def test_a_heading_row_becomes_the_group_of_the_rows_below_it():
    assert [(row["group"], row["outcome"]) for row in rows_of(OUTCOMES)] == [
        ("Main outcomes", "Mindfulness"),
        ("Main outcomes", "Perceived stress"),
        ("Dropped for want of reliability", "Burnout"),
    ]


def test_the_group_column_gives_way_to_a_column_of_that_name():
    table = TableBlock(
        "t",
        "A table",
        (TableColumn("group", "Group", "left"),),
        (TableRow(("all",), heading=True), TableRow(("spring",))),
    )
    assert rows_of(table) == [{"row_group": "all", "group": "spring"}]


def test_a_cell_of_several_numbers_becomes_several_columns():
    table = one_column(MeanSd(3.25, 0.5), ShareOf(20, 24), Estimated(0.3, None, 0.7, "eta"), NotCollected("no form"))
    assert rows_of(table) == [
        {"x": "", "x_n": "", "x_of": "", "x_mean": "3.25", "x_sd": "0.5", "x_low": "", "x_high": ""},
        {"x": "", "x_n": "20", "x_of": "24", "x_mean": "", "x_sd": "", "x_low": "", "x_high": ""},
        {"x": "0.3", "x_n": "", "x_of": "", "x_mean": "", "x_sd": "", "x_low": "", "x_high": "0.7"},
        {"x": "not collected", "x_n": "", "x_of": "", "x_mean": "", "x_sd": "", "x_low": "", "x_high": ""},
    ]


def test_lights_are_words_and_blanks_are_blank():
    table = one_column(
        LightCell(Light.GREEN), LightCell(Light.NONE), None, Quantity(None, "score"), Quantity(float("nan"), "score")
    )
    assert [row["x"] for row in rows_of(table)] == ["green", "", "", "", ""]


def test_words_cannot_become_formulas():
    table = one_column("=1+1", "+31 6", "-2", "@cmd", " =HYPERLINK()", "a = b")
    assert [row["x"] for row in rows_of(table)] == ["'=1+1", "'+31 6", "'-2", "'@cmd", "' =HYPERLINK()", "a = b"]
    assert {row["green"] for row in rows_of(FEASIBILITY)} == {">= 75 %", ">= 60 %", "'=1+1", ""}


def test_a_negative_number_stays_a_number():
    assert rows_of(one_column(Quantity(-0.25, "score")))[0]["x"] == "-0.25"


def test_every_table_and_the_table_behind_every_figure_has_its_file(tmp_path):
    files = write_tables(DOCUMENT, tmp_path / "tables")
    assert {f.stem for f in files} == {
        "feasibility", "outcomes", "wide", "change-mindfulness", "change-shared", "flow",
    }  # fmt: skip
    behind = list(
        csv.DictReader(StringIO((tmp_path / "tables" / "change-mindfulness.csv").read_text(encoding="utf-8")))
    )
    assert behind[0] == {
        "group": "training (n = 25)",
        "occasion": "before",
        "mean": "3.2",
        "mean_low": "2.95",
        "mean_high": "3.45",
    }
