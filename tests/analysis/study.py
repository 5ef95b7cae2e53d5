"""A rehearsed study, and the same study with one fact changed."""

from dataclasses import replace
from functools import cache

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import Results
from pilotage.analysis.run import analyse_study
from pilotage.analysis.scores import Scores
from pilotage.data.simulate import ScenarioName
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol
from tests.data.rehearsals import rehearsal, study


def loaded() -> LoadedProtocol:
    return study("imp-2020")


def rehearsed() -> StudyData:
    return rehearsal("imp-2020")


@cache
def analysed_rehearsal(name: str, scenario: ScenarioName = "paper") -> tuple[AnalysisInput, Results, Scores]:
    """A rehearsal with its results and scores, computed once for all who only look at them."""
    joined = AnalysisInput(study(name), rehearsal(name, scenario))
    return joined, *analyse_study(joined)


def analysed() -> Results:
    """The results of the rehearsed study."""
    return analysed_rehearsal("imp-2020")[1]


def given(**tables: pl.DataFrame) -> AnalysisInput:
    """The rehearsed study with some of its tables replaced."""
    return AnalysisInput(loaded(), replace(rehearsed(), **tables))


def given_without(*tables: str) -> AnalysisInput:
    """The rehearsed study as if these tables had never been collected."""
    data = rehearsed()
    emptied = {name: data.table(name).clear() for name in tables}
    return AnalysisInput(loaded(), replace(data, **emptied, collected=data.collected - set(tables)))


def people(arm: str) -> list[str]:
    return list(given().people(arm))
