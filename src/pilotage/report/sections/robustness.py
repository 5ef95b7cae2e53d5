"""How far the comparison of arms holds: the missing, single people, groups, practice, and how many tests there were."""

from __future__ import annotations

from pilotage.report.model.document import Section
from pilotage.report.sections.clustering import clustering
from pilotage.report.sections.context import Context
from pilotage.report.sections.dose import dose
from pilotage.report.sections.individual import individual
from pilotage.report.sections.missing import missing
from pilotage.report.sections.tests_run import tests_run


def robustness(context: Context) -> Section | None:
    """Return the section on what `recommended` adds to the effects; None where the plan does not ask for it."""
    if context.results.recommended is None:
        return None
    made = (make(context) for make in (missing, individual, clustering, dose, tests_run))
    return Section("robustness", "How far this holds", (), tuple(section for section in made if section is not None))
