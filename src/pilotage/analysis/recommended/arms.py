"""Which arm the others are compared with, and which people a comparison is about."""

from __future__ import annotations

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.protocol.plan import RecommendedPlan


def plan_of(study: AnalysisInput) -> RecommendedPlan:
    """Return the plan's part on the preset; ValueError where the plan has none."""
    plan = study.protocol.analysis.recommended
    if plan is None:
        raise ValueError("the plan has no part 'recommended', so nothing says which arm the others are compared with")
    return plan


def reference(study: AnalysisInput) -> str:
    """Return the arm that the others are compared with."""
    return plan_of(study).reference


def others(study: AnalysisInput) -> tuple[str, ...]:
    """Return the arms with people that are compared with the reference, in the protocol's order."""
    return tuple(arm for arm in study.arms if arm != reference(study))
