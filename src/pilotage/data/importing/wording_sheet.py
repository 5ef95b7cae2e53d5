"""A wording as a spreadsheet: written for a site to fill in, and read back with the place of every cell."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pilotage.data.formats.dialect import DialectHints, detect, raw_bytes
from pilotage.instruments.definition import Instrument
from pilotage.instruments.wording import Wording
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.yaml_file import Path_, Unknown, YamlDocument

NO_SHEET = kind("WORDING-010", "A spreadsheet is not one of a wording")
ROW = kind("WORDING-011", "A row of a wording's spreadsheet cannot be read")

HEADER = ("part", "number", "text", "hint")
ONCE = ("instrument", "language", "source", "title", "instructions", "labelled", "alike")
NUMBERED = {"anchor": "anchors", "item": "items", "note": "notes"}
_BEGIN_WITH = "Begin with: pilotage wording template STUDY INSTRUMENT LANGUAGE --csv"
_OPTIONAL = ("title", "labelled", "alike", "note")
_FIRST_LINE = re.compile(r"\"?part\"?\s*([,;\t|])", re.IGNORECASE)


def sheet(wording: Wording, instrument: Instrument, delimiter: str = ",") -> str:
    """Return the wording as the text of a CSV file with the columns part, number, text and hint."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(HEADER)
    writer.writerows(_rows(wording, instrument))
    return written.getvalue()


def _rows(wording: Wording, instrument: Instrument) -> Iterator[tuple[str, int | str, str, str]]:
    yield "instrument", "", wording.instrument, instrument.name
    yield "language", "", wording.language, ""
    yield "source", "", _source(wording), "the edition, and who gave permission"
    yield "title", "", wording.title, "what people read above it; left empty, the instrument's name"
    yield "instructions", "", wording.instructions, "or none, where the edition prints none"
    yield "labelled", "", _list(wording.labelled), "every code; or both ends; or the codes that have words: 0 5 10"
    if wording.alike:
        yield "alike", "", _list(wording.alike), "items that have the same text, and are meant to"
    for code, text in sorted(wording.anchors.items()):
        ours = instrument.response.anchors.get(code)
        yield "anchor", code, text, f"our own word: {ours}" if ours else ""
    for n, text in sorted(wording.items.items()):
        yield "item", n, text, ""
    for n, text in sorted(wording.notes.items()):
        yield "note", n, text, "beneath the item"


def _source(wording: Wording) -> str:
    return f"unknown: {wording.source.unknown}" if isinstance(wording.source, Unknown) else wording.source


def _list(codes: str | list[int]) -> str:
    return codes if isinstance(codes, str) else " ".join(map(str, codes))


@dataclass(frozen=True)
class _Row:
    """One row below the header, and where it stands as a spreadsheet program counts."""

    place: int
    part: str
    number: str
    text: str


def read_sheet(file: Path) -> YamlDocument:
    """Return what a filled-in spreadsheet says, in the shape of a wording file, with the row of each part.

    Raises
    ------
    ProblemsFound
        When it is no such spreadsheet, or with every row that cannot be read.
    """
    data: dict[str, Any] = {}
    places: dict[Path_, tuple[int, int]] = {(): (1, 1)}
    problems: list[Problem] = []
    for row in _read(file):
        try:
            path, value = _meant(row)
            if path in places:
                raise ValueError(f"this part is given in row {places[path][0]} already.")
        except ValueError as error:
            problems.append(
                Problem(ROW, f"Row {row.place}: {error}", "Correct or remove this row.", file.name, row.place)
            )
            continue
        _put(data, path, value)
        places.setdefault(path[:1], (row.place, 1))
        places[path] = (row.place, 1)
    refuse(problems)
    return YamlDocument(file, data, places)


def _put(data: dict[str, Any], path: Path_, value: Any) -> None:
    if len(path) == 1:
        data[str(path[0])] = value
    else:
        data.setdefault(str(path[0]), {})[path[1]] = value


def _meant(row: _Row) -> tuple[Path_, Any]:
    """Return the place in a wording that a row is about, and its value; ValueError with what is wrong."""
    if row.part in NUMBERED:
        return (NUMBERED[row.part], _whole(row.number, f"the number of this {row.part}")), row.text
    if row.part not in ONCE:
        near = did_you_mean(row.part, (*ONCE, *NUMBERED))
        raise ValueError(f"'{row.part}' is not a part of a wording.{near}")
    if row.part == "source" and row.text.startswith("unknown:"):
        return ("source",), {"unknown": row.text.removeprefix("unknown:").strip()}
    if row.part == "alike" or (row.part == "labelled" and row.text[:1].isdigit()):
        return (row.part,), [_whole(n, "a number of the list") for n in re.split(r"[\s,;]+", row.text.strip())]
    return (row.part,), row.text.casefold() if row.part == "labelled" else row.text


def _whole(text: str, what: str) -> int:
    """Return a whole number, also as a spreadsheet program may write it: 7.0 or 7,0."""
    match = re.fullmatch(r"\s*(-?\d{1,4})(?:[.,]0+)?\s*", text)
    if match is None:
        raise ValueError(f"{what} is '{text}', which is not a whole number.")
    return int(match[1])


def _read(file: Path) -> Iterator[_Row]:
    """Yield the rows that say something; an optional part left empty says nothing."""
    rows = _cells(file)
    header = [name.strip().casefold() for name in rows[0]]
    columns = [header.index(name) for name in HEADER[:3]]
    for place, cells in enumerate(rows[1:], 2):
        part, number, text = (cells[n].strip() if n < len(cells) else "" for n in columns)
        if not (part or number or text) or (part.casefold() in _OPTIONAL and not text):
            continue
        yield _Row(place, part.casefold(), number, text)


def _cells(file: Path) -> list[list[str]]:
    """Return every row as its cells; the header says which character separates them."""
    raw = raw_bytes(file)
    encoding = detect(file, raw, DialectHints(delimiter=",", decimal=".")).encoding
    text = raw.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    text = re.sub(r"\Asep=.\r?\n", "", text)  # a line of Excel's own
    first = _FIRST_LINE.match(text)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=first[1])) if first else []
    except csv.Error as error:
        raise ProblemsFound([Problem(NO_SHEET, f"The table stops: {error}.", _BEGIN_WITH, file.name)]) from None
    header = [cell.strip().casefold() for cell in rows[0]] if rows else []
    missing = [name for name in HEADER[:3] if name not in header]
    if missing:
        message = f"The first row has no {' and no '.join(missing)}; it should be {', '.join(HEADER)}."
        raise ProblemsFound([Problem(NO_SHEET, message, _BEGIN_WITH, file.name, 1)])
    return rows
