"""The test study on a real server, on the evening of its first session; the clock there starts shortly before it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

ROOT = Path(__file__).parents[3]
_SERVER = """
import json, pathlib, sys
import time_machine
port, moment, folder = int(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
time_machine.travel(moment, tick=True).start()
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.web.teacher.evening import make
make(folder)
from django.core.wsgi import get_wsgi_application
from waitress import serve
serve(get_wsgi_application(), listen=f"127.0.0.1:{port}", threads=8)
"""
MOMENT = "2026-03-05T17:58:00+00:00"
NAMES = {
    "P01": "Anna Simulated",
    "P02": "Bram Simulated",
    "P03": "Cees Simulated",
    "P04": "Dina Simulated",
    "P05": "Eva Simulated",
    "P06": "Finn Simulated",
    "P07": "Greta Simulated",
    "P08": "Hugo Simulated",
}


def make(folder: Path) -> None:
    """A group of eight, one of whom wrote that they cannot come; the cookies that let people in."""
    from pilotage.web.records import actions
    from pilotage.web.records.models import Identity
    from tests.web import cast as the_cast

    cast = the_cast.calm()
    people = {code: the_cast.consented(cast, code) for code in NAMES}
    for code, name in NAMES.items():
        Identity.objects.filter(participant=people[code]).update(name=name)
    session = cast.cohort.sessions.get(number=1)
    actions.apologise(people["P08"], session)
    cookies = {
        "teacher": the_cast.signed_in(cast.staff["teacher"]).cookies["pilotage"].value,
        "coordinator": the_cast.signed_in(cast.staff["coordinator"]).cookies["pilotage"].value,
        "P01": the_cast.at_home(people["P01"]).cookies["pilotage"].value,
        "session": str(session.pk),
    }
    (folder / "cookies.json").write_text(json.dumps(cookies))


class Line:
    """The network between browser and server, which can be cut and mended."""

    def __init__(self, to: int) -> None:
        self.to, self.is_cut, self.ends, self.threads = to, False, [], []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.listener.getsockname()[1]
        self._start(self._listen)

    def cut(self) -> None:
        self.is_cut = True
        for end in self.ends:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def mend(self) -> None:
        self.is_cut = False

    def close(self) -> None:
        """End every connection, and close every socket; one that is left open would break another test."""
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.cut()
        for thread in list(self.threads):
            thread.join(timeout=20)

    def _start(self, work: Callable[..., None], *arguments: socket.socket) -> threading.Thread:
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self.threads.append(thread)
        thread.start()
        return thread

    def _listen(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return
            if self.is_cut:
                browser.close()
                continue
            try:
                server = socket.create_connection(("127.0.0.1", self.to))
            except OSError:  # the server has stopped, and the browser asks once more before it is closed
                browser.close()
                continue
            self.ends += [browser, server]
            self._start(self._connect, browser, server)

    def _connect(self, browser: socket.socket, server: socket.socket) -> None:
        with browser, server:
            back = self._start(_carry, server, browser)
            _carry(browser, server)
            back.join()


def _carry(from_: socket.socket, to: socket.socket) -> None:
    with suppress(OSError):
        while content := from_.recv(65536):
            to.sendall(content)
    for end in (from_, to):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@dataclass
class Evening:
    """A running server, where its records are, the line to it, and the cookies that let people in."""

    address: str
    folder: Path
    line: Line

    @property
    def cookies(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "cookies.json").read_text())
        return found

    @property
    def session(self) -> str:
        """The address of tonight's session."""
        return f"{self.address}/calm/groups/sessions/{self.cookies['session']}/"


@contextmanager
def running(folder: Path) -> Iterator[Evening]:
    """The study on a server in this folder, until the test is over."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    line = Line(port)
    address = f"http://127.0.0.1:{line.port}"
    server = _started(folder, address, port)
    try:
        yield Evening(address, folder, line)
    finally:
        line.close()
        server.terminate()
        server.wait(timeout=20)


def _started(folder: Path, address: str, port: int) -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PILOTAGE_FOLDER": str(folder),
        "PILOTAGE_ADDRESS": address,
        "PILOTAGE_SECRET": "for tests only, and long enough to be one",
        "DJANGO_SETTINGS_MODULE": "pilotage.web.settings",
        "PYTHONPATH": str(ROOT),
    }
    environment.pop("DATABASE_URL", None)
    log = folder / "server.log"
    command = [sys.executable, "-c", _SERVER, str(port), MOMENT, str(folder)]
    with log.open("a") as out:
        server = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=ROOT)
    for _ in range(1800):  # a busy machine takes its time to make the records
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urlopen(f"http://127.0.0.1:{port}/static/pilotage/base.js"):
                return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start: {log.read_text()}")
