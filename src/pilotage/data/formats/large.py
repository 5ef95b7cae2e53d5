"""Whole-number columns of a large text table, read many times faster than cell by cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pilotage.data.formats.dialect import Detected, DialectHints, check_bytes, detect, raw_bytes
from pilotage.data.formats.spreadsheet import header_names, listed, no_number
from pilotage.problems import Problem

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray

LARGE = 4 * 1024**2
"""From this many bytes on, reading this way repays loading polars."""

_AT_ONCE = 10  # columns held as text together


@dataclass(frozen=True)
class LargeTable:
    """A large text table, checked and ready to be read by column."""

    file: Path
    detected: Detected
    names: tuple[str, ...]
    body: bytes

    def digits(self, wanted: Sequence[str], blank: Collection[str]) -> NDArray[np.int8] | None:
        """Return columns of one-digit codes, -1 where blank; None where they are not that plain."""
        from pilotage.data.formats.digits import NotDigitsError, read_digits

        codes = [int(code) for code in blank if len(code) == 1 and code in "0123456789"]
        try:
            return read_digits(
                self.body, self.detected.delimiter, len(self.names), [self.names.index(name) for name in wanted], codes
            )
        except NotDigitsError:
            return None

    def columns(self, texts: Collection[str], numbers: Sequence[str], blank: Collection[str]) -> pl.DataFrame | None:
        """Return some columns as text and others as the narrowest numbers that hold them, null where blank.

        None where a cell holds no number, or the rows are not all of one length: then the file has to be read cell
        by cell, to say what is wrong where.
        """
        import polars as pl

        kinds: tuple[type[pl.DataType], ...] = (pl.Int8, pl.Float32)
        for kind in kinds:
            try:
                frame = self._read(texts, dict.fromkeys(numbers, kind), blank)
            except pl.exceptions.PolarsError:
                continue
            return frame if self._even(len(frame)) else None
        return None

    def texts(self, name: str, blank: Collection[str]) -> pl.Series:
        """Return one column as text, null where blank, of a table whose rows are known to be of one length."""
        cells = self._read([name], {}, ())[name]
        return cells.set(cells.is_in(sorted(blank)), None)  # cheaper than to look for each code in the whole table

    def not_numbers(self, names: Sequence[str], blank: Collection[str]) -> list[Problem]:
        """Return a problem for each cell that holds no number; a few columns at a time, to spare memory."""
        problems: list[Problem] = []
        for start in range(0, len(names), _AT_ONCE):
            frame = self._read(names[start : start + _AT_ONCE], {}, blank)
            if not self._even(len(frame)):
                return []
            problems += [problem for name in frame.columns for problem in self._no_numbers(frame[name])]
        return listed(sorted(problems, key=lambda problem: problem.line or 0), "such cell")

    def _no_numbers(self, column: pl.Series) -> list[Problem]:
        import polars as pl

        cells = column.str.strip_chars()
        as_points = cells.str.replace(",", ".", literal=True) if self.detected.decimal == "," else cells
        wrong = (cells.is_not_null() & as_points.cast(pl.Float64, strict=False).is_null()).arg_true()
        return [no_number(self.file, self.detected, i + 2, column.name, cells[i]) for i in wrong]

    def _read(
        self, texts: Collection[str], numbers: dict[str, type[pl.DataType]], blank: Collection[str]
    ) -> pl.DataFrame:
        import polars as pl

        tokens = sorted(token for token in blank if token and token.encode() in self.body)  # each costs at every cell
        wanted = [name for name in self.names if name in numbers or name in texts]
        return pl.read_csv(
            self.body,
            has_header=False,
            skip_rows=1,
            new_columns=list(self.names),
            columns=[self.names.index(name) for name in wanted],
            schema_overrides={name: numbers.get(name, pl.String) for name in self.names},
            separator=self.detected.delimiter,
            null_values=["", *tokens] if tokens else None,
            decimal_comma=self.detected.decimal == "," and self.detected.delimiter != ",",
        )

    def _even(self, rows: int) -> bool:
        """Return whether there are as many delimiters as the rows need; blank and short rows would pass unseen."""
        return self.body.count(self.detected.delimiter.encode()) == (rows + 1) * (len(self.names) - 1)


def open_large(file: Path, hints: DialectHints) -> LargeTable:
    """Return a large text table, after the checks every table goes through.

    Raises
    ------
    ProblemsFound
        As `pilotage.data.formats.spreadsheet.read_spreadsheet` does.
    """
    raw = raw_bytes(file)
    check_bytes(file, raw)
    detected = detect(file, raw, hints)
    body = raw if detected.encoding.startswith("utf-8") else raw.decode(detected.encoding).encode()
    body = body.removeprefix(b"\xef\xbb\xbf")
    if body.endswith((b"\n\n", b"\n\r\n")):
        body = body.rstrip(b"\r\n")
    first = body[: body.find(b"\n")].decode()
    header = next(csv.reader(io.StringIO(first, newline=""), delimiter=detected.delimiter))
    return LargeTable(file, detected, tuple(header_names(file, header)), body)
