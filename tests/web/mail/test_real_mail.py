"""Real processes and a real mail server: nobody gets a letter twice, whatever is started twice or killed."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.web.mail.reports import report
from tests.web.visitor import copied, environment, query

pytestmark = pytest.mark.server

ROOT = Path(__file__).parents[3]


class Letterbox:
    """Keeps what a mail server takes; may take its time over it, and refuse an address."""

    def __init__(self) -> None:
        self.received: list[str] = []
        self.arriving = threading.Event()
        self.slowness = 0.0
        self.refuses = ""

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address == self.refuses:
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        import asyncio

        self.received += envelope.rcpt_tos
        self.arriving.set()
        await asyncio.sleep(self.slowness)
        return "250 taken"


@pytest.fixture
def letterbox() -> Iterator[tuple[Letterbox, int]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box, port
    controller.stop()


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    run = [sys.executable, "-m", "tests.web.mail.site", str(folder), "6"]
    subprocess.run(run, check=True, cwd=ROOT, env=_environment(folder))
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return copied(built, tmp_path / "site")


def _environment(folder: Path, port: int = 25) -> dict[str, str]:
    smtp = {"PILOTAGE_SMTP": f"smtp://127.0.0.1:{port}", "PILOTAGE_MAIL_FROM": "Study <study@centre.example>"}
    return {**environment(folder), "PILOTAGE_FOLDER": str(folder), **smtp}


def start_tick(folder: Path, port: int) -> subprocess.Popen[str]:
    run = [sys.executable, "-c", "from pilotage.cli.main import main; main()", "tick", str(folder)]
    return subprocess.Popen(run, env=_environment(folder, port), stdout=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> str:
    words, _ = process.communicate(timeout=60)
    return words


def states(folder: Path) -> Counter[str]:
    return Counter(state for (state,) in query(folder, "SELECT state FROM records_message"))


def test_two_at_once_send_each_letter_once(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    box.slowness = 0.1
    both = [start_tick(folder, port) for _ in range(2)]
    counts = [int(said(process).split()[0]) for process in both]
    assert sum(counts) == 6
    assert Counter(box.received) == {f"p{number:02}@people.example": 1 for number in range(1, 7)}
    assert states(folder) == {"sent": 6}


def test_killed_while_a_mail_was_taken_it_goes_once(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    box.slowness = 5.0
    killed = start_tick(folder, port)
    assert box.arriving.wait(60)
    os.kill(killed.pid, signal.SIGKILL)
    said(killed)
    box.slowness = 0.0
    assert states(folder) == {"claimed": 1}
    assert said(start_tick(folder, port)) == "5 letters sent.\n"
    assert Counter(box.received).most_common(1)[0][1] == 1
    query(folder, "UPDATE records_message SET claimed_at = '2020-01-01 00:00:00' WHERE state = 'claimed'")
    assert said(start_tick(folder, port)) == "0 letters sent.\n"
    assert len(box.received) == len(set(box.received)) == 6


def test_an_address_that_is_refused_for_good_is_known(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    box.refuses = "p03@people.example"
    assert said(start_tick(folder, port)) == "5 letters sent.\n"
    assert states(folder) == {"sent": 5, "bounced": 1}
    assert said(start_tick(folder, port)) == "0 letters sent.\n"
    assert query(folder, "SELECT bounced FROM records_identity WHERE bounced <> ''") == [("p03@people.example",)]


def test_without_a_mail_server_letters_wait_and_go_later(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    with socket.socket() as nobody_listens:
        nobody_listens.bind(("127.0.0.1", 0))
        assert said(start_tick(folder, nobody_listens.getsockname()[1])) == "0 letters sent.\n"
    assert states(folder) == {"failed": 1}
    assert said(start_tick(folder, port)) == "5 letters sent.\n"
    query(folder, "UPDATE records_message SET claimed_at = '2020-01-01 00:00:00' WHERE state = 'failed'")
    assert said(start_tick(folder, port)) == "1 letter sent.\n"
    assert len(box.received) == len(set(box.received)) == 6


def test_killed_again_and_again_it_sends_each_letter_once(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    box, port = letterbox
    box.slowness = 0.05
    for pause in (0.0, 0.02, 0.05, 0.08):
        box.arriving.clear()
        process = start_tick(folder, port)
        box.arriving.wait(20)
        time.sleep(pause)
        process.kill()
        said(process)
    said(start_tick(folder, port))
    assert len(box.received) == len(set(box.received))
    assert states(folder)["sent"] + states(folder)["claimed"] == 6


def test_a_mail_that_comes_back_through_the_pipe_is_taken_in(folder: Path, letterbox: tuple[Letterbox, int]) -> None:
    said(start_tick(folder, letterbox[1]))
    letters = "SELECT reference FROM records_message JOIN records_identity USING (participant_id)"
    [(reference,)] = query(folder, f"{letters} WHERE email = 'p02@people.example'")
    run = [sys.executable, "-c", "from pilotage.cli.main import main; main()", "bounce", str(folder)]
    raw = report(address="p02@people.example", reference=reference)
    told = subprocess.run(run, input=raw, env=_environment(folder), capture_output=True, check=True)
    assert told.stdout == b"It is kept that this letter came back.\n"
    assert states(folder) == {"sent": 5, "bounced": 1}
