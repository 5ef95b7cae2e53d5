"""The test study on a real server of its own, whose clock starts on a day of the test's choosing."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from tests.shared import ROOT
from tests.web.visitor import environment, free_port

_SERVER = """
import json, pathlib, sys
import time_machine
port, today, cookies = int(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
time_machine.travel(f"{today}T10:00:00+00:00", tick=True).start()
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.web import cast as c
cast = c.calm()
people = [c.consented(cast, f"P{n:02}") for n in range(1, 7)]
cookies.write_text(json.dumps({person.code: c.at_home(person).cookies["pilotage"].value for person in people}))
from django.core.wsgi import get_wsgi_application
from waitress import serve
serve(get_wsgi_application(), listen=f"127.0.0.1:{port}", threads=8)
"""

_FROZEN = """
import json, sys
import django
django.setup()
from pilotage.web.records import extract
from pilotage.web.records.models import Participant
person = Participant.objects.get(code=sys.argv[1])
codes = {other.pk: other.code for other in extract.consenting(person.study)}
table = extract.study_data(person.study, codes).responses
rows = table.filter(participant=sys.argv[1], assessment=sys.argv[2]).select("item", "value").rows()
print(json.dumps(dict(rows)))
"""


@dataclass(frozen=True)
class Site:
    """A running server, and the cookie that lets each person in."""

    address: str
    folder: Path

    @property
    def cookies(self) -> dict[str, str]:
        found: dict[str, str] = json.loads((self.folder / "cookies.json").read_text())
        return found


@contextmanager
def running(folder: Path, today: str) -> Iterator[Site]:
    """The study on a server in this folder, until the test is over."""
    address = f"http://127.0.0.1:{free_port()}"
    server = _started(folder, address, today)
    try:
        yield Site(address, folder)
    finally:
        server.terminate()
        server.wait(timeout=20)


def frozen_answers(site: Site, code: str, assessment: str) -> dict[str, str | None]:
    """What the tables of a frozen copy hold of someone's answers, by item."""
    command = [sys.executable, "-c", _FROZEN, code, assessment]
    shown = subprocess.run(
        command, env=_environment(site.folder, site.address), cwd=ROOT, check=True, capture_output=True, text=True
    )
    answers: dict[str, str | None] = json.loads(shown.stdout)
    return answers


def _environment(folder: Path, address: str) -> dict[str, str]:
    return environment(folder) | {
        "PILOTAGE_FOLDER": str(folder),
        "PILOTAGE_ADDRESS": address,
        "PILOTAGE_SECRET": "for tests only, and long enough to be one",
        "DJANGO_SETTINGS_MODULE": "pilotage.web.settings",
    }


def _started(folder: Path, address: str, today: str) -> subprocess.Popen[bytes]:
    log = folder / "server.log"
    command = [sys.executable, "-c", _SERVER, address.rpartition(":")[2], today, str(folder / "cookies.json")]
    with log.open("a") as out:
        server = subprocess.Popen(command, env=_environment(folder, address), stdout=out, stderr=out, cwd=ROOT)
    for _ in range(600):
        if server.poll() is not None:
            raise RuntimeError(log.read_text())
        try:
            with urlopen(f"{address}/static/pilotage/answers.js"):
                return server
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"The server did not start: {log.read_text()}")
