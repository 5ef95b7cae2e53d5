"""Internal consistency of every scale at every assessment, and the rule that drops a scale beforehand."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pilotage.analysis.given import Given
from pilotage.analysis.results import ReliabilityDecision, ScaleReliability
from pilotage.analysis.scores import AnswersAt, Scores
from pilotage.instruments.definition import Scale
from pilotage.protocol.plan import Outcome
from pilotage.stats.estimate import Estimate
from pilotage.stats.reliability import OmegaRefusedError, cronbach_alpha, omega_total

SEVERAL_FACETS = "a total over several facets: one factor does not describe it"


def reliability(given: Given, scores: Scores) -> tuple[ScaleReliability, ...]:
    """Alpha with Feldt's interval, and omega, of each scale of the plan at each assessment."""
    wanted = {o.scale for o in all_outcomes(given)}
    return tuple(
        _scale(part, scale)
        for part in scores.parts
        for scale in part.instrument.scales
        if f"{part.instrument.id}.{scale.id}" in wanted
    )


def all_outcomes(given: Given) -> list[Outcome]:
    """Every outcome of the plan, whatever its role."""
    outcomes = given.protocol.analysis.outcomes
    return [*outcomes.main, *outcomes.secondary, *outcomes.if_reliable]


def _scale(part: AnswersAt, scale: Scale) -> ScaleReliability:
    points = part.points(scale)
    complete = points[~np.isnan(points).any(axis=1)]
    n, items = complete.shape
    name = f"{part.instrument.id}.{scale.id}"
    alpha: Estimate | None = None
    why_not = ""
    try:
        alpha = cronbach_alpha(complete).alpha
    except ValueError as error:
        why_not = str(error)
    omega, note = _omega(complete, scale)
    return ScaleReliability(name, part.assessment, n, len(points) - n, items, alpha, omega, note, why_not)


def _omega(points: NDArray[np.float64], scale: Scale) -> tuple[float | None, str]:
    try:
        result = omega_total(points)
    except (ValueError, OmegaRefusedError) as error:
        return None, str(error)
    warnings = [SEVERAL_FACETS] if scale.several_facets or scale.of else []
    warnings += ["a Heywood case: an item's unique variance is at its limit"] if result.heywood else []
    return result.omega, "; ".join(warnings)


def decisions(given: Given, found: tuple[ScaleReliability, ...]) -> tuple[ReliabilityDecision, ...]:
    """Which of the scales under the rule are compared; a scale without an alpha is not."""
    rule = given.protocol.analysis.reliability
    outcomes = given.protocol.analysis.outcomes
    ruled = outcomes.if_reliable if rule.decides == "if_reliable" else all_outcomes(given)
    alphas = {r.scale: r.alpha.value for r in found if r.assessment == rule.at and r.alpha is not None}
    return tuple(
        ReliabilityDecision(o.scale, alphas.get(o.scale), rule.at_least, alphas.get(o.scale, -1.0) >= rule.at_least)
        for o in ruled
    )
