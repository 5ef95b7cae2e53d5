"""Runs the whole analysis plan on one frozen set of data."""

from __future__ import annotations

import platform
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version

from pilotage import __version__
from pilotage.analysis import baseline, change, delivery, dose, flow, forms, reactions, relations, reliability
from pilotage.analysis.adaptations import adaptations
from pilotage.analysis.conduct import conduct
from pilotage.analysis.contacts import contacts
from pilotage.analysis.feasibility import feasibility
from pilotage.analysis.fidelity import fidelity
from pilotage.analysis.given import Given
from pilotage.analysis.recommended.run import recommended
from pilotage.analysis.results import Provenance, Results
from pilotage.analysis.scores import Scores, score_all
from pilotage.analysis.tests_run import tests_run
from pilotage.data.study_data import StudyData
from pilotage.data.tables import TABLES
from pilotage.protocol.load import LoadedProtocol

PACKAGES = ("numpy", "polars", "pydantic")


def analyse(loaded: LoadedProtocol, data: StudyData, *, seed: int = 1) -> tuple[Results, Scores]:
    """Run the plan; ``seed`` is of the bootstrap intervals and of the courses divided by lot, and of nothing else.

    The same protocol, data and seed give the same results to the last digit.
    """
    given = Given(loaded, data)
    scores = score_all(given)
    found = reliability.reliability(given, scores)
    decided = reliability.decisions(given, found)
    compared = change.comparisons(given, scores, decided, seed)
    people = dose.person_doses(given)
    results = Results(
        provenance=_provenance(given),
        people=given.sizes,
        flow=flow.flow(given),
        baseline=baseline.baseline(given),
        baseline_compared=baseline.baseline_compared(given),
        attendance=delivery.attendance(given),
        sessions=delivery.session_states(given),
        blocks=delivery.block_states(given),
        practice=delivery.practice(given),
        diary=delivery.diary(given),
        reactions=reactions.reactions(given),
        forms=forms.describe_forms(given),
        comments=forms.coded_comments(given),
        reliability=found,
        reliability_decisions=decided,
        keying=reliability.keying(given, scores),
        normality=relations.normality(given, scores),
        comparisons=compared,
        correlations=relations.correlations(given, scores),
        legacy_power=relations.legacy_power(given, compared),
        feasibility=feasibility(given),
        recommended=recommended(given, scores, decided),
        conduct=conduct(given),
        sessions_delivered=delivery.sessions_delivered(given),
        fidelity=fidelity(given),
        person_doses=people,
        doses=dose.doses(given, people),
        session_attendance=dose.session_attendance(people),
        contacts=contacts(given, seed),
        adaptations=adaptations(given),
        not_collected=tuple(table.name for table in TABLES if not given.collected(table.name)),
    )
    return replace(results, tests=tests_run(results)), scores


def _provenance(given: Given) -> Provenance:
    simulated = given.data.simulated
    return Provenance(
        pilotage=__version__,
        python=platform.python_version(),
        packages={name: version(name) for name in PACKAGES},
        protocol=given.loaded.fingerprint,
        protocol_version=given.protocol.version,
        data=given.data.fingerprint,
        simulated=f"scenario {simulated.scenario}, seed {simulated.seed}" if simulated else "",
        first_answer=_first_answer(given),
    )


def _first_answer(given: Given) -> str:
    """The day of the first answer, as an ISO date; empty where no answer has a date."""
    first = given.data.administrations["started_at"].min()
    return first.date().isoformat() if isinstance(first, datetime) else ""
