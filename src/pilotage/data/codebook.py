"""The codebook: each column of the tables, each item of the instruments and each question of the forms, explained."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields
from datetime import date

import polars as pl

from pilotage.data.tables import TABLES
from pilotage.instruments.definition import Instrument
from pilotage.protocol.form_items import Bound, FormItem
from pilotage.protocol.forms import Form
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.words import say

COLUMNS = {
    "part": "the table, instrument or form",
    "kind": "a table's column, an instrument's item, or a form's question",
    "name": "the column, the item's number, or the question's id",
    "means": "what it holds, or the question as asked",
    "type": "type of its values",
    "values": "the values it may take, with their meaning",
    "minimum": "lowest value",
    "maximum": "highest value",
    "unit": "unit",
    "key": "how an item is scored: as given, reversed, by points, or not at all (a filler)",
    "scales": "the scales an item is in",
    "required": "whether it may never be blank",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CodebookEntry:
    """One line of the codebook; the fields are explained in `COLUMNS`."""

    part: str
    kind: str
    name: str
    means: str
    type: str
    values: str = ""
    minimum: float | str | None = None
    maximum: float | str | None = None
    unit: str = ""
    key: str = ""
    scales: str = ""
    required: bool = False

    def cells(self) -> dict[str, str | None]:
        """Return the line as text."""
        cells = asdict(self) | {"required": "yes" if self.required else "no"}
        return {name: _text(cell) for name, cell in cells.items()}


def _text(cell: object) -> str | None:
    return None if cell in ("", None) else f"{cell:g}" if isinstance(cell, float) else str(cell)


def codebook(study: LoadedProtocol | None = None) -> pl.DataFrame:
    """Return the codebook as a frame of text; without a study it holds the tables' columns alone."""
    entries = [*_columns()]
    if study is not None:
        entries += [entry for instrument in study.instruments.values() for entry in _items(instrument)]
        entries += [entry for form in study.protocol.forms for entry in _questions(form)]
    names = [field.name for field in fields(CodebookEntry)]
    return pl.DataFrame([entry.cells() for entry in entries], schema=dict.fromkeys(names, pl.String))


def _columns() -> Iterator[CodebookEntry]:
    for table in TABLES:
        for column in table.columns:
            yield CodebookEntry(
                part=table.name,
                kind="column",
                name=column.name,
                means=column.means,
                type=column.type,
                values="; ".join(column.values),
                required=column.required,
            )


def _items(instrument: Instrument) -> Iterator[CodebookEntry]:
    response = instrument.response
    for number in range(1, instrument.items + 1):
        yield CodebookEntry(
            part=instrument.id,
            kind="item",
            name=str(number),
            means=f"Item {number} of the {instrument.abbreviation}, as answered",
            type="integer",
            values="; ".join(f"{code} = {words}" for code, words in response.anchors.items()),
            minimum=response.minimum,
            maximum=response.maximum,
            key=_key(instrument, number),
            scales=" ".join(scale.id for scale in instrument.scales if number in instrument.items_of(scale)),
        )


def _key(instrument: Instrument, number: int) -> str:
    points = instrument.keying().get(number)
    if number in instrument.fillers:
        return "filler"
    if points is not None:
        points_by_code = ", ".join(f"{code} gives {value:g}" for code, value in instrument.points[points].items())
        return f"points '{points}': {points_by_code}"
    return "reversed" if number in instrument.reverse else "as given"


def _questions(form: Form) -> Iterator[CodebookEntry]:
    for item in form.items:
        minimum, maximum = map(_limit, item.bounds)
        yield CodebookEntry(
            part=form.id,
            kind="question",
            name=item.id,
            means=say(item.ask),
            type=item.kind,
            values=_answers(item),
            minimum=minimum,
            maximum=maximum,
            unit=item.measured_in,
            required=item.required,
        )


def _limit(bound: Bound) -> float | str | None:
    return bound.isoformat() if isinstance(bound, date) else bound


def _answers(item: FormItem) -> str:
    """Return the answers that have words; one whose words are its code is written once."""
    return "; ".join(code if words == code else f"{code} = {words}" for code, words in item.labels().items())
