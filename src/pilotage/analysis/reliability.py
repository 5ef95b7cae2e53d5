"""Internal consistency of every scale at every assessment, and the rule that drops a scale beforehand."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import KeyingResult, ReliabilityDecision, ReliabilityResult
from pilotage.analysis.scores import AnswersAt, Scores
from pilotage.instruments.definition import Scale
from pilotage.scoring.keying_check import check_keying
from pilotage.scoring.reliability import scale_reliability


def reliability(study: AnalysisInput, scores: Scores) -> tuple[ReliabilityResult, ...]:
    """Return alpha with Feldt's interval, and omega, of each scale of the plan at each assessment."""
    wanted = {o.scale for o in study.protocol.analysis.all_outcomes()}
    return tuple(
        _scale(part, scale)
        for part in scores.parts
        for scale in part.instrument.scales
        if f"{part.instrument.id}.{scale.id}" in wanted
    )


def _scale(part: AnswersAt, scale: Scale) -> ReliabilityResult:
    estimates = scale_reliability(part.instrument, scale, part.points(scale))
    return ReliabilityResult(
        scale=f"{part.instrument.id}.{scale.id}",
        assessment=part.assessment,
        n=estimates.n,
        left_out=estimates.n_left_out,
        items=len(estimates.items),
        alpha=estimates.alpha.alpha if estimates.alpha else None,
        omega=estimates.omega.omega if estimates.omega else None,
        omega_note=estimates.omega_note,
        why_not=estimates.alpha_note,
    )


def keying_results(study: AnalysisInput, scores: Scores) -> tuple[KeyingResult, ...]:
    """Return what the keying check says of every scale it can say something of, at its first assessment."""
    seen: set[str] = set()
    results = []
    for part in scores.parts:
        if part.instrument.id not in seen:
            seen.add(part.instrument.id)
            checks = check_keying(part.instrument, part.answers, part.switches)
            results += [
                KeyingResult(f"{part.instrument.id}.{c.scale}", part.assessment, c.favours) for c in checks.values()
            ]
    wanted = {o.scale for o in study.protocol.analysis.all_outcomes()}
    return tuple(k for k in results if k.scale in wanted)


def decisions(study: AnalysisInput, reliabilities: tuple[ReliabilityResult, ...]) -> tuple[ReliabilityDecision, ...]:
    """Return which of the scales under the rule are compared; a scale without an alpha is not."""
    rule = study.protocol.analysis.reliability
    plan = study.protocol.analysis
    ruled = plan.outcomes.if_reliable if rule.decides == "if_reliable" else study.protocol.analysis.all_outcomes()
    alphas = {r.scale: r.alpha.value for r in reliabilities if r.assessment == rule.at and r.alpha is not None}
    return tuple(
        ReliabilityDecision(o.scale, alphas.get(o.scale), rule.at_least, alphas.get(o.scale, -1.0) >= rule.at_least)
        for o in ruled
    )
