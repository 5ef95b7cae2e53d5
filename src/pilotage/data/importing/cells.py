"""The answers in a file, one row each, whatever its layout: who, when, which item, and what the cell holds."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from pilotage.data import rows
from pilotage.data.answers import first_assessment_with
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.data.import_map import ImportMap, Pattern
from pilotage.data.importing.check_map import MappedQuestion
from pilotage.data.importing.meaning import texts
from pilotage.data.patterns import columns_of_items
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol

SCHEMA: dict[str, pl.DataType] = {
    rows.NUMBER: pl.Int64(),
    "column": pl.String(),
    "participant": pl.String(),
    "arm": pl.String(),
    "assessment": pl.String(),
    "instrument": pl.String(),
    "item": pl.String(),
    "cell": pl.String(),
}


def instrument_cells(
    sheet: Spreadsheet, import_map: ImportMap, study: LoadedProtocol, cases: pl.DataFrame
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the cells of instruments' items, as `SCHEMA`, blanks included; and the items that have no column."""
    patterns: list[tuple[str | None, str, Pattern]] = [
        (occasion, name, pattern)
        for occasion, instruments in import_map.occasions.items()
        for name, pattern in instruments.items()
    ]
    patterns += [(None, name, pattern) for name, pattern in import_map.instruments.items()]
    read = _item_by_item if import_map.item else _in_columns
    parts: list[pl.DataFrame] = []
    problems: list[Problem] = []
    for occasion, name, pattern in patterns:
        at = cases if occasion is None else cases.with_columns(assessment=pl.lit(occasion))
        try:
            parts += read(sheet, import_map, study.instruments[name], pattern, at)
        except ProblemsFound as error:
            problems += [problem.within(sheet.file.name) for problem in error.problems]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *parts]), problems


def _in_columns(
    sheet: Spreadsheet, _: ImportMap, instrument: Instrument, pattern: Pattern, cases: pl.DataFrame
) -> list[pl.DataFrame]:
    columns = columns_of_items(pattern, sheet.names, instrument.items, optional=instrument.fillers)
    return [_cells(cases, instrument.id, str(item), column, texts(sheet, column)) for item, column in columns.items()]


def _item_by_item(
    sheet: Spreadsheet, import_map: ImportMap, instrument: Instrument, pattern: Pattern, cases: pl.DataFrame
) -> list[pl.DataFrame]:
    """Return rows whose item column names one of this instrument's items; the pattern is of those names."""
    if import_map.item is None or import_map.value is None:
        return []
    items = texts(sheet, import_map.item.column)
    names = columns_of_items(pattern, items.unique(maintain_order=True).drop_nulls().to_list(), instrument.items)
    numbers = {name: str(item) for item, name in names.items()}
    cells = _cells(cases, instrument.id, "", import_map.value.column, texts(sheet, import_map.value.column))
    cells = cells.with_columns(item=items.replace_strict(numbers, default=None, return_dtype=pl.String))
    return [cells.filter(pl.col("item").is_not_null())]


def _cells(cases: pl.DataFrame, instrument: str, item: str, column: str, cells: pl.Series) -> pl.DataFrame:
    known = cases.with_columns(instrument=pl.lit(instrument), item=pl.lit(item), column=pl.lit(column), cell=cells)
    return known.select(*SCHEMA)


def question_cells(
    sheet: Spreadsheet, questions: Sequence[MappedQuestion], protocol: Protocol, cases: pl.DataFrame
) -> pl.DataFrame:
    """Return the cells of forms' questions: one for each person, at the assessment that asks the form.

    Where a person has several rows, the row of that assessment speaks, then the first that is not blank.
    """
    parts = [_question(sheet, question, protocol, cases) for question in questions]
    return pl.concat([pl.DataFrame(schema=SCHEMA), *parts])


def _question(sheet: Spreadsheet, question: MappedQuestion, protocol: Protocol, cases: pl.DataFrame) -> pl.DataFrame:
    form, column = question.form.id, question.column
    first = first_assessment_with(protocol, form)
    assessment_by_arm = {
        arm.id: column.at or first_assessment_with(protocol, form, arm.id) or first for arm in protocol.arms
    }
    target = pl.col("arm").replace_strict(assessment_by_arm, default=None, return_dtype=pl.String)
    cells = _cells(cases, form, question.item.id, column.column, texts(sheet, column.column))
    cells = cells.with_columns(target=target).with_columns(there=pl.col("assessment") == pl.col("target"))
    best = cells.sort(
        pl.col("cell").is_null(), ~pl.col("there").fill_null(value=False), rows.NUMBER, maintain_order=True
    )
    best = best.unique("participant", keep="first", maintain_order=True).sort(rows.NUMBER)
    return best.with_columns(assessment="target").select(*SCHEMA)
