"""A site's wording files: what is read, and what is refused with its place."""

from pathlib import Path

import pytest

from pilotage.instruments.wording import Wording
from pilotage.instruments.wording_files import file_name, load_wordings
from pilotage.problems import ProblemsFound
from tests.instruments.wordings import WORDING, add, calm


def load(folder: Path, text: str = WORDING, name: str = "calm-4.en.yaml") -> Wording:
    add(folder, text, name)
    return load_wordings(folder, {"calm-4": calm(folder)}, ["en", "nl"])["calm-4", "en"]


def refused(folder: Path, text: str, name: str = "calm-4.en.yaml") -> list[str]:
    with pytest.raises(ProblemsFound) as found:
        load(folder, text, name)
    assert all(
        problem.file == f"wording/{name}" and problem.line and problem.remedy for problem in found.value.problems
    )
    return [f"{problem.code} {problem.line} {problem.message}" for problem in found.value.problems]


def test_a_sound_file_is_read_with_its_texts(tmp_path: Path) -> None:
    wording = load(tmp_path)
    assert wording.items[4] == "I heard the birds."
    assert wording.anchors[4] == "always"
    assert wording.instructions == "Think of last week.\nChoose one answer on each line."


def test_a_study_without_a_folder_has_no_wordings(tmp_path: Path) -> None:
    assert load_wordings(tmp_path, {"calm-4": calm(tmp_path)}, ["en"]) == {}


def test_consent_texts_and_half_written_files_are_passed_over(tmp_path: Path) -> None:
    add(tmp_path, "Consent.", "consent.v1.en.md")
    add(tmp_path, "half", ".calm-4.en.yaml.x1.yaml")
    assert load_wordings(tmp_path, {"calm-4": calm(tmp_path)}, ["en"]) == {}


def test_a_file_is_called_by_its_instrument_and_language() -> None:
    assert file_name("ffmq-39", "nl") == "wording/ffmq-39.nl.yaml"


ITEM_5 = "  5: I had breakfast.\n"
MISTAKES = {
    "an item is missing": (
        (ITEM_5, ""),
        "WORDING-004 10 Item 5 is missing; calm-4 has items 1 to 5.",
    ),
    "an item too many": (
        (ITEM_5, ITEM_5 + "  6: I slept well.\n"),
        "WORDING-004 16 Item 6 is named, but calm-4 has items 1 to 5.",
    ),
    "a note of no item": (
        (ITEM_5, ITEM_5 + "notes: {7: at home}\n"),
        "WORDING-004 16 Item 7 is named, but calm-4 has items 1 to 5.",
    ),
    "an anchor is missing": (
        (", 4: always", ""),
        "WORDING-005 9 Code 4 has no anchor; answers are 0 to 4.",
    ),
    "an anchor too many": (
        ("4: always", "4: always, 5: ever"),
        "WORDING-005 9 Code 5 has an anchor, but answers are 0 to 4.",
    ),
    "an anchor where none is printed": (
        ("anchors:", "labelled: [0, 1, 2, 4]\nanchors:"),
        "WORDING-005 10 Code 3 has an anchor, but is not 'labelled'.",
    ),
    "an empty item": (
        ("I took my time.", "' '"),
        "WORDING-006 13 Item 3 has no words yet.",
    ),
    "an item of dots": (
        ("I took my time.", "..."),
        "WORDING-006 13 Item 3 has no words yet.",
    ),
    "no source": (
        ("{unknown: made up for tests}", "''"),
        "WORDING-006 4 The source has no words yet.",
    ),
    "a text twice": (
        ("I took my time.", "i was at ease"),
        "WORDING-007 13 Item 3 has the same text as item 1.",
    ),
    "an anchor twice": (
        ("3: often", "3: Seldom"),
        "WORDING-007 9 The anchor of code 3 has the same text as the anchor of code 1.",
    ),
    "a tag": (
        ("at ease", "<b>at ease</b>"),
        "WORDING-008 11 Item 1 has '<b>', which is written for a web page and would be shown as it stands.",
    ),
    "an entity": (
        ("at ease", "at&nbsp;ease"),
        "WORDING-008 11 Item 1 has '&nbsp;', which is written for a web page and would be shown as it stands.",
    ),
    "a turned text": (
        ("I was at ease.", '"I was \\u202Eesae ta."'),
        "WORDING-008 11 Item 1 holds a character that cannot be seen (U+202E, right-to-left override).",
    ),
    "a control character": (
        ("How you have been", '"How\\u0007"'),
        "WORDING-008 5 The title holds a character that cannot be seen (U+0007, a control character).",
    ),
    "a scar of a wrong encoding": (
        ("I was at ease.", "I was at easeâ€™s."),
        "WORDING-008 11 Item 1 has 'â€', the mark of a text that was damaged in copying.",
    ),
    "its own number": (
        ("3: I took", "3: 3. I took"),
        "WORDING-009 13 Item 3 begins with its own number, '3.'.",
    ),
    "a mark of the key": (
        ("in a hurry.", "in a hurry. (R)"),
        "WORDING-009 12 Item 2 has '(R)', which looks like a mark of the scoring key.",
    ),
    "another instrument": (
        ("calm-4", "calm-9"),
        "WORDING-002 2 The study does not use 'calm-9'. Did you mean 'calm-4'?",
    ),
    "another language": (
        ("language: en", "language: fr"),
        "WORDING-003 3 The study does not ask in 'fr'.",
    ),
    "an item twice": (
        (ITEM_5, ITEM_5 + "  5: I had supper.\n"),
        "FILE-005 16 '5' is given twice here; only one could be used.",
    ),
    "a name misspelled": (
        ("title:", "titel:"),
        "FILE-007 5 'titel' is not known here. Did you mean 'title'?",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_said_with_its_line(tmp_path: Path, mistake: str) -> None:
    (old, new), said = MISTAKES[mistake]
    name = "calm-4.en.yaml"
    if mistake.startswith("another"):
        name = {"another instrument": "calm-9.en.yaml", "another language": "calm-4.fr.yaml"}[mistake]
    assert old in WORDING
    assert refused(tmp_path, WORDING.replace(old, new, 1), name) == [said]


def test_a_file_called_otherwise_is_refused(tmp_path: Path) -> None:
    said = ["WORDING-001 2 The file is called 'calm-4.nl.yaml', but holds 'calm-4' in 'en'."]
    assert refused(tmp_path, WORDING, "calm-4.nl.yaml") == said


def test_everything_wrong_in_all_files_is_said_at_once(tmp_path: Path) -> None:
    add(tmp_path, WORDING.replace("language: en", "language: nl").replace("4: always", "4: ''"), "calm-4.nl.yaml")
    with pytest.raises(ProblemsFound) as found:
        load(tmp_path, WORDING.replace("hurry.", "hurry. (R)").replace(ITEM_5, ""))
    places = [(problem.file, problem.code) for problem in found.value.problems]
    assert places == [
        ("wording/calm-4.en.yaml", "WORDING-004"),
        ("wording/calm-4.en.yaml", "WORDING-009"),
        ("wording/calm-4.nl.yaml", "WORDING-006"),
    ]


def test_an_edition_may_print_words_at_both_ends_only(tmp_path: Path) -> None:
    text = WORDING.replace("anchors: {0: never, 1: seldom, 2: sometimes, 3: often,", "anchors: {0: never,")
    assert load(tmp_path, text.replace("anchors:", "labelled: both ends\nanchors:")).anchors == {
        0: "never",
        4: "always",
    }


def test_two_items_may_be_alike_when_the_file_says_so(tmp_path: Path) -> None:
    text = WORDING.replace("I took my time.", "I was at ease.") + "alike: [1, 3]\n"
    assert load(tmp_path, text).items[3] == "I was at ease."


ORDINARY = ["I felt < 5 or > 5", "Kalm & rustig", "Één keer", "я спокоен", "می‌خواهم", "I slept 2. or 3."]


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_of_many_languages_are_taken(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, WORDING.replace("I took my time.", text)).items[3] == text


def test_the_fingerprint_is_of_the_words_and_not_of_the_layout(tmp_path: Path) -> None:
    before = load(tmp_path).fingerprint
    assert (
        load(tmp_path, "# a comment\n" + WORDING.replace("I had breakfast.", "'I  had breakfast. '")).fingerprint
        == before
    )
    assert load(tmp_path, WORDING.replace("breakfast", "supper")).fingerprint != before
    assert len(before) == 64
