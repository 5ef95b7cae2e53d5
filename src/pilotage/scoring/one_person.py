"""One person's score on one scale in plain Python, for a server that must not load NumPy to raise an alert."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pilotage.instruments.definition import Instrument
from pilotage.scoring.rule import ItemRule, Rule, rule_of


def score_one(
    instrument: Instrument, scale: str, answers: Sequence[float | None], switches: Mapping[str, str] | None = None
) -> float | None:
    """Return the score of one person by the same rule as `score`; None where more is blank than the rule allows.

    Parameters
    ----------
    instrument : Instrument
    scale : str
        The id of a scale of the instrument.
    answers : sequence of float or None
        Response codes in the order of the form, fillers included; None where blank.
    switches : mapping of str to str, optional
        Choices between keys that sources disagree on.

    Raises
    ------
    ProblemsFound
        When the key is not confirmed, or a switch is unknown.
    ValueError
        When the instrument has no such scale.

    Examples
    --------
    >>> from pilotage.instruments.catalogue import load
    >>> score_one(load("pss-4"), "total", [4, 0, 0, 4]), score_one(load("pss-4"), "total", [4, 0, None, 4])
    (16.0, None)
    """
    rule = rule_of(instrument, switches)
    return _scale(rule, instrument.scale(scale).id, answers)


def _scale(rule: Rule, scale: str, answers: Sequence[float | None]) -> float | None:
    of_items = next((item_rule for item_rule in rule.items if item_rule.scale == scale), None)
    if of_items is not None:
        return _from_items(rule, of_items, answers)
    composite = next(item_rule for item_rule in rule.composites if item_rule.scale == scale)
    parts: list[float] = []
    for name in composite.parts:
        part = _scale(rule, name, answers)
        if part is None:
            return None
        parts.append(composite.turned[name] - part if name in composite.turned else part)
    return sum(parts) / (1 if composite.sums else len(parts)) * composite.times


def _from_items(rule: Rule, scale: ItemRule, answers: Sequence[float | None]) -> float | None:
    points = [_points(rule, scale, position, answers[position]) for position in scale.items]
    answered = [point for point in points if point is not None]
    if not answered or len(points) - len(answered) > scale.most_blanks:
        return None
    total = sum(answered) * len(points) / len(answered)
    return total / (1 if scale.sums else len(points)) * scale.times


def _points(rule: Rule, scale: ItemRule, position: int, answer: float | None) -> float | None:
    """Return what an answer counts for: its points where the key has some, else itself, turned round or not."""
    if answer is None:
        return None
    if position in rule.points:
        return rule.points[position][int(answer)]
    return rule.lowest + rule.highest - answer if position in scale.turned else float(answer)
