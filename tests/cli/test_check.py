"""`pilotage check`: a calm summary, or every problem; hostile files are refused quickly and in little memory."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pilotage.cli.main import app
from pilotage.problems import ProblemsFound
from tests.protocol.sound import spoilt, write

MEGABYTE = 1024 * 1024


def measured(*arguments: str) -> tuple[int, str, float, int]:
    """Exit status, standard error, seconds of computing, and most MiB used, of the command in a process of its own."""
    code = (
        "import re, sys, time\n"
        "from pathlib import Path\n"
        "from pilotage.cli.main import main\n"
        f"sys.argv = ['pilotage', *{arguments!r}]\n"
        "try:\n    main()\nfinally:\n"
        "    status = Path('/proc/self/status')\n"
        "    peak = re.search(r'VmHWM:\\s+(\\d+)', status.read_text()) if status.exists() else None\n"
        "    print(time.process_time(), int(peak[1]) // 1024 if peak else 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    seconds, megabytes = done.stdout.splitlines()[-1].split()
    return done.returncode, done.stderr, float(seconds), int(megabytes)


def test_a_sound_study_is_summarised(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(write(tmp_path))])

    assert result.exit_code == 0
    for line in ("arms           2: training, control", "sessions       3 of 60 minutes", "unknown        1",
                 "reasons        none",
                 "forms          3: start (1 item), end (8 items), harm (1 item)", "No problems found."):  # fmt: skip
        assert line in result.output


def test_the_reasons_that_forms_offer_are_counted() -> None:
    result = CliRunner().invoke(app, ["check", "imp"])

    assert "  reasons        2 for declining, 2 for leaving, 1 for waiting\n" in result.output


def test_what_is_unknown_can_be_listed(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(write(tmp_path)), "--unknowns"])

    assert result.output == "12: study.registration: not yet\n"


def test_problems_go_to_standard_error_with_status_2_and_no_traceback(tmp_path: Path) -> None:
    text = spoilt("completion: 2", "completion: 9").replace("Europe/Amsterdam", "Mars")
    status, said, _, _ = measured("check", str(write(tmp_path, text)))

    assert status == 2
    assert "PROTOCOL-010 protocol.yaml:16:3 study.time_zone\n'Mars' is not a time zone." in said
    assert "2 problems found" in said
    assert "Traceback" not in said


def alias_bomb() -> bytes:
    levels = [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 12)]
    return "\n".join(["a0: &a0 [lol, lol, lol]", *levels]).encode()


def merge_bomb() -> bytes:
    levels = [f"a{i}: &a{i} {{x: *a{i - 1}, y: *a{i - 1}}}" for i in range(1, 40)]
    return "\n".join(["a0: &a0 {x: 1}", *levels]).encode()


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "an alias bomb": (alias_bomb, "FILE-006"),
    "a bomb of mappings": (merge_bomb, "FILE-006"),
    "a line of 100 MB": (lambda: b"study: " + b"x" * (100 * MEGABYTE), "FILE-002"),
    "a long line in a small file": (lambda: b"study: " + b"x" * 100_000, "FILE-002"),
    "binary": (lambda: bytes(range(256)) * 100, "FILE-003"),
    "text with a null byte": (lambda: b"study: a\x00b\n", "FILE-003"),
    "deep nesting": (lambda: b"study: " + b"[" * 5000 + b"]" * 5000, "FILE-006"),
    "deep nesting by lines": (lambda: b"\n".join(b" " * i + b"a:" for i in range(900)), "FILE-006"),
    "broken YAML": (lambda: b"study: [1, 2\narms: {", "FILE-004"),
    "many small parts": (lambda: b"gaps: [" + b"\n,".join([b"a"] * 150_000) + b"]", "FILE-006"),
    "a tag that names Python": (lambda: b"study: !!python/object/apply:os.system [echo]\n", "FILE-007"),
    "nothing": (lambda: b"", "FILE-007"),
    "a list": (lambda: b"- a\n- b\n", "FILE-007"),
}


@pytest.fixture(scope="module")
def ordinary_seconds(tmp_path_factory: pytest.TempPathFactory) -> float:
    """What refusing a small and honest mistake takes on this machine, as busy as it is: nearly all is starting up."""
    folder = tmp_path_factory.mktemp("ordinary")
    (folder / "protocol.yaml").write_bytes(b"study: {id: a, id: b}\n")
    status, said, seconds, _ = measured("check", str(folder))
    assert status == 2
    assert said.startswith("FILE-005")
    return seconds


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_quickly_and_in_little_memory(
    tmp_path: Path, name: str, ordinary_seconds: float
) -> None:
    content, code = HOSTILE[name]
    (tmp_path / "protocol.yaml").write_bytes(content())

    status, said, seconds, megabytes = measured("check", str(tmp_path))

    assert status == 2
    assert said.startswith(code)
    assert "Traceback" not in said
    assert seconds < ordinary_seconds + 1.5, (
        f"{name} took {seconds:.1f} s, an ordinary mistake {ordinary_seconds:.1f} s"
    )
    assert megabytes < 100, f"{name} took {megabytes} MiB"


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "protocol.yaml").mkdir()

    with pytest.raises(ProblemsFound, match=r"holds no protocol\.yaml"):
        CliRunner().invoke(app, ["check", str(tmp_path)], catch_exceptions=False)


def test_no_numbers_are_loaded_to_check_a_protocol() -> None:
    code = (
        "import sys\nfrom pilotage.protocol.load import load\nload('imp-2020')\n"
        "print([m for m in ('numpy', 'polars', 'scipy', 'matplotlib') if m in sys.modules])"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True).stdout == "[]\n"
