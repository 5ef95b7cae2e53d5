"""A rehearsed study, and the same study with one fact changed."""

from dataclasses import replace
from functools import cache

import polars as pl

from pilotage.analysis.analysis_input import AnalysisInput
from pilotage.analysis.results import Results
from pilotage.analysis.run import analyse
from pilotage.data.simulate import simulate
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol, load


@cache
def loaded() -> LoadedProtocol:
    return load("imp-2020")


@cache
def rehearsed() -> StudyData:
    return simulate(loaded(), seed=1, scenario="paper")


@cache
def analysed() -> Results:
    """The results of the rehearsed study, computed once for all who only look at them."""
    return analyse(loaded(), rehearsed())[0]


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
