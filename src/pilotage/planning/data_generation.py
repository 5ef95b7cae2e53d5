"""Draws the scores of whole trials at once: item by item as people answer, or as normal scores of like moments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pilotage.planning.mechanism import Mechanism, ScoreMoments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TrialShape:
    """How many trials of which shape: the people in groups first, then those who have none."""

    trials: int
    groups: int
    size: int
    others: int

    @property
    def taught(self) -> int:
        """People in groups."""
        return self.groups * self.size

    @property
    def people(self) -> int:
        """Everyone."""
        return self.taught + self.others


def by_items(mechanism: Mechanism, shape: TrialShape, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw scores before and after, (trials, people): each item answered by steps, then added up.

    Items are drawn one after the other into the same sums, so that no array of all answers is ever held.
    """
    general = _occasions(mechanism, shape, rng, group=mechanism.shared)
    facets = [_occasions(mechanism, shape, rng) for _ in range(int(mechanism.facet.max()) + 1)]
    scores = [np.full((shape.trials, shape.people), mechanism.lowest) for _ in range(2)]
    own, ours = np.sqrt(mechanism.common * mechanism.general), np.sqrt(mechanism.common * (1 - mechanism.general))
    chance = np.sqrt(1 - mechanism.common)
    for i, facet in enumerate(mechanism.facet):
        for t, score in enumerate(scores):
            variable = rng.standard_normal((shape.trials, shape.people))
            variable *= chance[i]
            variable += own[i] * general[t]
            if ours[i] > 0:
                variable += ours[i] * facets[facet][t]
            if t == 1:
                variable[:, : shape.taught] += mechanism.shift
            for cut, worth in zip(mechanism.cuts[i], mechanism.worth[i], strict=True):
                np.add(score, np.where(variable > cut, worth, 0.0), out=score)
    return scores[0], scores[1]


def _occasions(
    mechanism: Mechanism, shape: TrialShape, rng: np.random.Generator, group: float = 0.0
) -> tuple[Array, Array]:
    """Draw standard normal true scores before and after; a group may share some of the later part."""
    trait = np.sqrt(mechanism.stability) * rng.standard_normal((shape.trials, shape.people))
    state = np.sqrt(1 - mechanism.stability)
    before, after = (rng.standard_normal((shape.trials, shape.people)) for _ in range(2))
    if group > 0:
        shared = np.repeat(rng.standard_normal((shape.trials, shape.groups)), shape.size, axis=1)
        after[:, : shape.taught] = np.sqrt(group) * shared + np.sqrt(1 - group) * after[:, : shape.taught]
    return trait + state * before, trait + state * after


def by_moments(moments: ScoreMoments, shape: TrialShape, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw normal scores before and after with the mechanism's moments: no steps, no ends of the scale.

    For what item-level answers are not needed for; some twenty times as fast.
    """
    before = rng.standard_normal((shape.trials, shape.people))
    after = rng.standard_normal((shape.trials, shape.people))
    r = moments.correlation
    shared = moments.icc_after / (1 - r * r)
    if shared > 0:
        group = np.repeat(rng.standard_normal((shape.trials, shape.groups)), shape.size, axis=1)
        after[:, : shape.taught] = np.sqrt(shared) * group + np.sqrt(1 - shared) * after[:, : shape.taught]
    after *= np.sqrt(1 - r * r)
    after += r * before
    after *= moments.sd
    after[:, : shape.taught] *= moments.sd_after / moments.sd
    after[:, : shape.taught] += moments.difference
    return moments.mean + moments.sd * before, moments.mean + after
