"""Runs the whole analysis plan on one frozen set of data."""

from __future__ import annotations

import platform
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from pilotage import __version__
from pilotage.analysis import adverse_events, baseline, change, delivery, dose, flow, forms, relations, reliability
from pilotage.analysis.adaptations import adaptations
from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.conduct import conduct
from pilotage.analysis.contacts import contacts
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.fidelity import fidelity
from pilotage.analysis.recommended.run import recommended
from pilotage.analysis.results import Provenance, Results
from pilotage.analysis.scores import Scores, score_all
from pilotage.analysis.tests_run import tests_run
from pilotage.data.study_data import StudyData
from pilotage.data.tables import TABLES
from pilotage.protocol.load import LoadedProtocol

PACKAGES = ("numpy", "polars", "pydantic")


def analyse(loaded: LoadedProtocol, data: StudyData, *, seed: int = 1) -> tuple[Results, Scores]:
    """Run the plan; ``seed`` is of the bootstrap intervals and of the random courses, and of nothing else.

    The same protocol, data and seed give the same results to the last digit.
    """
    return analyse_study(AnalysisInput(loaded, data), seed=seed)


def analyse_study(study: AnalysisInput, *, seed: int = 1) -> tuple[Results, Scores]:
    """Run the plan as `analyse` does, on a protocol and data that are already joined."""
    scores = score_all(study)
    reliabilities = reliability.reliability(study, scores)
    decided = reliability.decisions(study, reliabilities)
    compared = change.comparisons(study, scores, decided, seed)
    people = dose.person_doses(study)
    results = Results(
        provenance=_provenance(study),
        people=study.sizes,
        flow=flow.flow(study),
        baseline=baseline.baseline(study),
        baseline_compared=baseline.baseline_compared(study),
        attendance=delivery.attendance(study),
        sessions=delivery.session_states(study),
        blocks=delivery.block_states(study),
        practice=delivery.practice(study),
        diary=delivery.diary(study),
        reactions=adverse_events.adverse_events(study),
        forms=forms.describe_forms(study),
        comments=forms.coded_comments(study),
        reliability=reliabilities,
        reliability_decisions=decided,
        keying=reliability.keying_results(study, scores),
        normality=relations.normality(study, scores),
        comparisons=compared,
        correlations=relations.correlations(study, scores),
        legacy_power=relations.legacy_power(study, compared),
        feasibility=feasibility(study),
        recommended=recommended(study, scores, decided),
        conduct=conduct(study),
        sessions_delivered=delivery.sessions_delivered(study),
        fidelity=fidelity(study),
        person_doses=people,
        doses=dose.doses(study, people),
        session_attendance=dose.session_attendance(people),
        contacts=contacts(study, seed),
        adaptations=adaptations(study),
        not_collected=tuple(table.name for table in TABLES if not study.collected(table.name)),
    )
    return replace(results, tests=tests_run(results)), scores


def _provenance(study: AnalysisInput) -> Provenance:
    simulated = study.data.simulated
    return Provenance(
        pilotage=__version__,
        python=platform.python_version(),
        packages={name: version(name) for name in PACKAGES},
        protocol=study.loaded.fingerprint,
        protocol_version=study.protocol.version,
        data=study.data.fingerprint,
        simulated=f"scenario {simulated.scenario}, seed {simulated.seed}" if simulated else "",
        first_answer=_first_answer(study),
    )


def _first_answer(study: AnalysisInput) -> str:
    """Return the day of the first answer, as an ISO date; empty where no answer has a date."""
    first = study.data.administrations["started_at"].min()
    return first.date().isoformat() if isinstance(first, datetime) else ""
