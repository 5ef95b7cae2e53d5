"""How the people of a rehearsal answer an instrument: steps of variables that share facets, domains and well-being."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from pilotage.data.simulate.effects import ChangeDesign
from pilotage.data.simulate.graded import GradedSteps, covariance, variance_of_sum
from pilotage.data.simulate.structure import ItemDomain, domains, entries
from pilotage.instruments.definition import Instrument, Scale

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Keyed:
    """The items that are scored, each turned so that a higher step means more of what its domain measures."""

    instrument: Instrument
    domains: tuple[ItemDomain, ...]
    items: tuple[int, ...]
    codes: NDArray[np.int64]
    """The code of each step: shape (items, steps + 1)."""
    points: Array
    """What each step counts, turned likewise: shape (items, steps + 1)."""
    direction: NDArray[np.int64]
    """-1 where the points are turned round against the key's."""

    @classmethod
    def of(cls, instrument: Instrument, switches: dict[str, str]) -> Keyed:
        """Return the items of an instrument under the choices made of disputed keys."""
        parts = domains(instrument)
        items = tuple(n for domain in parts for n in domain.items)
        direction = np.array([_direction(instrument, domain, n) for domain in parts for n in domain.items], dtype=int)
        codes, points = [], []
        keying = instrument.keying(switches)
        for n, way in zip(items, direction, strict=True):
            of_code = instrument.points[keying[n]] if n in keying else {c: float(c) for c in instrument.response.codes}
            worth = {c: v if way > 0 else min(of_code.values()) + max(of_code.values()) - v for c, v in of_code.items()}
            rising = worth[instrument.response.maximum] >= worth[instrument.response.minimum]
            order = list(instrument.response.codes)[:: 1 if rising else -1]
            codes.append(order)
            points.append([worth[c] for c in order])
        return cls(instrument, parts, items, np.array(codes, dtype=int), np.array(points, dtype=float), direction)

    def places(self, numbers: tuple[int, ...]) -> NDArray[np.int64]:
        """Return where items stand among the scored ones."""
        return np.array([self.items.index(n) for n in numbers], dtype=int)

    def view(self, scale: Scale) -> View:
        """Return a scale as a weighted sum of the turned points."""
        weights, constant = np.zeros(len(self.items)), 0.0
        for n, entry in entries(self.instrument, scale).items():
            i = self.items.index(n)
            same = entry.direction == self.direction[i]
            weights[i] = entry.share if same else -entry.share
            constant += 0.0 if same else entry.share * (self.points[i].min() + self.points[i].max())
        return View(scale, weights, constant)


@dataclass(frozen=True)
class View:
    """A scale's score: ``constant + weights @ points``."""

    scale: Scale
    weights: Array
    constant: float

    @property
    def size(self) -> int:
        """How many items it has."""
        return int(np.count_nonzero(self.weights))

    @property
    def unit(self) -> float:
        """What one point of an average item is worth in the score."""
        return float(np.abs(self.weights).sum()) / self.size

    def item_mean(self, mean: float) -> float:
        """Return the average of the items' turned points behind a mean score."""
        return (mean - self.constant) / float(self.weights.sum())


@dataclass(frozen=True)
class Model:
    """The answering model of one instrument, calibrated to its targets.

    ``common`` is the share of an item's variable that its facet's items share, ``general`` the share of that which
    the whole domain shares, ``shift`` how far the variable moves in people who change.
    """

    keyed: Keyed
    steps: GradedSteps
    common: Array
    general: Array
    facet: NDArray[np.int64]
    domain: NDArray[np.int64]
    shift: Array

    @cached_property
    def correlation(self) -> Array:
        """Correlations of the items' variables at one assessment, with the common share on the diagonal."""
        same_facet = self.facet[:, None] == self.facet[None, :]
        same_domain = self.domain[:, None] == self.domain[None, :]
        share = np.sqrt(np.outer(self.common, self.common))
        of_domain = np.sqrt(np.outer(self.general, self.general))
        return share * np.where(same_facet, 1.0, np.where(same_domain, of_domain, 0.0))

    def mean(self, view: View) -> float:
        """Return expected score of a scale at the first assessment."""
        return view.constant + float(view.weights @ self.steps.means)

    def sd(self, view: View) -> float:
        """Return SD of a scale's score at the first assessment."""
        return float(np.sqrt(variance_of_sum(self.steps, self.correlation, view.weights)))

    def alpha(self, view: View) -> float:
        """Return Cronbach's alpha of a scale's turned items."""
        held = (view.weights != 0).astype(float)
        k, whole = view.size, variance_of_sum(self.steps, self.correlation, held)
        return k / (k - 1) * (1 - float(held @ self.steps.variances) / whole) if k > 1 else 1.0

    def difference(self, view: View, design: ChangeDesign) -> float:
        """Return the difference in mean change of those who change and the rest, in SDs of change within groups."""
        held = np.flatnonzero(view.weights)
        weights = np.abs(view.weights[held])
        before = _some(self.steps, held)
        after = before.shifted(self.shift[held])
        between = self.correlation[np.ix_(held, held)]
        changed = _change_variance(before, after, between, weights, design.stability)
        rest = _change_variance(before, before, between, weights, design.stability)
        free = max(design.changed - 1, 0), max(design.rest - 1, 0)
        pooled = (free[0] * changed + free[1] * rest) / max(sum(free), 1)
        return float(weights @ (after.means - before.means)) / float(np.sqrt(pooled))

    def moved(self, places: NDArray[np.int64], by: float) -> Model:
        """Return the model with some items' variables moving by so much in people who change."""
        shift = self.shift.copy()
        shift[places] = by
        return replace(self, shift=shift)


def _some(steps: GradedSteps, places: NDArray[np.int64]) -> GradedSteps:
    return GradedSteps(steps.cuts[places], steps.lowest[places], steps.jumps[places])


def _change_variance(
    before: GradedSteps, after: GradedSteps, between: Array, weights: Array, stability: float
) -> float:
    together = weights @ covariance(before, after, stability * between) @ weights
    apart = variance_of_sum(before, between, weights) + variance_of_sum(after, between, weights)
    return float(apart - 2 * together)


def _direction(instrument: Instrument, domain: ItemDomain, n: int) -> int:
    """Return the item's direction in the top scale, or in the first scale that holds it."""
    holding = [domain.top] if domain.top is not None else [s for s in instrument.scales if n in instrument.items_of(s)]
    scale = holding[0]
    assert scale is not None
    return entries(instrument, scale)[n].direction
