"""Keeps a spreadsheet program from running what a person typed: text that starts like a formula gets an apostrophe."""

from __future__ import annotations

import polars as pl

_STARTS = r"[=+\-@\t\r\n]"
# An apostrophe that was there already gets another, so that reading takes off exactly what writing put on.
_LIKE_A_FORMULA = rf"^'*{_STARTS}"
_MADE_HARMLESS = rf"^'+{_STARTS}"
_NUMBER = r"^-?\d+(\.\d+)?$"


def neutralised(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame with an apostrophe before each text that a spreadsheet program would take for a formula."""
    text = pl.col(pl.String)
    risky = text.str.contains(_LIKE_A_FORMULA) & ~text.str.contains(_NUMBER)
    return frame.with_columns(pl.when(risky).then("'" + text).otherwise(text).name.keep())


def restored(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame as it was before `neutralised`."""
    text = pl.col(pl.String)
    harmless = text.str.contains(_MADE_HARMLESS)
    return frame.with_columns(pl.when(harmless).then(text.str.slice(1)).otherwise(text).name.keep())
