"""Rehearsals that several tests look at, and the few figures they look for."""

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from pilotage.data.answers import answers, derived, item_values
from pilotage.data.simulate import ScenarioName, simulate
from pilotage.data.study_data import StudyData
from pilotage.protocol.load import LoadedProtocol, load
from pilotage.protocol.simulation import Simulation
from pilotage.scoring.reverse_scoring import keyed_items
from pilotage.scoring.score import score
from pilotage.stats.anova import mixed_anova
from pilotage.stats.reliability import cronbach_alpha

POSITIVE_PSYCHOLOGY = Path(__file__).parents[2] / "examples" / "positive-psychology"


@cache
def study(name: str) -> LoadedProtocol:
    return load(name)


@cache
def rehearsal(name: str, scenario: ScenarioName = "paper", seed: int = 1) -> StudyData:
    return simulate(study(name), seed=seed, scenario=scenario)


def aiming_at(loaded: LoadedProtocol, simulation: Simulation | None) -> LoadedProtocol:
    return replace(loaded, protocol=loaded.protocol.model_copy(update={"simulation": simulation}))


def by_arm(data: StudyData, frame: pl.DataFrame, arm: str) -> pl.DataFrame:
    return frame.join(data.participants.filter(pl.col("arm") == arm), on="participant", how="semi")


def item(loaded: LoadedProtocol, data: StudyData, name: str, assessment: str) -> pl.DataFrame:
    form, _, question = name.partition(".")
    return item_values(data, loaded.protocol.form(form), question, assessment)


def printed(values: pl.Series) -> tuple[int, float, float, float, float]:
    """n, mean and SD to one decimal, and the range."""
    known = values.drop_nulls().cast(pl.Float64).to_numpy()
    return len(known), round(known.mean(), 1), round(known.std(ddof=1), 1), known.min(), known.max()


def counted(values: pl.Series) -> dict[str, int]:
    return dict(Counter(value for value in values.to_list() if value is not None))


def summed(loaded: LoadedProtocol, data: StudyData, name: str, assessment: str) -> pl.Series:
    return derived(data, loaded.protocol, name, assessment)["value"]


def effect(loaded: LoadedProtocol, data: StudyData, name: str) -> float:
    """Partial eta squared of time by group on a scale, from before to after."""
    instrument_id, _, scale = name.partition(".")
    instrument, times = loaded.instruments[instrument_id], []
    for assessment in ("pre", "post"):
        people, given = answers(data, instrument, assessment)
        times.append(score(instrument, given, loaded.protocol.analysis.switches.get(instrument_id))[scale].score)
    arms = data.participants.sort("participant")["arm"].to_list()
    assert people == sorted(people)
    return mixed_anova(np.stack(times, axis=1), arms).time_by_group.partial_eta_squared


def alpha(loaded: LoadedProtocol, data: StudyData, name: str) -> float:
    """Cronbach's alpha of a scale at the first assessment."""
    instrument_id, _, scale = name.partition(".")
    instrument = loaded.instruments[instrument_id]
    given = answers(data, instrument, "pre")[1]
    switches = loaded.protocol.analysis.switches.get(instrument_id)
    return cronbach_alpha(keyed_items(instrument, given, instrument.scale(scale), switches)).alpha.value
