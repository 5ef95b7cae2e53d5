"""Answers to instruments: true scores that share well-being, and items that follow them by steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pilotage.data.simulate.calibrate import calibrated
from pilotage.data.simulate.effects import ChangeDesign
from pilotage.data.simulate.model import Model
from pilotage.data.simulate.people import SimulatedPerson
from pilotage.data.simulate.scenario import Chance, Scenario
from pilotage.data.simulate.unmet import unmet
from pilotage.instruments.definition import Instrument
from pilotage.problems import Problem, refuse
from pilotage.protocol.load import LoadedProtocol
from pilotage.protocol.protocol import Protocol
from pilotage.protocol.simulation import ScaleTarget, Simulation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Codes = NDArray[np.int64]


@dataclass(frozen=True)
class SharedCourse:
    """What all instruments have in common: who changes, how much of the change is there when, and well-being."""

    changes: NDArray[np.bool_]
    """For each person."""
    progress: Array
    """The share of the whole change at each occasion: 0, 1, and what is retained."""
    well_being: Array
    """True scores, (people, occasions)."""
    stability: float
    shared: float


def answers(
    everyone: Sequence[SimulatedPerson],
    loaded: LoadedProtocol,
    simulation: Simulation,
    scenario: Scenario,
    chance: Chance,
) -> dict[tuple[str, str], Codes]:
    """Return the codes everyone would answer with, by assessment and instrument: arrays (people, items)."""
    protocol = loaded.protocol
    codes_of: dict[tuple[str, str], Codes] = {}
    problems: list[Problem] = []
    for name, instrument in loaded.instruments.items():
        assessments = [a.id for a in protocol.assessments if name in protocol.instruments_at(a)]
        if not assessments:
            continue
        course = _course(everyone, protocol, simulation, len(assessments), chance)
        model = model_of(instrument, protocol, simulation, scenario)
        if model is not None and not _unreliable(instrument, protocol, scenario):
            problems += unmet(model, _targets(instrument, simulation), design(protocol, simulation))
        codes = _drawn(model, instrument, course, chance)
        codes_of |= {(assessment, name): codes[:, t] for t, assessment in enumerate(assessments)}
    refuse(problems)
    return codes_of


def model_of(instrument: Instrument, protocol: Protocol, simulation: Simulation, scenario: Scenario) -> Model | None:
    """Return the calibrated model of an instrument; None when its key is not known: there is nothing to aim at."""
    if not instrument.scales:
        return None
    targets = _targets(instrument, simulation)
    if _unreliable(instrument, protocol, scenario):
        targets = {scale: _less_reliable(target, scenario.alpha_kept) for scale, target in targets.items()}
    switches = protocol.analysis.switches.get(instrument.id, {})
    return calibrated(instrument, switches, targets, design(protocol, simulation))


def design(protocol: Protocol, simulation: Simulation) -> ChangeDesign:
    """Return how many people change and how many do not."""
    arms = _changing_arms(protocol, simulation)
    sizes = {arm: sum(groups) for arm, groups in simulation.people.items()}
    changed = sum(size for arm, size in sizes.items() if arm in arms)
    return ChangeDesign(changed, sum(sizes.values()) - changed, simulation.stability)


def _changing_arms(protocol: Protocol, simulation: Simulation) -> list[str]:
    return simulation.changed or [arm.id for arm in protocol.arms if arm.programme]


def _targets(instrument: Instrument, simulation: Simulation) -> dict[str, ScaleTarget]:
    prefix = f"{instrument.id}."
    return {t.scale.removeprefix(prefix): t for t in simulation.scales if t.scale.startswith(prefix)}


def _unreliable(instrument: Instrument, protocol: Protocol, scenario: Scenario) -> bool:
    """Return whether this is the instrument that a scenario spoils: the study's last."""
    return scenario.alpha_kept < 1 and instrument.id == protocol.instruments[-1]


def _less_reliable(target: ScaleTarget, kept: float) -> ScaleTarget:
    """Return the scale with items that have little in common; their own spread is left to be the usual one."""
    alpha = None if target.alpha is None else kept * target.alpha
    return target.model_copy(update={"alpha": alpha, "sd": None})


def _course(
    everyone: Sequence[SimulatedPerson], protocol: Protocol, simulation: Simulation, occasions: int, chance: Chance
) -> SharedCourse:
    arms = _changing_arms(protocol, simulation)
    progress = np.array([0.0, 1.0, *[simulation.retained] * occasions])[:occasions]
    well_being = _scores(chance.of("well-being"), (len(everyone),), occasions, simulation.stability)
    changes = np.array([person.arm in arms for person in everyone])
    return SharedCourse(changes, progress, well_being, simulation.stability, simulation.shared)


def _scores(rng: np.random.Generator, shape: tuple[int, ...], occasions: int, stability: float) -> Array:
    """Return standard normal scores (people, occasions, ...) that correlate alike between any two occasions."""
    people, *rest = shape
    trait = rng.standard_normal((people, 1, *rest))
    state = rng.standard_normal((people, occasions, *rest))
    scores: Array = np.sqrt(stability) * trait + np.sqrt(1 - stability) * state
    return scores


def _drawn(model: Model | None, instrument: Instrument, course: SharedCourse, chance: Chance) -> Codes:
    """Return codes of everyone at every occasion: (people, occasions, items of the form)."""
    people, occasions = course.well_being.shape
    rng = chance.of("answers", instrument.id)
    response = instrument.response
    steps = response.maximum - response.minimum
    codes = response.minimum + rng.binomial(steps, 0.5, size=(people, occasions, instrument.items))
    if model is not None:
        scored = np.array(model.keyed.items) - 1
        codes[:, :, scored] = _scored(model, course, rng)
    return codes


def _scored(model: Model, course: SharedCourse, rng: np.random.Generator) -> Codes:
    people, occasions = course.well_being.shape
    own = _scores(rng, (people, len(model.keyed.domains)), occasions, course.stability)
    facets = _scores(rng, (people, int(model.facet.max()) + 1), occasions, course.stability)
    signs = np.array([domain.improves for domain in model.keyed.domains])
    general = np.sqrt(course.shared) * signs * course.well_being[:, :, None] + np.sqrt(1 - course.shared) * own
    chance_part = rng.standard_normal((people, occasions, len(model.keyed.items)))
    variable = (
        np.sqrt(model.common * model.general) * general[:, :, model.domain]
        + np.sqrt(model.common * (1 - model.general)) * facets[:, :, model.facet]
        + np.sqrt(1 - model.common) * chance_part
    )
    variable += course.changes[:, None, None] * course.progress[None, :, None] * model.shift
    passed = (variable[..., None] > model.steps.cuts).sum(axis=-1)
    codes: Codes = model.keyed.codes[np.arange(len(model.keyed.items)), passed]
    return codes


def with_blanks(codes: Codes, share: float, *, finished: bool, rng: np.random.Generator) -> list[int | None]:
    """Return one person's answers with some left blank, and none after the item where the person stopped.

    Most people leave hardly any blank and a few leave many, which a gamma variable of mean 1 brings about.
    """
    blank = rng.random(len(codes)) < share * rng.gamma(0.4, 1 / 0.4)
    stopped = int(rng.integers(len(codes) // 3, len(codes))) if not finished else len(codes)
    return [None if blank[i] or i >= stopped else int(code) for i, code in enumerate(codes)]


def changed_a_little(codes: Codes, instrument: Instrument, rng: np.random.Generator) -> Codes:
    """Return the same person's answers a day later: one in ten is a step away."""
    step = rng.choice([-1, 0, 1], p=[0.05, 0.9, 0.05], size=len(codes))
    clipped: Codes = np.clip(codes + step, instrument.response.minimum, instrument.response.maximum)
    return clipped
