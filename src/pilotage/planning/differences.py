"""The difference a trial is planned to find: justified by somebody, and never the one that was observed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind, refuse
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.plan import Outcome

NO_DIFFERENCE = kind("PLAN-001", "The difference that the next trial should detect is missing")
NOT_A_DIFFERENCE = kind("PLAN-002", "A difference is not written as SCALE=NUMBER: REASON")
NOT_AN_OUTCOME = kind("PLAN-003", "A difference is for a scale that is not an outcome of the study")

WHY_NOT_OBSERVED = (
    "The difference that a small study observed is no ground: it varies so much that a trial planned on it is as often "
    "far too small as far too large, and those that looked promising are the ones that were overestimated."
)
NO_REASON = "no reason was given; write it after a colon before anybody relies on these numbers"


@dataclass(frozen=True, slots=True)
class TargetDifference:
    """A difference in mean change between the arms that would matter, in the units of the scale, above 0."""

    scale: str
    label: str
    better: str
    value: float
    why: str
    said_in: str

    @property
    def towards(self) -> float:
        """The difference with its sign: in the direction that is better."""
        return self.value if self.better == "higher" else -self.value


def differences(loaded: LoadedProtocol, written: Sequence[str]) -> tuple[TargetDifference, ...]:
    """Return the differences given by the user, and else those the protocol names for its outcomes.

    Raises
    ------
    ProblemsFound
        When one is not written as it should be, is for no outcome of the study, or there is none at all.
    """
    if written:
        return _from_options(loaded, written)
    important = tuple(
        TargetDifference(o.scale, o.label, o.better, least.value, least.why, "the protocol")
        for o in all_outcomes(loaded)
        if (least := o.minimal_important_difference) is not None
    )
    refuse([] if important else [_none(loaded)])
    return important


def all_outcomes(loaded: LoadedProtocol) -> list[Outcome]:
    """Return the main and the secondary outcomes, in the plan's order."""
    return [outcome for role, outcome in loaded.protocol.analysis.outcomes_by_role() if role != "if_reliable"]


def _none(loaded: LoadedProtocol) -> Problem:
    first = loaded.protocol.analysis.outcomes.main[0].scale
    message = f"The smallest difference that would matter is missing. {WHY_NOT_OBSERVED}"
    remedy = (
        f"Add it for an outcome, in the scale's own units and with the reason: --difference '{first}=NUMBER: why'. "
        "Or write minimal_important_difference: {value: ..., why: ...} under the outcome in the protocol."
    )
    return Problem(NO_DIFFERENCE, message, remedy)


def _from_options(loaded: LoadedProtocol, written: Sequence[str]) -> tuple[TargetDifference, ...]:
    known = {outcome.scale: outcome for outcome in all_outcomes(loaded)}
    read: list[TargetDifference] = []
    problems: list[Problem] = []
    for text in written:
        try:
            read.append(_read(text, known))
        except ProblemsFound as wrong:
            problems += wrong.problems
    refuse(problems)
    return tuple(read)


def _read(text: str, known: dict[str, Outcome]) -> TargetDifference:
    name, _, rest = text.partition("=")
    number, _, why = rest.partition(":")
    value = _number(number)
    if value is None:
        message = f"'{text}' is not a difference: it needs a scale, a number above 0 and a reason."
        example = next(iter(known))
        raise ProblemsFound(
            [Problem(NOT_A_DIFFERENCE, message, f"Write it as --difference '{example}=2.5: the reason'.")]
        )
    outcome = known.get(name.strip())
    if outcome is None:
        message = f"'{name.strip()}' is not an outcome of this study.{did_you_mean(name.strip(), known)}"
        raise ProblemsFound([Problem(NOT_AN_OUTCOME, message, f"Its outcomes are: {', '.join(known)}.")])
    return TargetDifference(
        outcome.scale, outcome.label, outcome.better, value, why.strip() or NO_REASON, "the command"
    )


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and value > 0 else None
