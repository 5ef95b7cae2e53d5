"""Answers as response codes in small integers, column by column; what is no code is refused."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]

_MARK = 255  # stands for a blank on the way
_SLICE = 4_096  # people turned to small integers together, so that all their columns stay in the cache


class NotCodesError(ValueError):
    """An answer is neither one of the response codes nor blank."""


def small_codes(answers: Array, lowest: int, highest: int, blank: int | None = None) -> tuple[Array, Array | None]:
    """Return the codes, 0 where blank, and 1 where blank, or None when nothing is.

    Parameters
    ----------
    answers : array, shape (people, items)
        Floats with NaN where blank, or integers in which ``blank``, if given, stands for a blank.
    lowest, highest : int
        The response codes.
    blank : int, optional

    Returns
    -------
    codes, empty : arrays, shape (items, people)
        In eight bits without a sign, or in 32 bits where the codes do not fit these. The codes may be a view of
        the answers.

    Raises
    ------
    NotCodesError
        When an answer is neither a code nor blank.
    """
    if lowest < 0 or highest >= _MARK:
        return _wide(answers, lowest, highest, blank)
    rows, blanks = _marked(answers, highest, blank)
    if rows.min(initial=_MARK) < lowest:
        raise NotCodesError
    empty = rows == _MARK if blanks else None
    if empty is not None:
        rows *= ~empty
    stray = empty is not None and np.count_nonzero(empty) != blanks
    if stray or rows.max(initial=0) > highest:
        raise NotCodesError
    return rows, None if empty is None else empty.view(np.uint8)


def _marked(answers: Array, highest: int, blank: int | None) -> tuple[Array, int]:
    """Return the items by people in eight bits, blanks marked, and how many there are."""
    if answers.dtype == np.int8 and highest > 127:
        answers = answers.astype(np.int16)  # else -3 would pass for 253
    if blank is None and answers.itemsize == 1 and answers.strides[0] == 1:
        return answers.T.view(np.uint8), 0
    rows, blanks = np.empty(answers.shape[::-1], np.uint8), 0
    for start in range(0, len(answers), _SLICE):
        part = answers[start : start + _SLICE]
        with np.errstate(invalid="ignore"):  # a blank becomes some integer or other, which the mark overwrites
            codes = part.view(np.uint8) if part.itemsize == 1 else part.astype(np.uint8)
        none = _blanks(part, codes, blank)
        if none is not None:
            codes = codes | -none.view(np.uint8)  # sets every bit, which is the mark
            blanks += int(np.count_nonzero(none))
        rows[:, start : start + _SLICE] = codes.T
    return rows, blanks


def _blanks(answers: Array, codes: Array, blank: int | None) -> Array | None:
    """Return where answers are blank, None where none is; anything else that the small integers changed is no code."""
    changed = answers != codes if answers.itemsize > 1 else None
    if answers.dtype.kind == "f":
        none = changed
        sound = changed is None or np.isnan(answers[changed]).all()
    else:
        none = answers == blank if blank is not None else None
        sound = changed is None or bool(np.all(answers[changed] == blank))
    if not sound:
        raise NotCodesError
    return none if none is not None and none.any() else None


def _wide(answers: Array, lowest: int, highest: int, blank: int | None) -> tuple[Array, Array | None]:
    """Return the same for codes below 0 or above 254."""
    none = np.isnan(answers) if answers.dtype.kind == "f" else answers == blank
    filled = np.where(none, 0, answers)
    if not np.all(none | ((filled >= lowest) & (filled <= highest) & (filled == np.rint(filled)))):
        raise NotCodesError
    rows = np.ascontiguousarray(filled.T).astype(np.int32)
    return rows, np.ascontiguousarray(none.T).view(np.uint8) if none.any() else None
