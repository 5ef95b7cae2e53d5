"""What was imported, for the person: rows, people by arm, answers and blanks by assessment and instrument."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pilotage.data import rows
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.data.import_map import ImportMap
from pilotage.data.study_data import StudyData


@dataclass(frozen=True)
class Count:
    """How many people took an instrument or form at an assessment, and how many of their answers are blank."""

    assessment: str
    instrument: str
    people: int
    answers: int
    blanks: int


@dataclass(frozen=True)
class ImportSummary:
    """What was read from a file.

    Attributes
    ----------
    read_as : str
        The sentence that says how the file was read.
    rows : int
    arms : mapping of str to int
        People by arm.
    counts : tuple of Count
        In the order of the protocol's assessments.
    not_taken : int
        Administrations that are not there because every item was blank.
    unused : tuple of str
        Columns of the file that the map does not use.
    items_unused : tuple of str
        Where one row is one answer, the items that no pattern of the map finds.
    """

    read_as: str
    rows: int
    arms: Mapping[str, int]
    counts: tuple[Count, ...]
    not_taken: int
    unused: tuple[str, ...]
    items_unused: tuple[str, ...] = ()


def summary(
    sheet: Spreadsheet, import_map: ImportMap, data: StudyData, cells: pl.DataFrame, order: Sequence[str]
) -> ImportSummary:
    """Summarise an import; counts are in the order of the assessments given."""
    key = ["participant", "assessment", "instrument"]
    return ImportSummary(
        read_as=sheet.detected.sentence,
        rows=len(sheet),
        arms=dict(data.participants["arm"].value_counts().sort("arm").iter_rows()),
        counts=_counts(data, order),
        not_taken=cells.unique(key).height - data.administrations.height,
        unused=_unused(sheet, import_map, cells["column"].unique()),
        items_unused=_items_unused(sheet, import_map, cells),
    )


def _counts(data: StudyData, order: Sequence[str]) -> tuple[Count, ...]:
    by = data.responses.group_by("assessment", "instrument", maintain_order=True)
    counted = by.agg(
        pl.col("participant").n_unique(), pl.len().alias("answers"), pl.col("value").null_count().alias("blanks")
    )
    return tuple(sorted((Count(*row) for row in counted.iter_rows()), key=lambda count: order.index(count.assessment)))


def _unused(sheet: Spreadsheet, import_map: ImportMap, items: Collection[str]) -> tuple[str, ...]:
    used = {*import_map.columns(), *items}
    return tuple(name for name in sheet.names if name not in used)


def _items_unused(sheet: Spreadsheet, import_map: ImportMap, cells: pl.DataFrame) -> tuple[str, ...]:
    if import_map.item is None:
        return ()
    items = pl.DataFrame({rows.NUMBER: list(sheet.rows), "name": sheet.texts(import_map.item.column)})
    unused = items.join(cells, on=rows.NUMBER, how="anti", maintain_order="left")
    return tuple(unused["name"].drop_nulls().unique(maintain_order=True))
