"""What scoring an instrument comes to under the choices made: which items are added, which turned, what blanks do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pilotage.instruments.definition import Instrument, Scale
from pilotage.problems import Problem, ProblemsFound, did_you_mean, kind

NOT_CONFIRMED = kind("SCORE-001", "The instrument's key is not confirmed, so it cannot be scored")
NO_SUCH_SWITCH = kind("SCORE-002", "A switch or its choice is unknown")


@dataclass(frozen=True)
class ItemRule:
    """How one scale is made from answers; items are positions from 0.

    An answer in ``kept`` enters as it is, one in ``turned`` as lowest + highest code - answer. Up to
    ``most_blanks`` blanks, the mean of the answered items stands in for each.
    """

    scale: str
    kept: tuple[int, ...]
    turned: tuple[int, ...]
    sums: bool
    times: float
    most_blanks: int

    @property
    def items(self) -> tuple[int, ...]:
        """The items that enter, kept ones first."""
        return self.kept + self.turned


@dataclass(frozen=True)
class CompositeRule:
    """How one scale is made from others; those in ``turned`` enter as the given constant minus their score."""

    scale: str
    parts: tuple[str, ...]
    turned: Mapping[str, float]
    sums: bool
    times: float


@dataclass(frozen=True)
class Rule:
    """How a whole instrument is scored."""

    lowest: int
    highest: int
    points: Mapping[int, Mapping[int, float]]
    items: tuple[ItemRule, ...]
    composites: tuple[CompositeRule, ...]
    order: tuple[str, ...]


def rule_of(instrument: Instrument, switches: Mapping[str, str] | None = None) -> Rule:
    """Return the rule by which an instrument is scored.

    Raises
    ------
    ProblemsFound
        When the key is not confirmed, or a switch or choice is not one of the instrument's.
    """
    if not instrument.scales:
        raise ProblemsFound([_not_confirmed(instrument)])
    chosen = dict(switches or {})
    if problems := [p for name, choice in chosen.items() if (p := _switch_problem(instrument, name, choice))]:
        raise ProblemsFound(problems)
    return Rule(
        instrument.response.minimum,
        instrument.response.maximum,
        {n - 1: instrument.points[name] for n, name in instrument.keying(chosen).items()},
        tuple(_item_rule(instrument, scale) for scale in instrument.scales if not scale.of),
        tuple(_composite_rule(instrument, scale) for scale in instrument.scales if scale.of),
        tuple(scale.id for scale in instrument.scales),
    )


def _item_rule(instrument: Instrument, scale: Scale) -> ItemRule:
    items = instrument.items_of(scale)
    turned = set(instrument.reversed_in(scale))
    blanks = instrument.missing_of(scale)
    return ItemRule(
        scale.id,
        tuple(n - 1 for n in items if n not in turned),
        tuple(n - 1 for n in items if n in turned),
        scale.sums,
        scale.times,
        blanks.most_blanks(len(items)) if blanks.rule == "prorate" else 0,
    )


def _composite_rule(instrument: Instrument, scale: Scale) -> CompositeRule:
    turned = {part: sum(instrument.range_of(instrument.scale(part))) for part in scale.reverse_scales}
    return CompositeRule(scale.id, tuple(scale.of), turned, scale.sums, scale.times)


def _not_confirmed(instrument: Instrument) -> Problem:
    key = instrument.key
    message = f"'{instrument.id}' cannot be scored, because nobody could confirm its key. {key.lacks}".rstrip()
    remedy = f"Ask: {key.ask} " if key.ask else ""
    remedy += (
        "Copy its instrument.yaml into your study's instruments folder, or anywhere, add the reversed items, the "
        "scales and where they come from, and use your file in place of the id: then it scores."
    )
    return Problem(NOT_CONFIRMED, message, remedy)


def _switch_problem(instrument: Instrument, name: str, choice: str) -> Problem | None:
    by_name = {switch.id: switch for switch in instrument.switches}
    if name not in by_name:
        has = f"It has: {', '.join(by_name)}." if by_name else "It has none."
        near = did_you_mean(name, by_name)
        return Problem(NO_SUCH_SWITCH, f"'{instrument.id}' has no switch '{name}'.{near}", has)
    choices = [c.id for c in by_name[name].choices]
    if choice in choices:
        return None
    message = f"The switch '{name}' has no choice '{choice}'.{did_you_mean(choice, choices)}"
    return Problem(NO_SUCH_SWITCH, message, f"Its choices are: {', '.join(choices)}.")
