"""Turns each cell into an answer, or says why it is none and what may be behind it; nothing is shifted or guessed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from pilotage.data import rows
from pilotage.data.formats.spreadsheet import Spreadsheet
from pilotage.data.import_map import ImportMap, canonical
from pilotage.data.importing.check_map import MappedQuestion
from pilotage.data.importing.meaning import meaning
from pilotage.instruments.answer_values import Refusal, as_number
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, kind
from pilotage.protocol.form_items import StoredAs

NOT_AN_ANSWER = kind("IMPORT-009", "A cell is not one of the answers the item allows")
LABEL = kind("IMPORT-010", "A cell holds a label instead of a code")

_USUAL_BLANKS = {-999, -99, -9, -8, -7, -1, 8, 9, 88, 99, 888, 999, 9999}


@dataclass(frozen=True)
class Judge:
    """What is needed to judge the cells of one file."""

    sheet: Spreadsheet
    import_map: ImportMap
    instruments: Mapping[str, Instrument]
    questions: Mapping[tuple[str, str], MappedQuestion]

    def answers(self, cells: pl.DataFrame) -> pl.DataFrame:
        """Return the cells with ``value`` (null where blank) and ``reason`` (empty where the answer is allowed).

        Each different cell of a column is judged once.
        """
        key = ["instrument", "item", "column", "cell"]
        different = cells.select(key).unique().filter(pl.col("cell").is_not_null())
        judged = [self._one(*row) for row in different.iter_rows()]
        judged_frame = different.with_columns(
            value=pl.Series([value for value, _ in judged], dtype=pl.String),
            reason=pl.Series([reason for _, reason in judged], dtype=pl.String),
        )
        with_reasons = cells.join(judged_frame, on=key, how="left", maintain_order="left")
        return with_reasons.with_columns(pl.col("reason").fill_null(""))

    def free_text(self) -> list[dict[str, str]]:
        """Return the questions answered in people's own words, which are kept apart."""
        return [
            {"instrument": form, "item": item}
            for (form, item), question in self.questions.items()
            if question.item.own_words
        ]

    def _one(self, instrument: str, item: str, column: str, cell: str) -> tuple[str, str]:
        if instrument in self.instruments:
            code = canonical(cell, self.sheet.detected.decimal)
            coded = self.import_map.codes.get(instrument, {}).get(code)
            value = code if coded is None else str(coded)
            return value, _reason(self.instruments[instrument].response.refuse(value))
        return self._form(self.questions[instrument, item], column, cell)

    def _form(self, question: MappedQuestion, column: str, cell: str) -> tuple[str, str]:
        item = question.item
        if item.own_words:
            return cell, ""
        if item.stored_as.numeric:
            code = canonical(cell, self.sheet.detected.decimal)
            value = question.column.values.get(code, code)
        elif item.stored_as is StoredAs.DATE:
            value = iso_day(cell, question.column.dates) or cell
        else:
            value = meaning(self.sheet, question.column, cell, item.answers) or cell
        return value, _reason(item.refuse(value))

    def problems(self, answers: pl.DataFrame) -> Iterator[Problem]:
        """Yield every cell that is no answer, with its row and column and the likely reason."""
        for (name,), wrong in answers.filter(pl.col("reason") != "").group_by("instrument", maintain_order=True):
            instrument = self.instruments.get(str(name))
            values = answers.filter(pl.col("instrument") == name)["value"].drop_nulls()
            is_label = pl.col("value").is_in([value for value in wrong["value"] if as_number(value) is None])
            labels = wrong.filter(is_label) if instrument else wrong.clear()
            others = wrong.filter(~is_label) if instrument else wrong
            yield from self._labels(str(name), labels.sort(rows.NUMBER))
            reason = _likely(instrument, values) if instrument else "Correct the cell, or leave it empty."
            yield from rows.problems(
                NOT_AN_ANSWER,
                self.sheet.file.name,
                others.sort(rows.NUMBER, maintain_order=True),
                say=lambda row: f"{_whose(row)}: '{row['cell']}' {row['reason']}.",
                remedy=reason,
            )

    def _labels(self, name: str, wrong: pl.DataFrame) -> Iterator[Problem]:
        seen = ", ".join(f"{cell}: ..." for cell in wrong["cell"].unique(maintain_order=True)[:5])
        remedy = f"Export codes instead of labels, or map the labels: codes: {{{name}: {{{seen}}}}}."
        if self.sheet.detected.format == "SPSS":
            remedy = f"Codes are read from .sav files; this column holds text. {remedy}"
        yield from rows.problems(
            LABEL,
            self.sheet.file.name,
            wrong,
            say=lambda row: f"{_whose(row)}: '{row['cell']}' is a label, not a code.",
            remedy=remedy,
        )


def _reason(refusal: Refusal | None) -> str:
    return str(refusal) if refusal else ""


def iso_day(cell: str, written: str) -> str | None:
    """Return a day as ISO 8601 writes it, from the way the map says; SPSS days come with a time of midnight."""
    for form in (written, "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(cell, form).date().isoformat()
        except ValueError:
            continue
    return None


def _whose(row: Mapping[str, object]) -> str:
    when = f" at {row['assessment']}" if row["assessment"] else ""
    return f"Participant {row['participant']}{when}, {row['instrument']} item {row['item']}"


def _likely(instrument: Instrument, values: pl.Series) -> str:
    """Return what may be behind answers out of range; whether it is so, only the person can say."""
    numbers = {number for value in values.unique() if (number := as_number(value)) is not None}
    codes = instrument.response
    outside = {number for number in numbers if not codes.minimum <= number <= codes.maximum}
    blanks = sorted(outside & _USUAL_BLANKS)
    if numbers and (shift := codes.shift_that_fits(min(numbers), max(numbers))):
        recode = ", ".join(f"{code + shift}: {code}" for code in codes.codes)
        return (
            f"The answers run from {min(numbers):g} to {max(numbers):g}: the file seems coded "
            f"{codes.minimum + shift} to {codes.maximum + shift}, where {instrument.id} declares {codes.minimum} to "
            f"{codes.maximum}. If so, add to the map codes: {{{instrument.id}: {{{recode}}}}}; answers are never "
            "shifted silently."
        )
    if blanks and outside == set(blanks):
        shown = ", ".join(f"{number:g}" for number in blanks)
        return f"If {shown} stands for a blank, add it to 'blank' in the map; otherwise correct the cells."
    return f"Correct the cell, or leave it empty; {instrument.id} is answered {codes.minimum} to {codes.maximum}."
