"""A wording file that Pilotage writes is one that it reads."""

from pathlib import Path

import pytest

from pilotage.instruments import catalogue
from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import load_wordings
from pilotage.instruments.wording_yaml import as_yaml, blank
from pilotage.problems import ProblemsFound
from pilotage.yaml_file import Unknown
from tests.instruments.wordings import add, calm

AWKWARD = Wording(
    instrument="calm-4",
    language="en",
    source=Unknown(unknown="made up: for tests"),
    title='"Calm" # or not',
    instructions="First line.\nSecond: {line}",
    labelled=[0, 2, 4],
    anchors={0: "no", 2: "1.0", 4: "yes"},
    items={1: "- one", 2: "two's: company", 3: "drie één", 4: "back\\slash", 5: "back slash"},
    notes={2: "[a note]"},
    alike=[4, 5],
)


def test_what_is_written_is_read_back_word_for_word(tmp_path: Path) -> None:
    instrument = calm(tmp_path)
    add(tmp_path, as_yaml(AWKWARD, instrument))
    assert load_wordings(tmp_path, {"calm-4": instrument}, ["en"]) == {("calm-4", "en"): AWKWARD}


@pytest.mark.parametrize("name", ["ffmq-39", "eq-40", "who-5"])
def test_an_empty_template_says_what_is_still_to_be_written_and_nothing_else(tmp_path: Path, name: str) -> None:
    instrument = catalogue.load(name)
    add(tmp_path, as_yaml(blank(instrument, "nl"), instrument), f"{name}.nl.yaml")
    with pytest.raises(ProblemsFound) as found:
        load_wordings(tmp_path, {name: instrument}, ["nl"])
    codes = instrument.response.codes
    assert [problem.message for problem in found.value.problems] == [
        "The source has no words yet.",
        "The part 'instructions' has no words yet.",
        f"Codes {codes[0]} to {codes[-1]} have no words yet.",
        f"Items 1 to {instrument.items} have no words yet.",
    ]


def test_a_template_does_not_show_the_key() -> None:
    text = as_yaml(blank(catalogue.load("ffmq-39"), "nl"), catalogue.load("ffmq-39")).split("pilotage: 1")[1]
    assert not any(word in text for word in ("reverse", "observing", "nonjudging"))
