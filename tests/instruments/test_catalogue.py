"""An instrument is found by name, in a study's own folder, or at a path."""

from pathlib import Path

import pytest

from pilotage.instruments.catalogue import available, load
from pilotage.problems import ProblemsFound
from tests.instruments.calm import SOUND, write


def test_a_name_of_the_library_is_found() -> None:
    assert load("ffmq-39").name == "Five Facet Mindfulness Questionnaire"


def test_a_study_has_instruments_of_its_own(tmp_path: Path) -> None:
    write(tmp_path)
    assert load("calm-4", [tmp_path]).name == "Calm Scale"
    assert "calm-4" in available([tmp_path])
    assert "calm-4" not in available()


def test_a_studys_own_file_wins_over_the_library(tmp_path: Path) -> None:
    write(tmp_path, SOUND.replace("id: calm-4", "id: scs-24-nl"), "scs-24-nl")
    assert load("scs-24-nl", [tmp_path]).scales
    assert not load("scs-24-nl").scales


def test_a_path_works_wherever_a_name_does(tmp_path: Path) -> None:
    file = write(tmp_path)
    other = file.rename(tmp_path / "mine.yaml")
    assert load(str(other)).id == "calm-4"
    again = write(tmp_path)
    assert load(str(again)) == load(str(again.parent)) == load(str(other))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("pqol-5", "Did you mean 'proqol-5'?"),
        ("FFMQ-39", "Did you mean 'ffmq-39'?"),
        ("calm-5", "Did you mean 'calm-4'?"),
        ("../calm-4", "There is no instrument file at '../calm-4'."),
        ("mine.yaml", "There is no instrument file at 'mine.yaml'."),
        ("", "'' is not in the instrument library."),
    ],
)
def test_an_unknown_name_gets_a_suggestion(name: str, said: str, tmp_path: Path) -> None:
    write(tmp_path)
    with pytest.raises(ProblemsFound, match="INSTRUMENT-001") as found:
        load(name, [tmp_path])
    assert said in str(found.value)


def test_a_folder_that_holds_an_instrument_of_another_name_is_said(tmp_path: Path) -> None:
    write(tmp_path, SOUND.replace("id: calm-4", "id: calm-5"))
    with pytest.raises(ProblemsFound) as found:
        load("calm-4", [tmp_path])
    (problem,) = found.value.problems
    assert (problem.code, problem.line) == ("INSTRUMENT-002", 2)
    assert load(str(tmp_path / "calm-4")).id == "calm-5"


@pytest.mark.parametrize("name", ["x" * 5000, "x/" * 5000, "a\0b", "..", "/"])
def test_a_strange_name_is_only_unknown(name: str, tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound, match="INSTRUMENT-001"):
        load(name, [tmp_path])


def test_a_name_does_not_reach_outside_the_folders(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere")
    (tmp_path / "own").mkdir()
    with pytest.raises(ProblemsFound):
        load("../elsewhere/calm-4", [tmp_path / "own"])
