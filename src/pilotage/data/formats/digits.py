"""Columns of one-digit codes in a plain text table, read by where its delimiters stand."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

BLANK = -1
_CHUNK = 256 * 1024  # fits a processor's cache with its delimiters' places
_NEWLINE, _RETURN, _NOUGHT = 10, 13, 48
_MOST_THREADS = 4


class NotDigitsError(ValueError):
    """The table is not plain enough, or a cell holds more than one digit."""


def read_digits(
    body: bytes, delimiter: str, columns: int, wanted: Sequence[int], blank: Sequence[int] = ()
) -> NDArray[np.int8]:
    """Return some columns of a table whose header is the first line.

    Parameters
    ----------
    body : bytes
        In an encoding that holds ASCII as itself, without quotes.
    delimiter : str
    columns : int
        How many the table has.
    wanted : sequence of int
        Positions from 0, in any order.
    blank : sequence of int
        Digits that stand for a blank.

    Returns
    -------
    array, shape (rows, wanted columns)
        The digits; -1 where a cell is empty.

    Raises
    ------
    NotDigitsError
        When there are quotes, rows of unequal length, or wanted cells with anything but one digit.

    Examples
    --------
    >>> read_digits(b"id,q1,q2\\na,3,\\nb,1,5\\n", ",", 3, [2, 1])
    array([[-1,  3],
           [ 5,  1]], dtype=int8)
    """
    chunks = list(_chunks(body))
    if b'"' in body or not chunks:
        raise NotDigitsError
    mark = ord(delimiter)

    ending = b"\r\n" if body[: chunks[0][0]].endswith(b"\r\n") else b"\n"
    text = np.frombuffer(body if body.endswith(b"\n") else body + ending, np.uint8)

    def part(bounds: tuple[int, int]) -> NDArray[np.int8]:
        return _part(text[slice(*bounds)], mark, columns, wanted, blank)

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as pool:
        return np.concatenate(list(pool.map(part, chunks)))


def _chunks(body: bytes) -> Iterator[tuple[int, int]]:
    """Return bounds of pieces of whole lines, without the header."""
    start = body.find(b"\n") + 1
    while start < len(body):
        end = body.rfind(b"\n", start, start + _CHUNK) + 1
        end = end if start + _CHUNK < len(body) and end > start else len(body) + 2
        yield start, end
        start = end


def _part(text: Bytes, mark: int, columns: int, wanted: Sequence[int], blank: Sequence[int]) -> NDArray[np.int8]:
    newline = text == _NEWLINE
    separators = np.flatnonzero(newline | (text == mark))
    rows = np.count_nonzero(newline)
    if len(separators) != rows * columns:
        raise NotDigitsError
    places = np.empty(len(separators) + 1, np.int32)
    places[0], places[1:] = -1, separators
    before, ends = places[:-1].reshape(rows, columns), places[1:].reshape(rows, columns)
    closing = ends[:, -1]
    if not newline[closing].all():
        raise NotDigitsError
    if (text[closing - 1] == _RETURN).all():
        ends = ends.copy()
        ends[:, -1] -= 1
    return _digits(text, _columns(ends, wanted), _columns(before, wanted), blank)


def _columns(places: NDArray[np.int32], wanted: Sequence[int]) -> NDArray[np.int32]:
    """Return the wanted columns; a view where they stand side by side."""
    first, last = wanted[0], wanted[-1]
    return places[:, first : last + 1] if list(wanted) == list(range(first, last + 1)) else places[:, list(wanted)]


def _digits(text: Bytes, ends: NDArray[np.int32], before: NDArray[np.int32], blank: Sequence[int]) -> NDArray[np.int8]:
    width = ends - before
    if width.max() > 2:
        raise NotDigitsError
    empty = width == 1
    codes = text.take(ends - 1)
    codes -= _NOUGHT  # what is below the nought wraps far above the nine
    np.copyto(codes, 0, where=empty)
    if codes.max() > 9:
        raise NotDigitsError
    digits = codes.view(np.int8)
    for code in blank:
        empty |= digits == code
    np.copyto(digits, BLANK, where=empty)
    return digits
