"""Rows of a table that are wrong, as problems: each with its row and column, and many of them counted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl

from pilotage.formatting import counted
from pilotage.problems import Kind, Problem

NUMBER = "#"
MOST_LISTED = 20
Say = Callable[[dict[str, Any]], str]


def numbered(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with each row's number as a spreadsheet program counts it: the header is row 1."""
    return frame.with_row_index(NUMBER, offset=2)


def problems(
    what: Kind, file: str, wrong: pl.DataFrame, *, say: Say, column: str = "", remedy: str = ""
) -> Iterator[Problem]:
    """Yield a problem for each of the wrong rows, which are `numbered`; beyond the first twenty they are counted.

    The column is the one named, or else the one the row names under ``column``.
    """
    for row in wrong.head(MOST_LISTED).iter_rows(named=True):
        yield Problem(what, say(row), remedy, file, row[NUMBER], path=column or row["column"])
    if wrong.height > MOST_LISTED:
        rest = counted(wrong.height - MOST_LISTED, "more such row", thousands=True)
        yield Problem(what, f"... and {rest}.", file=file, path=column)
