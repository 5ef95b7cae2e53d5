"""`pilotage pair`: a course on a page or as JSON, the same each time; mistakes all at once, and why it cannot be."""

import json
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations

import pytest

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def people(count: int) -> str:
    return ",".join(f"P{number:02}" for number in range(1, count + 1))


def test_a_course_is_shown_session_by_session(pilotage: Run) -> None:
    ran = pilotage("pair", "--people", people(11), "--sessions", 9, "--absent", "P03:2")

    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "11 people in pairs, 9 sessions. The person named first speaks first."
    assert [line.split("   ")[0] for line in lines[2:11]] == [f"Session {number}" for number in range(1, 10)]
    assert lines[3].endswith("away: P03")
    assert lines[12].startswith("Repeats ")
    assert "in the best of 1000" in lines[12]
    assert "Odd numbers   in a triad: 2 to 3 times each" in lines
    assert max(map(len, lines)) <= 100


def test_json_says_who_is_where(pilotage: Run) -> None:
    ran = pilotage("pair", "--people", people(9), "--sessions", 4, "--pairings", 2, "--odd", "observer",
                   "--absent", "P03:2,P05:2,P05:4", "--apart", "P01:P02", "--json")  # fmt: skip
    found = json.loads(ran.out)

    assert list(found) == ["sessions", "repeats", "repeats_bound", "coverage", "duties", "first_speaker"]
    assert [list(session) for session in found["sessions"]] == [["session", "pairings", "observers", "absent"]] * 4
    assert [session["absent"] for session in found["sessions"]] == [[], ["P03", "P05"], [], ["P05"]]
    assert [[len(one) for one in session["observers"]] for session in found["sessions"]] == [[1, 1]] * 2 + [
        [1, 1],
        [0, 0],
    ]
    met = [frozenset(pair) for session in found["sessions"] for pairing in session["pairings"] for group in pairing
           for pair in combinations(group, 2)]  # fmt: skip
    assert frozenset(("P01", "P02")) not in met
    assert found["repeats"] == len(met) - len(set(met)) >= found["repeats_bound"]
    assert found["coverage"] == len(set(met)) / 36
    assert sum(found["duties"].values()) == 6
    assert sum(found["first_speaker"].values()) == len(met)


def test_a_teacher_who_joins_is_named(pilotage: Run) -> None:
    found = json.loads(pilotage("pair", "--people", people(11), "--sessions", 9, "--odd", "teacher", "--json").out)

    with_teacher = [group for session in found["sessions"] for group in session["pairings"][0] if "teacher" in group]
    assert len(with_teacher) == 9
    assert (found["repeats"], found["repeats_bound"]) == (0, 0)
    assert max(found["duties"].values()) - min(found["duties"].values()) == 1
    assert "teacher" not in {**found["duties"], **found["first_speaker"]}


def test_the_same_words_give_the_same_course_and_another_seed_another(pilotage: Run) -> None:
    def course(*more: object) -> str:
        return pilotage("pair", "--people", people(12), "--sessions", 5, "--json", *more).out

    assert course() == course() == course("--seed", 1)
    assert course() != course("--seed", 2)


def test_small_groups_are_of_the_size_that_is_asked_for(pilotage: Run) -> None:
    ran = pilotage("pair", "--people", people(14), "--sessions", 3, "--size", 4)

    assert ran.out.startswith("14 people in fours, 3 sessions.")
    assert "Odd numbers" not in ran.out
    assert "Repeats       0 (random allocation:" in ran.out


MISTAKES = {
    "a person twice": (["--people", "A,B,B"], "PAIR-001 --people\n'B' is named 2 times."),
    "nobody between commas": (["--people", "A,,B"], "PAIR-001 --people\nThere is no name between two commas."),
    "the teacher's name": (["--people", "A,teacher"], "PAIR-007 --people\n'teacher' stands for the teacher"),
    "a colon in a name": (["--people", "A:1,B"], "PAIR-003 --people\n'A:1' contains a colon."),
    "a stranger away": (["--absent", "Anna:2"], "'Anna' is not one of the 4 people. Did you mean 'Anne'?"),
    "no session said": (["--absent", "B"], "PAIR-003 --absent\n'B' is not two parts with a colon between them."),
    "no number": (["--absent", "B:two"], "PAIR-003 --absent\n'two' is not the number of a session."),
    "a session too many": (["--absent", "B:4"], "PAIR-004 --absent\n'B' is marked absent from session 4. The last"),
    "session nought": (["--absent", "B:0"], "PAIR-004 --absent\n'B' is marked absent from session 0"),
    "a stranger apart": (["--apart", "B:E"], "PAIR-002 --apart\n'E' is not one of the 4 people."),
    "apart from oneself": (["--apart", "B:B"], "PAIR-003 --apart\n'B' is to be kept apart from 'B'."),
    "three apart": (["--apart", "A:B:C"], "PAIR-003 --apart\n'A:B:C' is not two parts"),
    "no sessions": (["--sessions", "0"], "PAIR-005 --sessions\n0 is not between 1 and 200."),
    "no pairings": (["--pairings", "0"], "PAIR-005 --pairings\n0 is not between 1 and 20."),
    "alone": (["--size", "1"], "PAIR-005 --size\nA group of 1 is no group."),
}  # fmt: skip


@pytest.mark.parametrize(("words", "said"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_with_what_to_do(pilotage: Run, words: list[str], said: str) -> None:
    ran = pilotage("pair", "--people", "Anne,B,C,D", "--sessions", "3", *words)

    assert ran.status == 2
    assert said in ran.err
    assert ran.out == ""


def test_all_mistakes_are_said_at_once(pilotage: Run) -> None:
    ran = pilotage("pair", "--people", "A,B,B,C", "--sessions", 2, "--absent", "D:1,A:x,B:9", "--apart", "A:A,Z:B")

    assert ran.status == 2
    assert "6 problems found" in ran.err


def test_a_course_that_cannot_be_is_refused_with_every_reason(pilotage: Run) -> None:
    ran = pilotage("pair", "--people", people(4), "--sessions", 4, "--apart", "P01:P02,P01:P03,P01:P04",
                   "--absent", "P02:2,P02:4,P03:4,P04:4")  # fmt: skip

    assert ran.status == 2
    assert (
        "PAIR-006 sessions 1 and 3\nThe wishes to keep apart P01 and P02, P01 and P03, P01 and P04 leave no way"
        in ran.err
    )
    assert "PAIR-006 session 2\n" in ran.err
    assert "PAIR-006 session 4\nOnly 1 person is present." in ran.err
    assert ran.out == ""


def test_planning_a_course_loads_no_numbers() -> None:
    heavy = "{'numpy', 'polars', 'pydantic', 'django', 'rustworkx'}"
    code = (
        "import sys\nfrom pilotage.cli.main import main\n"
        f"sys.argv = ['pilotage', 'pair', '--people', '{people(10)}', '--sessions', '2']\n"
        f"try:\n    main()\nfinally:\n    print(sorted({heavy} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
