"""Internal consistency of every scale at every assessment, and the rule that drops a scale beforehand."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import Keying, ReliabilityDecision, ScaleReliability
from pilotage.analysis.scores import AnswersAt, Scores
from pilotage.instruments.definition import Scale
from pilotage.protocol.plan import Outcome
from pilotage.scoring.keying_check import check_keying
from pilotage.scoring.reliability import scale_reliability


def reliability(study: AnalysisInput, scores: Scores) -> tuple[ScaleReliability, ...]:
    """Alpha with Feldt's interval, and omega, of each scale of the plan at each assessment."""
    wanted = {o.scale for o in all_outcomes(study)}
    return tuple(
        _scale(part, scale)
        for part in scores.parts
        for scale in part.instrument.scales
        if f"{part.instrument.id}.{scale.id}" in wanted
    )


def all_outcomes(study: AnalysisInput) -> list[Outcome]:
    """Every outcome of the plan, whatever its role."""
    outcomes = study.protocol.analysis.outcomes
    return [*outcomes.main, *outcomes.secondary, *outcomes.if_reliable]


def _scale(part: AnswersAt, scale: Scale) -> ScaleReliability:
    found = scale_reliability(part.instrument, scale, part.points(scale))
    return ScaleReliability(
        scale=f"{part.instrument.id}.{scale.id}",
        assessment=part.assessment,
        n=found.n,
        left_out=found.n_left_out,
        items=len(found.items),
        alpha=found.alpha.alpha if found.alpha else None,
        omega=found.omega.omega if found.omega else None,
        omega_note=found.omega_note,
        why_not=found.alpha_note,
    )


def keying(study: AnalysisInput, scores: Scores) -> tuple[Keying, ...]:
    """What the keying check says of every scale it can say something of, at its first assessment."""
    seen: set[str] = set()
    found = []
    for part in scores.parts:
        if part.instrument.id not in seen:
            seen.add(part.instrument.id)
            checks = check_keying(part.instrument, part.answers, part.switches)
            found += [Keying(f"{part.instrument.id}.{c.scale}", part.assessment, c.favours) for c in checks.values()]
    wanted = {o.scale for o in all_outcomes(study)}
    return tuple(k for k in found if k.scale in wanted)


def decisions(study: AnalysisInput, found: tuple[ScaleReliability, ...]) -> tuple[ReliabilityDecision, ...]:
    """Which of the scales under the rule are compared; a scale without an alpha is not."""
    rule = study.protocol.analysis.reliability
    outcomes = study.protocol.analysis.outcomes
    ruled = outcomes.if_reliable if rule.decides == "if_reliable" else all_outcomes(study)
    alphas = {r.scale: r.alpha.value for r in found if r.assessment == rule.at and r.alpha is not None}
    return tuple(
        ReliabilityDecision(o.scale, alphas.get(o.scale), rule.at_least, alphas.get(o.scale, -1.0) >= rule.at_least)
        for o in ruled
    )
