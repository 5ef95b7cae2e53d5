"""Home practice and change: by the diary, formal, informal and study apart, or else by what people recalled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.delivery import diary_minutes
from pilotage.analysis.forms import values_of
from pilotage.analysis.recommended.supplementary_results import PracticeAndChange
from pilotage.analysis.scores import Scores
from pilotage.protocol.plan import AssessmentComparison, Outcome
from pilotage.protocol.words import say
from pilotage.stats.dose_response import dose_response

ALL = "all"


@dataclass(frozen=True, slots=True)
class _Practice:
    """Minutes a week of one kind, by person of one arm."""

    arm: str
    source: Literal["diary", "recall"]
    kind: str
    label: str
    minutes: dict[str, float]


def dose(study: AnalysisInput, scores: Scores, comparison: AssessmentComparison) -> tuple[PracticeAndChange, ...]:
    """Return the rank correlations of change with minutes of practice, for each main outcome, arm and kind of practice.

    The diary where one was collected; otherwise the plan's recalled variable and the items it is made of. People whose
    diary has no entry are not known to have practised nothing, and are left out.
    """
    practised = list(_diary(study)) or list(_recalled(study))
    main = study.protocol.analysis.outcomes.main
    return tuple(_dose(scores, comparison, outcome, of) for of in practised for outcome in main)


def _diary(study: AnalysisInput) -> Iterable[_Practice]:
    home = study.protocol.programme.home_practice if study.protocol.programme else None
    if home is None or not study.collected("home_practice") or study.data.home_practice.is_empty():
        return
    for arm in study.programme_arms:
        by_kind = diary_minutes(study, home, arm)
        for kind in home.kinds:
            yield _Practice(arm, "diary", kind.id, kind.label, by_kind[kind.id])
        if len(home.kinds) > 1:
            total = {p: sum(minutes[p] for minutes in by_kind.values()) for p in by_kind[home.kinds[0].id]}
            yield _Practice(arm, "diary", ALL, "All practice", total)


def _recalled(study: AnalysisInput) -> Iterable[_Practice]:
    relation = study.protocol.analysis.practice
    if relation is None:
        return
    variable = study.protocol.derived_variable(relation.variable)
    names = {variable.id: variable.label}
    if len(variable.sum) > 1:
        names |= {name: say(study.protocol.item(name).ask) for name in variable.sum}
    for name, label in names.items():
        values = values_of(study, name, relation.assessment)
        mine = {p: float(v) for p, v in values.items() if study.arm_of.get(p) == relation.arm}
        yield _Practice(relation.arm, "recall", name, label, mine)


def _dose(scores: Scores, comparison: AssessmentComparison, outcome: Outcome, of: _Practice) -> PracticeAndChange:
    data = scores.outcome(outcome.scale, comparison.assessments).complete
    kept = [(of.minutes[p], c) for p, c in zip(data.people, data.change(), strict=True) if p in of.minutes]
    minutes, change = np.array(kept, dtype=float).reshape(-1, 2).T
    facts = (
        comparison.id,
        outcome.scale,
        outcome.label,
        outcome.better,
        of.arm,
        of.source,
        of.kind,
        of.label,
        len(kept),
    )
    try:
        # Scores with decimals: rounding keeps changes that are equal tied.
        relation = dose_response(minutes, np.round(change, 9))
    except ValueError as error:
        return PracticeAndChange(*facts, None, None, None, str(error))
    return PracticeAndChange(*facts, relation.rank.estimate, relation.rank.p, relation.critical)
