"""Whose each row of the file is: person, arm, cohort and occasion, and what is wrong with any of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

import polars as pl

from pilotage.data import rows
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.data.import_map import ImportMap, MappedColumn
from pilotage.data.importing.meaning import meanings, texts
from pilotage.formatting import counted
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.protocol.protocol import Protocol

NO_PERSON = kind("IMPORT-004", "A row has no participant code")
UNKNOWN_ARM = kind("IMPORT-005", "A person's arm is missing or not in the protocol")
UNKNOWN_OCCASION = kind("IMPORT-006", "A row's occasion is missing or not in the protocol")
CHANGED_ARM = kind("IMPORT-007", "A person's rows differ in arm or cohort")
DUPLICATE = kind("IMPORT-008", "A person has an occasion, or an answer, twice")

Problems = Iterator[Problem]


def cases(
    sheet: Spreadsheet, import_map: ImportMap, protocol: Protocol, known: pl.DataFrame
) -> tuple[pl.DataFrame, list[Problem]]:
    """Return the rows of the file as ``#`` (row), ``participant``, ``arm``, ``cohort``, ``assessment``.

    Parameters
    ----------
    sheet : Spreadsheet
    import_map : ImportMap
    protocol : Protocol
    known : polars.DataFrame
        The participants there already are, whose arm a file need not repeat.
    """
    arms = [arm.id for arm in protocol.arms]
    assessments = [assessment.id for assessment in protocol.assessments]
    stated = _stated(sheet, import_map, arms, assessments)
    settled = _settled(stated, known, arms)
    problems = [
        *_persons(sheet, import_map, stated),
        *_arms(sheet, import_map, stated, arms),
        *_occasions(sheet, import_map, stated, assessments),
        *_changed(sheet, import_map, stated),
        *_twice(sheet, import_map, stated),
        *_armless(sheet, import_map, stated, settled, arms),
    ]
    return settled, problems


def _stated(sheet: Spreadsheet, import_map: ImportMap, arms: list[str], assessments: list[str]) -> pl.DataFrame:
    """Return what each row says for itself; the original cells are kept for the messages."""

    def of(column: MappedColumn | None, known: Collection[str] | None = None) -> pl.Series:
        if column is None:
            return pl.Series([None] * len(sheet), dtype=pl.String)
        return texts(sheet, column.column) if known is None else meanings(sheet, column, known)

    cohort = import_map.cohort
    return pl.DataFrame(
        {
            rows.NUMBER: pl.Series(list(sheet.rows), dtype=pl.Int64),
            "participant": of(import_map.person),
            "arm": of(import_map.arm, arms),
            "arm_cell": of(import_map.arm),
            "cohort": of(cohort, set(texts(sheet, cohort.column)) if cohort else None),
            "assessment": of(import_map.occasion, assessments),
            "occasion_cell": of(import_map.occasion),
        }
    )


def _settled(stated: pl.DataFrame, known: pl.DataFrame, arms: list[str]) -> pl.DataFrame:
    """Return each row with its person's arm and cohort: of any row, known already, or the only arm there is."""
    settled = stated.with_columns(pl.col("arm", "cohort").drop_nulls().first().over("participant"))
    known = known.select("participant", known_arm="arm", known_cohort="cohort")
    settled = settled.join(known, on="participant", how="left", maintain_order="left")
    only = pl.lit(arms[0] if len(arms) == 1 else None, pl.String)
    return settled.select(
        rows.NUMBER,
        "participant",
        pl.coalesce("arm", "known_arm", only),
        pl.coalesce("cohort", "known_cohort"),
        "assessment",
    )


def _persons(sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame) -> Problems:
    yield from rows.problems(
        NO_PERSON,
        sheet.file.name,
        stated.filter(pl.col("participant").is_null()),
        column=import_map.person.column,
        say=lambda row: f"Row {row[rows.NUMBER]} has no participant code.",
        remedy="Give the person's code, or remove the row.",
    )


def _arms(sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame, arms: list[str]) -> Problems:
    if import_map.arm is not None:
        yield from rows.problems(
            UNKNOWN_ARM,
            sheet.file.name,
            _each_once(stated.filter(pl.col("arm").is_null() & pl.col("arm_cell").is_not_null()), "arm_cell"),
            column=import_map.arm.column,
            say=lambda row: _is_no("arm", row, row["arm_cell"], arms),
            remedy=_say_values("arm", arms),
        )


def _occasions(sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame, assessments: list[str]) -> Problems:
    if import_map.occasion is not None:
        yield from rows.problems(
            UNKNOWN_OCCASION,
            sheet.file.name,
            _each_once(stated.filter(pl.col("assessment").is_null()), "occasion_cell"),
            column=import_map.occasion.column,
            say=lambda row: _is_no("assessment", row, row["occasion_cell"], assessments),
            remedy=_say_values("occasion", assessments),
        )


def _each_once(wrong: pl.DataFrame, cell: str) -> pl.DataFrame:
    """Return the first row of each wrong value, with how many more: a value is corrected once, in the map."""
    counted = wrong.with_columns(more=pl.len().over(cell) - 1)
    return counted.unique(cell, keep="first", maintain_order=True)


def _is_no(what: str, row: dict[str, Any], cell: str | None, known: Collection[str]) -> str:
    more = f" The same in {counted(row['more'], 'more row', thousands=True)}." if row["more"] else ""
    if cell is None:
        return f"{_person(row)}: the {what} is blank.{more}"
    return f"{_person(row)}: '{cell}' is no {what}.{did_you_mean(cell, known)}{more}"


def _say_values(key: str, names: Collection[str]) -> str:
    return f"Correct it, or give under '{key}' in the map the meaning of each value: {', '.join(names)}."


def _changed(sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame) -> Problems:
    for name, column in (("arm", import_map.arm), ("cohort", import_map.cohort)):
        first = pl.col(name).drop_nulls().first().over("participant")
        change = stated.with_columns(what=pl.lit(name), here=pl.col(name), first=first)
        yield from rows.problems(
            CHANGED_ARM,
            sheet.file.name,
            change.filter(pl.col("here") != pl.col("first")),
            column=column.column if column else "",
            say=lambda row: f"{_person(row)} is in {row['what']} '{row['here']}' here, and in '{row['first']}' above.",
            remedy="Nobody changes arm or cohort during a study. Correct the rows.",
        )


def _twice(sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame) -> Problems:
    """Yield a problem for a second row of a person, of a person and occasion, or of these and an item."""
    keyed = stated.with_columns(item=texts(sheet, import_map.item.column) if import_map.item else pl.lit(""))
    keyed = keyed.filter(pl.col("participant").is_not_null() & (pl.col("assessment").is_not_null() | _wide(import_map)))
    key = ["participant", "assessment", "item"]
    first = keyed.group_by(key, maintain_order=True).agg(first=pl.col(rows.NUMBER).first())
    again = keyed.join(first, on=key, nulls_equal=True, maintain_order="left")

    def say(row: dict[str, Any]) -> str:
        what = f"occasion '{row['occasion_cell']}' ({row['assessment']})" if row["assessment"] else "a row"
        item = f", item '{row['item']}'" if row["item"] else ""
        return f"{_person(row)} has {what}{item} twice: rows {row['first']} and {row[rows.NUMBER]}."

    yield from rows.problems(
        DUPLICATE,
        sheet.file.name,
        again.filter(pl.col(rows.NUMBER) != pl.col("first")),
        column=import_map.occasion.column if import_map.occasion else import_map.person.column,
        say=say,
        remedy="Find out which row is meant, and correct or remove the other.",
    )


def _wide(import_map: ImportMap) -> bool:
    return import_map.layout == "wide"


def _armless(
    sheet: Spreadsheet, import_map: ImportMap, stated: pl.DataFrame, settled: pl.DataFrame, arms: list[str]
) -> Problems:
    """Yield a problem for people whose arm no row gives; cells that stand for no arm are complained of elsewhere."""
    complained = stated.filter(pl.col("arm_cell").is_not_null())["participant"].unique()
    wrong = settled.filter(pl.col("arm").is_null() & pl.col("participant").is_not_null())
    wrong = wrong.filter(~pl.col("participant").is_in(complained.implode())).unique("participant", maintain_order=True)
    yield from rows.problems(
        UNKNOWN_ARM,
        sheet.file.name,
        wrong,
        column=import_map.arm.column if import_map.arm else import_map.person.column,
        say=lambda row: f"{_person(row)} has no arm.",
        remedy=f"Give it in the column that 'arm' names in the map; the protocol has {', '.join(arms)}.",
    )


def _person(row: dict[str, Any]) -> str:
    return f"Participant {row['participant']}"
