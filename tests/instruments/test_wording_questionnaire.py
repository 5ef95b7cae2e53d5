"""What people are shown of an instrument: the site's words, or a stand-in that says what is missing."""

from pathlib import Path

import pytest

from pilotage.instruments import catalogue
from pilotage.instruments.plain_words import anchor_in
from pilotage.instruments.questionnaire import questionnaire
from pilotage.instruments.wording_files import load_wordings
from tests.instruments.wordings import WORDING, add, calm


def test_with_a_wording_its_texts_are_shown(tmp_path: Path) -> None:
    add(tmp_path, WORDING + "notes: {2: at work or at home}\n")
    instrument = calm(tmp_path)
    wording = load_wordings(tmp_path, {"calm-4": instrument}, ["en"])["calm-4", "en"]
    shown = questionnaire(instrument, wording, "en")
    assert [item.number for item in shown.items] == [1, 2, 3, 4, 5]
    codes = [option.value for option in shown.items[1].options]
    assert (shown.items[1].text, shown.items[1].note) == ("I was in a hurry.", "at work or at home")
    assert (shown.title, codes, shown.items[1].options[2].words) == (
        "How you have been",
        ["0", "1", "2", "3", "4"],
        "sometimes",
    )
    assert (shown.missing_file, shown.fingerprint) == (None, wording.fingerprint)


def test_without_one_items_have_numbers_and_the_file_to_add_is_named() -> None:
    shown = questionnaire(catalogue.load("ffmq-39"), None, "nl")
    assert shown.items[6].text == "Vraag 7"
    assert {o.value: o.words for o in shown.items[6].options if o.words} == {"1": "nooit", "5": "heel vaak"}
    assert shown.missing_file == "wording/ffmq-39.nl.yaml"
    assert shown.fingerprint is None
    assert questionnaire(catalogue.load("ffmq-39"), None, "en").items[6].text == "Item 7"


@pytest.mark.parametrize("name", catalogue.available())
def test_every_short_anchor_of_the_library_has_dutch_words(name: str) -> None:
    for words in catalogue.load(name).response.anchors.values():
        assert anchor_in("nl", words) != words


def test_an_edition_without_instructions_shows_none(tmp_path: Path) -> None:
    add(tmp_path, WORDING.replace("|\n  Think of last week.\n  Choose one answer on each line.", "none"))
    instrument = calm(tmp_path)
    wording = load_wordings(tmp_path, {"calm-4": instrument}, ["en"])["calm-4", "en"]
    assert questionnaire(instrument, wording, "en").instructions == ""


def test_a_wording_of_another_language_is_a_programmers_mistake(tmp_path: Path) -> None:
    add(tmp_path)
    instrument = calm(tmp_path)
    wording = load_wordings(tmp_path, {"calm-4": instrument}, ["en"])["calm-4", "en"]
    with pytest.raises(ValueError, match="is not calm-4, nl"):
        questionnaire(instrument, wording, "nl")
