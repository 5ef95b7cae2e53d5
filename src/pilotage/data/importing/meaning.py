"""What the values of a column stand for: as the map says, by an SPSS file's labels, or as they are."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from pilotage.data.formats.spreadsheet import Spreadsheet, as_text
from pilotage.data.import_map import MappedColumn, canonical


def texts(sheet: Spreadsheet, column: str) -> pl.Series:
    """Return a column as text, null where blank."""
    return pl.Series(column, sheet.texts(column), pl.String)


def meanings(sheet: Spreadsheet, column: MappedColumn, known: Collection[str]) -> pl.Series:
    """Return what each value stands for among the known names; null where it is blank or stands for none of them."""
    cells = texts(sheet, column.column)
    stands_for = {cell: meaning(sheet, column, cell, known) for cell in cells.unique().drop_nulls()}
    return cells.replace_strict(stands_for, default=None, return_dtype=pl.String)


def meaning(sheet: Spreadsheet, column: MappedColumn, cell: str, known: Collection[str]) -> str | None:
    """Return what one value stands for: by its code or its SPSS label, whichever the map or the protocol names."""
    code = canonical(cell, sheet.detected.decimal)
    label = label_of(sheet, column.column, code)
    if column.values:
        return column.values.get(code, column.values.get(label or code))
    return next((name for name in (cell, code, label) if name in known), None)


def label_of(sheet: Spreadsheet, column: str, code: str) -> str | None:
    """Return the SPSS value label of a code."""
    labels = {canonical(str(as_text(key))): label for key, label in sheet.labels.get(column, {}).items()}
    return labels.get(code)
