"""A person's CSV, TSV or SPSS file as columns of cells; what is detected is said, and what is said is held to."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from pilotage.data.formats.dialect import Detected, DialectHints, check_bytes, detect, raw_bytes
from pilotage.formatting import counted
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind

NO_SUCH_COLUMN = kind("TABLE-011", "The file has no such column")
COLUMN_TWICE = kind("TABLE-012", "Two columns have the same name")
RAGGED = kind("TABLE-013", "A row has more or fewer cells than the header")
NOT_A_NUMBER = kind("TABLE-014", "A cell of a number column holds no number")
NO_ROWS = kind("TABLE-015", "The file has no rows below its header")
NOT_SPSS = kind("TABLE-016", "The SPSS file cannot be read")

Cell = str | float | None
"""Text as it stands in a CSV file, text or a number in an SPSS file, None where it is blank."""

BLANK = ("", "NA", "NaN")
MOST_LISTED = 20


@dataclass(frozen=True)
class Spreadsheet:
    """The cells of a file by column, and the row each came from.

    Attributes
    ----------
    file : Path
    detected : Detected
        How the file was read; its ``sentence`` is for the person.
    columns : mapping of str to list of Cell
        By name, in the file's order; all of one length.
    rows : sequence of int
        The row of each case as a spreadsheet program counts it: the header of a CSV file is row 1.
    labels : mapping of str to mapping of float to str
        SPSS value labels by column.
    """

    file: Path
    detected: Detected
    columns: Mapping[str, list[Cell]]
    rows: Sequence[int]
    labels: Mapping[str, Mapping[float, str]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return how many cases there are."""
        return len(self.rows)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The columns' names in order."""
        return tuple(self.columns)

    def missing_columns(self, wanted: Collection[str]) -> list[Problem]:
        """Return a problem for each wanted column that the file lacks, with the near miss."""
        return missing_columns(self.file, self.names, wanted)

    def texts(self, column: str) -> list[str | None]:
        """Return a column as text; whole numbers of an SPSS file without their decimal point."""
        return [as_text(cell) for cell in self.columns[column]]

    def numbers(self, column: str) -> tuple[list[float | None], list[Problem]]:
        """Return a column as numbers, None where blank, and a problem for each cell that holds no number."""
        numbers: list[float | None] = []
        problems: list[Problem] = []
        for row, cell in zip(self.rows, self.columns[column], strict=True):
            try:
                numbers.append(cell if cell is None or isinstance(cell, float) else self._number(cell))
            except ValueError:
                numbers.append(None)
                problems.append(no_number(self.file, self.detected, row, column, str(cell)))
        return numbers, problems

    def _number(self, cell: str) -> float:
        if "_" in cell or not cell.isascii():  # Python takes 1_000 for a number; a person's file does not
            raise ValueError(cell)
        if self.detected.decimal == ",":
            cell = cell.replace(".", "?").replace(",", ".")
        number = float(cell)
        if not math.isfinite(number):
            raise ValueError(cell)
        return number


def no_number(file: Path, detected: Detected, row: int, column: str, cell: str) -> Problem:
    """Return the problem of a cell that should hold a number, with what might be meant by it."""
    message = f"Row {row}, column '{column}': '{cell[:40]}' is not a number."
    other = {",": ".", ".": ","}[detected.decimal]
    remedy = "Correct the cell, leave it empty, or give the code for a blank with --blank."
    if cell.replace(other, "", 1).lstrip("-").isdecimal():
        remedy = f"The decimal mark was taken to be '{detected.decimal}'; give --decimal '{other}' if it is not."
    return Problem(NOT_A_NUMBER, message, remedy, file.name, row, path=column)


def read_spreadsheet(file: Path, hints: DialectHints | None = None, blank: Collection[str] = BLANK) -> Spreadsheet:
    """Read a CSV, TSV or SPSS ``.sav`` file whole.

    Parameters
    ----------
    file : Path
    hints : DialectHints, optional
        What the person says about delimiter, decimal mark and encoding; the rest is detected and reported.
    blank : collection of str
        The cells that count as blank, whatever their column.

    Raises
    ------
    ProblemsFound
        When the file is absent, binary, too large, in an unknown encoding, or has no sound table in it.
    """
    if file.suffix.lower() in (".sav", ".zsav"):
        return _read_sav(file, blank)
    raw = raw_bytes(file)
    check_bytes(file, raw)
    detected = detect(file, raw, hints or DialectHints())
    return _read_csv(file, detected, raw.decode(detected.encoding), frozenset(blank))


def header_names(file: Path, cells: Sequence[str]) -> list[str]:
    """Return the names in a header; a nameless column is called by its position."""
    names = [cell.strip() or f"column {i}" for i, cell in enumerate(cells, 1)]
    twice = sorted({name for name in names if names.count(name) > 1}) if len(set(names)) < len(names) else []
    if twice:
        raise ProblemsFound(_twice(file, name, names) for name in twice[:MOST_LISTED])
    return names


def _twice(file: Path, name: str, names: list[str]) -> Problem:
    places = " and ".join(str(i) for i, other in enumerate(names, 1) if other == name)
    return Problem(COLUMN_TWICE, f"Columns {places} are both called '{name}'.", "Rename one.", file.name, 1)


def missing_columns(file: Path, names: Sequence[str], wanted: Collection[str]) -> list[Problem]:
    """Return a problem for each wanted column that is not among the names, with the near miss."""
    shown = ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    return [
        Problem(
            NO_SUCH_COLUMN,
            f"The file has no column '{name}'.{did_you_mean(name, names)}",
            f"It has {counted(len(names), 'column')}: {shown}.",
            file.name,
        )
        for name in dict.fromkeys(wanted)
        if name not in names
    ]


def as_text(cell: Cell) -> str | None:
    """Return a cell as a person writes it: the number 3.0 of an SPSS file is 3."""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return cell


def listed(problems: Sequence[Problem], such: str) -> list[Problem]:
    """Return the first problems, and a last one that counts the rest; ``such`` is one of them, as ``such cell``."""
    if len(problems) <= MOST_LISTED:
        return list(problems)
    rest = counted(len(problems) - MOST_LISTED, f"more {such}", thousands=True)
    first = problems[0]
    more = Problem(first.kind, f"... and {rest}.", file=first.file)
    return [*problems[:MOST_LISTED], more]


def _read_csv(file: Path, detected: Detected, text: str, blank: frozenset[str]) -> Spreadsheet:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=detected.delimiter, strict=True)
    cases = _cases(file, reader)
    _, header = next(cases, (1, []))
    names = header_names(file, header)
    rows: list[int] = []
    cells: list[list[str]] = []
    ragged: list[Problem] = []
    for row, case in cases:
        if len(case) != len(names):
            ragged.append(_ragged(file, row, len(case), len(names)))
            continue
        rows.append(row)
        cells.append(case)
    if ragged:
        raise ProblemsFound(listed(ragged, "such row"))
    if not rows:
        raise ProblemsFound([Problem(NO_ROWS, "The file has no rows below its header.", file=file.name)])
    columns = {
        name: [None if (cell := value.strip()) in blank else cell for value in column]
        for name, column in zip(names, zip(*cells, strict=True), strict=True)
    }
    return Spreadsheet(file, detected, columns, rows)


def _cases(file: Path, reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty, with its number as a spreadsheet program shows it."""
    row = 0
    try:
        for row, case in enumerate(reader, 1):
            if case:
                yield row, case
    except csv.Error as error:
        message = f"The table breaks off after row {row}: {error}."
        raise ProblemsFound(
            [Problem(RAGGED, message, "Check the quotes around this row.", file.name, row + 1)]
        ) from None


def _ragged(file: Path, row: int, cells: int, wanted: int) -> Problem:
    message = f"Row {row} has {counted(cells, 'cell')}; the header has {wanted}."
    return Problem(RAGGED, message, "Check for a missing or additional delimiter, or a quote.", file.name, row)


def _read_sav(file: Path, blank: Collection[str]) -> Spreadsheet:
    if not file.is_file():
        raw_bytes(file)  # says what is wrong
    import pyreadstat

    try:
        values, about = pyreadstat.read_sav(str(file), output_format="dict")
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, UnicodeDecodeError, ValueError) as error:
        message = f"SPSS data stop here: {error}."
        raise ProblemsFound([Problem(NOT_SPSS, message, "Save it again from SPSS, or as CSV.", file.name)]) from None
    columns = {name: [_sav_cell(cell, blank) for cell in column] for name, column in values.items()}
    n = max((len(column) for column in columns.values()), default=0)
    if not n:
        raise ProblemsFound([Problem(NO_ROWS, "The file has no rows.", file=file.name)])
    detected = Detected("SPSS", about.file_encoding or "utf-8")
    return Spreadsheet(file, detected, columns, range(1, n + 1), about.variable_value_labels)


def _sav_cell(cell: object, blank: Collection[str]) -> Cell:
    if isinstance(cell, int | float):
        number = float(cell)
        return None if math.isnan(number) or as_text(number) in blank else number
    text = "" if cell is None else str(cell).strip()
    return None if text in blank else text
