"""`pilotage room`: says where it is, ends when told to, and does not begin on a port or a file that is another's."""

import json
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Ran

Run = Callable[..., Ran]


def test_it_says_where_it_is_and_ends_when_told_to(tmp_path: Path) -> None:
    command = [sys.executable, "-u", "-m", "pilotage", "room", "--no-browser"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        address, _, token = running.stdout.readline().removeprefix("The room is at ").strip().partition("#")
        assert running.stdout.readline() == "Names and history stay in room.json. Ctrl-C ends it.\n"
        page = urllib.request.Request(f"{address}room", headers={"X-Room": token})
        with urllib.request.urlopen(page, timeout=10) as answer:
            assert json.load(answer)["people"] == []
        running.send_signal(signal.SIGINT)
        said, wrong = running.communicate(timeout=10)
    assert (running.returncode, said, wrong) == (0, "\nClosed.\n", "")
    assert list(tmp_path.iterdir()) == [], "nothing is written before there is something to keep"


def test_a_port_in_use_is_said(pilotage: Run, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = pilotage("room", tmp_path / "room.json", "--port", taken.getsockname()[1], "--no-browser")
    assert ran.status == 2
    assert "PAIR-010" in ran.err
    assert "Leave --port out, or name another." in ran.err


def test_another_file_is_refused(pilotage: Run, tmp_path: Path) -> None:
    file = tmp_path / "room.json"
    file.write_text("{}")
    ran = pilotage("room", file, "--no-browser")
    assert ran.status == 2
    assert f"PAIR-008 {file}" in ran.err
    assert file.read_text() == "{}"
