"""Answers in, scores out: by the instrument's own key, totals and rule for blanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pilotage.instruments.definition import Instrument
from pilotage.problems import ProblemsFound
from pilotage.scoring.codes import NotCodesError
from pilotage.scoring.kernel import add_up
from pilotage.scoring.ranges import Places, out_of_range
from pilotage.scoring.rule import CompositeRule, rule_of


@dataclass(frozen=True, slots=True)
class ScaleScores:
    """The scores of everyone on one scale.

    Attributes
    ----------
    score : array of float, shape (people,)
        NaN where the scale is empty, because more of it is blank than the rule allows.
    n_missing : array of int, shape (people,)
        How many of the scale's items are blank.
    """

    score: NDArray[np.float64]
    n_missing: NDArray[np.int16]


def score(
    instrument: Instrument,
    answers: NDArray[Any],
    switches: Mapping[str, str] | None = None,
    *,
    blank: int | None = None,
    places: Places | None = None,
) -> dict[str, ScaleScores]:
    """Score everyone's answers on every scale of an instrument.

    Parameters
    ----------
    instrument : Instrument
    answers : array, shape (people, items)
        In the order of the form, fillers included: floats with NaN where blank, or integers.
    switches : mapping of str to str, optional
        Choices between keys that sources disagree on, such as ``{"item-23": "disagree"}``.
    blank : int, optional
        The integer that stands for a blank in an array of integers.
    places : Places, optional
        Whose rows and columns these are, for the messages.

    Returns
    -------
    dict of str to ScaleScores
        By scale, in the instrument's order. Sums of integers are exact.

    Raises
    ------
    ProblemsFound
        When the key is not confirmed, a switch is unknown, or answers are out of range: all of them, before
        anything is reversed, and nothing is ever shifted.
    ValueError
        When the array does not have one column for each item.

    Examples
    --------
    >>> from pilotage.instruments.catalogue import load
    >>> scores = score(load("pss-4"), np.array([[0, 4, 4, 0], [4, 0, np.nan, 4]]))
    >>> scores["total"].score, scores["total"].n_missing
    (array([ 0., nan]), array([0, 1], dtype=int16))
    """
    answers = np.asarray(answers)
    if answers.ndim != 2 or answers.shape[1] != instrument.items:
        raise ValueError(f"{instrument.id} needs answers of shape (people, {instrument.items}), not {answers.shape}")
    if answers.dtype.kind not in "fiub":
        raise ValueError(f"answers must be numbers, not {answers.dtype}")
    rule = rule_of(instrument, switches)
    try:
        sums, blanks = add_up(answers, rule, blank)
    except NotCodesError:
        raise ProblemsFound(out_of_range(instrument, answers, blank, places)) from None
    made = {r.scale: ScaleScores(*pair) for r, *pair in zip(rule.items, sums, blanks, strict=True)}
    waiting = {composite.scale: composite for composite in rule.composites}
    for scale in waiting:
        _compose(scale, waiting, made)
    for scores in made.values():
        scores.score.flags.writeable = scores.n_missing.flags.writeable = False
    return {scale: made[scale] for scale in rule.order}


def _compose(scale: str, rules: Mapping[str, CompositeRule], made: dict[str, ScaleScores]) -> ScaleScores:
    """Return a composite from its parts, which may be composites; empty where a part is."""
    if scale not in made:
        rule = rules[scale]
        parts = [_compose(part, rules, made) for part in rule.parts]
        scores = [
            rule.turned[name] - part.score if name in rule.turned else part.score
            for name, part in zip(rule.parts, parts, strict=True)
        ]
        total = np.sum(scores, axis=0) if rule.sums else np.sum(scores, axis=0) / len(parts)
        blanks = np.asarray(sum(part.n_missing for part in parts), np.int16)
        made[scale] = ScaleScores(total * rule.times, blanks)
    return made[scale]
