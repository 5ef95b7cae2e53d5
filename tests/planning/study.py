"""A rehearsed study to plan from, in a folder of the test's own."""

from pathlib import Path

from pilotage.data.formats import folder
from pilotage.data.simulate import simulate
from pilotage.data.study_data import StudyData
from pilotage.protocol.begin import begin
from pilotage.protocol.load import LoadedProtocol, load


def rehearsed(place: Path, scenario: str = "ordinary", seed: int = 1) -> tuple[LoadedProtocol, StudyData]:
    begin(place, "imp-2020")
    loaded = load(place)
    data = simulate(loaded, seed=seed, scenario=scenario)
    folder.write(data, place / "data", loaded)
    return loaded, data
