"""One mistake at a time in a sound instrument file, and all of them at once."""

from pathlib import Path

import pytest

from pilotage.instruments.catalogue import read
from pilotage.problems import ProblemsFound
from tests.instruments.calm import SOUND, write

SUM = "method: sum_of_scales}"
POINTS = "points:\n  yes: {0: 0, 1: 0, 2: 0, 3: 1, 4: 2}\nkeyed:\n  yes: [1, 2, 3, 4]\n"
SWITCH = "switches:\n  - id: item-1\n    default: up\n    choices: [{id: up, keyed: {yes: [1]}}]\n    why: disputed\n"
KEYED = SOUND.replace("reverse: [2]\n", POINTS)
SWITCHED = SOUND.replace("reverse: [2]\n", POINTS + SWITCH)

MISTAKES = [
    # code, sound text, what is there, what is put there, line, what is said
    ("003", SOUND, "reverse: [2]", "reverse: [2, 6]", 12, "Item 6 is named, but the form has items 1 to 5."),
    ("003", SOUND, "items: [3, 4]", "items: [3, 4, 14]", 17, "Item 14 is named"),
    ("004", SOUND, "items: [3, 4]", "items: [3, 4, 3]", 17, "Item 3 is named twice in this list."),
    ("005", KEYED, "fillers", "reverse: [2]\nfillers", 16, "Item 2 is reversed and also keyed 'yes'"),
    ("005", KEYED, "  yes: [1", "  'no': [2]\n  yes: [1", 16, "Item 2 is keyed both 'no' and 'yes'."),
    ("006", KEYED, "yes: [1, 2, 3, 4]", "yes: [1, 2, 3]", 20, "'ease' contains item 4, which is keyed to no points."),
    ("007", KEYED, "keyed:\n  yes:", "keyed:\n  yess:", 15, "no points of that name are given. Did you mean 'yes'?"),
    ("008", KEYED, "4: 2}", "4: 2, 5: 3}", 13, "'yes' gives points to code 5, but codes run from 0 to 4."),
    ("008", KEYED, ", 4: 2}", "}", 13, "'yes' gives no points to code 4."),
    ("009", SOUND, "reverse: [2]", "reverse: [2, 5]", 12, "Item 5 is a filler and also reversed."),
    ("009", SOUND, "items: [3, 4]", "items: [3, 4, 5]", 17, "'ease' contains item 5, which is a filler."),
    ("010", SOUND, "items: [3, 4]", "items: [3]", 15, "Item 4 is in no scale and is not a filler."),
    ("011", SOUND, "{id: ease, ", "{id: calm, ", 17, "There are two scales called 'calm'."),
    ("012", SOUND, "[calm, ease]", "[clam, ease]", 18, "which is not a scale here. Did you mean 'calm'?"),
    ("013", SOUND, "[calm, ease]", "[calm, ease, total]", 18, "'total' is, through its parts, made of itself."),
    ("014", SOUND, SUM, "method: sum_of_items}", 18, "'total' is made of scales, but its method is sum_of_items."),
    ("014", SOUND, "{id: calm, ", "{id: calm, method: mean_of_scales, ", 16, "'calm' is made of items, but"),
    ("014", SOUND, "of: [calm, ease], ", "", 18, "'total' has neither items nor scales."),
    ("014", SOUND, "of: [calm, ease], ", "items: all, of: [calm, ease], ", 18, "'total' has both items and scales."),
    ("014", SOUND, SUM, SUM[:-1] + ", reverse_scales: [tense]}", 18, "'total' reverses 'tense'"),
    ("015", SOUND, "[1, 2, 4, 8, 9]", "[1, 2, 4, 8]", 20, "The map from 'calm-9' names 4 items; this form has 5."),
    ("015", SOUND, "[1, 2, 4, 8, 9]", "[1, 2, 4, 8, 8]", 20, "uses item 8 twice"),
    ("016", SOUND, "status: one source", "status: unconfirmed", 15, "unconfirmed, yet scales are given"),
    ("016", SOUND, "status: one source", "status: unconfirmed", 21, "'key.lacks' is not said"),
    ("016", SOUND, "status: one source", "status: unconfirmed", 21, "'key.ask' is not said"),
    ("018", SWITCHED, "default: up", "default: down", 18, "The default 'down' is not one of the choices: up."),
    ("018", SWITCHED, "choices: [", "choices: [{id: up}, ", 19, "The choice 'up' is there twice."),
    ("007", SWITCHED, "keyed: {yes: [1]}", "keyed: {maybe: [1]}", 19, "Items are keyed 'maybe'"),
    ("019", SOUND, "minimum: 0", "minimum: 4", 8, "The lowest code is 4 and the highest 4."),
    ("019", SOUND, "0: never", "7: never", 11, "Code 7 has an anchor, but codes run from 0 to 4."),
    ("020", SOUND, "rule: prorate", "rule: complete", 14, "'complete', yet a share of 0.2 may be blank"),
    ("020", SOUND, ", at_most: 0.2", "", 14, "no share of the items may be blank"),
    ("020", SOUND, "[1, 2]}", "[1, 2], missing: {rule: prorate}}", 16, "no share of the items"),
    ("021", SOUND, "10.1234/calm", "https://doi.org/10.1234/calm", 24, "is not a DOI"),
]


@pytest.mark.parametrize("sound", [SOUND, KEYED, SWITCHED], ids=["reversed", "points", "switch"])
def test_a_sound_file_has_no_problems(sound: str, tmp_path: Path) -> None:
    assert read(write(tmp_path, sound)).id == "calm-4"


@pytest.mark.parametrize(
    ("code", "sound", "old", "new", "line", "said"), MISTAKES, ids=[m[0] + " " + m[5] for m in MISTAKES]
)
def test_a_mistake_is_said_with_its_place(
    code: str, sound: str, old: str, new: str, line: int, said: str, tmp_path: Path
) -> None:
    assert sound.count(old) == 1, old
    with pytest.raises(ProblemsFound) as found:
        read(write(tmp_path, sound.replace(old, new)))
    hits = [problem for problem in found.value.problems if said in problem.message]
    assert [(problem.code, problem.line) for problem in hits] == [(f"INSTRUMENT-{code}", line)], str(found.value)
    assert hits[0].file == "calm-4/instrument.yaml"
    assert hits[0].column
    assert hits[0].remedy


def test_no_scales_under_a_confirmed_key_is_said(tmp_path: Path) -> None:
    start, end = SOUND.index("scales:"), SOUND.index("taken_from:")
    with pytest.raises(ProblemsFound, match="INSTRUMENT-017"):
        read(write(tmp_path, SOUND[:start] + SOUND[end:]))


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    text = SOUND.replace("reverse: [2]", "reverse: [2, 6]").replace("[calm, ease]", "[clam, ease]")
    text = text.replace("10.1234/calm", "calm").replace("0: never", "7: never")
    with pytest.raises(ProblemsFound) as found:
        read(write(tmp_path, text))
    assert {problem.code[-3:] for problem in found.value.problems} == {"003", "012", "019", "021"}


def test_an_item_number_below_one_is_a_mistake_of_shape(tmp_path: Path) -> None:
    with pytest.raises(ProblemsFound) as found:
        read(write(tmp_path, SOUND.replace("reverse: [2]", "reverse: [0]")))
    (problem,) = found.value.problems
    assert (problem.code, problem.line, problem.path) == ("FILE-007", 12, "reverse[0]")
