"""The command that rehearses a study."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.main import app
from pilotage.data.formats import folder
from pilotage.problems import ProblemsFound
from pilotage.protocol.begin import begin
from pilotage.protocol.load import LIBRARY


@pytest.fixture
def own_study(tmp_path: Path) -> Path:
    begin(tmp_path / "study", "imp-2020")
    return tmp_path / "study"


def rehearse(*arguments: str | Path) -> str:
    result = CliRunner().invoke(app, ["rehearse", *map(str, arguments)], catch_exceptions=True)
    if result.exception is not None:
        raise result.exception
    return result.output


def test_a_rehearsal_writes_data_stamped_simulated_and_says_what_it_made(own_study: Path) -> None:
    said = rehearse(own_study)
    data = folder.read(own_study / "data")
    assert data.simulated is not None
    assert (data.simulated.seed, data.simulated.scenario) == (1, "paper")
    assert said.startswith("SIMULATED data, scenario paper, seed 1")
    assert "47 people (22 control, 25 training); 0 left the study" in said
    assert "18 sessions (18 held)" in said


def test_a_rehearsal_replaces_an_earlier_one(own_study: Path) -> None:
    rehearse(own_study)
    rehearse(own_study, "--seed", "2", "--scenario", "troubled")
    simulated = folder.read(own_study / "data").simulated
    assert simulated is not None
    assert (simulated.seed, simulated.scenario) == (2, "troubled")


def test_the_same_seed_writes_the_same_data(own_study: Path) -> None:
    rehearse(own_study)
    first = folder.read(own_study / "data").fingerprint
    rehearse(own_study)
    assert folder.read(own_study / "data").fingerprint == first


def test_real_data_are_never_replaced(own_study: Path) -> None:
    (own_study / "data").mkdir()
    real = own_study / "data" / "participants.csv"
    real.write_text("participant,arm,cohort\nP1,training,training-1\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="holds data that no rehearsal made"):
        rehearse(own_study)
    assert real.read_text(encoding="utf-8").endswith("P1,training,training-1\n")
    assert [file.name for file in (own_study / "data").iterdir()] == ["participants.csv"]


def test_data_that_cannot_be_read_may_be_real_and_are_left(own_study: Path) -> None:
    (own_study / "data").mkdir()
    (own_study / "data" / "responses.csv").write_text("who,what\n1,2\n", encoding="utf-8")
    with pytest.raises(ProblemsFound, match="holds data that no rehearsal made"):
        rehearse(own_study)


def test_a_study_of_the_library_is_not_written_into() -> None:
    with pytest.raises(ProblemsFound, match="pilotage new my-study --from imp-2020"):
        rehearse("imp-2020")
    assert not (LIBRARY / "imp-2020" / "data").exists()


def test_an_unknown_scenario_is_refused_with_those_there_are(own_study: Path) -> None:
    result = CliRunner().invoke(app, ["rehearse", str(own_study), "--scenario", "calm"])
    assert result.exit_code == 2
    assert "paper" in result.output and "troubled" in result.output
