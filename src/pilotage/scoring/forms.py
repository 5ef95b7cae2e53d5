"""A short form scored from a longer administration that holds the same items."""

from __future__ import annotations

from typing import Any

from numpy.typing import NDArray

from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind

NOT_TAKEN_FROM = kind("SCORE-004", "The items of a short form are not mapped to those of the longer form")
OTHER_RESPONSES = kind("SCORE-005", "Two forms are answered on different scales")


def items_in(short: Instrument, longer: Instrument) -> tuple[int, ...]:
    """Return the number in the longer form of each item of the short form, in the short form's order.

    Raises
    ------
    ProblemsFound
        When nobody has said where the items stand, or the two forms are answered by different codes.

    Examples
    --------
    >>> from pilotage.instruments.catalogue import load
    >>> items_in(load("pss-4"), load("pss-10"))
    (2, 4, 5, 10)
    """
    known = short.taken_from
    if longer.id not in known:
        has = f"It can be taken from: {', '.join(known)}." if known else "No longer form is known for it."
        message = f"The items of '{short.id}' are not mapped to '{longer.id}'.{did_you_mean(longer.id, known)}"
        raise ProblemsFound([Problem(NOT_TAKEN_FROM, message, has)])
    theirs, ours = longer.response, short.response
    if (theirs.minimum, theirs.maximum) != (ours.minimum, ours.maximum):
        message = (
            f"'{short.id}' is answered {ours.minimum}-{ours.maximum}, '{longer.id}' {theirs.minimum}-{theirs.maximum}."
        )
        raise ProblemsFound([Problem(OTHER_RESPONSES, message, "Answers are never shifted: recode them in the file.")])
    return tuple(known[longer.id])


def take(short: Instrument, longer: Instrument, answers: NDArray[Any]) -> NDArray[Any]:
    """Return the short form's answers out of those to the longer form, people by items."""
    return answers[:, [n - 1 for n in items_in(short, longer)]]
