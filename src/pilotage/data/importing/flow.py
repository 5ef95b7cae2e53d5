"""The columns of a file that say what became of each person: dates of consent, of leaving, and reasons."""

from __future__ import annotations

import polars as pl

from pilotage.data import rows
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.data.import_map import ImportMap, MappedColumn
from pilotage.data.importing.judge import iso_day
from pilotage.data.importing.meaning import texts
from pilotage.data.tables import BY_NAME
from pilotage.problems import Problem, kind

NOT_A_VALUE = kind("IMPORT-016", "A cell of the flow is not of its column's type")

_BOOLEANS = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def flow_table(
    sheet: Spreadsheet, import_map: ImportMap, cases: pl.DataFrame
) -> tuple[pl.DataFrame | None, list[Problem]]:
    """Return the table flow, one row a person, by the first of their rows that says; None where nothing is mapped."""
    if not import_map.flow:
        return None, []
    types = {column.name: column.type for column in BY_NAME["flow"].columns}
    problems: list[Problem] = []
    columns: list[pl.Series] = []
    for name, column in import_map.flow.items():
        cells = texts(sheet, column.column)
        values = _values(cells, column, types[name]).alias(name)
        columns.append(values)
        wrong = cases.with_columns(cell=cells).filter(values.is_null() & cells.is_not_null())
        problems += _wrong(sheet, column, wrong, types[name])
    frame = cases.select("participant").with_columns(columns)
    return frame.group_by("participant", maintain_order=True).agg(pl.all().drop_nulls().first()), problems


def _values(cells: pl.Series, column: MappedColumn, type_: str) -> pl.Series:
    """Return the cells by what the map says they stand for, of the column's type; null where they are none."""
    values = cells.replace(column.values) if column.values else cells
    if type_ == "date":
        return values.map_elements(lambda cell: iso_day(cell, column.dates), pl.String).str.to_date(strict=False)
    if type_ == "boolean":
        return values.str.to_lowercase().replace_strict(_BOOLEANS, default=None, return_dtype=pl.Boolean)
    return values


def _wrong(sheet: Spreadsheet, column: MappedColumn, wrong: pl.DataFrame, type_: str) -> list[Problem]:
    written = f"a date written {column.dates}" if type_ == "date" else "yes or no"
    problems = rows.problems(
        NOT_A_VALUE,
        sheet.file.name,
        wrong,
        column=column.column,
        say=lambda row: f"Participant {row['participant']}: '{row['cell']}' is not {written}.",
        remedy="Correct the cell, or give under 'flow' in the map how 'dates' are written, such as '%d/%m/%Y'.",
    )
    return list(problems)
