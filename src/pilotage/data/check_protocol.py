"""Checks study data against the protocol: the names used, what each assessment asks, and the answers given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

import polars as pl

from pilotage.data import rows
from pilotage.data.tables import Table
from pilotage.instruments.answer_values import Refusal
from pilotage.problems import Problem, did_you_mean, kind
from pilotage.protocol.adherence import ITEMS as ADHERENCE
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol

NOT_IN_PROTOCOL = kind("DATA-010", "A name is not in the protocol")
NOT_ASKED = kind("DATA-011", "An assessment does not ask what was answered")
NO_SUCH_ITEM = kind("DATA-012", "An instrument or form does not have this item")
NOT_AN_ANSWER = kind("DATA-013", "An answer is not one the item allows")

Frames = Mapping[Table, pl.DataFrame]
Problems = Iterator[Problem]


def check_protocol(frames: Frames, study: LoadedProtocol) -> list[Problem]:
    """Return everything in the tables, whose rows are numbered, that the protocol does not know or allow."""
    known = _known(study.protocol)
    problems = [problem for table, frame in frames.items() for problem in _names(table, frame, known)]
    for table, frame in frames.items():
        if table.name == "administrations":
            problems += _not_asked(table, frame, study.protocol)
        if table.name == "responses":
            problems += _answers(table, frame, study)
    return problems


def _known(protocol: Protocol) -> dict[tuple[str, str], Collection[str | int]]:
    """Return what the protocol allows in a column, by table and column; '' stands for every table."""
    programme = protocol.programme
    practice = programme.home_practice if programme else None
    return {
        ("", "arm"): [arm.id for arm in protocol.arms],
        ("", "assessment"): [assessment.id for assessment in protocol.assessments],
        ("", "instrument"): [*protocol.instruments, *(form.id for form in protocol.forms)],
        ("", "session"): range(1, programme.delivered.sessions + 1) if programme else [],
        ("fidelity", "block"): [block.id for block in programme.blocks] if programme else [],
        ("adherence", "item"): [item.id for item in ADHERENCE],
        ("home_practice", "kind"): [kind.id for kind in practice.kinds] if practice else [],
    }


def _names(table: Table, frame: pl.DataFrame, known: Mapping[tuple[str, str], Collection[str | int]]) -> Problems:
    for (where, column), allowed in known.items():
        if where in ("", table.name) and column in frame.columns:
            wrong = frame.filter(pl.col(column).is_not_null() & ~pl.col(column).is_in(list(allowed)))
            yield from _unknown(table, wrong, column, [str(name) for name in allowed])


def _unknown(table: Table, wrong: pl.DataFrame, column: str, allowed: list[str]) -> Problems:
    shown = f"The protocol has: {', '.join(allowed)}." if allowed else "The protocol has none."
    yield from rows.problems(
        NOT_IN_PROTOCOL,
        table.file,
        wrong,
        column=column,
        say=lambda row: (
            f"The {column} '{row[column]}' is not in the protocol.{did_you_mean(str(row[column]), allowed)}"
        ),
        remedy=shown,
    )


def _not_asked(table: Table, frame: pl.DataFrame, protocol: Protocol) -> Problems:
    uses = {a.id: (*protocol.instruments_at(a), *a.forms) for a in protocol.assessments}
    pairs = [(assessment, name) for assessment, names in uses.items() for name in names]
    known = pl.DataFrame(pairs, schema={"assessment": pl.String, "instrument": pl.String}, orient="row")
    wrong = frame.filter(pl.col("assessment").is_in(list(uses)))
    yield from rows.problems(
        NOT_ASKED,
        table.file,
        wrong.join(known, on=["assessment", "instrument"], how="anti", maintain_order="left"),
        column="instrument",
        say=lambda row: f"The assessment '{row['assessment']}' does not ask '{row['instrument']}'.",
        remedy="Correct the row, or add it to the assessment in the protocol.",
    )


def _answers(table: Table, frame: pl.DataFrame, study: LoadedProtocol) -> Problems:
    """Judge each different answer once, and find it again in all its rows."""
    key = ["instrument", "item", "value"]
    different = frame.select(key).unique().drop_nulls(["instrument", "item"])
    judged = different.with_columns(
        pl.Series("reason", [_reason(study, *row) for row in different.iter_rows()], pl.String)
    )
    wrong = judged.filter(pl.col("reason") != "")
    rows_refused = frame.join(wrong, on=key, nulls_equal=True, maintain_order="left")
    no_item = pl.col("reason") == _NO_ITEM
    yield from rows.problems(
        NO_SUCH_ITEM,
        table.file,
        rows_refused.filter(no_item),
        column="item",
        say=lambda row: f"'{row['instrument']}' has no item '{row['item']}'.",
        remedy="Correct the item; see codebook.csv.",
    )
    yield from rows.problems(
        NOT_AN_ANSWER,
        table.file,
        rows_refused.filter(~no_item),
        column="value",
        say=lambda row: f"'{row['value']}' {row['reason']} ({row['instrument']}, item {row['item']}).",
        remedy="Correct the value, or leave it empty.",
    )


_NO_ITEM = "no item"


def _why_not(refuse: Callable[[str], Refusal | None], value: str | None) -> str:
    refusal = None if value is None else refuse(value)
    return str(refusal) if refusal else ""


def _reason(study: LoadedProtocol, name: str, item: str, value: str | None) -> str:
    """Return why an answer is not allowed; names that the protocol does not know are said elsewhere."""
    if name in study.instruments:
        instrument = study.instruments[name]
        if not item.isdecimal() or not 1 <= int(item) <= instrument.items:
            return _NO_ITEM
        return _why_not(instrument.response.refuse, value)
    form = next((form for form in study.protocol.forms if form.id == name), None)
    if form is None:
        return ""
    question = next((question for question in form.items if question.id == item), None)
    if question is None:
        return _NO_ITEM
    return _why_not(question.refuse, value)
