"""Finds the answering model of an instrument whose scales have the means, spreads, reliabilities and effects wanted.

Everything is solved on the moments that `graded` gives in closed form, one unknown at a time: where the steps stand,
how much items share, how far people move.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from pilotage.data.simulate.effects import ChangeDesign
from pilotage.data.simulate.graded import GradedSteps
from pilotage.data.simulate.model import Keyed, Model, View
from pilotage.data.simulate.structure import Facet, ItemDomain
from pilotage.instruments.definition import Instrument, Scale
from pilotage.protocol.simulation import ScaleTarget
from pilotage.stats.roots import root_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

# Ours, for scales of which a protocol says nothing.
USUAL_ALPHA = 0.8
USUAL_SPREAD = 0.25  # SD of an item, as a share of its range
USUAL_GENERAL = 0.5  # share of what a facet's items have in common that the whole domain shares
# Items of one scale differ in how readily they are agreed with: by up to so many SDs either way.
EASE = 0.35

PRECISE = 1e-7
Targets = Mapping[str, ScaleTarget]


def calibrated(instrument: Instrument, switches: dict[str, str], targets: Targets, design: ChangeDesign) -> Model:
    """Return the model of an instrument's answers.

    Parameters
    ----------
    instrument : Instrument
    switches : dict
        Choices of disputed keys.
    targets : mapping
        What is wanted of each scale, by the scale's id. The smallest scale that holds an item sets its mean and spread.
    design : Design
        How many people change and how many do not.
    """
    keyed = Keyed.of(instrument, switches)
    facets = [(d, domain, facet) for d, domain in enumerate(keyed.domains) for facet in domain.facets]
    cuts = [_placed(keyed, domain, facet, targets, design) for _, domain, facet in facets]
    count = len(keyed.items)
    model = Model(
        keyed=keyed,
        steps=GradedSteps(np.concatenate(cuts), keyed.points[:, 0], np.diff(keyed.points, axis=1)),
        common=np.full(count, USUAL_GENERAL),
        general=np.ones(count),
        facet=np.concatenate([np.full(len(facet.items), f) for f, (_, _, facet) in enumerate(facets)]),
        domain=np.concatenate([np.full(len(facet.items), d) for d, _, facet in facets]),
        shift=np.zeros(count),
    )
    for domain in keyed.domains:
        model = _related(model, domain, targets, design)
        model = _changing(model, domain, targets, design)
    return model


def _target(scales: tuple[Scale, ...], targets: Targets, has: str) -> tuple[Scale, ScaleTarget] | None:
    """Return the first of the scales with a target that says what is asked, with that target."""
    aimed_at = ((scale, targets[scale.id]) for scale in scales if scale.id in targets)
    return next(((scale, target) for scale, target in aimed_at if getattr(target, has) is not None), None)


def _placed(keyed: Keyed, domain: ItemDomain, facet: Facet, targets: Targets, design: ChangeDesign) -> Array:
    """Return cuts of a facet's items that give the mean and spread wanted of the facet, or else of its domain."""
    places = keyed.places(facet.items)
    points = keyed.points[places]
    low, high = float(points.min()), float(points.max())
    mean, variance = (low + high) / 2, (USUAL_SPREAD * (high - low)) ** 2
    for scales in (facet.own, domain.whole):
        if aim := _target(scales, targets, "mean"):
            mean = keyed.view(aim[0]).item_mean(aim[1].mean or 0.0)
            break
    for scales in (facet.own, domain.whole):
        if aim := _target(scales, targets, "sd"):
            variance = _item_variance(keyed.view(aim[0]), aim[1], design)
            break
    edge = 0.01 * (high - low)
    return _cuts(points, min(max(mean, low + edge), high - edge), variance)


def _item_variance(view: View, target: ScaleTarget, design: ChangeDesign) -> float:
    """Return the average variance of a scale's items behind its SD and alpha, by alpha's own formula."""
    k = view.size
    alpha = design.true_alpha(target.alpha or USUAL_ALPHA)
    whole = ((target.sd or 0.0) / view.unit) ** 2
    return whole * (1 - alpha * (k - 1) / k) / k


def _cuts(points: Array, mean: float, variance: float) -> Array:
    """Return cuts at equal distances, eased a little from item to item, that give an average mean and variance."""
    count, steps = len(points), points.shape[1] - 1
    between = np.arange(steps) + 0.5
    ease = EASE * (2 * ((np.arange(count) * (np.sqrt(5) - 1) / 2) % 1) - 1 if count > 1 else np.zeros(1))
    lowest, jumps = points[:, 0], np.diff(points, axis=1)

    def at(centre: float, spread: float) -> GradedSteps:
        return GradedSteps((between - centre)[None, :] / spread + ease[:, None], lowest, jumps)

    def centred(spread: float) -> float:
        far = steps + 9 * spread
        return root_between(lambda c: float(at(c, spread).means.mean()) - mean, -far, far, tolerance=PRECISE)

    spread = _root(lambda s: float(at(centred(s), s).variances.mean()) - variance, 0.15, 4.0 * steps)
    return at(centred(spread), spread).cuts


def _related(model: Model, domain: ItemDomain, targets: Targets, design: ChangeDesign) -> Model:
    """Return the model in which items share so much that facets and the whole have the reliability wanted."""
    open_facets = []
    for facet in domain.facets:
        aim = _target(facet.own, targets, "alpha")
        places = model.keyed.places(facet.items)
        if aim is None:
            open_facets.append(places)
        else:
            model = _sharing(model, places, model.keyed.view(aim[0]), design.true_alpha(aim[1].alpha or 0.0))
    everything = model.keyed.places(domain.items)
    several = len(domain.facets) > 1
    model = replace(model, general=_with(model.general, everything, USUAL_GENERAL if several else 1.0))
    aim = _target(domain.whole, targets, "alpha")
    wanted = design.true_alpha(aim[1].alpha or 0.0) if aim else USUAL_ALPHA
    whole = model.keyed.view(aim[0]) if aim else _whole(model.keyed, domain)
    if open_facets:
        return _sharing(model, np.concatenate(open_facets), whole, wanted)
    return _tied(model, everything, whole, wanted) if aim and several else model


def _sharing(model: Model, places: NDArray[np.int64], view: View, alpha: float) -> Model:
    """Return the model in which these items share as much as gives a scale its alpha."""

    def at(common: float) -> Model:
        return replace(model, common=_with(model.common, places, common))

    return at(_root(lambda c: at(c).alpha(view) - alpha, 0.001, 0.95))


def _tied(model: Model, places: NDArray[np.int64], view: View, alpha: float) -> Model:
    """Return the model in which facets share as much of what they have as gives the whole its alpha."""

    def at(general: float) -> Model:
        return replace(model, general=_with(model.general, places, general))

    return at(_root(lambda g: at(g).alpha(view) - alpha, 0.0, 1.0))


def _changing(model: Model, domain: ItemDomain, targets: Targets, design: ChangeDesign) -> Model:
    """Return the model in which people move: facets with an effect of their own first, then the rest."""
    rest = []
    for facet in domain.facets:
        aim = _target(facet.own, targets, "expected_partial_eta_squared")
        places = model.keyed.places(facet.items)
        if aim is None:
            rest.append(places)
        else:
            model = _moving(model, places, domain, aim, design)
    aim = _target(domain.whole, targets, "expected_partial_eta_squared")
    if aim is None or not rest:
        return model
    return _moving(model, np.concatenate(rest), domain, aim, design)


def _moving(
    model: Model, places: NDArray[np.int64], domain: ItemDomain, wanted: tuple[Scale, ScaleTarget], design: ChangeDesign
) -> Model:
    scale, target = wanted
    view = model.keyed.view(scale)
    difference = design.difference_for(target.expected_partial_eta_squared or 0.0)

    def at(by: float) -> Model:
        return model.moved(places, by * domain.improves)

    return at(_root(lambda by: at(by).difference(view, design) * domain.improves - difference, -2.0, 3.0))


def _whole(keyed: Keyed, domain: ItemDomain) -> View:
    """Return the domain's top scale, or the scale with most items where none holds them all."""
    scales = [s for s in keyed.instrument.scales if set(keyed.instrument.items_of(s)) <= set(domain.items)]
    return keyed.view(domain.top or max(scales, key=lambda scale: len(keyed.instrument.items_of(scale))))


def _with(values: Array, places: NDArray[np.int64], value: float) -> Array:
    changed = values.copy()
    changed[places] = value
    return changed


def _root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return the zero between two ends, or the end that comes nearest where there is none."""
    at_low, at_high = function(low), function(high)
    if at_low * at_high > 0:
        return low if abs(at_low) < abs(at_high) else high
    return root_between(function, low, high, tolerance=PRECISE)
