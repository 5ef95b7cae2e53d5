"""Who they were at the start, by arm: described, and compared only where the plan says so."""

from __future__ import annotations

import numpy as np

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.forms import describe, values_of
from pilotage.analysis.results import BaselineTest, Described
from pilotage.stats.ttests import student_t


def baseline(study: AnalysisInput) -> tuple[Described, ...]:
    """Return each baseline item in each arm and in all."""
    described = []
    for name in study.protocol.analysis.baseline.items:
        described += [describe(study, name, arm, study.people(arm)) for arm in study.arms]
        described.append(describe(study, name, "all", study.people()))
    return tuple(described)


def baseline_compared(study: AnalysisInput) -> tuple[BaselineTest, ...]:
    """Return Student's t test between two arms for the items the plan compares; none with more arms or too few."""
    if len(study.arms) != 2:
        return ()
    tests = []
    for name in study.protocol.analysis.baseline.compared:
        values = values_of(study, name)
        first, second = (np.array([float(values[p]) for p in study.people(a) if p in values]) for a in study.arms)
        if min(len(first), len(second)) > 1 and (first.var() > 0 or second.var() > 0):
            test = student_t(first, second)
            tests.append(BaselineTest(name, test.t, test.df, test.p))
    return tuple(tests)
