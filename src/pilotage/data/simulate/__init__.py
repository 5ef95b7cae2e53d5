"""A rehearsal: the data of a whole study, made up from its protocol."""

from pilotage.data.simulate.scenario import SCENARIOS, ScenarioName
from pilotage.data.simulate.study import simulate

__all__ = ["SCENARIOS", "ScenarioName", "simulate"]
