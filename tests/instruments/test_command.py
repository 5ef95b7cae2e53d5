"""What a person sees of the library on the command line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.instruments import app
from pilotage.instruments.catalogue import available, load
from pilotage.problems import ProblemsFound
from tests.instruments.calm import SOUND, write

CASES = "case,note,answers,calm,ease,total\nall lowest,,0 0 0 0 0,4,0,4\n"


def run(*words: str) -> str:
    return CliRunner().invoke(app, words, catch_exceptions=False).stdout


def test_the_list_names_every_instrument_with_its_items_key_and_licence() -> None:
    text = run()
    for name in available():
        assert f"\n{name} " in f"\n{text}"
    assert "39 items, 7 scales; key confirmed by the author; free when its studies are cited" in text
    assert "24 items, cannot be scored; key unconfirmed" in text
    assert max(len(line) for line in text.splitlines()) <= 100


def test_the_list_is_there_for_programs() -> None:
    listed = {entry["id"]: entry for entry in json.loads(run("--json"))["instruments"]}
    assert tuple(listed) == available()
    assert listed["proqol-5"]["scales"][-1] == "compassion_fatigue"


@pytest.mark.parametrize("name", available())
def test_showing_one_says_its_scales_its_sources_and_whom_to_ask(name: str) -> None:
    text, instrument = run("show", name), load(name)
    assert f"Key         {instrument.key.status}." in text
    assert all(f"\n  {scale.id}  {scale.label}\n" in text for scale in instrument.scales)
    assert "\nPermission  Ask " in text
    assert "\nSources     " in text
    long = [line for line in text.splitlines() if len(line) > 100]
    assert all("--items" in line for line in long)  # a command is not broken


def test_showing_one_marks_reversed_items_and_says_how_many_may_be_blank() -> None:
    text = run("show", "ffmq-39")
    assert "  describing  Describing\n      sum of 8 items; 8 to 40; higher is better; at most 1 blank\n" in text
    assert "      items 2 7 12r 16r 22r 27 32 37\n" in text
    assert "An item marked r is reversed: it scores 6 minus the answer." in text


def test_a_form_taken_from_a_longer_one_says_how() -> None:
    text = run("show", "ffmq-15")
    assert "items 6 2 8 14 19 11 16 34 30 29 15 27 38 10 33" in text
    assert "--items q6,q2,q8,q14,q19,q11,q16,q34,q30,q29,q15,q27,q38,q10,q33" in text


def test_a_switch_is_explained_with_its_default() -> None:
    assert "agree (the default)" in run("show", "eq-40")


def test_one_without_a_key_says_what_is_missing() -> None:
    text = run("show", "scs-24-nl")
    assert "Missing     Which two of the 26 items were dropped" in text
    assert "It cannot be scored yet." in text


def test_one_is_there_for_programs_with_what_follows_from_it() -> None:
    shown = json.loads(run("show", "ffmq-39", "--json"))
    describing = next(scale for scale in shown["scales"] if scale["id"] == "describing")
    assert describing["reversed"] == [12, 16, 22]
    assert describing["range"] == [8, 40]
    assert describing["most_blanks"] == 1


def test_ones_own_file_is_explained_too(tmp_path: Path) -> None:
    assert "Calm Scale" in run("show", str(write(tmp_path)))


def test_checking_scores_the_worked_cases(tmp_path: Path) -> None:
    folder = write(tmp_path).parent
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    assert run("check", str(folder)) == "calm-4 is sound: 3 scores in 1 worked case, all as worked.\n"


def test_checking_one_without_a_key_says_that_nothing_can_be_scored() -> None:
    assert "its key is unconfirmed, so nothing can be scored" in run("check", "scs-24-nl")


def test_a_wrong_reversed_item_shows_in_the_worked_cases(tmp_path: Path) -> None:
    folder = write(tmp_path, SOUND.replace("reverse: [2]", "reverse: [3]")).parent
    (folder / "cases.csv").write_text(CASES, encoding="utf-8")
    with pytest.raises(ProblemsFound) as found:
        run("check", str(folder))
    assert [problem.message for problem in found.value.problems] == [
        "'all lowest': calm was worked as 4, but scores 0.",
        "'all lowest': ease was worked as 0, but scores 4.",
    ]


def test_listing_and_showing_load_no_numbers() -> None:
    program = (
        "import sys; from typer.testing import CliRunner; from pilotage.cli.instruments import app; "
        "CliRunner().invoke(app, []); CliRunner().invoke(app, ['show', 'eq-40']); "
        "print({'numpy', 'polars', 'scipy', 'matplotlib'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "set()"
