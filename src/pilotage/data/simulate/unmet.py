"""Which targets of scales a calibrated model cannot meet, because they contradict each other or the scale's range."""

from __future__ import annotations

from collections.abc import Iterator

from pilotage.data.simulate.calibrate import Targets
from pilotage.data.simulate.effects import ChangeDesign
from pilotage.data.simulate.model import Model, View
from pilotage.problems import Problem, kind
from pilotage.protocol.simulation import ScaleTarget

UNMET = kind("SIMULATION-004", "The targets of an instrument's scales cannot all be met")

# Ours: how far a model may be from a target; a sample of any study's size strays further.
NEAR_MEAN = 0.01  # of the scale's range
NEAR_SD = 0.02  # of the SD
NEAR_ALPHA = 0.005
NEAR_EFFECT = 0.01  # SDs of change

REMEDY = "Change the target, or leave out those of the scales it overlaps with."


def unmet(model: Model, targets: Targets, design: ChangeDesign) -> list[Problem]:
    """Return a problem for each target that the model misses, with the value it comes to."""
    problems = []
    for scale_id, target in targets.items():
        view = model.keyed.view(model.keyed.instrument.scale(scale_id))
        for what, wanted, reached in _missed(model, view, target, design):
            message = (
                f"{target.scale}: {what} of {wanted:.4g} is wanted; with the other targets it comes to {reached:.4g}."
            )
            problems.append(Problem(UNMET, message, REMEDY))
    return problems


def _missed(model: Model, view: View, target: ScaleTarget, design: ChangeDesign) -> Iterator[tuple[str, float, float]]:
    low, high = model.keyed.instrument.range_of(view.scale)
    compared = [
        ("a mean", target.mean, model.mean(view), NEAR_MEAN * (high - low)),
        ("an SD", target.sd, model.sd(view), NEAR_SD * (target.sd or 0.0)),
        ("an alpha", target.alpha and design.true_alpha(target.alpha), model.alpha(view), NEAR_ALPHA),
    ]
    if target.expected_partial_eta_squared is not None:
        wanted = design.difference_for(target.expected_partial_eta_squared)
        reached = abs(model.difference(view, design))
        compared.append(("a true difference in change, in SDs,", wanted, reached, NEAR_EFFECT))
    for what, aim, reached, near in compared:
        if aim is not None and abs(aim - reached) > near:
            yield what, aim, reached
