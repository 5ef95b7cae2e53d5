"""`pilotage wording`: from an empty template to a proof sheet, and nothing overwritten unasked."""

import csv
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from pilotage.protocol.begin import begin
from tests.cli.conftest import Ran

Run = Callable[..., Ran]


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    begin(tmp_path / "study")
    return Path("study")


def filled_in(sheet: Path) -> None:
    """Write a made-up text into every empty cell of the sheet, as a person would."""
    with sheet.open(encoding="utf-8-sig", newline="") as read:
        rows = list(csv.reader(read))
    for row in rows[1:]:
        if not row[2] and row[0] != "title":
            row[2] = f"made up for {row[0]} {row[1]}"
    with sheet.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(rows)


def test_a_spreadsheet_is_filled_in_brought_back_and_proved(pilotage: Run, study: Path) -> None:
    assert pilotage("wording", "template", study, "pss-10", "nl", "--csv").status == 0
    filled_in(Path("pss-10.nl.csv"))
    brought = pilotage("wording", "import", study, "pss-10.nl.csv")
    assert "wrote study/wording/pss-10.nl.yaml" in brought.out
    assert "pilotage wording proof study pss-10 nl" in brought.out
    assert "pss-10       nl    10 items  sound; " in pilotage("wording", "check", study).out
    assert pilotage("wording", "proof", study, "pss-10", "nl").status == 0
    assert "made up for item 7" in Path("pss-10.nl.proof.html").read_text(encoding="utf-8")


def test_a_study_without_words_says_which_files_to_add(pilotage: Run, study: Path) -> None:
    ran = pilotage("wording", "check", study)
    assert ran.status == 0
    assert "ffmq-39      nl    39 items  no words yet: add wording/ffmq-39.nl.yaml" in ran.out
    assert "10 without words show items by number." in ran.out


def test_an_empty_yaml_template_goes_where_it_belongs_and_is_not_sound_yet(pilotage: Run, study: Path) -> None:
    assert "wrote study/wording/pss-10.en.yaml" in pilotage("wording", "template", study, "pss-10", "en").out
    ran = pilotage("wording", "check", study)
    assert ran.status == 2
    assert "Items 1 to 10 have no words yet." in ran.err
    assert "Traceback" not in ran.err


def test_what_was_typed_is_not_overwritten_unasked(pilotage: Run, study: Path) -> None:
    pilotage("wording", "template", study, "pss-10", "nl", "--csv")
    assert pilotage("wording", "template", study, "pss-10", "nl", "--csv").status == 2
    filled_in(Path("pss-10.nl.csv"))
    pilotage("wording", "import", study, "pss-10.nl.csv")
    before = (study / "wording" / "pss-10.nl.yaml").read_bytes()
    for words in (("import", study, "pss-10.nl.csv"), ("template", study, "pss-10", "nl")):
        ran = pilotage("wording", *words)
        assert (ran.status, "is there already, and is not overwritten" in ran.err) == (2, True)
    assert (study / "wording" / "pss-10.nl.yaml").read_bytes() == before
    assert pilotage("wording", "import", study, "pss-10.nl.csv", "--replace").status == 0


def test_a_spreadsheet_holds_the_words_there_are_for_a_correction(pilotage: Run, study: Path) -> None:
    pilotage("wording", "template", study, "pss-10", "nl", "--csv")
    filled_in(Path("pss-10.nl.csv"))
    pilotage("wording", "import", study, "pss-10.nl.csv")
    pilotage("wording", "template", study, "pss-10", "nl", "--csv", "--delimiter", ";", "--out", "again.csv")
    assert "item;3;made up for item 3;" in Path("again.csv").read_text(encoding="utf-8-sig")


def test_a_sheet_with_mistakes_writes_nothing(pilotage: Run, study: Path) -> None:
    pilotage("wording", "template", study, "pss-10", "nl", "--csv")
    ran = pilotage("wording", "import", study, "pss-10.nl.csv")
    assert ran.status == 2
    assert "WORDING-006 pss-10.nl.csv:4" in ran.err
    assert "WORDING-006 pss-10.nl.csv:8" in ran.err
    assert not (study / "wording" / "pss-10.nl.yaml").exists()


MISTAKES = {
    ("template", "study", "pss10", "nl"): "The study does not use 'pss10'. Did you mean 'pss-10'?",
    ("template", "study", "pss-10", "fr"): "The study does not ask in 'fr'.",
    ("template", "imp", "pss-10", "nl"): "nothing is written there",
    ("proof", "study", "pss-10", "nl"): "There is no wording of 'pss-10' in 'nl' yet.",
    ("paper", "study", "evaluatoin", "nl"): "The study does not use 'evaluatoin'.",
    ("import", "study", "nowhere.csv"): "cannot be read",
    ("check", "nowhere"): "There is no study at 'nowhere'.",
}


@pytest.mark.parametrize("words", MISTAKES, ids=" ".join)
def test_a_persons_mistake_is_said_without_a_traceback(pilotage: Run, study: Path, words: tuple[str, ...]) -> None:
    ran = pilotage("wording", *words)
    assert ran.status == 2
    assert MISTAKES[words] in ran.err
    assert "Traceback" not in ran.err


def test_paper_without_words_says_which_file_to_add(pilotage: Run, study: Path) -> None:
    ran = pilotage("wording", "paper", study, "pss-10", "nl")
    assert "Voeg het bestand wording/pss-10.nl.yaml toe." in ran.out
    assert "Vraag 7" in Path("pss-10.nl.html").read_text(encoding="utf-8")


def test_a_form_of_the_studys_own_prints_in_its_language(pilotage: Run, study: Path) -> None:
    assert pilotage("wording", "paper", study, "evaluation", "nl").out == "wrote evaluation.nl.html\n"
    assert "Evaluatie van de training" in Path("evaluation.nl.html").read_text(encoding="utf-8")


def test_wording_loads_no_numbers(study: Path) -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from pilotage.cli.wording import app\n"
        "for words in (['check'], ['template', 'ffmq-39', 'nl', '--csv'], ['paper', 'ffmq-39', 'nl']):\n"
        "    CliRunner().invoke(app, [words[0], 'study', *words[1:]], catch_exceptions=False)\n"
        "print({'numpy', 'polars', 'scipy', 'matplotlib', 'django'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
