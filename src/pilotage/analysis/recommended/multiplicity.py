"""Many outcomes at once: the joint test by relabelling people, families by the plan, and every test that was run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.change import ADJUST
from pilotage.analysis.outcome_data import Floats, OutcomeData
from pilotage.analysis.recommended.adjustment import strata_of
from pilotage.analysis.recommended.arms import others, plan_of
from pilotage.analysis.recommended.effect_results import ComparisonEffects, Difference, OutcomeEffects
from pilotage.protocol.plan import OutcomeFamily
from pilotage.stats.max_t import MaxT, max_t


def jointly(study: AnalysisInput, comparison: ComparisonEffects, data: dict[str, OutcomeData]) -> ComparisonEffects:
    """Return the comparison with p values that hold for all its outcomes and assessments together, arm by arm.

    One arm at a time against the reference, for relabelling takes people of two arms.
    """
    tested = [o for o in comparison.outcomes if o.differences]
    plan, joint = plan_of(study), comparison.joint
    p_values: dict[tuple[str, str, str], float] = {}
    for arm in others(study):
        columns = [(o.scale, k) for o in tested for k in range(1, len(comparison.assessments))]
        try:
            joint_test = _relabelled(study, data, columns, (arm, plan.reference))
        except ValueError as error:
            joint = replace(joint, why_not=str(error))
            continue
        joint = replace(joint, n=max(joint_test.n), tests=len(columns), mc_error=max(joint_test.mc_error))
        for (scale, k), p in zip(columns, joint_test.adjusted, strict=True):
            p_values[scale, arm, comparison.assessments[k]] = p
    outcomes = tuple(_with_joint(o, p_values) for o in comparison.outcomes)
    return replace(comparison, outcomes=outcomes, joint=joint)


def _relabelled(
    study: AnalysisInput, data: dict[str, OutcomeData], columns: Sequence[tuple[str, int]], arms: tuple[str, str]
) -> MaxT:
    plan, people = plan_of(study), study.people(*arms)
    changes = [_changes(data[scale], people, k) for scale, k in columns]
    labels = [study.arm_of[p] for p in people]
    return max_t(
        np.array(changes).T,
        labels,
        arms[1],
        resamples=plan.resamples,
        seed=plan.seed,
        strata=strata_of(study, people),
    )


def _changes(data: OutcomeData, people: Sequence[str], occasion: int) -> Floats:
    """Return the change from the first assessment of these people in this order; NaN where there is none."""
    change = dict(zip(data.people, data.change(occasion).tolist(), strict=True))
    return np.array([change.get(p, np.nan) for p in people])


def _with_joint(outcome: OutcomeEffects, p_values: dict[tuple[str, str, str], float]) -> OutcomeEffects:
    differences = (replace(d, joint_p=p_values.get((outcome.scale, d.arm, d.assessment))) for d in outcome.differences)
    return replace(outcome, differences=tuple(differences))


def in_families(study: AnalysisInput, comparison: ComparisonEffects) -> ComparisonEffects:
    """Return the comparison with the p values of the adjusted differences corrected within each family of the plan."""
    adjusted: dict[tuple[str, int], dict[str, float]] = {}
    for family in study.protocol.analysis.families:
        for key, value in _corrected(family, comparison):
            adjusted.setdefault(key, {}).update(value)
    outcomes = tuple(
        replace(
            o,
            differences=tuple(replace(d, adjusted=adjusted.get((o.scale, k), {})) for k, d in enumerate(o.differences)),
        )
        for o in comparison.outcomes
    )
    return replace(comparison, outcomes=outcomes)


def _corrected(family: OutcomeFamily, comparison: ComparisonEffects) -> list[tuple[tuple[str, int], dict[str, float]]]:
    """Return, by outcome and place of the difference, its corrected p by ``family:method``."""
    members: list[tuple[tuple[str, int], Difference]] = [
        ((o.scale, k), d)
        for o in comparison.outcomes
        if o.role in family.outcomes
        for k, d in enumerate(o.differences)
        if d.ancova
    ]
    p_values = [d.ancova.p for _, d in members if d.ancova]
    corrected: list[tuple[tuple[str, int], dict[str, float]]] = []
    for method in family.adjust:
        values = ADJUST[method](p_values) if p_values else []
        corrected += [(key, {f"{family.id}:{method}": float(p)}) for (key, _), p in zip(members, values, strict=True)]
    return corrected
