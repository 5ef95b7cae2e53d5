"""The published questionnaires: what they measure, how they are scored, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from pilotage.formatting import sentence
from pilotage.instruments.definition import Instrument, MissingRule, Scale
from pilotage.protocol.load import LoadedProtocol
from pilotage.report.model.builders import group, table, text
from pilotage.report.model.document import Block, Bullets, Paragraph, Section, TableBlock, TableColumn, TableRow
from pilotage.report.model.protocol_labels import briefly, known
from pilotage.report.model.values import Cell, Quantity

_METHOD = {
    "sum_of_items": "sum of items",
    "mean_of_items": "mean of items",
    "sum_of_scales": "sum of scales",
    "mean_of_scales": "mean of scales",
}


def measures(loaded: LoadedProtocol) -> Section:
    """Return the section on every instrument: items, scales, key, licence."""
    instruments = list(loaded.instruments.values())
    notes = {loaded.instruments[i].abbreviation: note for i, note in loaded.protocol.analysis.instrument_notes.items()
             if i in loaded.instruments}  # fmt: skip
    inner = (
        Section("scales", "Scales and scoring", (_scales(instruments),)),
        Section("keys", "Keys and licences", (_keys(instruments), Bullets(tuple(_sources(instruments))))),
    )
    introduction = (
        "The wording of items belongs to their authors. Each site keeps it in its own files, not in this document."
    )
    blocks: tuple[Block, ...] = (Paragraph(introduction), _instruments(instruments), *_noted(notes))
    return Section("measures", "Measures", blocks, inner, new_page=True)


def _noted(notes: dict[str, str]) -> list[Bullets]:
    return [Bullets(tuple(sentence(f"{name}: {note}") for name, note in notes.items()))] if notes else []


def _instruments(instruments: list[Instrument]) -> TableBlock:
    columns = (text("instrument", "Questionnaire"), text("measures", "What it measures"), TableColumn("items", "Items"),
               text("answers", "Answers"), text("about", "Recall period"))  # fmt: skip
    rows = [(f"{i.name} ({i.abbreviation})", i.measures, Quantity(i.items, "count"), _answers(i), briefly(i.recall))
            for i in instruments]  # fmt: skip
    return table("instruments", "Questionnaires", columns, rows)


def _answers(instrument: Instrument) -> str:
    scale = instrument.response
    anchors = "; ".join(f"{code} {words}" for code, words in sorted(scale.anchors.items()))
    return f"{scale.minimum} to {scale.maximum}{f' ({anchors})' if anchors else ''}"


def _scales(instruments: list[Instrument]) -> TableBlock:
    columns = (text("scale", "Scale"), text("items", "Items"), text("reversed", "Reversed"), text("score", "Score"),
               text("range", "Range"), text("blanks", "Missing items allowed"), text("better", "Better"))  # fmt: skip
    rows = [row for instrument in instruments for row in _scale_rows(instrument)]
    notes = ["Missing items allowed: the mean of the answered items replaces them. In brackets: whose rule it is."]
    return table("scales", "Scales and their scoring", columns, rows, notes)


def _scale_rows(instrument: Instrument) -> Iterator[TableRow]:
    yield group(f"{instrument.name} ({instrument.abbreviation})")
    if not instrument.scales:
        yield TableRow((f"cannot be scored: {instrument.key.lacks}", *[""] * 6))
    for scale in instrument.scales:
        yield TableRow(tuple(_scale_cells(instrument, scale)))


def _scale_cells(instrument: Instrument, scale: Scale) -> Iterator[Cell]:
    low, high = instrument.range_of(scale)
    yield scale.name
    yield _parts(instrument, scale)
    yield _numbers(sorted(instrument.reversed_in(scale))) or "none"
    yield _METHOD[scale.method] + (f", times {scale.times:g}" if scale.times != 1 else "")
    yield f"{low:g} to {high:g}"
    yield _blanks(instrument.missing_of(scale), len(instrument.items_of(scale)))
    yield scale.better


def _parts(instrument: Instrument, scale: Scale) -> str:
    if scale.of:
        return " + ".join(instrument.scale(part).name for part in scale.of)
    return _numbers(sorted(instrument.items_of(scale)))


def _numbers(items: list[int]) -> str:
    """Return item numbers with runs drawn together: ``1–3, 7, 9–10``."""
    runs = [[n for _, n in run] for _, run in groupby(enumerate(items), key=lambda pair: pair[1] - pair[0])]
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def _blanks(rule: MissingRule, items: int) -> str:
    most = 0 if rule.rule == "complete" else rule.most_blanks(items)
    return f"{f'{most} of {items}' if most else 'none'} ({rule.whose})"


def _keys(instruments: list[Instrument]) -> TableBlock:
    columns = (text("instrument", "Questionnaire"), text("key", "Key"), text("terms", "Terms of use"),
               text("holder", "Holder"), text("ask", "Whom to ask"))  # fmt: skip
    rows = [(i.abbreviation, i.key.status, known(i.licence.terms), known(i.licence.holder), i.licence.ask)
            for i in instruments]  # fmt: skip
    return table("keys-licences", "Evidence for each scoring key, and terms of use", columns, rows)


def _sources(instruments: list[Instrument]) -> Iterator[str]:
    for instrument in instruments:
        cited = "; ".join(r.cite + (f", doi {r.doi}" if isinstance(r.doi, str) else "") for r in instrument.references)
        yield sentence(f"{instrument.abbreviation}: {cited}")
