"""The additions of scoring, block by block in small integers; what is added is said in `rule`."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotage.scoring.addition import additions, sums
from pilotage.scoring.codes import small_codes
from pilotage.scoring.rule import ItemRule, Rule

Array = NDArray[Any]

_BLOCK = 65_536  # people whose additions are done together: few calls, and each column fits the cache
_MANY = 2 * _BLOCK  # from here on, a second thread repays its start
_MOST_THREADS = 4
_MOST_POINTS = 255


def add_up(answers: Array, rule: Rule, blank: int | None = None) -> tuple[NDArray[np.float64], NDArray[np.int16]]:
    """Return the scores and numbers of blanks of every scale made from items.

    Parameters
    ----------
    answers : array, shape (people, items)
        Floats with NaN where blank, or integers in which ``blank``, if given, stands for a blank.
    rule : Rule
    blank : int, optional

    Returns
    -------
    scores : array of float, shape (scales, people)
        NaN where the scale is empty.
    blanks : array of int, shape (scales, people)

    Raises
    ------
    NotCodesError
        When an answer is neither a response code nor blank; `ranges.out_of_range` says which.
    """
    people, scales = len(answers), rule.items
    scores = np.empty((len(scales), people))
    blanks = np.zeros((len(scales), people), np.int16)
    points = _points(rule)
    turn = rule.lowest + rule.highest if points is None else 0
    plan = additions([(s.kept, s.turned) for s in scales], turn, rule.highest if points is None else points.max())
    plan_missing, plan_turned = (additions([(items, ()) for items in of], 0, 1) for of in _counted(scales))

    def block(start: int, stop: int) -> None:
        here = slice(start, stop)
        codes, empty = small_codes(answers[here], rule.lowest, rule.highest, blank)
        totals = sums(codes if points is None else _scored(codes, empty, rule, points), plan)
        if empty is not None:
            missing, turned = sums(empty, plan_missing), sums(empty, plan_turned)
        for i, scale in enumerate(scales):
            scores[i, here] = totals[i]
            if empty is not None:
                blanks[i, here] = missing[i]
                _mend(scores[i, here], scale, missing[i], turned[i], turn)
            _finish(scores[i, here], scale)

    _each_block(block, people)
    return scores, blanks


def _counted(scales: Sequence[ItemRule]) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    """Return the items whose blanks are counted: all of a scale, and the turned ones."""
    return [scale.items for scale in scales], [scale.turned for scale in scales]


def _each_block(block: Callable[[int, int], None], people: int) -> None:
    """Do all blocks, in as many threads as help; NumPy lets them run side by side."""
    starts = range(0, people, _BLOCK)
    stops = [min(start + _BLOCK, people) for start in starts]
    threads = min(_MOST_THREADS, _processors()) if people >= _MANY else 1
    if threads == 1:
        for start, stop in zip(starts, stops, strict=True):
            block(start, stop)
        return
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(block, starts, stops))


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on Linux
        return os.cpu_count() or 1


def _points(rule: Rule) -> Array | None:
    """Return the points by item and code, in small integers where possible; None where the codes are the scores."""
    if not rule.points:
        return None
    table = np.zeros((max(rule.points) + 1, rule.highest - rule.lowest + 1))
    for item, points in rule.points.items():
        table[item] = [points[code] for code in range(rule.lowest, rule.highest + 1)]
    whole = bool(np.all(table == np.rint(table))) and table.min() >= 0 and table.max() <= _MOST_POINTS
    return table.astype(np.uint8) if whole else table


def _scored(codes: Array, empty: Array | None, rule: Rule, points: Array) -> Array:
    """Return each item's points in place of its codes, none where it is blank."""
    scored = np.zeros(codes.shape, points.dtype)
    for item, table in enumerate(points):
        np.take(table, codes[item] - codes.dtype.type(rule.lowest), out=scored[item], mode="clip")
    if empty is not None:
        scored *= 1 - empty
    return scored


def _mend(score: Array, scale: ItemRule, missing: Array, turned: Array, turn: int) -> None:
    """Put the sums of those with blanks right: the mean of what they answered stands in, or nothing does."""
    some = np.flatnonzero(missing > 0)
    blank = missing[some].astype(float)
    answered = score[some] - turn * turned[some].astype(float)
    n = len(scale.items)
    whole = answered * n / np.maximum(n - blank, 1)
    score[some] = np.where(blank > scale.most_blanks, np.nan, whole)


def _finish(score: Array, scale: ItemRule) -> None:
    if not scale.sums:
        score /= len(scale.items)
    if scale.times != 1:
        score *= scale.times
