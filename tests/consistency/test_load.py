"""A file of published numbers is read as printed, or everything wrong with it is said with its place."""

import pytest

from pilotage.consistency.load import find, library, load
from pilotage.problems import ProblemsFound

SOUND = """pilotage: 1
title: A paper
tests:
  - {name: stress, df: [1, 45], F: 6.10, p: .017}
families:
  - {name: all, tests: [stress], size: 3}
samples:
  - {name: grade, n: 24, mean: 8.20, range: [7, 10]}
"""


def written(tmp_path, text):
    file = tmp_path / "paper.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_the_decimals_of_a_number_are_kept_without_quotes(tmp_path):
    paper = load(written(tmp_path, SOUND))
    assert (paper.tests[0].F.text, paper.samples[0].mean.text) == ("6.10", "8.20")


def test_a_paper_of_the_library_is_found_by_name_and_a_file_wins_over_it(tmp_path, monkeypatch):
    assert load("imp-2020").title.startswith("The Interpersonal Mindfulness Program")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "imp-2020").write_text(SOUND)
    assert load("imp-2020").title == "A paper"
    assert all(find(name).is_file() for name in library())


@pytest.mark.parametrize(
    ("old", "new", "code", "place", "words"),
    [
        (
            "F: 6.10",
            "F: six",
            "RECHECK-002",
            "paper.yaml:4:33 tests[0].F",
            "'six' is not a number as a paper prints it.",
        ),
        ("p: .017", "p: 1.7", "RECHECK-002", "paper.yaml:4:42 tests[0].p", "'1.7' should be between 0 and 1."),
        ("p: .017", "pp: .017", "RECHECK-002", "paper.yaml:4:42 tests[0].pp", "'pp' is not known here."),
        ("n: 24, ", "", "RECHECK-002", "paper.yaml:8:5 samples[0].n", "'n' is missing here."),
        ("n: 24", "n: 1", "RECHECK-002", "paper.yaml:8:19 samples[0].n", "greater than or equal to 2"),
        ("[7, 10]", "[10, 7]", "RECHECK-002", "paper.yaml:8:5 samples[0]", "range runs down, from 10 to 7."),
        ("tests: [stress]", "tests: [stres]", "RECHECK-003", "paper.yaml:6:25 families[0].tests[0]", "'stres'"),
        ("size: 3", "size: 0", "RECHECK-002", "paper.yaml:6:34 families[0].size", "greater than or equal to 1"),
        ("[1, 45]", "[2, 45]", None, "", ""),
        (
            "F: 6.10",
            "t: 2.5, between: [25]",
            "RECHECK-002",
            "paper.yaml:4:5 tests[0]",
            "'between' is for a test of two",
        ),
        ("F: 6.10", "F: '< 6'", "RECHECK-002", "paper.yaml:4:33 tests[0].F", "leaves one end open"),
    ],
)
def test_one_mistake_is_said_with_its_place(tmp_path, old, new, code, place, words):
    file = written(tmp_path, SOUND.replace(old, new))
    if code is None:
        load(file)
        return
    with pytest.raises(ProblemsFound) as found:
        load(file)
    (problem,) = found.value.problems
    assert (problem.code, problem.place) == (code, place)
    assert words in problem.message
    assert problem.remedy


def test_mistakes_are_said_all_at_once(tmp_path):
    with pytest.raises(ProblemsFound) as found:
        load(written(tmp_path, SOUND.replace("6.10", "x").replace("8.20", "y").replace("size: 3", "size: many")))
    assert len(found.value.problems) == 3


def test_names_are_unique_within_their_kind(tmp_path):
    twice = SOUND.replace("families:", "  - {name: stress, df: [1, 45], F: 2.0}\nfamilies:")
    with pytest.raises(ProblemsFound, match=r"RECHECK-004 paper.yaml:5:6 tests\[1\].name"):
        load(written(tmp_path, twice))


def test_a_file_without_numbers_is_said_to_be_one(tmp_path):
    with pytest.raises(ProblemsFound, match="RECHECK-005"):
        load(written(tmp_path, "title: A paper\n"))


def test_power_of_more_than_two_groups_is_refused(tmp_path):
    power = "power:\n  - {name: power, reported: .8, tests: [stress]}\n"
    with pytest.raises(ProblemsFound, match=r"RECHECK-006 paper.yaml:\d+:\d+ power\[0\].tests\[0\]"):
        load(written(tmp_path, SOUND.replace("[1, 45]", "[2, 45]") + power))


def test_a_name_near_one_of_the_library_is_suggested():
    with pytest.raises(ProblemsFound, match="Did you mean 'imp-2020'"):
        load("imp2020")
