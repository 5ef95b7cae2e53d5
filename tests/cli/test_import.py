"""The command `pilotage import`: a summary when it is sound, exit 2 and nothing written when it is not."""

import os
import subprocess
import sys

import pytest

from tests.data.small_study import small_study

MAP = """
person: id
arm: group
occasion: {column: time, values: {0: pre, 1: post}}
instruments: {calm-3: "q{n}"}
"""
SOUND = "id;group;time;q1;q2;q3;note\nP1;training;0;0;1;2;x\nP2;control;0;4;;3;y\nP2;control;1;;;;\n"


@pytest.fixture
def study(tmp_path):
    folder = tmp_path / "study"
    folder.mkdir()
    small_study(folder)
    (folder / "map.yaml").write_text(MAP)
    return folder


def pilotage(*arguments):
    return subprocess.run(
        [sys.executable, "-c", "from pilotage.cli.main import main; main()", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )


def import_(study, content, *options):
    file = study / "answers.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return pilotage("import", study, file, "--map", study / "map.yaml", *options)


def test_a_sound_file_becomes_the_studys_data_and_is_summed_up(study):
    done = import_(study, SOUND)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[:6] == [
        "Read as UTF-8, columns separated by semicolons, decimal points.",
        "3 rows, 2 people: control 1, training 1.",
        "",
        "Assessment      Instrument        People   Answers  Blanks",
        "pre             calm-3                 2         5       1",
        "",
    ]
    assert "1 left out, in which every answer is blank" in done.stdout
    assert "Columns not used: note." in done.stdout
    assert (study / "data" / "datapackage.json").is_file()


def test_a_file_with_a_mistake_writes_nothing_and_exits_2(study):
    done = import_(study, SOUND.replace("P1;training;0;0", "P1;training;0;9"))
    assert done.returncode == 2
    assert "IMPORT-009 answers.csv:2 q1" in done.stderr
    assert "Traceback" not in done.stderr
    assert "nothing was written" in done.stderr
    assert not (study / "data").exists()


def test_a_second_import_of_the_same_answers_needs_replace(study):
    import_(study, SOUND)
    again = import_(study, SOUND.replace("P1;training;0;0", "P1;training;0;4"))
    assert again.returncode == 2
    assert "Participant P1 already has calm-3 at pre." in again.stderr
    assert "P1,pre,calm-3,1,1,0\n" in (study / "data" / "responses.csv").read_text()
    replaced = import_(study, SOUND.replace("P1;training;0;0", "P1;training;0;4"), "--replace")
    assert replaced.returncode == 0, replaced.stderr
    assert "P1,pre,calm-3,1,1,4\n" in (study / "data" / "responses.csv").read_text()


def test_another_occasion_is_added_to_the_data_there_are(study):
    import_(study, SOUND)
    more = import_(study, "id;group;time;q1;q2;q3\nP1;training;1;3;3;3\n")
    assert more.returncode == 0, more.stderr
    text = (study / "data" / "responses.csv").read_text()
    assert "P1,pre," in text
    assert "P1,post," in text


def test_a_study_of_the_library_is_not_written_into(tmp_path, study):
    (tmp_path / "answers.csv").write_text(SOUND)
    done = pilotage("import", "imp-2020", tmp_path / "answers.csv", "--map", study / "map.yaml")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def _one_line(megabytes):
    return b"id;group;time;q1;q2;q3\n" + b"1;" * (megabytes * 500_000)


def _seconds(study, file):
    """Processor seconds of refusing a file: of its own, for the machine is shared."""
    before = os.times()
    done = pilotage("import", study, file, "--map", study / "map.yaml")
    assert done.returncode == 2, done.stderr[-500:]
    assert "Traceback" not in done.stderr
    return os.times().children_user - before.children_user


@pytest.fixture(scope="module")
def starting_up(tmp_path_factory):
    """Processor seconds of refusing a file that is not there: nearly all of it is starting up."""
    folder = tmp_path_factory.mktemp("starting-up")
    small_study(folder)
    (folder / "map.yaml").write_text(MAP)
    return _seconds(folder, folder / "absent.csv")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("answers.csv", os.urandom(1 << 20)),
        ("answers.csv", b"PK\x03\x04" + bytes(1000)),
        ("answers.sav", b"PK\x03\x04" + bytes(1000)),
        ("answers.sav", b"$FL2" + os.urandom(1 << 16)),
        ("answers.csv", _one_line(100)),
        ("answers.csv", b""),
        ("answers.csv", b"id;group\n" + b'"' * 10_000),
    ],
    ids=["noise", "zip", "zip called sav", "broken sav", "one long line", "empty", "quotes"],
)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(study, starting_up, name, content):
    (study / name).write_bytes(content)
    assert _seconds(study, study / name) < starting_up + 1.5
    assert not (study / "data").exists()


def test_the_long_line_takes_under_200_mb(study):
    (study / "answers.csv").write_bytes(_one_line(100))
    assert _peak(study, study / "answers.csv") < 200


def _peak(study, file):
    """Megabytes at most in use while this file is refused; Linux counts them."""
    script = (
        "import pathlib\nfrom pilotage.cli.main import main\n"
        "try: main()\nfinally: print(pathlib.Path('/proc/self/status').read_text())"
    )
    arguments = ["import", study, file, "--map", study / "map.yaml"]
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, encoding="utf-8", check=False
    )
    if "VmHWM" not in done.stdout:
        pytest.skip("this system does not say how much memory was used")
    assert done.returncode == 2
    return int(next(line for line in done.stdout.splitlines() if line.startswith("VmHWM")).split()[1]) // 1024
