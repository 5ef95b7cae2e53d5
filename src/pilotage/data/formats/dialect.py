"""How a text table is written: its encoding, delimiter and decimal mark, found in the bytes and reported."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import re
from dataclasses import dataclass
from pathlib import Path

from pilotage.formatting import with_commas
from pilotage.problems import Problem, ProblemsFound, kind

NO_FILE = kind("TABLE-001", "The file cannot be read")
TOO_LARGE = kind("TABLE-002", "The file or one of its lines is too large to be a table of answers")
BINARY = kind("TABLE-003", "The file is not a text table")
NO_ENCODING = kind("TABLE-004", "The text's encoding is unknown or does not fit")
UNDECIDED = kind("TABLE-005", "The table's delimiter or decimal mark is ambiguous")

DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LARGEST = 4 * 1024**3
LONGEST_LINE = 1024**2
_SAMPLE_ROWS = 50
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ENCODINGS = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8", "utf-16": "UTF-16", "cp1252": "Windows-1252"}
_FORMATS = (
    (b"PK\x03\x04", "an Excel or other zipped file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF", "a PDF"),
    (b"$FL2", "an SPSS file; call it .sav"),
    (b"\x1f\x8b", "a gzip file"),
)


@dataclass(frozen=True)
class DialectHints:
    """What the person says about the file; None is detected and reported."""

    delimiter: str | None = None
    decimal: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Detected:
    """How a file was read, whether the person stated it or it was detected."""

    format: str
    encoding: str
    bom: bool = False
    delimiter: str = ","
    decimal: str = "."
    stated: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For the person: ``Read as UTF-8 with a byte order mark, columns separated by commas, decimal points.``"""
        encoding = _ENCODINGS.get(self.encoding, self.encoding)
        if self.format == "SPSS":
            return f"Read as an SPSS file in {encoding}."
        mark = " with a byte order mark" if self.bom else ""
        columns = DELIMITERS.get(self.delimiter, f"'{self.delimiter}'")
        decimals = "decimal commas" if self.decimal == "," else "decimal points"
        stated = f" ({' and '.join(self.stated)} as you said)" if self.stated else ""
        return f"Read as {encoding}{mark}, columns separated by {columns}, {decimals}{stated}."


def raw_bytes(file: Path) -> bytes:
    """Return the file's bytes, when it is a file of a size we read."""
    try:
        if file.exists() and not file.is_file():
            raise ProblemsFound([Problem(NO_FILE, f"'{file}' is not a file.", "Give the table's file.", file.name)])
        size = file.stat().st_size
        if size > LARGEST:
            message = f"The file has {with_commas(size)} bytes; {with_commas(LARGEST)} is the limit."
            raise ProblemsFound([Problem(TOO_LARGE, message, "Check that this is the right file.", file.name)])
        with file.open("rb") as opened:
            check_bytes(file, opened.read(4 * LONGEST_LINE))  # what is hostile is refused before it fills the memory
            opened.seek(0)
            return opened.read()
    except OSError as error:
        message = f"'{file}' cannot be read: {error.strerror}."
        raise ProblemsFound([Problem(NO_FILE, message, "Check the name and the folder.", file.name)]) from None


def check_bytes(file: Path, raw: bytes) -> None:
    """Refuse what is no text table, before anything slow looks at it."""
    known = next((name for start, name in _FORMATS if raw.startswith(start)), "")
    if known:
        message = f"This is {known}, not a text table."
        raise ProblemsFound([Problem(BINARY, message, "Save the table as CSV (UTF-8).", file.name)])
    if not raw[:LONGEST_LINE].strip():
        raise ProblemsFound([Problem(BINARY, "The file is empty.", "Check that this is the right file.", file.name)])
    utf16 = raw[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    if not utf16 and (at := raw.find(b"\0")) >= 0:
        message = f"Byte {at + 1} is zero: the file holds binary data."
        raise ProblemsFound([Problem(BINARY, message, "Save the table as CSV (UTF-8).", file.name)])
    _check_lines(file, raw)


def _check_lines(file: Path, raw: bytes) -> None:
    start = 0
    while start + LONGEST_LINE < len(raw):
        end = raw.rfind(b"\n", start, start + LONGEST_LINE)
        if end < 0:
            line = raw.count(b"\n", 0, start) + 1
            message = f"Line {line} is longer than {with_commas(LONGEST_LINE)} bytes."
            remedy = "Check that this is the right file, with one line a row."
            raise ProblemsFound([Problem(TOO_LARGE, message, remedy, file.name, line)])
        start = end + 1


def detect(file: Path, raw: bytes, hints: DialectHints) -> Detected:
    """Find encoding, delimiter and decimal mark: as the person states, else as the bytes show."""
    stated = tuple(name for name in ("encoding", "delimiter", "decimal") if getattr(hints, name) is not None)
    encoding = _encoding(file, raw, hints.encoding)
    body = raw.decode(encoding).encode() if encoding.startswith(("utf-16", "utf-32")) else raw
    delimiter = (
        _stated_delimiter(file, hints.delimiter) if hints.delimiter is not None else _delimiter(file, body, encoding)
    )
    decimal = _stated_decimal(file, hints.decimal) if hints.decimal is not None else _decimal(file, body, delimiter)
    bom = any(raw.startswith(mark) for mark, _ in _BOMS)
    return Detected("text", encoding, bom, delimiter, decimal, stated)


def _encoding(file: Path, raw: bytes, stated: str | None) -> str:
    """Return the encoding that the person states, or that of the byte order mark; else UTF-8 or Windows-1252."""
    marked = next((name for mark, name in _BOMS if raw.startswith(mark)), None)
    candidates = [stated] if stated else [marked] if marked else ["utf-8", "cp1252"]
    for name in candidates:
        if _decodes(raw, name):
            same = stated and marked == "utf-8-sig" and codecs.lookup(stated).name == "utf-8"
            return "utf-8-sig" if same else codecs.lookup(name).name
    named = stated or marked or "UTF-8 or Windows-1252"
    message = f"The text does not decode as {named}."
    raise ProblemsFound(
        [Problem(NO_ENCODING, message, "Save it as UTF-8, or give its encoding with --encoding.", file.name)]
    )


def _decodes(raw: bytes, name: str) -> bool:
    try:
        if codecs.lookup(name).name in ("utf-8", "cp1252", "iso8859-1", "ascii") and raw.isascii():
            return True  # seen in a hundredth of the time that decoding takes
        raw.decode(name)
    except (UnicodeError, LookupError):
        return False
    return True


def _stated_delimiter(file: Path, stated: str) -> str:
    delimiter = {"\\t": "\t", "tab": "\t"}.get(stated, stated)
    if len(delimiter) != 1 or delimiter in '"\r\n':
        message = f"The delimiter '{stated}' is not one character."
        raise ProblemsFound([Problem(UNDECIDED, message, "Say ',' or ';' or 'tab' or '|'.", file.name)])
    return delimiter


def _stated_decimal(file: Path, stated: str) -> str:
    if stated not in (".", ","):
        message = f"The decimal mark '{stated}' is neither a point nor a comma."
        raise ProblemsFound([Problem(UNDECIDED, message, "Say '.' or ','.", file.name)])
    return stated


def _delimiter(file: Path, body: bytes, encoding: str) -> str:
    """Return the character that cuts every row into as many cells as the header; one column needs none."""
    whole = body if len(body) <= LONGEST_LINE else body[: body.rfind(b"\n", 0, LONGEST_LINE)]
    text = whole.decode("utf-8-sig" if encoding.startswith("utf") else encoding)
    widths = {mark: _widths(text, mark) for mark in DELIMITERS}
    even = {mark: w[0] for mark, w in widths.items() if w[0] > 1 and len(set(w)) == 1}
    split = even or {mark: w[0] for mark, w in widths.items() if w[0] > 1}
    if len(split) > 1:
        marks = " or ".join(DELIMITERS[mark] for mark in split)
        message = f"Columns could be separated by {marks}."
        raise ProblemsFound([Problem(UNDECIDED, message, "Choose one with --delimiter.", file.name, 1)])
    return next(iter(split), ",")


def _widths(text: str, delimiter: str) -> list[int]:
    """Return the number of cells in each of the first rows; one where this delimiter makes no table of them."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return [len(row) for row in itertools.islice(reader, _SAMPLE_ROWS) if row] or [1]
    except csv.Error:
        return [1]


_WITH_COMMA = rb"(?:^|[%s\"])[ ]*-?\d+,\d+[ ]*(?=[%s\"\r\n]|$)"
_WITH_POINT = rb"(?:^|[%s\"])[ ]*-?\d*\.\d+[ ]*(?=[%s\"\r\n]|$)"


def _decimal(file: Path, raw: bytes, delimiter: str) -> str:
    """Return a comma where whole cells are numbers with one; both marks in one file are left to the person."""
    comma = _first(_WITH_COMMA, raw, delimiter) if delimiter != "," or b'"' in raw else None
    if comma is None:
        return "."
    point = _first(_WITH_POINT, raw, delimiter)
    if point is not None:
        message = f"Some cells have a decimal comma ({comma}) and some a decimal point ({point})."
        raise ProblemsFound([Problem(UNDECIDED, message, "Choose one with --decimal.", file.name)])
    return ","


def _first(pattern: bytes, raw: bytes, delimiter: str) -> str | None:
    """Return the first number of this kind that fills a cell; a comma between quotes counts where commas delimit."""
    mark = re.escape(delimiter.encode())
    if delimiter == "," and pattern is _WITH_COMMA:
        match = re.search(rb'"\s*-?\d+,\d+\s*"', raw)
    else:
        match = re.search(pattern % (mark, mark), raw, re.MULTILINE)
    return match[0].decode().strip(' ,;|\t"\r\n') if match else None
