"""Study data on disk: a folder of CSV with ``datapackage.json`` and a codebook, replaced whole or not at all."""

from __future__ import annotations

import json
import secrets
import shutil
from pathlib import Path

import polars as pl

from pilotage.data import rows
from pilotage.data.check_table import contradictions
from pilotage.data.codebook import codebook
from pilotage.data.formats.datapackage import descriptor
from pilotage.data.formats.formula import neutralised, restored
from pilotage.data.study_data import Simulated, StudyData
from pilotage.data.tables import TABLES, Column, Table
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.protocol.load import LoadedProtocol

NO_DATA = kind("DATA-001", "There are no data here")
NOT_A_TABLE = kind("DATA-002", "A table's file cannot be read")
COLUMNS_DIFFER = kind("DATA-003", "A table has the wrong columns")
WRONG_TYPE = kind("DATA-004", "A value is not of its column's type")

PACKAGE = "datapackage.json"
_OURS = {PACKAGE, "codebook.csv", *(table.file for table in TABLES)}
_TIME = "%Y-%m-%dT%H:%M:%S%.fZ"


def write(data: StudyData, folder: Path, study: LoadedProtocol | None = None) -> None:
    """Write study data as a folder, in place of the one that is there.

    Everything is written beside the folder first and then renamed, so that a reader finds the old data or the
    new. Files in the folder that are not ours are kept.

    Parameters
    ----------
    data : StudyData
    folder : Path
    study : LoadedProtocol, optional
        Names the package, and adds the instruments' items and the forms' questions to the codebook.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _finish_interrupted(folder)
    fresh = folder.with_name(f".{folder.name}-{secrets.token_hex(4)}")
    fresh.mkdir()
    try:
        _write_files(data, fresh, study)
        _keep_foreign(folder, fresh)
        _swap(folder, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def read(folder: Path) -> StudyData:
    """Read study data from a folder; a table without a file was not collected.

    Raises
    ------
    ProblemsFound
        When there are no data, or with every file, column and value that is not as `pilotage.data.tables` says, and
        every session that contradicts itself, for results would count it wrongly. All else is checked by
        `pilotage.data.check` on import and before freezing: a frozen copy must stay readable, and one may lack a
        reason or hold someone's attendance in two groups.
    """
    place = _place(folder)
    present = {table: place / table.file for table in TABLES if (place / table.file).is_file()}
    if not present:
        message = f"There are no data in '{folder}'."
        raise ProblemsFound([Problem(NO_DATA, message, "Import a file, or rehearse the study.")])
    problems: list[Problem] = []
    tables = {table.name: _read_table(table, file, problems) for table, file in present.items()}
    refuse(problems)
    data = StudyData.from_tables(tables, _simulated(place / PACKAGE))
    refuse([problem for table, frame in data.tables() for problem in contradictions(table, rows.numbered(frame))])
    return data


def exists(folder: Path) -> bool:
    """Return whether there are study data in a folder."""
    return any((_place(folder) / table.file).is_file() for table in TABLES)


def _place(folder: Path) -> Path:
    """Return where the data are; a writer may have been cut off between its two renames."""
    return folder if folder.exists() else _before(folder)


def _write_files(data: StudyData, folder: Path, study: LoadedProtocol | None) -> None:
    for table, frame in data.tables():
        neutralised(frame).write_csv(folder / table.file, datetime_format=_TIME)
    neutralised(codebook(study)).write_csv(folder / "codebook.csv")
    text = json.dumps(descriptor(data, study), indent=2, ensure_ascii=False)
    (folder / PACKAGE).write_text(text + "\n", encoding="utf-8")


def _keep_foreign(folder: Path, fresh: Path) -> None:
    for place in folder.iterdir() if folder.is_dir() else ():
        if place.name not in _OURS:
            copy = shutil.copytree if place.is_dir() else shutil.copy2
            copy(place, fresh / place.name)


def _before(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}-before")


def _swap(folder: Path, fresh: Path) -> None:
    before = _before(folder)
    if folder.exists():
        folder.rename(before)
    fresh.rename(folder)
    shutil.rmtree(before, ignore_errors=True)


def _finish_interrupted(folder: Path) -> None:
    """Undo a swap that was cut off between its two renames."""
    before = _before(folder)
    if before.exists() and not folder.exists():
        before.rename(folder)
    elif before.exists():
        shutil.rmtree(before, ignore_errors=True)


def _read_table(table: Table, file: Path, problems: list[Problem]) -> pl.DataFrame:
    try:
        text = pl.read_csv(file, infer_schema=False)
    except (pl.exceptions.PolarsError, OSError) as error:
        reason = str(error).partition("\n")[0]
        problems.append(Problem(NOT_A_TABLE, f"The table cannot be read: {reason}.", _SAVED_OTHERWISE, file.name))
        return pl.DataFrame(schema=table.schema())
    wrong = _header_problems(table, text.columns, file)
    problems += wrong
    if wrong:
        return pl.DataFrame(schema=table.schema())
    text = restored(text)
    columns = [column for column in table.columns if column.name in text.columns]
    return pl.DataFrame([_typed(column, text[column.name], file, problems) for column in columns])


_SAVED_OTHERWISE = "Tables are CSV in UTF-8 with commas; a spreadsheet program may have saved it otherwise."


def _header_problems(table: Table, header: list[str], file: Path) -> list[Problem]:
    names = [column.name for column in table.columns]
    absent = [column.name for column in table.columns if column.required and column.name not in header]
    unknown = [name for name in header if name not in names]
    problems = [
        Problem(COLUMNS_DIFFER, f"The column '{name}' is absent.", _SAVED_OTHERWISE, file.name, 1) for name in absent
    ]
    remedy = f"Columns of {table.name}: {', '.join(names)}."
    return problems + [
        Problem(COLUMNS_DIFFER, f"'{n}' is no column of this table.{did_you_mean(n, names)}", remedy, file.name, 1)
        for n in unknown
    ]


def _typed(column: Column, text: pl.Series, file: Path, problems: list[Problem]) -> pl.Series:
    values = _converted(column, text)
    if values.null_count() > text.null_count():
        wrong = (values.is_null() & text.is_not_null() & (text != "")).arg_true()
        problems += [_no_such_type(column, row, text[row], file) for row in wrong[: rows.MOST_LISTED]]
    return values


def _converted(column: Column, text: pl.Series) -> pl.Series:
    """Return the column's values; null where the text is none of its type."""
    match column.type:
        case "date":
            return text.str.to_date("%Y-%m-%d", strict=False)
        case "datetime":
            return text.str.to_datetime(_TIME, time_unit="us", time_zone="UTC", strict=False)
        case "boolean":
            return text.replace_strict({"true": True, "false": False}, default=None, return_dtype=pl.Boolean)
        case "integer":
            return text.cast(pl.Int64, strict=False)
        case "number":
            return text.cast(pl.Float64, strict=False)
    return text


_WRITTEN: dict[str, str] = {
    "date": "a date such as 2026-03-02",
    "datetime": "a time such as 2026-03-02T18:30:00Z",
    "boolean": "true or false",
    "integer": "a whole number",
    "number": "a number",
}


def _no_such_type(column: Column, row: int, value: str, file: Path) -> Problem:
    message = f"'{value[:40]}' is not {_WRITTEN[column.type]}."
    return Problem(WRONG_TYPE, message, "Correct the value, or leave it empty.", file.name, row + 2, path=column.name)


def _simulated(package: Path) -> Simulated | None:
    if not package.is_file():
        return None
    try:
        stamp = json.loads(package.read_text(encoding="utf-8")).get("pilotage", {}).get("simulated")
        return Simulated(int(stamp["seed"]), str(stamp["scenario"])) if stamp else None
    except (ValueError, KeyError, AttributeError, TypeError):
        message = "The descriptor does not say whether the data are simulated."
        remedy = "Restore the file from a copy, or import the data again."
        raise ProblemsFound([Problem(NOT_A_TABLE, message, remedy, package.name)]) from None
