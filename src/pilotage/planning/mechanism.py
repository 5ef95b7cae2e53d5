"""How simulated people answer one scale: the rehearsal's own model of its items, with what a group shares added."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from pilotage.data.simulate.answers import model_of
from pilotage.data.simulate.graded import GradedSteps, covariance, variance_of_sum
from pilotage.data.simulate.scenario import SCENARIOS
from pilotage.formatting import rounded
from pilotage.problems import Problem, ProblemsFound, kind
from pilotage.protocol.load import LoadedProtocol
from pilotage.stats.roots import root_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NO_MODEL = kind("EVALUATE-001", "A scale cannot be simulated, because the protocol has no targets for it")
ICC_TOO_LARGE = kind("EVALUATE-002", "An intraclass correlation is larger than the model allows")
TOO_FAR = kind("EVALUATE-003", "A difference is larger than the range of the scale allows")

_FARTHEST = 4.0  # SDs that an item's variable may move


@dataclass(frozen=True)
class Mechanism:
    """The items of one scale, and how much they share; everything a worker needs, as plain numbers.

    Attributes
    ----------
    cuts : array, shape (items, steps)
        Where an item's normal variable must lie for each further step.
    worth : array, shape (items, steps)
        What passing each step adds to the scale's score.
    lowest : float
        The score of somebody who passes no step.
    common, general : array, shape (items,)
        Share of an item's variable that its facet's items share, and of that the share of the whole domain.
    facet : array of int, shape (items,)
    stability : float
        Correlation of true scores between the assessments.
    shift : float
        How far the variables of those who follow the programme move.
    shared : float
        Share of the occasion's part of the general true score, after the programme, that a group has in common.
    """

    cuts: Array
    worth: Array
    lowest: float
    common: Array
    general: Array
    facet: NDArray[np.int64]
    stability: float
    shift: float = 0.0
    shared: float = 0.0

    @property
    def items(self) -> int:
        """How many items it has."""
        return len(self.cuts)

    def steps(self, shift: float = 0.0) -> GradedSteps:
        """Return the items as steps, with the lowest score put on the first."""
        lowest = np.zeros(self.items)
        lowest[0] = self.lowest
        return GradedSteps(self.cuts - shift, lowest, self.worth)

    @property
    def correlation(self) -> Array:
        """Correlations between items' variables at one assessment; the common share on the diagonal."""
        together = np.sqrt(np.outer(self.common, self.common))
        general = np.sqrt(np.outer(self.general, self.general))
        return together * np.where(self.facet[:, None] == self.facet[None, :], 1.0, general)

    def between_people(self, shared: float) -> Array:
        """Return the correlations between the items of one person and those of another of the same group, after."""
        carried = np.sqrt(self.common * self.general)
        return np.outer(carried, carried) * (1 - self.stability) * shared


@dataclass(frozen=True, slots=True)
class ScoreMoments:
    """What the model's scores come to, without drawing any.

    Attributes
    ----------
    mean, sd : float
        At the first assessment, in both arms.
    difference : float
        The true difference in mean change between the arms: the estimand.
    sd_after : float
        After the programme, in those who followed it.
    correlation : float
        Of the scores before with those after, in those who do not change.
    icc_after, icc_change : float
        Share of the variance after the programme, and of change, that lies between groups.
    lowest, highest : float
        The scores that nobody can be below or above.
    """

    mean: float
    sd: float
    difference: float
    sd_after: float
    correlation: float
    icc_after: float
    icc_change: float
    lowest: float
    highest: float


def mechanism_of(loaded: LoadedProtocol, scale: str) -> Mechanism:
    """Return the mechanism of a scale, from the protocol's own targets, before anything changes.

    Raises
    ------
    ProblemsFound
        When the protocol has no targets of a rehearsal, or the instrument's key is not known.
    """
    simulation, name = loaded.protocol.simulation, scale.partition(".")[0]
    instrument = loaded.instruments[name]
    model = model_of(instrument, loaded.protocol, simulation, SCENARIOS["paper"]) if simulation else None
    if simulation is None or model is None:
        what = "has no 'simulation' block" if simulation is None else f"cannot key '{name}'"
        message = f"'{scale}' cannot be simulated: the protocol {what}."
        raise ProblemsFound([Problem(NO_MODEL, message, "Add targets under 'simulation', or choose another outcome.")])
    view = model.keyed.view(instrument.scale(scale.partition(".")[2]))
    held = np.flatnonzero(view.weights)
    weights = view.weights[held]
    return Mechanism(
        cuts=model.steps.cuts[held],
        worth=model.steps.jumps[held] * weights[:, None],
        lowest=view.constant + float(weights @ model.steps.lowest[held]),
        common=model.common[held],
        general=model.general[held],
        facet=np.unique(model.facet[held], return_inverse=True)[1],
        stability=simulation.stability,
    )


def moments(mechanism: Mechanism) -> ScoreMoments:
    """Return the mean, spread, stability, effect and clustering of the scale's scores, by the series of `graded`."""
    ones = np.ones(mechanism.items)
    before, after = mechanism.steps(), mechanism.steps(mechanism.shift)
    inside = mechanism.correlation
    variance, variance_after = (variance_of_sum(steps, inside, ones) for steps in (before, after))
    same = float(ones @ covariance(before, before, mechanism.stability * inside) @ ones)
    changed = float(ones @ covariance(before, after, mechanism.stability * inside) @ ones)
    group = float(ones @ covariance(after, after, mechanism.between_people(mechanism.shared)) @ ones)
    return ScoreMoments(
        mean=float(before.means.sum()),
        sd=float(np.sqrt(variance)),
        difference=float((after.means - before.means).sum()),
        sd_after=float(np.sqrt(variance_after)),
        correlation=same / variance,
        icc_after=group / variance_after,
        icc_change=group / (variance + variance_after - 2 * changed),
        lowest=mechanism.lowest + float(np.minimum(mechanism.worth, 0).sum()),
        highest=mechanism.lowest + float(np.maximum(mechanism.worth, 0).sum()),
    )


def with_difference(mechanism: Mechanism, difference: float, label: str) -> Mechanism:
    """Return the mechanism in which the programme moves the mean score by so much.

    Raises
    ------
    ProblemsFound
        When the scale's end is nearer than that.
    """
    if difference == 0:
        return replace(mechanism, shift=0.0)

    def miss(shift: float) -> float:
        return moments(replace(mechanism, shift=shift)).difference - difference

    if miss(-_FARTHEST) * miss(_FARTHEST) > 0:
        message = f"A difference of {abs(difference):g} on {label} is larger than the range of its scale allows."
        raise ProblemsFound([Problem(TOO_FAR, message, "Choose a smaller difference, in the units of the scale.")])
    return replace(mechanism, shift=root_between(miss, -_FARTHEST, _FARTHEST, tolerance=1e-10))


def with_icc(mechanism: Mechanism, icc: float) -> Mechanism:
    """Return the mechanism with this ICC within groups after the programme; the scores' spread stays the same.

    What a group shares is taken from what is particular to the occasion, so that nothing else about the scores changes.

    Raises
    ------
    ProblemsFound
        When not so much of the scores is particular to the occasion.
    """
    if icc == 0:
        return replace(mechanism, shared=0.0)

    def reached(shared: float) -> float:
        return moments(replace(mechanism, shared=shared)).icc_after

    most = reached(1.0)
    if icc > most:
        message = (
            f"An ICC of {icc:g} is too large: with the protocol's stability of {mechanism.stability:g} the scores can "
            f"have at most {rounded(most, 3)}."
        )
        raise ProblemsFound(
            [Problem(ICC_TOO_LARGE, message, "Choose a smaller ICC, or lower 'stability' in the protocol.")]
        )
    return replace(mechanism, shared=root_between(lambda s: reached(s) - icc, 0.0, 1.0, tolerance=1e-10))
