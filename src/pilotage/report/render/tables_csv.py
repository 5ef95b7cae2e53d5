"""Every table as CSV at full precision; a cell of several numbers becomes several columns."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from math import isnan
from pathlib import Path
from typing import assert_never

from pilotage.atomic import write_text
from pilotage.report.figures.tables import table_of
from pilotage.report.model.document import ChangeFigure, Document, FlowFigure, GridFigure, TableBlock
from pilotage.report.model.values import (
    Cell,
    Estimated,
    Interval,
    LightCell,
    MeanSd,
    NotCollected,
    Quantity,
    ShareOf,
    Suppressed,
)
from pilotage.report.model.wording import say

# A cell by the endings of the columns it fills; "" is the column itself.
Parts = dict[str, str]

_ENDINGS = ("", "_n", "_of", "_mean", "_sd", "_low", "_high")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_tables(document: Document, folder: Path) -> tuple[Path, ...]:
    """Write each table, and the table behind each figure, as ``<id>.csv`` into a folder."""
    return tuple(_write(table, folder / f"{table.id}.csv") for table in _tables(document))


def _tables(document: Document) -> Iterator[TableBlock]:
    for block in document.blocks():
        if isinstance(block, TableBlock):
            yield block
        elif isinstance(block, ChangeFigure | FlowFigure | GridFigure):
            yield table_of(block)


def _write(table: TableBlock, file: Path) -> Path:
    write_text(file, table_csv(table))
    return file


def table_csv(table: TableBlock) -> str:
    """Return a table as CSV text, its header first; heading rows become a column that names the group."""
    grouped = any(row.heading for row in table.rows)
    rows = [(group, [parts(cell) for cell in cells]) for group, cells in _grouped(table)]
    endings = [_endings_used([cells[n] for _, cells in rows if n < len(cells)]) for n in range(len(table.columns))]
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = [f"{c.id}{ending}" for c, used in zip(table.columns, endings, strict=True) for ending in used]
    writer.writerow([_group_name(names), *names] if grouped else names)
    for group, cells in rows:
        padded = [*cells, *([{}] * (len(endings) - len(cells)))]
        values = [cell.get(ending, "") for cell, used in zip(padded, endings, strict=True) for ending in used]
        writer.writerow([neutral(group), *values] if grouped else values)
    return out.getvalue()


def _grouped(table: TableBlock) -> Iterator[tuple[str, tuple[Cell, ...]]]:
    group = ""
    for row in table.rows:
        if row.heading:
            group = say(row.cells[0])
        else:
            yield group, row.cells


def _group_name(names: list[str]) -> str:
    return "group" if "group" not in names else "row_group"


def _endings_used(cells: list[Parts]) -> list[str]:
    used = {ending for cell in cells for ending in cell}
    return [ending for ending in _ENDINGS if ending in used] or [""]


def parts(cell: Cell) -> Parts:
    """Return a cell's values by the ending of their column's name."""
    match cell:
        case None:
            return {}
        case str():
            return {"": neutral(cell)}
        case Quantity(value):
            return {"": _full(value)}
        case MeanSd(mean, sd):
            return {"_mean": _full(mean), "_sd": _full(sd)}
        case ShareOf(n, of):
            return {"_n": str(n), "_of": str(of)}
        case Interval(low, high):
            return {"_low": _full(low), "_high": _full(high)}
        case Estimated(value, low, high):
            return {"": _full(value), "_low": _full(low), "_high": _full(high)}
        case LightCell(colour):
            return {"": colour.value if colour.judged else ""}
        case NotCollected():
            return {"": "not collected"}
        case Suppressed():
            return {"": say(cell)}
        case _:
            assert_never(cell)


def _full(value: float | None) -> str:
    if value is None or isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else repr(float(value))


def neutral(words: str) -> str:
    """Return words that a spreadsheet will not take for a formula."""
    # A cell that starts like a formula would be run by Excel and Calc when the file is opened (CWE-1236).
    return f"'{words}" if words.lstrip(" ").startswith(_FORMULA) else words
