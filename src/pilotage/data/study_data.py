"""The data of a study: one frame for each tidy table, whether it was collected, and a fingerprint of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from pilotage.data.tables import BY_NAME, TABLES, Table


@dataclass(frozen=True, slots=True)
class Simulated:
    """Which rehearsal made the data: it is no person's answers, and everything made from it says so."""

    seed: int
    scenario: str


@dataclass(frozen=True, eq=False)
class StudyData:
    """One frame for each table of `pilotage.data.tables`, with its columns in order and of its types.

    Attributes
    ----------
    collected : frozenset of str
        The tables that were collected at all. The others are empty frames, which means 'not collected', not zero.
    simulated : Simulated or None
        Which rehearsal made the data, where one did.
    """

    flow: pl.DataFrame
    approached: pl.DataFrame
    participants: pl.DataFrame
    sessions: pl.DataFrame
    attendance: pl.DataFrame
    pairings: pl.DataFrame
    fidelity: pl.DataFrame
    adherence: pl.DataFrame
    home_practice: pl.DataFrame
    administrations: pl.DataFrame
    responses: pl.DataFrame
    comments: pl.DataFrame
    deviations: pl.DataFrame
    adverse_events: pl.DataFrame
    conduct: pl.DataFrame
    collected: frozenset[str]
    simulated: Simulated | None = None

    @classmethod
    def from_tables(cls, tables: Mapping[str, pl.DataFrame], simulated: Simulated | None = None) -> StudyData:
        """Make study data of the tables that were collected.

        Columns that a table does not require may be left out. Empty texts and NaN become null: both are blanks.

        Raises
        ------
        ValueError
            When a table or a column is not one of ours, a required column is absent, or a type does not fit.
        """
        unknown = sorted(set(tables) - set(BY_NAME))
        if unknown:
            raise ValueError(f"There is no table {unknown[0]!r}; the tables are {', '.join(BY_NAME)}.")
        frames = {t.name: _fitted(t, tables[t.name]) if t.name in tables else empty(t) for t in TABLES}
        return cls(**frames, collected=frozenset(tables), simulated=simulated)

    def table(self, name: str) -> pl.DataFrame:
        """Return the frame of a table by its name."""
        frame: pl.DataFrame = getattr(self, BY_NAME[name].name)
        return frame

    def tables(self) -> Iterator[tuple[Table, pl.DataFrame]]:
        """Return the tables that were collected, each with its frame."""
        return ((table, self.table(table.name)) for table in TABLES if table.name in self.collected)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the content of all collected tables, whatever the order of their rows."""
        digest = hashlib.sha256()
        for table, frame in self.tables():
            digest.update(f"{table.name},{frame.height}\n".encode())
            digest.update(frame.sort(frame.columns, nulls_last=True).write_csv().encode())
        return digest.hexdigest()

    @property
    def short_fingerprint(self) -> str:
        """The first twelve characters of the fingerprint, as shown to people."""
        return self.fingerprint[:12]


def empty(table: Table) -> pl.DataFrame:
    """Return a table without rows."""
    return pl.DataFrame(schema=table.schema())


def _fitted(table: Table, frame: pl.DataFrame) -> pl.DataFrame:
    schema = table.schema()
    unknown = [name for name in frame.columns if name not in schema]
    absent = [column.name for column in table.columns if column.required and column.name not in frame.columns]
    if unknown or absent:
        mismatch = f"has no column {unknown[0]!r}" if unknown else f"needs the column {absent[0]!r}"
        raise ValueError(f"The table {table.name} {mismatch}; its columns are {', '.join(schema)}.")
    try:
        return frame.select(_column(frame, name, type_) for name, type_ in schema.items())
    except pl.exceptions.PolarsError as error:
        raise ValueError(f"The table {table.name} does not have its columns' types: {error}") from None


def _column(frame: pl.DataFrame, name: str, type_: pl.DataType) -> pl.Expr:
    if name not in frame.columns:
        return pl.lit(None, type_).alias(name)
    column = pl.col(name).cast(type_)
    if type_ == pl.String():
        return pl.when(column != "").then(column).alias(name)
    return column.fill_nan(None) if type_ == pl.Float64() else column
