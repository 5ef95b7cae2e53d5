"""The protocol's criteria in a simulated study: what is true of each, and which light so many people would show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np

from pilotage.protocol.feasibility import Indicator
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import NumberTarget, Simulation
from pilotage.stats.incomplete import beta_tails
from pilotage.vocabulary import JUDGED_LIGHTS, Light

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIGHTS: tuple[str, ...] = tuple(light.value for light in JUDGED_LIGHTS)
"""The lights as they are written to files, in the order of `JUDGED_LIGHTS`."""

Decision = Literal["go", "amend", "stop"]
DECISIONS: tuple[Decision, ...] = ("go", "amend", "stop")


@dataclass(frozen=True, slots=True)
class SimulatedCriterion:
    """One criterion with what is assumed to be true of it.

    Attributes
    ----------
    id, label : str
    kind : {"retained", "share", "mean"}
        People retained are those of the simulated trial itself; other shares and means are drawn.
    truth : float
        The true share or mean.
    spread : float
        SD of one person's value, for a mean.
    of : {"taught", "all"}
        Whom it is of.
    asked : float
        Share of them who answer.
    rises : bool
        Whether more is better.
    green, red : float
        The limits; on the limit counts as the protocol's relation says.
    green_holds, red_holds : bool
        Whether a value on the limit is green, or red.
    """

    id: str
    label: str
    kind: Literal["retained", "share", "mean"]
    truth: float
    spread: float
    of: Literal["taught", "all"]
    asked: float
    rises: bool
    green: float
    red: float
    green_holds: bool
    red_holds: bool

    def lights(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Return the place of each value's light in `JUDGED_LIGHTS`."""
        sign = 1.0 if self.rises else -1.0
        v, green, red = sign * values, sign * self.green, sign * self.red
        is_green = v >= green if self.green_holds else v > green
        is_red = v <= red if self.red_holds else v < red
        lights: NDArray[np.int64] = np.where(is_green, 0, np.where(is_red, 2, 1))
        return lights

    @property
    def true_light(self) -> Light:
        """The light that the truth itself has."""
        return JUDGED_LIGHTS[int(self.lights(np.array([self.truth]))[0])]

    def people(self, taught: int, everyone: int) -> int:
        """Return how many it is measured in."""
        return max(round(self.asked * (taught if self.of == "taught" else everyone)), 1)


def criteria(loaded: LoadedProtocol, attrition: float) -> tuple[tuple[SimulatedCriterion, ...], dict[str, str]]:
    """Return the criteria that can be simulated, and why each of the others cannot."""
    feasibility, simulation = loaded.protocol.feasibility, loaded.protocol.simulation
    simulated: list[SimulatedCriterion] = []
    left: dict[str, str] = {}
    for domain in feasibility.domains if feasibility else []:
        for indicator in domain.indicators:
            if indicator.criterion is None or simulation is None:
                continue
            truth = _truth(indicator, loaded.protocol, simulation, attrition)
            if isinstance(truth, str):
                left[indicator.label] = truth
            else:
                simulated.append(_criterion(indicator, loaded.protocol, *truth))
    return tuple(simulated), left


_Truth = tuple[Literal["retained", "share", "mean"], float, float, float]
"""Kind, true value, spread, and share of the people who answer."""


def _criterion(
    indicator: Indicator,
    protocol: Protocol,
    kind: Literal["retained", "share", "mean"],
    truth: float,
    spread: float,
    answering: float,
) -> SimulatedCriterion:
    rule = indicator.criterion
    assert rule is not None
    taught = {arm.id for arm in protocol.arms if arm.programme}
    return SimulatedCriterion(
        id=indicator.id,
        label=indicator.label,
        kind=kind,
        truth=truth,
        spread=spread,
        of="taught" if indicator.arms and set(indicator.arms) <= taught else "all",
        asked=answering,
        rises=rule.green.relation.startswith(">"),
        green=rule.green.value,
        red=rule.red.value,
        green_holds="=" in rule.green.relation,
        red_holds="=" in rule.red.relation,
    )


def _truth(indicator: Indicator, protocol: Protocol, simulation: Simulation, attrition: float) -> _Truth | str:
    """Return what the protocol's own targets make true of an indicator, or why that is not known."""
    if indicator.of == "administrations" and indicator.assessment in protocol.analysis.comparisons[0].assessments[1:]:
        return "retained", 1 - attrition, 0.0, 1.0
    if indicator.of == "attendance" and protocol.programme is not None:
        sessions, least = protocol.programme.delivered.sessions, indicator.at_least or 1
        return "share", at_least(least, sessions, simulation.attendance), 0.0, 1.0
    if indicator.measure == "mean":
        return _mean(indicator, protocol, simulation)
    if indicator.measure == "share" and "." in indicator.of:
        return _answered(indicator, protocol, simulation)
    return "the protocol's simulation has no target for it"


def at_least(least: int, of: int, probability: float) -> float:
    """Return the probability of at least so many successes: a tail of the beta distribution."""
    if least <= 0:
        return 1.0
    if least > of:
        return 0.0
    return beta_tails(least, of - least + 1, probability, 1 - probability)[0]


def _answered(indicator: Indicator, protocol: Protocol, simulation: Simulation) -> _Truth | str:
    target = next((t for t in simulation.answers if t.item == indicator.of and t.arm is None and t.counts), None)
    if target is None:
        return "the protocol's simulation has no target for its answers"
    whole = sum(target.counts.values())
    chosen = sum(target.counts.get(code, 0) for code in indicator.counts)
    return "share", chosen / whole, 0.0, _returned(indicator.of, protocol, simulation)


def _mean(indicator: Indicator, protocol: Protocol, simulation: Simulation) -> _Truth | str:
    derived = {variable.id: variable for variable in protocol.derived}
    numbers = _number(indicator.of, simulation)
    parts = [numbers] if numbers else []
    if not parts and indicator.of in derived:
        parts = [n for item in derived[indicator.of].sum if (n := _number(item, simulation)) is not None]
        if len(parts) < len(derived[indicator.of].sum):
            parts = []
    if not parts:
        return "the protocol's simulation has no target for its answers"
    divisor = indicator.relative_to.value if indicator.relative_to else 1.0
    item = indicator.of if "." in indicator.of else derived[indicator.of].sum[0]
    mean, variance = sum(p.mean for p in parts), sum(p.sd**2 for p in parts)
    return "mean", mean / divisor, float(np.sqrt(variance)) / divisor, _returned(item, protocol, simulation)


def _number(item: str, simulation: Simulation) -> NumberTarget | None:
    return next((t.number for t in simulation.answers if t.item == item and t.arm is None and t.number), None)


def _returned(item: str, protocol: Protocol, simulation: Simulation) -> float:
    """Return the share of people asked who return the item's form, by the targets."""
    form = item.partition(".")[0]
    if form not in simulation.completed:
        return 1.0
    assessment = next((a for a in protocol.assessments if form in a.forms), None)
    people = sum(sum(simulation.people.get(arm, [])) for arm in (assessment.arms if assessment else simulation.people))
    return min(simulation.completed[form] / people, 1.0) if people else 1.0


def draw_lights(
    judged: tuple[SimulatedCriterion, ...],
    retained: NDArray[np.bool_],
    taught: int,
    rng: np.random.Generator,
) -> NDArray[np.int64]:
    """Draw the light of each criterion in each trial: places in `JUDGED_LIGHTS`, shape (trials, criteria).

    ``retained`` says who is there after, (trials, people) with those taught first. A mean is drawn as a normal one.
    """
    trials, everyone = retained.shape
    lights = np.empty((trials, len(judged)), dtype=np.int64)
    for k, criterion in enumerate(judged):
        n = criterion.people(taught, everyone)
        if criterion.kind == "retained":
            whom = retained[:, :taught] if criterion.of == "taught" else retained
            values = whom.mean(axis=1)
        elif criterion.kind == "share":
            values = rng.binomial(n, criterion.truth, size=trials) / n
        else:
            values = criterion.truth + criterion.spread / np.sqrt(n) * rng.standard_normal(trials)
        lights[:, k] = criterion.lights(values)
    return lights


def decisions(lights: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the place in `DECISIONS` of each row's decision: all green go, any red stop, else amend."""
    worst: NDArray[np.int64] = lights.max(axis=1, initial=0)
    return worst


def light_probabilities(criterion: SimulatedCriterion, truth: float, n: int) -> dict[Light, float]:
    """Return the exact probability of each light of a share, were ``truth`` true, in n people."""
    values = np.arange(n + 1) / n
    lights = criterion.lights(values)
    tails = [at_least(k, n, truth) for k in range(n + 2)] if 0 < truth < 1 else None
    weights = np.array([tails[k] - tails[k + 1] for k in range(n + 1)]) if tails else (values == truth).astype(float)
    return {light: float(weights[lights == place].sum()) for place, light in enumerate(JUDGED_LIGHTS)}
