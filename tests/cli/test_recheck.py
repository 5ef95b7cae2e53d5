"""`pilotage recheck`: findings in sentences or as JSON, and mistakes in the file with their places."""

import json
import subprocess
import sys

SOME = """title: A paper
tests:
  - {name: stress, df: [1, 45], F: 6.10, p: .05}
"""


def test_the_papers_numbers_are_found_consistent(pilotage):
    ran = pilotage("recheck", "imp-2020")
    assert ran.status == 0
    assert "note          partial eta squared = .119 means F(1, 45) = 6.078 (6.049–6.107)" in ran.out
    assert ran.out.rstrip().splitlines()[-1].endswith("0 inconsistent, 55 notes.")
    assert max(map(len, ran.out.splitlines())) <= 100


def test_the_json_has_the_same_findings_with_all_digits(pilotage):
    plain = json.loads(pilotage("recheck", "imp-2020", "--json").out)
    assert plain["format"] == 1
    assert plain["counts"]["inconsistent"] == 0
    assert sum(plain["counts"].values()) == len(plain["findings"])
    (derived,) = [f for f in plain["findings"] if (f["check"], f["about"]) == ("test.derived", "SCS total")]
    assert derived["place"] == "tests[0]"
    assert derived["numbers"]["F"] == 0.119 / 0.881 * 45


def test_an_inconsistency_is_a_finding_and_no_error(pilotage, tmp_path):
    file = tmp_path / "paper.yaml"
    file.write_text(SOME)
    ran = pilotage("recheck", file)
    assert ran.status == 0
    assert "inconsistent  F = 6.10 means F(1, 45) = 6.095–6.105, but p = .05 means F(1, 45)" in ran.out
    assert ran.out.rstrip().endswith("Inconsistent: stress.")


def test_a_bad_file_is_refused_with_places_and_status_2(pilotage, tmp_path):
    file = tmp_path / "paper.yaml"
    file.write_text(SOME.replace("6.10", "six").replace("p: .05", "q: .05"))
    ran = pilotage("recheck", file)
    assert (ran.status, ran.out) == (2, "")
    assert "RECHECK-002 paper.yaml:3:33 tests[0].F" in ran.err
    assert "RECHECK-002 paper.yaml:3:41 tests[0].q" in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there_is_said(pilotage):
    ran = pilotage("recheck", "nowhere.yaml")
    assert ran.status == 2
    assert "RECHECK-001\nThere is no file 'nowhere.yaml'." in ran.err


def test_it_loads_nothing_that_is_slow_to_load():
    code = (
        "import sys; from pilotage.cli.main import main; sys.argv = ['pilotage', 'recheck', 'imp-2020']\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "print([m for m in ('polars', 'scipy', 'matplotlib', 'docx', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"
